"""Who bears which role in an article: `Menteri Luar Negeri Sergei Lavrov`, `Rina Wulan, juru bicara polisi,`.

A role alone (`kata Kapolsek`) is linked only to a bearer whom this very article names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.attribute.cues import is_predicate
from kb.attribute.phrases import close_bracket, is_description, title_words
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import EntityType, Span
from kb.names import role_short_forms

MAX_ROLE = 12
"""Most words of a role."""

_ENDS_ROLE = frozenset(("oleh", "kepada", "dengan", "bersama"))
_CLOSES_ROLE = frozenset('.;:?!\n"“”')


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity (a place in the article's entities) and its role, lower-case and spelt out, told at a position.

    `span` holds the words of the role as printed.
    """

    position: int
    role: tuple[str, ...]
    entity: int
    span: Span


def find_bearers(reading: Reading, entity_of: Sequence[int]) -> Iterator[Bearer]:
    """Yield a bearer for each `ROLE NAME` and `NAME, ROLE,` of the article."""
    for i, mention in enumerate(reading.mentions):
        if mention.type is not EntityType.PER:
            continue
        for role in (_words_before(reading, mention.span.start), _words_behind(reading, mention.span.end)):
            if role:
                words = tuple(_spelt_out(_lower(reading, role)))
                span = Span(reading.words[role.start].start, reading.words[role.stop - 1].end)
                yield Bearer(mention.span.start, words, entity_of[i], span)


def role_beside(reading: Reading, name: Span) -> Span | None:
    """Return the words for the role that stands before a name or, behind a comma, after it; None without one.

    A relative clause, an addressee and an occasion behind the role are left out.
    """
    found = _words_before(reading, name.start) or _words_behind(reading, name.end)
    ends = word_set("occasions") | {"yang", "kepada"}
    end = next((j for j in found if reading.words[j].lower in ends), found.stop)
    if end == found.start:
        return None
    span = Span(reading.words[found.start].start, reading.words[end - 1].end)
    return close_bracket(reading.body, span)


def role_before(reading: Reading, position: int) -> list[str]:
    """Return the words of the description that ends before a name; one comma may stand right before the name."""
    return _lower(reading, _words_before(reading, position))


def _lower(reading: Reading, places: range) -> list[str]:
    return [reading.words[j].lower for j in places]


def _words_before(reading: Reading, position: int) -> range:
    words = reading.words
    at = reading.word_at(position)
    while at and words[at - 1].lower in title_words():
        at -= 1
    first = at
    for j in range(at - 1, max(-1, at - MAX_ROLE), -1):
        gap = reading.gap_before(j + 1)
        if _CLOSES_ROLE.intersection(gap) or ("," in gap and ")" not in gap and j + 1 != at):
            break
        if words[j].lower in _ENDS_ROLE:  # `keterangan Presiden oleh Menteri Rina`
            break
        if is_description(reading, j):
            first = j
        elif (
            is_predicate(words[j].lower) or words[j].lower == "yang"
        ):  # `Polisi menangkap Rina`: no role of hers
            break
    return range(first, at)


def _words_behind(reading: Reading, position: int) -> range:
    """Return the places of the description that follows a name behind a comma."""
    words = reading.words
    at = reading.word_at(position)
    if at >= len(words) or reading.gap_before(at).strip() != "," or not is_description(reading, at):
        return range(0)
    for j in range(at + 1, min(at + MAX_ROLE, len(words))):
        if reading.break_before(j).strip():
            return range(at, j)
        if is_predicate(words[j].lower):  # `…, presiden mengatakan`: the subject of a clause, no apposition
            return range(0)
    return range(at, len(words)) if len(words) <= at + MAX_ROLE else range(0)


def choose_bearer(bearers: Sequence[Bearer], words: Sequence[str], position: int) -> int | None:
    """Return the one person whom a description stands for, so called before it or, failing that, behind it.

    The role must begin with the same word (a deputy is not his chief); two bearers leave it open.
    """
    spelt = _spelt_out([w.strip(",.") for w in words])
    wanted = set(spelt) - word_set("definite")
    fits = [b for b in bearers if b.role[0] == spelt[0] and wanted <= set(b.role)]
    for found in ({b.entity for b in fits if b.position < position}, {b.entity for b in fits}):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _spelt_out(role: Sequence[str]) -> list[str]:
    """Return the words of a role with its short forms spelt out (`menkeu` as `menteri keuangan`)."""
    if tuple(role[:2]) == ("kepala", "negara"):  # what Indonesian papers call the president
        role = ("presiden", *role[2:])
    return [long for word in role for long in role_short_forms().get(word, (word,))]
