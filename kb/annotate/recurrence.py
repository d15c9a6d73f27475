"""What an article's other mentions say about a name: a place apart from the agency behind it, names found again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from kb.lexicon import word_list
from kb.model import EntityType, Mention, Span

MIN_LETTERS = 4
"""Fewest letters of a person's name that is looked for again."""

MIN_CAPITALS = 3
"""Fewest letters of an organisation's or a place's: `KPK`, not `MK` or `AS`."""

_WINDOW = 60  # code points before a name that may hold `kantor berita pemerintah`


def split_agencies(body: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with `kantor berita Korea Utara KCNA` cut in two, a place and an organisation.

    Only behind a common noun for a medium, and where the article names the place by itself.
    """
    places = {m.span.of(body) for m in mentions if m.type is EntityType.LOC}
    return tuple(part for mention in mentions for part in _split(body, mention, places))


def _split(body: str, mention: Mention, places: set[str]) -> Iterator[Mention]:
    span = mention.span
    if mention.type is EntityType.LOC and _behind_medium().search(
        body, max(0, span.start - _WINDOW), span.start
    ):
        for gap in reversed(list(re.finditer(r"\s+", span.of(body)))):
            place = Span(span.start, span.start + gap.start())
            if place.of(body) in places:
                yield Mention(place, EntityType.LOC)
                yield Mention(Span(span.start + gap.end(), span.end), EntityType.ORG)
                return
    yield mention


@cache
def _behind_medium() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, word_list("media_nouns")))
    return re.compile(rf"\b(?:{heads})\s+(?:pemerintah\s+|resmi\s+|negara\s+)*$", re.IGNORECASE)


def retype_short_names(body: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions, organisations of one word that ends or begins a person's full name here typed as persons.

    `Marc Mateo … Mateo`: a tagger takes a bare surname for a team. Places are left alone: one wrongly cut name
    (`Riau Syamsul`) would take a province along.
    """
    words = {
        word
        for mention in mentions
        if mention.type is EntityType.PER and len(name := mention.span.of(body).split()) > 1
        for word in (name[0], name[-1])
        if len(word) >= MIN_LETTERS
    }
    return tuple(
        Mention(mention.span, EntityType.PER)
        if mention.type is EntityType.ORG and mention.span.of(body) in words
        else mention
        for mention in mentions
    )


def find_names_again(body: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions and every untagged place where a name stands again, in text order.

    A person is looked for who was tagged once, an organisation or a place that was tagged twice; the type that a
    name was given most often wins, a longer name goes before a shorter one.
    """
    counts = Counter((mention.span.of(body), mention.type) for mention in mentions)
    known = sorted(
        (name for name, n in counts.items() if _is_firm(*name, n)),
        key=lambda name: (-len(name[0]), -counts[name], name),
    )
    taken = bytearray(len(body))
    for mention in mentions:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    added: list[Mention] = []
    for text, kind in known:
        for match in re.finditer(rf"(?<![\w-]){re.escape(text)}(?![\w-])", body):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(text)
                added.append(Mention(Span(*match.span()), kind))
    return tuple(sorted([*mentions, *added], key=lambda mention: mention.span))


def _is_firm(text: str, kind: EntityType, n: int) -> bool:
    """Whether a name that was tagged `n` times is looked for again."""
    if not text[0].isupper():
        return False
    return len(text) >= MIN_LETTERS if kind is EntityType.PER else n > 1 and len(text) >= MIN_CAPITALS
