"""The dateline: place and outlet that open a body (``JAKARTA, KOMPAS.com -``). It stays part of the body."""

from __future__ import annotations

import re
from functools import cache

from kb.ingest.outlets import DOMAIN, choose_outlet, known_agency, outlet_forms
from kb.lexicon import word_set
from kb.model import Dateline, Span

SHORTEST_PLACE = 5
"""Letters: a shorter word in capitals that no list holds is taken for an abbreviation (``KPK -``)."""

_DASH = r"\s*(?:[-–—]\s?){1,3}"
_SPACED_DASH = r"(?:\s+[-–—]{1,2}|\s*-{2,3}|\s*—)(?=\s)"
_END = rf"(?:\s*\.\s*[-–—]+|{_DASH})"
_WORD = r"[A-Z][\w'’.-]*"
_PLACE = rf"(?P<place>{_WORD}(?:[ /]\(?{_WORD}\)?){{0,3}}(?:,\s?{_WORD}(?: {_WORD}){{0,2}})?)"


def parse_dateline(body: str) -> Dateline | None:
    """Parse the dateline that `body` opens with, None if there is none."""
    for pattern in _patterns():
        if (match := pattern.match(body)) and (dateline := _make_dateline(match)):
            return dateline
    return _parse_bare_place(body)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    listed = "|".join(re.escape(form) for form in outlet_forms())
    outlet = rf"(?P<outlet>{DOMAIN.pattern}|(?i:{listed})(?![\w.]*\w))"
    capitals = (
        rf"(?P<place>(?=[A-Z]{{{SHORTEST_PLACE}}}|{_listed_places()})[A-Z'’-]+(?:[ /][A-Z'’.-]+){{0,3}})"
    )
    place = rf"(?P<place>{_listed_places()})"
    shapes = (
        rf"{outlet}{_DASH}{capitals}(?:\s*\.|{_DASH})",  # KONTAN.CO.ID - SEOUL.   jpnn.com - JAKARTA -
        rf"{outlet}{_DASH}{place}(?:\s*\.(?=\s)|{_SPACED_DASH})",  # KONTAN.CO.ID - Jakarta.
        rf"{outlet}(?:\s?,\s?|\.\s){_PLACE}{_END}",  # TEMPO.CO, Jakarta -
        rf"{outlet}\s?,\s?{place}(?=\s)",  # Liputan6.com, Jakarta Polisi ...
        rf"{_PLACE}\s?,\s?{outlet}{_END}",  # JAKARTA, KOMPAS.com -
        rf"{_PLACE},?\s?\((?P<outlet>[^()\d]{{2,30}})\)\s*{_END}",  # Jakarta (ANTARA) -
        rf"(?P<outlet>{DOMAIN.pattern}){_END}",  # POS-KUPANG.COM -
        rf"{outlet}{_SPACED_DASH}",  # VIVA –
        rf"{capitals},\s(?!{_listed_places()})(?P<outlet>[A-Z][a-z]+(?: [A-Z]\w+){{0,2}}){_SPACED_DASH}",
    )
    return tuple(re.compile(shape + r"(?=\s*\S)") for shape in shapes)


def _make_dateline(match: re.Match[str]) -> Dateline | None:
    """Return None for a name with something in brackets (``Marquez (Honda) -``)."""
    place, printed = match.groupdict().get("place"), match["outlet"]
    outlet = choose_outlet(printed) or known_agency(printed.split("/")[0])
    if outlet is None and not (place and _can_stand_bare(place)):
        return None
    return Dateline(Span(0, len(match[0].rstrip())), place, outlet or printed)


_BARE = re.compile(rf"{_PLACE}{_SPACED_DASH}(?=\s*\S)")  # PYONGYANG –


def _parse_bare_place(body: str) -> Dateline | None:
    match = _BARE.match(body)
    if match is None:
        return None
    place, _, region = match["place"].partition(",")
    if not _can_stand_bare(place):
        return None
    if region and not _is_listed(region):  # DENPASAR, KABAR PAGI –: an outlet, a district? Nobody can tell.
        return Dateline(Span(0, len(match[0].rstrip())), place) if region.isupper() else None
    return Dateline(Span(0, len(match[0].rstrip())), match["place"])


def _can_stand_bare(place: str) -> bool:
    """Whether a place without an outlet beside it is one: listed, or a word in capitals of no menu."""
    words = place.casefold().replace("/", " ").split()
    long = sum(map(str.isalpha, place)) >= SHORTEST_PLACE
    menu = any(word in word_set("furniture_menu") for word in words)
    return _is_listed(place) or (place.isupper() and long and not menu)


def _is_listed(place: str) -> bool:
    return place.strip().casefold() in word_set("dateline_places")


def _listed_places() -> str:
    names = sorted(word_set("dateline_places"), key=len, reverse=True)
    return rf"(?i:{'|'.join(re.escape(name) for name in names)})(?!\w)"
