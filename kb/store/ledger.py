"""The tables of how articles come in: runs, where they read, what they read, what failed, what must never return.

Part of `kb.store.tables`, which is the place to import them from.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from kb.store.columns import UtcDateTime, id_column, metadata, one_of, reference

RUN_STATES = ("running", "ok", "partial", "failed", "interrupted")
STAGES = ("fetch", "ingest", "annotate", "attribute", "store", "link", "guard")
FEED_KINDS = ("feed", "page", "files")


def _count(name: str, comment: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0", comment=comment)


run = Table(
    "run",
    metadata,
    id_column(),
    Column("command", Text, nullable=False, comment="what was asked for, as typed"),
    Column("version", String(40), nullable=False, comment="kb's version"),
    Column(
        "state",
        String(11),
        nullable=False,
        comment="running until it ends; partial: some inputs failed; interrupted: it was cut off",
    ),
    Column("started_at", UtcDateTime, nullable=False, comment="when it began"),
    Column("finished_at", UtcDateTime, comment="NULL while it runs or when it was cut off"),
    _count("n_new", "articles seen for the first time"),
    _count("n_changed", "articles that got a new revision"),
    _count("n_unchanged", "articles known as they are"),
    _count("n_annotated", "bodies annotated"),
    _count("n_failed", "inputs kept as failures"),
    _count("n_gone", "articles that their outlet took away"),
    Column("heartbeat_at", UtcDateTime, comment="when it last wrote how far it had come"),
    Column("host", Text, comment="the machine it ran on"),
    Column("pid", Integer, comment="its process there"),
    Column("error", Text, comment="what ended it; NULL unless it failed"),
    Column("seeds", String(64), comment="hash of the list of entities that kb brings; NULL: before 0004"),
    reference("pipeline", "what it annotated with; NULL where it annotates nothing", nullable=True),
    one_of("state", RUN_STATES),
    comment="One call of a command that writes",
)

feed = Table(
    "feed",
    metadata,
    id_column(),
    Column(
        "address",
        Text,
        nullable=False,
        unique=True,
        comment="URL or absolute path; the folder of files given one by one; - for standard input",
    ),
    Column("kind", String(5), nullable=False, comment="feed: RSS or Atom; page: one page or host; files"),
    Column("title", Text, comment="what it calls itself"),
    Column("added_at", UtcDateTime, comment="put on the schedule; NULL: read only when somebody asks"),
    Column("paused_at", UtcDateTime, comment="NULL unless it is left out of the schedule for now"),
    Column("every_minutes", Integer, comment="how often it is read; NULL: not on the schedule"),
    Column("last_read_at", UtcDateTime, comment="when it, with all that it led to, was last read"),
    Column("retry_at", UtcDateTime, comment="before that it is not tried again; NULL: it could be read"),
    Column(
        "allow_private", Boolean, nullable=False, server_default=text("false"), comment="may be of this net"
    ),
    Column("etag", Text, comment="to ask whether it changed; set when all that it led to was read"),
    Column("last_modified", Text, comment="likewise"),
    _count("n_failed", "times in a row that it could not be read"),
    one_of("kind", FEED_KINDS),
    CheckConstraint("(added_at IS NULL) = (every_minutes IS NULL)", name="schedule"),
    comment="Where articles come from; scheduled ones are read again by kb sync",
)

fetch = Table(
    "fetch",
    metadata,
    id_column(),
    reference("run", "the run that read it"),
    reference("feed", "what led there", nullable=True),
    Column("address", Text, nullable=False, comment="URL as asked for, file, or folder"),
    Column("fetched_at", UtcDateTime, nullable=False, comment="when"),
    Column("status", Integer, comment="of HTTP; NULL for files and where no answer came"),
    Column("final_url", Text, comment="where redirects led; NULL where there were none"),
    Column("n_bytes", Integer, comment="of the content; NULL where none came"),
    Column("sha256", String(64), comment="of the content; NULL for a folder or a file of many articles"),
    Column("error", Text, comment="why it failed; NULL unless it did"),
    comment="One reading of one address: what a server answered, or a file or folder that was gone through",
)

reading = Table(
    "reading",
    metadata,
    id_column(),
    reference("article", "what was read there", ondelete="CASCADE"),
    Column(
        "place",
        Text,
        unique=True,
        comment="canonical URL or file:///… of bytes that stand alone; NULL for a line among others",
    ),
    Column("raw_sha256", String(64), nullable=False, index=True, comment="of the bytes read there last"),
    Column("reader", Text, nullable=False, comment="what read them: format, version, hash of the code"),
    Column(
        "is_newest",
        Boolean,
        nullable=False,
        comment="of its place, or of the article's lines: older lines stay known, for files that only grow",
    ),
    Column("read_at", UtcDateTime, nullable=False, index=True, comment="when its text was first read so"),
    Column("missed_at", UtcDateTime, comment="when it was last asked for and gone; NULL: it never was"),
    Column("url", Text, comment="the page's address as it is fetched; NULL for files and lines"),
    Column("etag", Text, comment="to ask whether the page changed"),
    Column("last_modified", Text, comment="likewise"),
    comment="Bytes that are known: what reads the same again need not be taken apart again",
)

article_url = Table(
    "article_url",
    metadata,
    id_column(),
    reference("article", "whose address it is", ondelete="CASCADE"),
    Column("url", Text, nullable=False, unique=True, comment="canonical form: kb.ingest.canonical_url"),
    Column("is_canonical", Boolean, nullable=False, comment="the address that the others stand for"),
    comment="An address that an article goes by: one in canonical form, and its alternates",
)

failure = Table(
    "failure",
    metadata,
    id_column(),
    reference("run", "the run it last failed in"),
    reference("feed", "where it came from", nullable=True),
    Column("stage", String(10), nullable=False, comment="of the way, where it failed"),
    Column("subject", Text, nullable=False, comment="the path, path:line or article ref that failed"),
    Column("error", Text, nullable=False, comment="name of the error"),
    Column("message", Text, nullable=False, comment="one line for the user"),
    Column("attempts", Integer, nullable=False, server_default="1", comment="how often it failed"),
    Column("failed_at", UtcDateTime, nullable=False, comment="the last time"),
    Column("retry_at", UtcDateTime, comment="when its server wants to be asked again; NULL: it did not say"),
    Column("resolved_at", UtcDateTime, comment="when the subject went through; NULL: still to be mended"),
    Column("ignored_at", UtcDateTime, comment="when a person said that it need not be mended"),
    Column("payload", LargeBinary, comment="the bytes that failed; NULL where none were read"),
    Column(
        "payload_as",
        JSON(none_as_null=True),
        comment="how to read them again: form, origin, place, url, encoding",
    ),
    one_of("stage", STAGES),
    CheckConstraint("(payload IS NULL) = (payload_as IS NULL)", name="payload"),
    comment="An input that did not go through, kept until it does",
)

tombstone = Table(
    "tombstone",
    metadata,
    id_column(),
    Column("sha256", String(64), nullable=False, unique=True, comment="of a ref, address, body or raw bytes"),
    Column("forgotten_at", UtcDateTime, nullable=False, comment="when"),
    Column("forgotten_by", Text, nullable=False, comment="who asked kb to forget"),
    Column("why", Text, comment="in their words"),
    comment="What was erased for good and must not come in again; nothing of it can be read here",
)
