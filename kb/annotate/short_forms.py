"""Short forms that an article defines: ``Komisi Pemberantasan Korupsi (KPK)``.

A short form in brackets behind a name means what the name means, there and wherever it stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kb.model import EntityType, Mention, Span

_DEFINITION = re.compile(r"\s\((?:atau |disebut |disingkat )?([^\W\d_][\w-]{1,14})\)")


def apply_short_forms(body: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions, the defined short forms added and given their names' types, in text order."""
    types = dict(_find_definitions(body, mentions))
    kept = [Mention(m.span, types.get(m.span.of(body), m.type)) for m in mentions]
    taken = bytearray(len(body))
    for mention in kept:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    added = (m for m in _find_forms(body, types) if not any(taken[m.span.start : m.span.end]))
    return tuple(sorted(chain(kept, added), key=lambda mention: mention.span))


def _find_definitions(body: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, EntityType]]:
    """Yield each short form with the type of its name; the first definition is yielded last and so wins."""
    for mention in reversed(mentions):
        match = _DEFINITION.match(body, mention.span.end)
        if match and _shortens(match.group(1), mention.span.of(body)):
            yield match.group(1), mention.type


def _shortens(short: str, name: str) -> bool:
    """Whether `short` has a capital and its letters stand in `name` in this order, the first one first."""
    if not short[0].isupper() or " " not in name:
        return False
    letters = iter(name.casefold())
    folded = short.casefold()
    return name.casefold().startswith(folded[0]) and all(
        letter in letters for letter in folded if letter != "-"
    )


def _find_forms(body: str, types: dict[str, EntityType]) -> Iterator[Mention]:
    for form, kind in types.items():
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", body):
            yield Mention(Span(*match.span()), kind)
