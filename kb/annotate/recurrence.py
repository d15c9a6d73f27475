"""What an article's other mentions say about a name: a place apart from the agency behind it, people found again.

On the 120 dev articles finding people again raises end-to-end attribution F1 by 0.4 points (2026-11-21);
for organisations and places it costs precision, so it is not done for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kb.lexicon import word_list
from kb.model import EntityType, Mention, Span

MIN_LETTERS = 4
"""Fewest letters of a person's name that is looked for again."""

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


def find_people_again(body: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions and every untagged place where a tagged person's name stands again, in text order."""
    names = {m.span.of(body) for m in mentions if m.type is EntityType.PER}
    known = sorted((n for n in names if len(n) >= MIN_LETTERS and n[0].isupper()), key=lambda n: (-len(n), n))
    taken = bytearray(len(body))
    for mention in mentions:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    added: list[Mention] = []
    for name in known:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", body):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(name)
                added.append(Mention(Span(*match.span()), EntityType.PER))
    return tuple(sorted([*mentions, *added], key=lambda mention: mention.span))
