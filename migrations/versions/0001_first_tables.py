# ruff: noqa: E501
"""Lay the first tables.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the first tables."""
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column(
            "ref", sa.Text(), nullable=False, comment="the id it was ingested under (model.Article.id)"
        ),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("ref", name=op.f("uq_article_ref")),
        comment="One published text; what it says stands in its revisions",
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the text in UTF-8"),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="the body in normal form; every span counts its code points",
        ),
        sa.Column("n_chars", sa.Integer(), nullable=False, comment="code points"),
        sa.CheckConstraint("n_chars > 0 AND n_chars = length(text)", name=op.f("ck_body_n_chars")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("sha256", name=op.f("uq_body_sha256")),
        comment="A text, kept once for all articles that print it",
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("uid", sa.String(length=24), nullable=False, comment="the same in every base that has it"),
        sa.Column("type", sa.String(length=3), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="the name to show"),
        sa.Column("name_key", sa.Text(), nullable=False, comment="kb.names.entity_key of the name"),
        sa.Column(
            "origin",
            sa.String(length=4),
            nullable=False,
            comment="seed: kept without mentions; text: derived by link",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="what a seed says about it"),
        sa.CheckConstraint("origin IN ('seed', 'text')", name=op.f("ck_entity_origin")),
        sa.CheckConstraint("type IN ('PER', 'ORG', 'LOC')", name=op.f("ck_entity_type")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("uid", name=op.f("uq_entity_uid")),
        comment="A person, organisation or place in the world",
    )
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_name_key_type"), ["name_key", "type"], unique=False)

    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("name", sa.Text(), nullable=False, comment="as first printed"),
        sa.Column(
            "name_key", sa.Text(), nullable=False, comment="folded name, the same for all its printings"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("name_key", name=op.f("uq_outlet_name_key")),
        comment="A medium that publishes articles",
    )
    op.create_table(
        "pipeline",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="sha256 of the three below"),
        sa.Column("rules", sa.Text(), nullable=False, comment="version of the attribution rules"),
        sa.Column("packages", sa.JSON(), nullable=False, comment="package name to version"),
        sa.Column("models", sa.JSON(), nullable=False, comment="model file to sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipeline")),
        sa.UniqueConstraint("digest", name=op.f("uq_pipeline_digest")),
        comment="What makes annotations: packages, models and rules of these very versions",
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("command", sa.Text(), nullable=False, comment="what was asked for, as typed"),
        sa.Column("version", sa.String(length=40), nullable=False, comment="kb's version"),
        sa.Column(
            "state",
            sa.String(length=10),
            nullable=False,
            comment="running until it ends; partial: some articles failed",
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL while it runs or when it was cut off",
        ),
        sa.Column(
            "n_new",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="articles seen for the first time",
        ),
        sa.Column(
            "n_changed",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="articles that got a new revision",
        ),
        sa.Column(
            "n_unchanged",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="articles known as they are",
        ),
        sa.Column(
            "n_annotated", sa.Integer(), server_default="0", nullable=False, comment="bodies annotated"
        ),
        sa.Column(
            "n_failed", sa.Integer(), server_default="0", nullable=False, comment="inputs kept as failures"
        ),
        sa.CheckConstraint("state IN ('running', 'ok', 'partial', 'failed')", name=op.f("ck_run_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        comment="One call of a command that writes",
    )
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="whose name it is"),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="a name or short name, as a seed or an article prints it",
        ),
        sa.Column("name_key", sa.Text(), nullable=False, comment="kb.names.entity_key of it; not unique"),
        sa.Column(
            "origin",
            sa.String(length=4),
            nullable=False,
            comment="seed, or text: a form that linked articles print",
        ),
        sa.CheckConstraint("origin IN ('seed', 'text')", name=op.f("ck_alias_origin")),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_alias_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint("entity_id", "name", name=op.f("uq_alias_entity_id_name")),
        comment="A name that an entity goes by, its display name among them",
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alias_name_key"), ["name_key"], unique=False)

    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("body_id", sa.Integer(), nullable=False, comment="the text it was derived from"),
        sa.Column("pipeline_id", sa.Integer(), nullable=False, comment="what derived it"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="the run that derived it"),
        sa.Column(
            "is_current",
            sa.Boolean(),
            nullable=False,
            comment="made by the body's newest pipeline; one in each body",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sentences",
            sa.JSON(),
            nullable=False,
            comment="[start, end) of each sentence in code points, in order",
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_annotation_body_id_body")),
        sa.ForeignKeyConstraint(
            ["pipeline_id"], ["pipeline.id"], name=op.f("fk_annotation_pipeline_id_pipeline")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_annotation_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("body_id", "pipeline_id", name=op.f("uq_annotation_body_id_pipeline_id")),
        comment="All that one pipeline derived from one body",
    )
    with op.batch_alter_table("annotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annotation_pipeline_id"), ["pipeline_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_annotation_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "uq_annotation_current",
            ["body_id"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "external_id",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="whose id it is"),
        sa.Column("scheme", sa.String(length=20), nullable=False, comment="wikidata"),
        sa.Column("value", sa.Text(), nullable=False, comment="the id there (Q7747)"),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_external_id_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "scheme", name=op.f("pk_external_id")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_external_id_scheme_value")),
        comment="What an entity is called in another catalogue",
    )
    op.create_table(
        "failure",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="the run it last failed in"),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column(
            "subject", sa.Text(), nullable=False, comment="the path, path:line or article ref that failed"
        ),
        sa.Column("error", sa.Text(), nullable=False, comment="name of the error"),
        sa.Column("message", sa.Text(), nullable=False, comment="one line for the user"),
        sa.Column("attempts", sa.Integer(), server_default="1", nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False, comment="the last time"),
        sa.Column(
            "resolved_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the subject went through; NULL: still to be mended",
        ),
        sa.CheckConstraint(
            "stage IN ('ingest', 'annotate', 'attribute', 'store', 'link')", name=op.f("ck_failure_stage")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_failure_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failure")),
        comment="An input that did not go through, kept until it does",
    )
    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failure_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "uq_failure_open",
            ["stage", "subject"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="whose state this is"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="1 for the article's first state, then counting"
        ),
        sa.Column(
            "is_current",
            sa.Boolean(),
            nullable=False,
            comment="the article's newest state; one in each article",
        ),
        sa.Column("body_id", sa.Integer(), nullable=False, comment="its text"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="the run that read it"),
        sa.Column("outlet_id", sa.Integer(), nullable=True, comment="NULL where the page does not tell"),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="sha256 of body and metadata: equal means unchanged",
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, comment="when it was read in"),
        sa.Column("raw_sha256", sa.String(length=64), nullable=False, comment="of the bytes that were read"),
        sa.Column("raw_text", sa.Text(), nullable=False, comment="what was read, before cleaning"),
        sa.Column("origin", sa.Text(), nullable=True, comment="the file it was read from"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="NULL where the page gives only a day",
        ),
        sa.Column(
            "published_on",
            sa.Date(),
            nullable=True,
            comment="the local calendar day; questions about days use this",
        ),
        sa.Column(
            "published_precision",
            sa.String(length=10),
            nullable=True,
            comment="minute or day; NULL where no date is known",
        ),
        sa.Column("published_zone", sa.Text(), nullable=True, comment="as the page prints it (WIB)"),
        sa.Column("authors", sa.JSON(), nullable=False, comment="list of names"),
        sa.Column("editors", sa.JSON(), nullable=False, comment="list of names"),
        sa.Column("agency", sa.Text(), nullable=True, comment="whose copy it is (Reuters)"),
        sa.Column(
            "dateline_start_char",
            sa.Integer(),
            nullable=True,
            comment="the dateline opens the body and is part of it",
        ),
        sa.Column("dateline_end_char", sa.Integer(), nullable=True),
        sa.Column("dateline_place", sa.Text(), nullable=True),
        sa.Column("dateline_outlet", sa.Text(), nullable=True),
        sa.Column(
            "furniture",
            sa.JSON(),
            nullable=False,
            comment="lines of the page that are not body, in page order",
        ),
        sa.Column(
            "extra", sa.JSON(), nullable=False, comment="fields of a JSONL record that kb has no noun for"
        ),
        sa.CheckConstraint(
            "published_precision <> 'minute' OR published_at IS NOT NULL",
            name=op.f("ck_revision_published_minute"),
        ),
        sa.CheckConstraint(
            "published_precision IN ('minute', 'day')", name=op.f("ck_revision_published_precision")
        ),
        sa.CheckConstraint(
            "(dateline_start_char IS NULL) = (dateline_end_char IS NULL)", name=op.f("ck_revision_dateline")
        ),
        sa.CheckConstraint(
            "(published_on IS NULL) = (published_precision IS NULL)", name=op.f("ck_revision_published")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id_article")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_revision_body_id_body")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_revision_outlet_id_outlet")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_revision_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_revision_article_id_number")),
        comment="One state of an article; a changed article gets a new one and keeps the old",
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_outlet_id"), ["outlet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_published_on"), ["published_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "uq_revision_current",
            ["article_id"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "local_entity",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("annotation_id", sa.Integer(), nullable=False, comment="the text that names it"),
        sa.Column(
            "ordinal", sa.Integer(), nullable=False, comment="its place in Annotation.entities, from 0"
        ),
        sa.Column("type", sa.String(length=3), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="the fullest name in that text"),
        sa.Column("name_key", sa.Text(), nullable=False, comment="kb.names.entity_key of the name"),
        sa.Column("forms", sa.JSON(), nullable=False, comment="all forms that the text prints"),
        sa.CheckConstraint("type IN ('PER', 'ORG', 'LOC')", name=op.f("ck_local_entity_type")),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_local_entity_annotation_id_annotation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_entity")),
        sa.UniqueConstraint("annotation_id", "ordinal", name=op.f("uq_local_entity_annotation_id_ordinal")),
        comment="One entity as one text has it; link says who that is",
    )
    with op.batch_alter_table("local_entity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_entity_name_key"), ["name_key"], unique=False)

    op.create_table(
        "link",
        sa.Column("local_entity_id", sa.Integer(), nullable=False, comment="the entity of one text"),
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="who that is in the world"),
        sa.Column("rule", sa.Text(), nullable=False, comment="why: seed, seed_other_type or name_key"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_link_entity_id_entity")),
        sa.ForeignKeyConstraint(
            ["local_entity_id"],
            ["local_entity.id"],
            name=op.f("fk_link_local_entity_id_local_entity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("local_entity_id", name=op.f("pk_link")),
        comment="Which entity of the world an entity of a text is; current annotations only",
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("annotation_id", sa.Integer(), nullable=False, comment="the text it stands in"),
        sa.Column(
            "ordinal", sa.Integer(), nullable=False, comment="its place in Annotation.mentions, from 0"
        ),
        sa.Column(
            "type",
            sa.String(length=3),
            nullable=False,
            comment="as tagged here; the entity's type is its own",
        ),
        sa.Column("start_char", sa.Integer(), nullable=False, comment="first code point of the name"),
        sa.Column(
            "end_char", sa.Integer(), nullable=False, comment="code point after the last one of the name"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="the name, as body[start:end] has it"),
        sa.Column(
            "sentence", sa.Integer(), nullable=True, comment="ordinal of the sentence it begins in, from 0"
        ),
        sa.Column(
            "local_entity_id", sa.Integer(), nullable=True, comment="NULL where it was grouped to none"
        ),
        sa.CheckConstraint("type IN ('PER', 'ORG', 'LOC')", name=op.f("ck_mention_type")),
        sa.CheckConstraint(
            "start_char >= 0 AND end_char > start_char AND length(text) = end_char - start_char",
            name=op.f("ck_mention_span"),
        ),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_mention_annotation_id_annotation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["local_entity_id"],
            ["local_entity.id"],
            name=op.f("fk_mention_local_entity_id_local_entity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("annotation_id", "ordinal", name=op.f("uq_mention_annotation_id_ordinal")),
        comment="A span that names an entity",
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_local_entity_id"), ["local_entity_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False, comment="row number, of meaning only inside this base"),
        sa.Column("annotation_id", sa.Integer(), nullable=False, comment="the text it stands in"),
        sa.Column(
            "ordinal", sa.Integer(), nullable=False, comment="its place in Annotation.attributions, from 0"
        ),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False, comment="first code point of the content"),
        sa.Column(
            "end_char", sa.Integer(), nullable=False, comment="code point after the last one of the content"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="the content, as body[start:end] has it"),
        sa.Column("folded", sa.Text(), nullable=False, comment="kb.names.fold of the content, to search in"),
        sa.Column(
            "sentence",
            sa.Integer(),
            nullable=True,
            comment="ordinal of the sentence that the content begins in, from 0",
        ),
        sa.Column("cue_start_char", sa.Integer(), nullable=True, comment="first code point of the cue"),
        sa.Column(
            "cue_end_char", sa.Integer(), nullable=True, comment="code point after the last one of the cue"
        ),
        sa.Column("cue_text", sa.Text(), nullable=True, comment="the cue, as body[start:end] has it"),
        sa.Column(
            "polarity", sa.String(length=10), nullable=False, comment="what the cue does with the content"
        ),
        sa.Column(
            "speaker",
            sa.Text(),
            nullable=True,
            comment="fullest name in this text, or the description; NULL: not clear",
        ),
        sa.Column(
            "speaker_type", sa.String(length=5), nullable=True, comment="OTHER: somebody only described"
        ),
        sa.Column(
            "speaker_mention_start_char",
            sa.Integer(),
            nullable=True,
            comment="first code point of what stands for the speaker nearest the cue",
        ),
        sa.Column(
            "speaker_mention_end_char",
            sa.Integer(),
            nullable=True,
            comment="code point after the last one of what stands for the speaker nearest the cue",
        ),
        sa.Column(
            "speaker_mention_text",
            sa.Text(),
            nullable=True,
            comment="what stands for the speaker nearest the cue, as body[start:end] has it",
        ),
        sa.Column(
            "speaker_local_entity_id",
            sa.Integer(),
            nullable=True,
            comment="the speaker, where it is one that the text names",
        ),
        sa.Column(
            "role", sa.Text(), nullable=True, comment="what the speaker is called there (juru bicara Kremlin)"
        ),
        sa.Column("medium", sa.Text(), nullable=True, comment="who relays it"),
        sa.Column("rule", sa.Text(), nullable=False, comment="the rule that made it"),
        sa.Column(
            "evidence", sa.JSON(), nullable=False, comment="[start, end) of the spans that the rule rests on"
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="0 to 1"),
        sa.CheckConstraint("kind IN ('direct', 'indirect', 'mixed')", name=op.f("ck_quote_kind")),
        sa.CheckConstraint(
            "polarity IN ('asserts', 'denies', 'asks', 'demands', 'promises')", name=op.f("ck_quote_polarity")
        ),
        sa.CheckConstraint("speaker_type IN ('PER', 'ORG', 'OTHER')", name=op.f("ck_quote_speaker_type")),
        sa.CheckConstraint(
            "(cue_start_char IS NULL AND cue_end_char IS NULL AND cue_text IS NULL) OR (cue_start_char >= 0 AND cue_end_char > cue_start_char AND length(cue_text) = cue_end_char - cue_start_char)",
            name=op.f("ck_quote_cue_span"),
        ),
        sa.CheckConstraint(
            "(speaker_mention_start_char IS NULL AND speaker_mention_end_char IS NULL AND speaker_mention_text IS NULL) OR (speaker_mention_start_char >= 0 AND speaker_mention_end_char > speaker_mention_start_char AND length(speaker_mention_text) = speaker_mention_end_char - speaker_mention_start_char)",
            name=op.f("ck_quote_speaker_mention_span"),
        ),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name=op.f("ck_quote_confidence")),
        sa.CheckConstraint(
            "start_char >= 0 AND end_char > start_char AND length(text) = end_char - start_char",
            name=op.f("ck_quote_span"),
        ),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_quote_annotation_id_annotation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_local_entity_id"],
            ["local_entity.id"],
            name=op.f("fk_quote_speaker_local_entity_id_local_entity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("annotation_id", "ordinal", name=op.f("uq_quote_annotation_id_ordinal")),
        comment="A reported stretch of words with who is reported as saying it",
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quote_speaker_local_entity_id"), ["speaker_local_entity_id"], unique=False
        )

    op.create_table(
        "speaker_candidate",
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="whose speaker is not clear"),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False, comment="0 is the best"),
        sa.Column("local_entity_id", sa.Integer(), nullable=False, comment="who it may be"),
        sa.Column("score", sa.Float(), nullable=False, comment="0 to 1"),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_speaker_candidate_score")),
        sa.ForeignKeyConstraint(
            ["local_entity_id"],
            ["local_entity.id"],
            name=op.f("fk_speaker_candidate_local_entity_id_local_entity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_speaker_candidate_quote_id_quote"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", "rank", name=op.f("pk_speaker_candidate")),
        comment="Somebody who may be the speaker of a quote",
    )
    with op.batch_alter_table("speaker_candidate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_speaker_candidate_local_entity_id"), ["local_entity_id"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("speaker_candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_candidate_local_entity_id"))

    op.drop_table("speaker_candidate")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_speaker_local_entity_id"))

    op.drop_table("quote")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_local_entity_id"))

    op.drop_table("mention")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_entity_id"))

    op.drop_table("link")
    with op.batch_alter_table("local_entity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_entity_name_key"))

    op.drop_table("local_entity")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_revision_current", sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current")
        )
        batch_op.drop_index(batch_op.f("ix_revision_run_id"))
        batch_op.drop_index(batch_op.f("ix_revision_published_on"))
        batch_op.drop_index(batch_op.f("ix_revision_outlet_id"))
        batch_op.drop_index(batch_op.f("ix_revision_body_id"))

    op.drop_table("revision")
    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_failure_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_failure_run_id"))

    op.drop_table("failure")
    op.drop_table("external_id")
    with op.batch_alter_table("annotation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_annotation_current",
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )
        batch_op.drop_index(batch_op.f("ix_annotation_run_id"))
        batch_op.drop_index(batch_op.f("ix_annotation_pipeline_id"))

    op.drop_table("annotation")
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alias_name_key"))

    op.drop_table("alias")
    op.drop_table("run")
    op.drop_table("pipeline")
    op.drop_table("outlet")
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entity_name_key_type"))

    op.drop_table("entity")
    op.drop_table("body")
    op.drop_table("article")
