"""Lines of a page that say who wrote it, when and for whom (``Penulis: Budi | Selasa, 18 Juni 2024``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kb.ingest.dates import find_date
from kb.ingest.furniture import is_menu
from kb.ingest.outlets import choose_outlet, known_agency, outlet_of_url
from kb.lexicon import word_list
from kb.model import Precision, Published
from kb.names import fold

LONGEST_CREDIT = 200
"""Characters; a longer line is no credit."""

_SPLIT = re.compile(r"\s*[|•·»›]\s*|\s+[-–—/]\s*|\s*[-–—]\s+|\s*[-–—]$")
_EDGES = " ,-–—|/:;()[]•·"
_NAMES = re.compile(r"\s*[,;&/]\s*|\s+dan\s+")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|bin|binti|van|von|de|da|al|el|der|den)){0,5}")
_SITE = re.compile(r"\|\s*[a-z]+\s*\|")  # Dunia | kabarpagi | Kamis, 20 Juni 2024
_SOURCE = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\.?")
_SET_OFF = re.compile(r"[|·•]|\s[-–—/]\s")
_WORDIEST = 6
"""Words of a part beside a date that may stay without an explanation."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line says; `unknown` holds the parts of it that no rule understood."""

    published: Published | None = None
    updated: bool = False
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    unknown: tuple[str, ...] = ()

    @property
    def is_labelled(self) -> bool:
        """Whether a person or an agency is named."""
        return bool(self.authors or self.editors or self.agency)


def parse_credit(line: str) -> Credit | None:
    """Parse a line that is a credit as a whole, None for any other line."""
    if len(line) > LONGEST_CREDIT or line.endswith((".", "!", "?")):
        return None
    if source := parse_source(line):
        return source
    found = find_date(line)
    rest = f"{line[: found.start]} | {line[found.end :]}" if found else line
    credit = Credit(published=found.published if found else None, updated=bool(_label("update").search(line)))
    parts = [part for part in _split_parts(rest) if not _says_nothing(part)]
    for part in parts:
        credit = _read_part(credit, part, n_parts=len(parts))
    return _check(line, credit)


def parse_source(line: str) -> Credit | None:
    """Parse a line that holds nothing but a source or a full name in brackets.

    ``(Reuters)``, ``(trtworld.com)``, ``(Budi Santoso)``, ``(Kabar.id/Budi Santoso)``; not initials.
    """
    match = _SOURCE.fullmatch(line)
    if match is None:
        return None
    *sources, last = [part.strip() for part in match[1].split("/")]
    known = [known_agency(part) or choose_outlet(part) for part in (*sources, last)]
    if known[-1] and all(known):
        return Credit(agency=known[0])
    return Credit(authors=split_names(last)) if all(known[:-1]) and _is_full_name(last) else None


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of people (``Budi Santoso, Ani Wijaya dan Tono``)."""
    return tuple(name.strip(_EDGES) for name in _NAMES.split(text) if name.strip(_EDGES))


def is_bare_label(line: str) -> bool:
    """Whether the line only announces a name (``Penulis``), which then stands on the next."""
    return fold(line) in _labels("author") | _labels("editor")


def _check(line: str, credit: Credit) -> Credit | None:
    """Settle what no rule understood: a name beside an outlet, a few words beside a date, or no credit."""
    if len(credit.unknown) == 1 and credit.outlet and _is_full_name(credit.unknown[0]) and not credit.authors:
        return replace(credit, authors=split_names(credit.unknown[0]), unknown=())
    if len(credit.unknown) == 1 and credit.published and _SITE.search(line) and credit.unknown[0].islower():
        return replace(credit, outlet=credit.outlet or credit.unknown[0], unknown=())
    if credit.unknown and not (_stands_apart(line, credit) and all(map(_is_short, credit.unknown))):
        return None
    return credit if credit.published or credit.is_labelled or credit.outlet else None


def _stands_apart(line: str, credit: Credit) -> bool:
    """Whether the date is set off from the other words, as headlines do not (``Harga Emas 18 Juni 2024``)."""
    if credit.published is None:
        return False
    return credit.published.precision is Precision.MINUTE or bool(_SET_OFF.search(line))


def _is_short(part: str) -> bool:
    return len(part.split()) <= _WORDIEST and not part.endswith((".", "!", "?"))


def _split_parts(text: str) -> Iterator[str]:
    """Yield what separators and labels part; labels without a colon part only lines that begin with one."""
    text = text.strip(_EDGES)
    label = _label("any").match(text)
    first, rest = (text[: label.end()], text[label.end() :]) if label else ("", text)
    marked = (_inner_label() if label else _colon_label()).sub("|", rest)
    for part in _SPLIT.split(first + marked):
        if stripped := part.strip(_EDGES):
            yield stripped


def _says_nothing(part: str) -> bool:
    return fold(part) in _labels("date") | _labels("update") or is_menu(part)


def _read_part(credit: Credit, part: str, *, n_parts: int) -> Credit:
    if labelled := _read_labelled(credit, part, n_parts=n_parts):
        return labelled
    if outlet := choose_outlet(part):
        return replace(credit, outlet=credit.outlet or outlet)
    name, _, last = part.rpartition(",")
    if _is_full_name(name) and fold(last) in _labels("author"):  # Budi Santoso, Jurnalis
        return replace(credit, authors=(*credit.authors, *split_names(name)))
    if _is_full_name(name) and (outlet := choose_outlet(last)):  # Budi Santoso, CNBC Indonesia
        return replace(credit, authors=(*credit.authors, *split_names(name)), outlet=credit.outlet or outlet)
    return replace(credit, unknown=(*credit.unknown, part))


def _read_labelled(credit: Credit, part: str, *, n_parts: int) -> Credit | None:
    match = _label("any").match(part)
    if match is None:
        return None
    label, value = fold(match["label"]), part[match.end() :].strip(_EDGES)
    sure = ":" in match[0] or label in _labels("bare") or n_parts > 1
    if label in _labels("agency"):
        return replace(credit, agency=_read_agency(value)) if ":" in match[0] and _is_short(value) else None
    names = tuple(name for name in split_names(value) if not choose_outlet(name))
    if not names or not sure or not all(map(_NAME.fullmatch, names)):
        return None
    if label in _labels("editor"):
        return replace(credit, editors=(*credit.editors, *names))
    return replace(credit, authors=(*credit.authors, *names))


def _read_agency(value: str) -> str:
    return known_agency(value) or choose_outlet(value) or outlet_of_url(value) or value


def _is_full_name(text: str) -> bool:
    """Whether the text is one or more names of two words or more."""
    names = split_names(text)
    return bool(names) and all(_NAME.fullmatch(name) and " " in name for name in names)


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(map(fold, word_list(f"labels_{kind}")))


@cache
def _label(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<label>{_forms(kind)})(?:\s*:|(?=\s)|$)", re.I)


@cache
def _colon_label() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?=(?:{_forms('any')})\s*:)", re.I)


@cache
def _inner_label() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?=[A-Z])(?=(?i:{_forms('any')})(?:\s*:|\s+[A-Z]))")


def _forms(kind: str) -> str:
    kinds = ("author", "editor", "agency") if kind == "any" else (kind,)
    names = sorted((name for k in kinds for name in word_list(f"labels_{k}")), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
