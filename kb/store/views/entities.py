"""The views of who and what is named: current articles, what nobody rejected, merges followed."""

from __future__ import annotations

from kb.store.views.parts import (
    ARTICLE,
    ARTICLE_COLUMN,
    LINKED,
    OUTLET,
    OUTLET_COLUMN,
    count_column,
    counting_columns,
    day_columns,
    text_column,
)
from kb.store.views.view import View, ViewColumn

_CURRENT_TEXT = """
JOIN annotation ON annotation.id = {of}.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current"""

_mention = View(
    "v_mention",
    "A row for each name of a person, organisation or place in each current article",
    (
        ARTICLE_COLUMN,
        text_column("type", "as tagged here: PER, ORG, LOC; the entity's type is its own", "mention.type"),
        text_column("text", "the name as printed", "mention.text"),
        count_column(
            "start", "first code point of the name in the article's body, from 0", "mention.start_char"
        ),
        count_column("end", 'code point after its last one; write m.end or "end"', "mention.end_char"),
        text_column("entity", "the fullest name in that article", "local_entity.name"),
        text_column("entity_uid", "uid in v_entity; NULL where it is grouped to none", "shown.uid"),
        text_column("entity_name", "the name as the base shows it", "shown.name"),
        OUTLET_COLUMN,
        *day_columns("revision"),
        *counting_columns("revision"),
    ),
    f"""
FROM mention{LINKED.format(local="mention.local_entity_id")}{_CURRENT_TEXT.format(of="mention")}
{ARTICLE.format(of="revision")}
{OUTLET.format(of="revision")}
LEFT JOIN local_entity ON local_entity.id = mention.local_entity_id
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id)
""",
)

_entity = View(
    "v_entity",
    "The people, organisations and places that the base knows; one that was merged stands for another one",
    (
        text_column("uid", "the same in every base that has it", "entity.uid"),
        text_column("name", "the name to show", "entity.name"),
        text_column("type", "PER, ORG, LOC", "entity.type"),
        count_column(
            "n_mentions",
            "in current articles; 0 where only a list names it",
            "coalesce(counted.n_mentions, 0)",
        ),
        count_column("n_quotes", "reports of what it said", "coalesce(counted.n_quotes, 0)"),
        count_column("n_articles", "current articles that name it", "coalesce(counted.n_articles, 0)"),
        count_column(
            "n_statements", "what it said, a statement counted once", "coalesce(counted.n_statements, 0)"
        ),
        count_column(
            "n_open", "quotes without a clear speaker that may be its", "coalesce(counted.n_open, 0)"
        ),
        text_column(
            "origin",
            "seed: in a list of entities; text: found; decision: split off by people",
            "entity.origin",
        ),
        text_column("note", "what a list says about it", "entity.note"),
        text_column(
            "wikidata",
            "its id in Wikidata (Q7747)",
            "(SELECT min(value) FROM external_id"
            " WHERE external_id.entity_id = entity.id AND external_id.scheme = 'wikidata')",
        ),
    ),
    """
FROM entity
LEFT JOIN entity_count AS counted ON counted.entity_id = entity.id
WHERE entity.merged_into_id IS NULL
""",
)

_alias = View(
    "v_alias",
    "The names that somebody or something goes by, those of entities merged into it among them",
    (
        text_column("uid", "of the entity in v_entity", "shown.uid"),
        text_column("name", "its name as the base shows it", "shown.name"),
        text_column("type", "its type: PER, ORG, LOC", "shown.type"),
        text_column("alias", "a name or short name", "alias.name"),
        text_column(
            "name_key", "the same folded, without titles: equal for all its spellings", "alias.name_key"
        ),
        text_column(
            "origin", "seed: from a list; text: articles print it; decision: people said so", "alias.origin"
        ),
    ),
    """
FROM alias
JOIN entity AS named ON named.id = alias.entity_id
JOIN entity AS shown ON stands_for(named, shown)
""",
    is_distinct=True,
)

_cooccurrence = View(
    "v_cooccurrence",
    "Who is named together with whom: each pair twice, once from each side (uid < other_uid gives it once)",
    (
        text_column("uid", "of one entity in v_entity", "shown.uid"),
        text_column("name", "its name", "shown.name"),
        text_column("type", "its type: PER, ORG, LOC", "shown.type"),
        text_column("other_uid", "of the other one", "other.uid"),
        text_column("other_name", "its name", "other.name"),
        text_column("other_type", "its type", "other.type"),
        count_column("n_articles", "current articles that name both", "count(DISTINCT revision.article_id)"),
        ViewColumn(
            "first_on",
            "date",
            "the day of the first of them; NULL: none is dated",
            "min(revision.published_on)",
        ),
        ViewColumn("last_on", "date", "the day of the last one", "max(revision.published_on)"),
    ),
    f"""
FROM entity AS shown
JOIN entity AS named ON stands_for(named, shown)
JOIN link ON link.entity_id = named.id
JOIN local_entity ON local_entity.id = link.local_entity_id{_CURRENT_TEXT.format(of="local_entity")}
JOIN local_entity AS beside ON beside.annotation_id = local_entity.annotation_id
JOIN link AS other_link ON other_link.local_entity_id = beside.id
JOIN entity AS other_named ON other_named.id = other_link.entity_id
JOIN entity AS other ON stands_for(other_named, other)
WHERE other.id <> shown.id
GROUP BY shown.uid, shown.name, shown.type, other.uid, other.name, other.type
""",
)

ENTITY_VIEWS = (_mention, _entity, _alias, _cooccurrence)
