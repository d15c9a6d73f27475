"""Names in a dateline are its places and its outlet, never a person (``KUPANG, WARTA SAMUDRA -``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.model import Dateline, EntityType, Mention, Span

_JOINT = re.compile(r"\s*[,/]\s*")
_DOMAIN = r"(?:\.(?:com|net|id|co|news|tv)\b)*"  # an outlet may be printed as its address


def apply_dateline(body: str, mentions: Sequence[Mention], dateline: Dateline | None) -> tuple[Mention, ...]:
    """Return the mentions, those of the dateline as it was parsed, in text order."""
    if dateline is None:
        return tuple(mentions)
    known = list(_find_known(body, dateline))
    others = [m for m in mentions if not any(m.span.overlaps(k.span) for k in known)]
    read = [_no_person(m) if dateline.span.covers(m.span) else m for m in others]
    return tuple(sorted([*known, *read], key=lambda mention: mention.span))


def _find_known(body: str, dateline: Dateline) -> Iterator[Mention]:
    """Yield the places and the outlet where they stand in the dateline, whatever their case."""
    places = _JOINT.split(dateline.place) if dateline.place else []
    names = [(place, EntityType.LOC) for place in places]
    names += [(dateline.outlet, EntityType.ORG)] if dateline.outlet else []
    printed, taken = dateline.span.of(body), set[int]()
    for name, kind in names:
        match = (
            re.search(rf"(?<!\w){re.escape(name)}{_DOMAIN}(?!\w)", printed, re.IGNORECASE) if name else None
        )
        if match and taken.isdisjoint(range(*match.span())):
            taken.update(range(*match.span()))
            start = dateline.span.start
            yield Mention(Span(start + match.start(), start + match.end()), kind)


def _no_person(mention: Mention) -> Mention:
    return Mention(mention.span, EntityType.ORG) if mention.type is EntityType.PER else mention
