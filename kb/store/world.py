"""The tables of the world behind the texts: entities, links, clusters, and what people decided about them.

Part of `kb.store.tables`, which is the place to import them from.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kb.kinds import EntityType, Verb
from kb.store.columns import UtcDateTime, id_column, metadata, one_of, reference

ORIGINS = ("seed", "text", "decision")
TOUCHED = ("block", "body", "cluster", "entity", "report", "seeds")
RELATIONS = ("first", "reprint", "trim", "retranslation")

entity = Table(
    "entity",
    metadata,
    id_column(),
    Column("uid", String(24), nullable=False, unique=True, comment="the same in every base that has it"),
    Column("type", String(3), nullable=False, comment="PER, ORG or LOC"),
    Column("name", Text, nullable=False, comment="the name to show"),
    Column("name_key", Text, nullable=False, comment="kb.names.entity_key of the name"),
    Column(
        "origin",
        String(8),
        nullable=False,
        comment="seed: kept without mentions; text: derived by link; decision: made by a split",
    ),
    Column("note", Text, comment="what a seed says about it"),
    reference(
        "entity",
        "the entity that this one was decided to be, itself merged into none; NULL: it stands for itself",
        name="merged_into_id",
        nullable=True,
        ondelete="SET NULL",
    ),
    one_of("type", EntityType),
    one_of("origin", ORIGINS),
    Index(None, "name_key", "type"),
    Index(None, "name"),
    comment="A person, organisation or place in the world",
)

alias = Table(
    "alias",
    metadata,
    id_column(),
    reference("entity", "whose name it is", ondelete="CASCADE", index=False),
    Column("name", Text, nullable=False, comment="a name or short name, as a seed or an article prints it"),
    Column("name_key", Text, nullable=False, index=True, comment="kb.names.entity_key of it; not unique"),
    Column(
        "origin", String(8), nullable=False, comment="seed; text: a form that linked articles print; decision"
    ),
    one_of("origin", ORIGINS),
    UniqueConstraint("entity_id", "name"),
    comment="A name that an entity goes by, its display name among them",
)

alias_word = Table(
    "alias_word",
    metadata,
    Column("word", Text, primary_key=True, comment="a word of the name's key"),
    reference("alias", "the name", ondelete="CASCADE", primary_key=True),
    comment="Names by their words, in any order: Lavrov is one of Sergey Lavrov",
)

external_id = Table(
    "external_id",
    metadata,
    reference("entity", "whose id it is", ondelete="CASCADE", index=False, primary_key=True),
    Column("scheme", String(20), primary_key=True, comment="wikidata"),
    Column("value", Text, nullable=False, comment="the id there (Q7747)"),
    UniqueConstraint("scheme", "value"),
    comment="What an entity is called in another catalogue",
)

link = Table(
    "link",
    metadata,
    reference("local_entity", "the entity of one text", ondelete="CASCADE", index=False, primary_key=True),
    reference("entity", "who that is in the world"),
    Column(
        "rule",
        Text,
        nullable=False,
        comment="why: decision, seed, seed_other_type, abbreviation, role or name_key",
    ),
    comment="Which entity of the world an entity of a text is; current annotations only",
)

seed = Table(
    "seed",
    metadata,
    id_column(),
    Column("source", Text, nullable=False, comment="the list it stands in: kb for the one that kb brings"),
    Column("uid", String(24), nullable=False, comment="the entity that it is"),
    Column("record", JSON, nullable=False, comment="its line in the list"),
    UniqueConstraint("source", "uid"),
    comment="An entity as a list of seeds has it; entities, aliases and ids of origin seed derive from these",
)

quote_bucket = Table(
    "quote_bucket",
    metadata,
    Column(
        "bucket", BigInteger, primary_key=True, autoincrement=False, comment="a hash of words of the content"
    ),
    reference("quote", "whose content", ondelete="CASCADE", primary_key=True),
    comment="Quotes in one bucket may be the same statement",
)

quote_cluster = Table(
    "quote_cluster",
    metadata,
    id_column(),
    Column("uid", String(24), nullable=False, unique=True, comment="the same in every base that has it"),
    comment="A statement that several articles report",
)

quote_cluster_member = Table(
    "quote_cluster_member",
    metadata,
    reference("quote", "one report of it", ondelete="CASCADE", index=False, primary_key=True),
    reference("quote_cluster", "the statement", ondelete="CASCADE"),
    Column("relation", String(13), nullable=False, comment="to the first report"),
    one_of("relation", RELATIONS),
    comment="A quote that reports the statement of a cluster; current annotations only",
)

decision = Table(
    "decision",
    metadata,
    id_column(),
    Column("uid", String(16), nullable=False, unique=True, comment="hash of all that was decided"),
    Column("verb", String(14), nullable=False, comment="what was decided: kb.model.Verb"),
    Column("arguments", JSON, nullable=False, comment="what it is about: uids, article ids, text selectors"),
    Column("decided_by", Text, nullable=False, comment="who"),
    Column(
        "decided_at", UtcDateTime, nullable=False, index=True, comment="when; decisions apply in this order"
    ),
    Column("why", Text, comment="in their words"),
    one_of("verb", Verb),
    comment="What a person decided; rows are only ever added",
)

quote_judgement = Table(
    "quote_judgement",
    metadata,
    reference("quote", "the quote that was decided on", ondelete="CASCADE", index=False, primary_key=True),
    reference("decision", "the decision that it is no quote", name="rejected_by_id", nullable=True),
    reference("decision", "the decision about its speaker", name="speaker_by_id", nullable=True),
    reference(
        "entity",
        "the speaker decided on; NULL beside speaker_by_id: nobody known",
        name="speaker_entity_id",
        nullable=True,
        ondelete="CASCADE",
    ),
    CheckConstraint("rejected_by_id IS NOT NULL OR speaker_by_id IS NOT NULL", name="decided"),
    comment="What decisions say of a quote of a current annotation; it wins over what was derived",
)

mention_judgement = Table(
    "mention_judgement",
    metadata,
    reference(
        "mention", "the mention that was decided on", ondelete="CASCADE", index=False, primary_key=True
    ),
    reference("decision", "the decision that it names nothing", name="rejected_by_id"),
    comment="A mention of a current annotation that was decided to be none",
)

report = Table(
    "report",
    metadata,
    reference("quote", "what was said", ondelete="CASCADE", index=False, primary_key=True),
    reference("article", "the article that prints it now", ondelete="CASCADE", primary_key=True),
    reference("outlet", "NULL where the page does not tell", nullable=True),
    reference(
        "entity",
        "the speaker as linked or, where people decided, as decided; before merges; NULL: none known",
        nullable=True,
        ondelete="SET NULL",
        index=False,
    ),
    Column("published_on", Date, comment="of the article, as its revision has it"),
    Column("published_at", UtcDateTime, comment="likewise"),
    comment="A quote that an article prints now: what questions about who said what read first",
)


naming = Table(
    "naming",
    metadata,
    reference("entity", "as linked, before merges", ondelete="CASCADE", index=False, primary_key=True),
    reference("article", "the article that names it now", ondelete="CASCADE", primary_key=True),
    Column("n_mentions", Integer, nullable=False, comment="how often, without what people rejected"),
    comment="Which articles name an entity: what its counts and its neighbours are found by",
    sqlite_with_rowid=False,
)


open_quote = Table(
    "open_quote",
    metadata,
    reference("entity", "who it may be, before merges", ondelete="CASCADE", index=False, primary_key=True),
    reference("quote", "without a clear speaker, in a current article", ondelete="CASCADE", primary_key=True),
    comment="Quotes that nobody decided about, by whom they may be",
    sqlite_with_rowid=False,
)


def _count(name: str, comment: str, *, index: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, index=index, comment=comment)


entity_count = Table(
    "entity_count",
    metadata,
    reference(
        "entity", "an entity that is merged into none", ondelete="CASCADE", index=False, primary_key=True
    ),
    _count("n_mentions", "in current articles", index=True),
    _count("n_articles", "current articles that name it"),
    _count("n_quotes", "reports of what it said", index=True),
    _count("n_statements", "the same, a cluster counted once"),
    _count("n_open", "quotes without a clear speaker that may be its"),
    comment="How much the base has of an entity, with those merged into it; none: nothing",
)

touched = Table(
    "touched",
    metadata,
    Column("kind", String(10), primary_key=True, comment="what is named by the key"),
    Column(
        "key",
        Text,
        primary_key=True,
        comment="block, row number of an entity or a body (report: what it reports), uid of a cluster, list of seeds",
    ),
    one_of("kind", TOUCHED),
    comment="What changed since linking and clustering last ran; empty when they are done",
)

linking = Table(
    "linking",
    metadata,
    Column("rules", String(64), primary_key=True, comment="hash of the code and the word lists that link"),
    comment="What the links and clusters of the base were made by: with other rules all are made again",
)
