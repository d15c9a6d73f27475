"""The tables of kb, one for each noun; SQLite and PostgreSQL alike.

    outlet <── revision ──> article       what was published: one article, its states over time
                  │
                  v
    pipeline     body                     the text, once, however many articles print it
        ^         ^
        └── annotation ──> run            what one pipeline derived from one body
              ^
              ├── local_entity <── mention         the entities that this one text names, and where
              │        ^  ^
              │        │  └── quote <── speaker_candidate   who is reported as saying what
              │        ^  ^        ^
              │        │  │        ├── quote_bucket, quote_cluster_member ──> quote_cluster   the same statement
              │        │  │        └── quote_judgement      what people decided about it
              │        └── link ──> entity <── alias, external_id <── seed     who that is in the world

    feed <── fetch ──> run                where articles come from, each reading of an address, each call that writes
      ^        ^
      └ article └── revision
           ^
           └── article_url, reading       the addresses it goes by; the bytes that are known, by the place they are at

    failure       what did not go through, with its bytes
    tombstone     hashes of what was forgotten and must not come in again
    decision      what people decided: the truth, append-only; judgements and entities derive from it
    report, naming, open_quote, entity_count   what questions read first: derived once more from all of the above
    touched       what changed since linking, clustering and reporting last ran

Readers take current rows only: ``revision.is_current`` and ``annotation.is_current``. One row for each
article comes of joining revision to annotation over ``body_id``. Annotations and what hangs on them, links,
clusters, judgements, and entities and aliases that no seed gives are derived: replaced, never edited. An entity
that was merged stands for the one of ``merged_into_id``. Lists are JSON columns.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kb.kinds import EntityType, Polarity, Precision, QuoteKind, SpeakerType
from kb.store.columns import UtcDateTime, id_column, metadata, one_of, reference, share, span_columns
from kb.store.ledger import (
    FEED_KINDS,
    RUN_STATES,
    STAGES,
    article_url,
    failure,
    feed,
    fetch,
    reading,
    run,
    tombstone,
)
from kb.store.world import (
    alias,
    alias_word,
    decision,
    entity,
    entity_count,
    external_id,
    link,
    linking,
    mention_judgement,
    naming,
    open_quote,
    quote_bucket,
    quote_cluster,
    quote_cluster_member,
    quote_judgement,
    report,
    seed,
    touched,
)

__all__ = [
    "FEED_KINDS",
    "RUN_STATES",
    "SCHEMA",
    "STAGES",
    "alias",
    "alias_word",
    "annotation",
    "article",
    "article_url",
    "body",
    "decision",
    "entity",
    "entity_count",
    "external_id",
    "failure",
    "feed",
    "fetch",
    "link",
    "linking",
    "local_entity",
    "mention",
    "mention_judgement",
    "metadata",
    "naming",
    "open_quote",
    "outlet",
    "pipeline",
    "quote",
    "quote_bucket",
    "quote_cluster",
    "quote_cluster_member",
    "quote_judgement",
    "reading",
    "report",
    "revision",
    "run",
    "seed",
    "speaker_candidate",
    "speaker_word",
    "tombstone",
    "touched",
]

SCHEMA = "0009"
"""The Alembic revision that these tables stand at (a test holds it to the head of ``migrations/``)."""

WRITTEN_BY_HAND = frozenset(
    {
        "ix_report_speaker",
        "ix_report_newest",
        "ix_revision_newest",
        "ix_entity_standing",
        "ix_alias_joined",
        "ix_quote_search",
        "ix_body_search",
    }
)
"""Indexes of ``migrations/`` that each engine needs in words of its own. On SQLite the two for searching are virtual
tables (``quote_search``, ``body_search``), which triggers keep."""

CAUSES = ("first", "publisher", "reader", "both")

outlet = Table(
    "outlet",
    metadata,
    id_column(),
    Column("name", Text, nullable=False, comment="as first printed"),
    Column(
        "name_key", Text, nullable=False, unique=True, comment="folded name, the same for all its printings"
    ),
    comment="A medium that publishes articles",
)

article = Table(
    "article",
    metadata,
    id_column(),
    Column(
        "ref", Text, nullable=False, unique=True, comment="the id it was ingested under (model.Article.id)"
    ),
    Column("first_seen_at", UtcDateTime, nullable=False, comment="when it was first read"),
    Column("last_seen_at", UtcDateTime, nullable=False, comment="when it was last found, changed or not"),
    Column(
        "gone_at", UtcDateTime, comment="when its outlet was first seen to have taken it away; NULL: not gone"
    ),
    reference("feed", "where it was first found", nullable=True),
    comment="One published text; what it says stands in its revisions",
)

body = Table(
    "body",
    metadata,
    id_column(),
    Column("sha256", String(64), nullable=False, unique=True, comment="of the text in UTF-8"),
    Column(
        "text", Text, nullable=False, comment="the body in normal form; every span counts its code points"
    ),
    Column("folded", Text, nullable=False, comment="kb.names.fold of the text, to search in"),
    Column("n_chars", Integer, nullable=False, comment="code points"),
    CheckConstraint("n_chars > 0 AND n_chars = length(text)", name="n_chars"),
    comment="A text, kept once for all articles that print it",
)

revision = Table(
    "revision",
    metadata,
    id_column(),
    reference("article", "whose state this is", index=False),
    Column("number", Integer, nullable=False, comment="1 for the article's first state, then counting"),
    Column("is_current", Boolean, nullable=False, comment="the article's newest state; one in each article"),
    reference("body", "its text"),
    reference("run", "the run that read it"),
    reference("fetch", "the reading that it came of", nullable=True),
    reference("outlet", "NULL where the page does not tell", nullable=True),
    Column(
        "digest", String(64), nullable=False, comment="sha256 of body and metadata: equal means unchanged"
    ),
    Column(
        "cause",
        String(9),
        nullable=False,
        comment="who changed it: first, publisher, reader (kb's own), both",
    ),
    Column("similarity", Float, comment="to the text before, 0 to 1, by words; NULL for the first"),
    Column("seen_at", UtcDateTime, nullable=False, comment="when it was read in"),
    Column("reader", Text, comment="what took the bytes apart: format, version, hash; NULL: before 0004"),
    Column("raw_sha256", String(64), nullable=False, comment="of the bytes that were read"),
    Column("raw_text", Text, nullable=False, comment="what was read, before cleaning"),
    Column("origin", Text, comment="the file it was read from"),
    Column("title", Text, comment="its heading, as the page has it"),
    Column("url", Text, comment="its address, as the page or its reader gives it"),
    Column("published_at", UtcDateTime, comment="NULL where the page gives only a day"),
    Column("published_on", Date, index=True, comment="the local calendar day; questions about days use this"),
    Column("published_precision", String(10), comment="minute or day; NULL where no date is known"),
    Column("published_zone", Text, comment="as the page prints it (WIB)"),
    Column("authors", JSON, nullable=False, comment="list of names"),
    Column("editors", JSON, nullable=False, comment="list of names"),
    Column("agency", Text, comment="whose copy it is (Reuters)"),
    Column("dateline_start_char", Integer, comment="the dateline opens the body and is part of it"),
    Column("dateline_end_char", Integer, comment="code point after its last one"),
    Column("dateline_place", Text, comment="the place that it names"),
    Column("dateline_outlet", Text, comment="the medium that it names"),
    Column("furniture", JSON, nullable=False, comment="lines of the page that are not body, in page order"),
    Column("extra", JSON, nullable=False, comment="fields of a JSONL record that kb has no noun for"),
    one_of("published_precision", Precision),
    one_of("cause", CAUSES),
    share("similarity"),
    CheckConstraint("(published_on IS NULL) = (published_precision IS NULL)", name="published"),
    CheckConstraint("published_precision <> 'minute' OR published_at IS NOT NULL", name="published_minute"),
    CheckConstraint("(dateline_start_char IS NULL) = (dateline_end_char IS NULL)", name="dateline"),
    UniqueConstraint("article_id", "number"),
    comment="One state of an article; a changed article gets a new one and keeps the old",
)

pipeline = Table(
    "pipeline",
    metadata,
    id_column(),
    Column("digest", String(64), nullable=False, unique=True, comment="sha256 of the three below"),
    Column("rules", Text, nullable=False, comment="version of the attribution rules"),
    Column("packages", JSON, nullable=False, comment="package name to version"),
    Column("models", JSON, nullable=False, comment="model file to sha256"),
    comment="What makes annotations: packages, models and rules of these very versions",
)

annotation = Table(
    "annotation",
    metadata,
    id_column(),
    reference("body", "the text it was derived from", index=False),
    reference("pipeline", "what derived it"),
    reference("run", "the run that derived it"),
    Column(
        "is_current", Boolean, nullable=False, comment="made by the body's newest pipeline; one in each body"
    ),
    Column("made_at", UtcDateTime, nullable=False, comment="when it was derived"),
    Column(
        "sentences", JSON, nullable=False, comment="[start, end) of each sentence in code points, in order"
    ),
    UniqueConstraint("body_id", "pipeline_id"),
    comment="All that one pipeline derived from one body",
)

local_entity = Table(
    "local_entity",
    metadata,
    id_column(),
    reference("annotation", "the text that names it", ondelete="CASCADE", index=False),
    Column("ordinal", Integer, nullable=False, comment="its place in Annotation.entities, from 0"),
    Column("type", String(3), nullable=False, comment="PER, ORG or LOC, as that text has it"),
    Column("name", Text, nullable=False, comment="the fullest name in that text"),
    Column("name_key", Text, nullable=False, index=True, comment="kb.names.entity_key of the name"),
    Column(
        "block",
        Text,
        index=True,
        comment="type and kb.names.block_key: linking decides on a block at once; NULL: not linked yet",
    ),
    Column("forms", JSON, nullable=False, comment="all forms that the text prints"),
    Column(
        "roles",
        JSON,
        comment="list of what the text calls it beside its name; NULL: found before roles were kept",
    ),
    one_of("type", EntityType),
    UniqueConstraint("annotation_id", "ordinal"),
    comment="One entity as one text has it; link says who that is",
)

mention = Table(
    "mention",
    metadata,
    id_column(),
    reference("annotation", "the text it stands in", ondelete="CASCADE", index=False),
    Column("ordinal", Integer, nullable=False, comment="its place in Annotation.mentions, from 0"),
    Column("type", String(3), nullable=False, comment="as tagged here; the entity's type is its own"),
    *span_columns("", "the name"),
    Column("sentence", Integer, comment="ordinal of the sentence it begins in, from 0"),
    reference("local_entity", "NULL where it was grouped to none", nullable=True, ondelete="CASCADE"),
    one_of("type", EntityType),
    UniqueConstraint("annotation_id", "ordinal"),
    comment="A span that names an entity",
)

quote = Table(
    "quote",
    metadata,
    id_column(),
    reference("annotation", "the text it stands in", ondelete="CASCADE", index=False),
    Column("ordinal", Integer, nullable=False, comment="its place in Annotation.attributions, from 0"),
    Column("kind", String(10), nullable=False, comment="direct, indirect, or mixed"),
    *span_columns("", "the content"),
    Column("folded", Text, nullable=False, comment="kb.names.fold of the content, to search in"),
    Column("sentence", Integer, comment="ordinal of the sentence that the content begins in, from 0"),
    *span_columns("cue_", "the cue", nullable=True),
    Column("polarity", String(10), nullable=False, comment="what the cue does with the content"),
    Column("speaker", Text, comment="fullest name in this text, or the description; NULL: not clear"),
    Column("speaker_type", String(5), comment="OTHER: somebody only described"),
    *span_columns("speaker_mention_", "what stands for the speaker nearest the cue", nullable=True),
    reference(
        "local_entity",
        "the speaker, where it is one that the text names",
        name="speaker_local_entity_id",
        nullable=True,
        ondelete="CASCADE",
    ),
    Column("role", Text, comment="what the speaker is called there (juru bicara Kremlin)"),
    Column("medium", Text, comment="who relays it"),
    Column("addressee", Text, comment="who was spoken to, as printed"),
    Column("occasion", Text, comment="when, where and at what it was said, as printed"),
    Column("rule", Text, nullable=False, comment="the rule that made it"),
    Column("evidence", JSON, nullable=False, comment="[start, end) of the spans that the rule rests on"),
    Column("confidence", Float, nullable=False, comment="0 to 1"),
    one_of("kind", QuoteKind),
    one_of("polarity", Polarity),
    one_of("speaker_type", SpeakerType),
    share("confidence"),
    UniqueConstraint("annotation_id", "ordinal"),
    comment="A reported stretch of words with who is reported as saying it",
)

speaker_candidate = Table(
    "speaker_candidate",
    metadata,
    reference("quote", "whose speaker is not clear", ondelete="CASCADE", index=False, primary_key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False, comment="0 is the best"),
    reference("local_entity", "who it may be", ondelete="CASCADE"),
    Column("score", Float, nullable=False, comment="0 to 1"),
    share("score"),
    comment="Somebody who may be the speaker of a quote",
)

speaker_word = Table(
    "speaker_word",
    metadata,
    Column("word", Text, primary_key=True, comment="a word of it, folded"),
    reference("quote", "whose speaker is called so", ondelete="CASCADE", primary_key=True),
    comment="Speakers whom a text only describes (kantor berita negara), by the words of it",
)
