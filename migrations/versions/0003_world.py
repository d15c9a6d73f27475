# ruff: noqa: E501
"""Keep who everybody was decided to be, what says the same, and which of it is to be linked again.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OF_TEXT = "seed: kept without mentions; text: derived by link"
OF_DECISIONS = "seed: kept without mentions; text: derived by link; decision: made by a split"
PRINTED = "seed, or text: a form that linked articles print"
DECIDED = "seed; text: a form that linked articles print; decision"
RULES = "why: seed, seed_other_type or name_key"
MORE_RULES = "why: decision, seed, seed_other_type, abbreviation, role or name_key"


def upgrade() -> None:
    """Add tables and columns; blocks stay empty, so that the next run links everything again."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("uid", sa.String(length=16), nullable=False, comment="hash of all that was decided"),
        sa.Column("verb", sa.String(length=14), nullable=False),
        sa.Column(
            "arguments",
            sa.JSON(),
            nullable=False,
            comment="what it is about: uids, article ids, text selectors",
        ),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="who"),
        sa.Column(
            "decided_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when; decisions apply in this order",
        ),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "verb IN ('merge', 'apart', 'split', 'alias', 'rename', 'retype', 'reject-mention', 'reject-quote', 'set-speaker', 'undo')",
            name=op.f("ck_decision_verb"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("uid", name=op.f("uq_decision_uid")),
        comment="What a person decided; rows are only ever added",
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_decided_at"), ["decided_at"], unique=False)

    op.create_table(
        "linking",
        sa.Column(
            "rules",
            sa.String(length=64),
            nullable=False,
            comment="hash of the code and the word lists that link",
        ),
        sa.PrimaryKeyConstraint("rules", name=op.f("pk_linking")),
        comment="What the links and clusters of the base were made by: with other rules all are made again",
    )
    op.create_table(
        "quote_cluster",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("uid", sa.String(length=24), nullable=False, comment="the same in every base that has it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_cluster")),
        sa.UniqueConstraint("uid", name=op.f("uq_quote_cluster_uid")),
        comment="A statement that several articles report",
    )
    op.create_table(
        "seed",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column(
            "source",
            sa.Text(),
            nullable=False,
            comment="the list it stands in: kb for the one that kb brings",
        ),
        sa.Column("uid", sa.String(length=24), nullable=False, comment="the entity that it is"),
        sa.Column("record", sa.JSON(), nullable=False, comment="its line in the list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seed")),
        sa.UniqueConstraint("source", "uid", name=op.f("uq_seed_source_uid")),
        comment="An entity as a list of seeds has it; entities, aliases and ids of origin seed derive from these",
    )
    op.create_table(
        "touched",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="block, row number of a body, uid of a cluster, list of seeds",
        ),
        sa.CheckConstraint("kind IN ('block', 'body', 'cluster', 'seeds')", name=op.f("ck_touched_kind")),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_touched")),
        comment="What changed since linking and clustering last ran; empty when they are done",
    )
    op.create_table(
        "mention_judgement",
        sa.Column("mention_id", sa.Integer(), nullable=False, comment="the mention that was decided on"),
        sa.Column(
            "rejected_by_id", sa.Integer(), nullable=False, comment="the decision that it names nothing"
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"],
            ["mention.id"],
            name=op.f("fk_mention_judgement_mention_id_mention"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rejected_by_id"], ["decision.id"], name=op.f("fk_mention_judgement_rejected_by_id_decision")
        ),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_mention_judgement")),
        comment="A mention of a current annotation that was decided to be none",
    )
    with op.batch_alter_table("mention_judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mention_judgement_rejected_by_id"), ["rejected_by_id"], unique=False
        )

    op.create_table(
        "quote_bucket",
        sa.Column(
            "bucket",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="a hash of words of the content",
        ),
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="whose content"),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_quote_bucket_quote_id_quote"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bucket", "quote_id", name=op.f("pk_quote_bucket")),
        comment="Quotes in one bucket may be the same statement",
    )
    with op.batch_alter_table("quote_bucket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_bucket_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "quote_cluster_member",
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="one report of it"),
        sa.Column("quote_cluster_id", sa.Integer(), nullable=False, comment="the statement"),
        sa.Column("relation", sa.String(length=13), nullable=False, comment="to the first report"),
        sa.CheckConstraint(
            "relation IN ('first', 'reprint', 'trim', 'retranslation')",
            name=op.f("ck_quote_cluster_member_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["quote_cluster_id"],
            ["quote_cluster.id"],
            name=op.f("fk_quote_cluster_member_quote_cluster_id_quote_cluster"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["quote.id"],
            name=op.f("fk_quote_cluster_member_quote_id_quote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote_cluster_member")),
        comment="A quote that reports the statement of a cluster; current annotations only",
    )
    with op.batch_alter_table("quote_cluster_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quote_cluster_member_quote_cluster_id"), ["quote_cluster_id"], unique=False
        )

    op.create_table(
        "quote_judgement",
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="the quote that was decided on"),
        sa.Column("rejected_by_id", sa.Integer(), nullable=True, comment="the decision that it is no quote"),
        sa.Column("speaker_by_id", sa.Integer(), nullable=True, comment="the decision about its speaker"),
        sa.Column(
            "speaker_entity_id",
            sa.Integer(),
            nullable=True,
            comment="the speaker decided on; NULL beside speaker_by_id: nobody known",
        ),
        sa.CheckConstraint(
            "rejected_by_id IS NOT NULL OR speaker_by_id IS NOT NULL", name=op.f("ck_quote_judgement_decided")
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_quote_judgement_quote_id_quote"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rejected_by_id"], ["decision.id"], name=op.f("fk_quote_judgement_rejected_by_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_by_id"], ["decision.id"], name=op.f("fk_quote_judgement_speaker_by_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_entity_id"],
            ["entity.id"],
            name=op.f("fk_quote_judgement_speaker_entity_id_entity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote_judgement")),
        comment="What decisions say of a quote of a current annotation; it wins over what was derived",
    )
    with op.batch_alter_table("quote_judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quote_judgement_rejected_by_id"), ["rejected_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_quote_judgement_speaker_by_id"), ["speaker_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_quote_judgement_speaker_entity_id"), ["speaker_entity_id"], unique=False
        )

    _set_origins("alias", ("seed", "text", "decision"), comment=DECIDED)
    _set_origins("entity", ("seed", "text", "decision"), comment=OF_DECISIONS)
    with op.batch_alter_table("entity") as batch_op:
        batch_op.add_column(
            sa.Column(
                "merged_into_id",
                sa.Integer(),
                nullable=True,
                comment="the entity that this one was decided to be, itself merged into none; NULL: it stands for itself",
            )
        )
        batch_op.create_index(batch_op.f("ix_entity_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_entity_merged_into_id_entity"),
            "entity",
            ["merged_into_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("local_entity") as batch_op:
        batch_op.add_column(
            sa.Column(
                "block",
                sa.Text(),
                nullable=True,
                comment="type and kb.names.block_key: linking decides on a block at once; NULL: not linked yet",
            )
        )
        batch_op.add_column(
            sa.Column(
                "roles",
                sa.JSON(),
                nullable=True,
                comment="list of what the text calls it beside its name; NULL: found before roles were kept",
            )
        )
        batch_op.create_index(batch_op.f("ix_local_entity_block"), ["block"], unique=False)
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("link", "rule", comment=MORE_RULES, existing_comment=RULES)


def downgrade() -> None:
    """Take them away, with all decisions in them: export those first."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("link", "rule", comment=RULES, existing_comment=MORE_RULES)
    with op.batch_alter_table("local_entity") as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_entity_block"))
        batch_op.drop_column("roles")
        batch_op.drop_column("block")
    op.execute("UPDATE entity SET origin = 'text' WHERE origin = 'decision'")
    op.execute("DELETE FROM alias WHERE origin = 'decision'")
    with op.batch_alter_table("entity") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_entity_merged_into_id_entity"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_entity_merged_into_id"))
        batch_op.drop_column("merged_into_id")
    _set_origins("entity", ("seed", "text"), comment=OF_TEXT)
    _set_origins("alias", ("seed", "text"), comment=PRINTED)
    with op.batch_alter_table("quote_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_judgement_speaker_entity_id"))
        batch_op.drop_index(batch_op.f("ix_quote_judgement_speaker_by_id"))
        batch_op.drop_index(batch_op.f("ix_quote_judgement_rejected_by_id"))

    op.drop_table("quote_judgement")
    with op.batch_alter_table("quote_cluster_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_cluster_member_quote_cluster_id"))

    op.drop_table("quote_cluster_member")
    with op.batch_alter_table("quote_bucket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_bucket_quote_id"))

    op.drop_table("quote_bucket")
    with op.batch_alter_table("mention_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_judgement_rejected_by_id"))

    op.drop_table("mention_judgement")
    op.drop_table("touched")
    op.drop_table("seed")
    op.drop_table("quote_cluster")
    op.drop_table("linking")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_decided_at"))

    op.drop_table("decision")


def _set_origins(table: str, origins: tuple[str, ...], *, comment: str) -> None:
    """Let a table's column ``origin`` take these values."""
    name = op.f(f"ck_{table}_origin")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.alter_column(
            "origin", type_=sa.String(max(map(len, origins))), existing_nullable=False, comment=comment
        )
        batch_op.create_check_constraint(name, f"origin IN ({', '.join(map(repr, origins))})")
