# ruff: noqa: PLR0915
"""Keep where articles come from, what was read there, how runs went, and what must not come in again.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CAUSES = "'first', 'publisher', 'reader', 'both'"
OLD_STAGES = "'ingest', 'annotate', 'attribute', 'store', 'link'"
STAGES = "'fetch', 'ingest', 'annotate', 'attribute', 'store', 'link', 'guard'"
OLD_STATES = "'running', 'ok', 'partial', 'failed'"
STATES = "'running', 'ok', 'partial', 'failed', 'interrupted'"
OLD_STATE = "running until it ends; partial: some articles failed"
NEW_STATE = "running until it ends; partial: some inputs failed; interrupted: it was cut off"
PAYLOAD = "(payload IS NULL) = (payload_as IS NULL)"


def upgrade() -> None:
    """Add tables and columns; articles of before were last seen when they were first, as far as anybody knows."""
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column(
            "address",
            sa.Text(),
            nullable=False,
            comment="URL or absolute path; the folder of files given one by one; - for standard input",
        ),
        sa.Column(
            "kind",
            sa.String(length=5),
            nullable=False,
            comment="feed: RSS or Atom; page: one page or host; files",
        ),
        sa.Column("title", sa.Text(), nullable=True, comment="what it calls itself"),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="put on the schedule; NULL: read only when somebody asks",
        ),
        sa.Column(
            "paused_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL unless it is left out of the schedule for now",
        ),
        sa.Column(
            "every_minutes",
            sa.Integer(),
            nullable=True,
            comment="how often it is read; NULL: not on the schedule",
        ),
        sa.Column(
            "last_read_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it, with all that it led to, was last read",
        ),
        sa.Column(
            "retry_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="before that it is not tried again; NULL: it could be read",
        ),
        sa.Column(
            "allow_private",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="may be of this net",
        ),
        sa.Column(
            "etag",
            sa.Text(),
            nullable=True,
            comment="to ask whether it changed; set when all that it led to was read",
        ),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="likewise"),
        sa.Column(
            "n_failed",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="times in a row that it could not be read",
        ),
        sa.CheckConstraint("kind IN ('feed', 'page', 'files')", name=op.f("ck_feed_kind")),
        sa.CheckConstraint("(added_at IS NULL) = (every_minutes IS NULL)", name=op.f("ck_feed_schedule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("address", name=op.f("uq_feed_address")),
        comment="Where articles come from; scheduled ones are read again by kb sync",
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="of a ref, address, body or raw bytes"
        ),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forgotten_by", sa.Text(), nullable=False, comment="who asked kb to forget"),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("sha256", name=op.f("uq_tombstone_sha256")),
        comment="What was erased for good and must not come in again; nothing of it can be read here",
    )
    op.create_table(
        "article_url",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="whose address it is"),
        sa.Column("url", sa.Text(), nullable=False, comment="canonical form: kb.ingest.canonical_url"),
        sa.Column(
            "is_canonical", sa.Boolean(), nullable=False, comment="the address that the others stand for"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_url_article_id_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_url")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url_url")),
        comment="An address that an article goes by: one in canonical form, and its alternates",
    )
    with op.batch_alter_table("article_url", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_url_article_id"), ["article_id"], unique=False)

    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="the run that read it"),
        sa.Column("feed_id", sa.Integer(), nullable=True, comment="what led there"),
        sa.Column("address", sa.Text(), nullable=False, comment="URL as asked for, file, or folder"),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status", sa.Integer(), nullable=True, comment="of HTTP; NULL for files and where no answer came"
        ),
        sa.Column(
            "final_url", sa.Text(), nullable=True, comment="where redirects led; NULL where there were none"
        ),
        sa.Column("n_bytes", sa.Integer(), nullable=True, comment="of the content; NULL where none came"),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=True,
            comment="of the content; NULL for a folder or a file of many articles",
        ),
        sa.Column("error", sa.Text(), nullable=True, comment="why it failed; NULL unless it did"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_fetch_feed_id_feed")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
        comment="One reading of one address: what a server answered, or a file or folder that was gone through",
    )
    with op.batch_alter_table("fetch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetch_feed_id"), ["feed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_run_id"), ["run_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="what was read there"),
        sa.Column(
            "place",
            sa.Text(),
            nullable=True,
            comment="canonical URL or file:///… of bytes that stand alone; NULL for a line among others",
        ),
        sa.Column("raw_sha256", sa.String(length=64), nullable=False, comment="of the bytes read there last"),
        sa.Column(
            "reader", sa.Text(), nullable=False, comment="what read them: format, version, hash of the code"
        ),
        sa.Column(
            "is_newest",
            sa.Boolean(),
            nullable=False,
            comment="of its place, or of the article's lines: older lines stay known, for files that only grow",
        ),
        sa.Column(
            "read_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when its text was first read so",
        ),
        sa.Column(
            "missed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was last asked for and gone; NULL: it never was",
        ),
        sa.Column(
            "url",
            sa.Text(),
            nullable=True,
            comment="the page's address as it is fetched; NULL for files and lines",
        ),
        sa.Column("etag", sa.Text(), nullable=True, comment="to ask whether the page changed"),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="likewise"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_reading_article_id_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("place", name=op.f("uq_reading_place")),
        comment="Bytes that are known: what reads the same again need not be taken apart again",
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_read_at"), ["read_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_raw_sha256"), ["raw_sha256"], unique=False)

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "last_seen_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when it was last found, changed or not",
            )
        )
        batch_op.add_column(
            sa.Column(
                "gone_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when its outlet was first seen to have taken it away; NULL: not gone",
            )
        )
        batch_op.add_column(
            sa.Column("feed_id", sa.Integer(), nullable=True, comment="where it was first found")
        )
        batch_op.create_index(batch_op.f("ix_article_feed_id"), ["feed_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_article_feed_id_feed"), "feed", ["feed_id"], ["id"])
    op.execute("UPDATE article SET last_seen_at = first_seen_at")
    with op.batch_alter_table("article") as batch_op:
        batch_op.alter_column("last_seen_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("feed_id", sa.Integer(), nullable=True, comment="where it came from"))
        batch_op.add_column(
            sa.Column(
                "retry_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when its server wants to be asked again; NULL: it did not say",
            )
        )
        batch_op.add_column(
            sa.Column(
                "ignored_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when a person said that it need not be mended",
            )
        )
        batch_op.add_column(
            sa.Column(
                "payload",
                sa.LargeBinary(),
                nullable=True,
                comment="the bytes that failed; NULL where none were read",
            )
        )
        batch_op.add_column(
            sa.Column(
                "payload_as",
                sa.JSON(),
                nullable=True,
                comment="how to read them again: form, origin, place, url, encoding",
            )
        )
        batch_op.create_index(batch_op.f("ix_failure_feed_id"), ["feed_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_failure_feed_id_feed"), "feed", ["feed_id"], ["id"])
        batch_op.drop_constraint(op.f("ck_failure_stage"), type_="check")
        batch_op.create_check_constraint(op.f("ck_failure_stage"), f"stage IN ({STAGES})")
        batch_op.create_check_constraint(op.f("ck_failure_payload"), PAYLOAD)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("fetch_id", sa.Integer(), nullable=True, comment="the reading that it came of")
        )
        batch_op.add_column(
            sa.Column(
                "cause",
                sa.String(length=9),
                nullable=True,
                comment="who changed it: first, publisher, reader (kb's own), both",
            )
        )
        batch_op.add_column(
            sa.Column(
                "similarity",
                sa.Float(),
                nullable=True,
                comment="to the text before, 0 to 1, by words; NULL for the first",
            )
        )
        batch_op.add_column(
            sa.Column(
                "reader",
                sa.Text(),
                nullable=True,
                comment="what took the bytes apart: format, version, hash; NULL: before 0004",
            )
        )
        batch_op.create_index(batch_op.f("ix_revision_fetch_id"), ["fetch_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_revision_fetch_id_fetch"), "fetch", ["fetch_id"], ["id"])
    op.execute("UPDATE revision SET cause = CASE WHEN number = 1 THEN 'first' ELSE 'publisher' END")
    with op.batch_alter_table("revision") as batch_op:
        batch_op.alter_column("cause", existing_type=sa.String(9), nullable=False)
        batch_op.create_check_constraint(op.f("ck_revision_cause"), f"cause IN ({CAUSES})")
        batch_op.create_check_constraint(
            op.f("ck_revision_similarity"), "similarity >= 0 AND similarity <= 1"
        )

    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "n_gone",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="articles that their outlet took away",
            )
        )
        batch_op.add_column(
            sa.Column(
                "heartbeat_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when it last wrote how far it had come",
            )
        )
        batch_op.add_column(sa.Column("host", sa.Text(), nullable=True, comment="the machine it ran on"))
        batch_op.add_column(sa.Column("pid", sa.Integer(), nullable=True, comment="its process there"))
        batch_op.add_column(
            sa.Column("error", sa.Text(), nullable=True, comment="what ended it; NULL unless it failed")
        )
        batch_op.add_column(
            sa.Column(
                "seeds",
                sa.String(length=64),
                nullable=True,
                comment="hash of the list of entities that kb brings; NULL: before 0004",
            )
        )
        batch_op.add_column(
            sa.Column(
                "pipeline_id",
                sa.Integer(),
                nullable=True,
                comment="what it annotated with; NULL where it annotates nothing",
            )
        )
        batch_op.drop_constraint(op.f("ck_run_state"), type_="check")
        batch_op.alter_column(
            "state",
            existing_type=sa.String(10),
            type_=sa.String(11),
            existing_nullable=False,
            comment=NEW_STATE,
            existing_comment=OLD_STATE,
        )
        batch_op.create_check_constraint(op.f("ck_run_state"), f"state IN ({STATES})")
        batch_op.create_index(batch_op.f("ix_run_pipeline_id"), ["pipeline_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_run_pipeline_id_pipeline"), "pipeline", ["pipeline_id"], ["id"]
        )


def downgrade() -> None:
    """Take them away, with all feeds, failures of fetching and tombstones in them."""
    op.execute("UPDATE run SET state = 'failed' WHERE state = 'interrupted'")
    op.execute(f"DELETE FROM failure WHERE stage NOT IN ({OLD_STAGES})")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_run_pipeline_id_pipeline"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_run_pipeline_id"))
        batch_op.drop_constraint(op.f("ck_run_state"), type_="check")
        batch_op.alter_column(
            "state",
            existing_type=sa.String(11),
            type_=sa.String(10),
            existing_nullable=False,
            comment=OLD_STATE,
            existing_comment=NEW_STATE,
        )
        batch_op.create_check_constraint(op.f("ck_run_state"), f"state IN ({OLD_STATES})")
        batch_op.drop_column("pipeline_id")
        batch_op.drop_column("seeds")
        batch_op.drop_column("error")
        batch_op.drop_column("pid")
        batch_op.drop_column("host")
        batch_op.drop_column("heartbeat_at")
        batch_op.drop_column("n_gone")

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_revision_fetch_id_fetch"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_revision_cause"), type_="check")
        batch_op.drop_constraint(op.f("ck_revision_similarity"), type_="check")
        batch_op.drop_index(batch_op.f("ix_revision_fetch_id"))
        batch_op.drop_column("reader")
        batch_op.drop_column("similarity")
        batch_op.drop_column("cause")
        batch_op.drop_column("fetch_id")

    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_failure_feed_id_feed"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_failure_payload"), type_="check")
        batch_op.drop_constraint(op.f("ck_failure_stage"), type_="check")
        batch_op.create_check_constraint(op.f("ck_failure_stage"), f"stage IN ({OLD_STAGES})")
        batch_op.drop_index(batch_op.f("ix_failure_feed_id"))
        batch_op.drop_column("payload_as")
        batch_op.drop_column("payload")
        batch_op.drop_column("ignored_at")
        batch_op.drop_column("retry_at")
        batch_op.drop_column("feed_id")

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_article_feed_id_feed"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_article_feed_id"))
        batch_op.drop_column("feed_id")
        batch_op.drop_column("gone_at")
        batch_op.drop_column("last_seen_at")

    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_raw_sha256"))
        batch_op.drop_index(batch_op.f("ix_reading_read_at"))
        batch_op.drop_index(batch_op.f("ix_reading_article_id"))

    op.drop_table("reading")
    with op.batch_alter_table("fetch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fetch_run_id"))
        batch_op.drop_index(batch_op.f("ix_fetch_feed_id"))

    op.drop_table("fetch")
    with op.batch_alter_table("article_url", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_url_article_id"))

    op.drop_table("article_url")
    op.drop_table("tombstone")
    op.drop_table("feed")
