"""Who is named together with somebody, who of them with whom, and who talks about whom.

Two are named together in an article, closer in a sentence; who talks about somebody names them in a quote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, select

from kb.errors import NotFound
from kb.kinds import EntityType
from kb.query.current import mention_stands, standing
from kb.query.meant import entity_of
from kb.query.rows import EntityRow
from kb.store.tables import annotation, entity, link, mention, naming, quote, report, revision

NEIGHBOURS = 20
"""Entities around the one that is asked for, where no other number is."""


@dataclass(frozen=True, slots=True)
class TieRow:
    """Two entities that are named together: in so many current articles and sentences.

    `n_said` is in how many quotes the first names the other one, `n_said_back` the other the first.
    """

    uid: str
    name: str
    type: str
    other_uid: str
    other_name: str
    other_type: str
    n_articles: int
    n_sentences: int
    n_said: int
    n_said_back: int


@dataclass(frozen=True, slots=True)
class Network:
    """An entity's ties to its neighbours, then those between the neighbours; the strongest first.

    `n_neighbours` is how many there are, whatever the limit.
    """

    entity: EntityRow
    ties: tuple[TieRow, ...]
    between: tuple[TieRow, ...]
    n_neighbours: int


def network(
    connection: Connection,
    uid: str,
    *,
    type: EntityType | None = None,
    least: int = 1,
    limit: int = NEIGHBOURS,
) -> Network:
    """Return who is named with an entity in at least so many current articles, and how they are tied.

    `type` is that of the neighbours. NotFound if the base has no entity of this uid.
    """
    centre = entity_of(connection, uid)
    if centre is None:
        raise NotFound(uid, "no entity of that uid")
    root = connection.execute(select(entity.c.id).where(entity.c.uid == centre.uid)).scalar_one()
    near = connection.execute(_neighbours(connection, root, type=type, least=least)).all()
    chosen = [root, *(row.id for row in near[:limit])]
    members = {id_: shown for id_, shown in connection.execute(_members(chosen))}
    together, closer = _count_together(connection, members)
    said = _count_said(connection, members)
    known = {row.id: tuple(row[1:]) for row in connection.execute(_shown(chosen))}
    ties = [
        TieRow(*(*known[a], *known[b], together[a, b], closer[a, b], said[a, b], said[b, a]))
        for a, b in combinations(chosen, 2)
        if together[a, b] >= least
    ]
    ties.sort(key=lambda tie: (-tie.n_articles, -tie.n_sentences, tie.name, tie.other_name))
    between = tuple(tie for tie in ties if tie.uid != centre.uid)
    return Network(centre, tuple(tie for tie in ties if tie.uid == centre.uid), between, len(near))


_Pairs = Counter[tuple[int, int]]
"""How often two entities (row numbers); each pair is counted both ways round."""


def _neighbours(connection: Connection, root: int, *, type: EntityType | None, least: int) -> Select[Any]:
    """Select the entities that articles name beside one, and in how many of them; the most first."""
    theirs = list(connection.scalars(select(entity.c.id).where(standing() == root)))
    other = naming.alias("other")
    n_articles = func.count(distinct(other.c.article_id))
    beside = (
        select(standing().label("id"), n_articles.label("n_articles"))
        .select_from(naming.join(other, other.c.article_id == naming.c.article_id))
        .join(entity, entity.c.id == other.c.entity_id)
        .where(naming.c.entity_id.in_(theirs), naming.c.n_mentions > 0)
        .where(other.c.entity_id.not_in(theirs), other.c.n_mentions > 0)
        .group_by(standing())
        .having(n_articles >= least)
        .subquery("beside")
    )
    found = select(beside).join(_root, _root.c.id == beside.c.id)
    if type:
        found = found.where(_root.c.type == type.value)
    return found.order_by(beside.c.n_articles.desc(), _root.c.uid)


_root = entity.alias("root")


def _members(chosen: Sequence[int]) -> Select[Any]:
    """Select each entity that stands for one of these, and which."""
    return select(entity.c.id, standing()).where(standing().in_(chosen))


def _shown(chosen: Sequence[int]) -> Select[Any]:
    return select(entity.c.id, entity.c.uid, entity.c.name, entity.c.type).where(entity.c.id.in_(chosen))


def _count_together(connection: Connection, members: Mapping[int, int]) -> tuple[_Pairs, _Pairs]:
    """Return in how many current articles, and in how many sentences of them, two of these are named together."""
    named = select(naming.c.article_id, naming.c.entity_id).where(
        naming.c.entity_id.in_(list(members)), naming.c.n_mentions > 0
    )
    sentences = (
        select(revision.c.article_id, mention.c.sentence, link.c.entity_id)
        .join_from(link, mention, mention.c.local_entity_id == link.c.local_entity_id)
        .join(annotation, (annotation.c.id == mention.c.annotation_id) & annotation.c.is_current)
        .join(revision, (revision.c.body_id == annotation.c.body_id) & revision.c.is_current)
        .where(link.c.entity_id.in_(list(members)), mention.c.sentence.is_not(None), mention_stands())
    )
    return _pairs(connection, named, members), _pairs(connection, sentences, members)


def _pairs(connection: Connection, statement: Select[Any], members: Mapping[int, int]) -> _Pairs:
    """Count the pairs that a statement has in one place; its last column is the entity, the others are the place."""
    places = defaultdict[Any, set[int]](set)
    for *place, found in connection.execute(statement):
        places[tuple(place)].add(members[found])
    return Counter(pair for group in places.values() if len(group) > 1 for pair in permutations(group, 2))


def _count_said(connection: Connection, members: Mapping[int, int]) -> _Pairs:
    """Return in how many of its reported quotes the first of two of these names the second."""
    of_named = link.alias("of_named")
    within = (mention.c.start_char >= quote.c.start_char) & (mention.c.end_char <= quote.c.end_char)
    naming = (
        select(report.c.entity_id, of_named.c.entity_id, report.c.quote_id, report.c.article_id)
        .distinct()
        .join_from(report, quote, quote.c.id == report.c.quote_id)
        .join(mention, (mention.c.annotation_id == quote.c.annotation_id) & within)
        .join(of_named, of_named.c.local_entity_id == mention.c.local_entity_id)
        .where(
            report.c.entity_id.in_(list(members)), of_named.c.entity_id.in_(list(members)), mention_stands()
        )
    )
    told = {(members[a], members[b], *where) for a, b, *where in connection.execute(naming)}
    return Counter((a, b) for a, b, *_ in told if a != b)
