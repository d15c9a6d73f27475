"""Page furniture: menus, share rows, link lines, captions, comment forms. It is kept, but never body."""

from __future__ import annotations

import re
from functools import cache

from kb.lexicon import word_list
from kb.names import fold

LONGEST_FURNITURE = 240
"""Characters; a longer line is body, however it begins."""

LONGEST_CRUMBS = 100
"""Characters of a breadcrumb (``Home > News > Banjir``)."""

LONGEST_GLUED = 170
"""Characters of a link title that may be glued to the end of a paragraph."""

_PLACEHOLDER = re.compile(
    r"\[(?:gambas|video|img|image|foto|photo|embed|iframe|caption)\b[^\[\]]{0,60}\]", re.I
)
_CREDITED = re.compile(r"\((?:sumber\s)?(?:foto|photo)\b[^()]{0,80}\)\.?$|\bfoto\s?:\s?[^.]{2,60}$", re.I)
_AGENCY_CREDIT = re.compile(
    r"\((?:dok|doc|gambar|ilustrasi|istimewa|ist|shutterstock|getty|sumber)\b[^()]{0,80}\)\.?$"
    r"|\b(?:ANTARA FOTO|REUTERS|AFP|AP Photo|EPA|Xinhua|Getty Images)\s?/[^.]{2,60}$",
    re.I,
)
_PAGES = re.compile(
    r"^(?:\d{1,3}[\s|/,.-]*){2,}(?:show all|tampilkan semua|selanjutnya|next|[>»])+\W*$", re.I
)
_GLUED_IN_FRONT = re.compile(r"^(?i:baca juga|advertisement|perbesar)(?=[\"“]?[A-Z][a-z].*[.!?][\"”]?$)")
_SENTENCE_GOES_ON = re.compile(r"[.!?][\"”’']?\s+\S+(?:\s+\S+){3}")
_CRUMBS = re.compile(r"\s*[>»›/]\s*")
_NUMBER = re.compile(r"\d+(?: \d+)*")


def is_furniture(line: str) -> bool:
    """Whether the line is page furniture wherever it stands."""
    if len(line) > LONGEST_FURNITURE or _GLUED_IN_FRONT.match(line):
        return False
    return bool(
        _starts("furniture_starts").match(line)
        or _PLACEHOLDER.sub("", line).strip(" .,") == ""
        or _CREDITED.search(line)
        or _PAGES.match(line)
        or is_menu(line)
    )


def is_caption(line: str) -> bool:
    """Whether the line ends in a picture credit; sure only above the body, where such lines stand."""
    return bool(_CREDITED.search(line) or _AGENCY_CREDIT.search(line))


def is_menu(line: str) -> bool:
    """Whether the line is made of nothing but words of menus, share rows and buttons, or is a breadcrumb."""
    if _ends_sentence(line):
        return False
    first, *crumbs = _CRUMBS.split(line)
    return _is_of_menu(line) or (len(crumbs) > 1 and len(line) < LONGEST_CRUMBS and _is_of_menu(first))


def _is_of_menu(text: str) -> bool:
    words = _NUMBER.sub("", fold(text)).split()
    return bool(_menu().fullmatch(" ".join(words) + " "))


def opens_links(line: str) -> bool:
    """Whether links follow this line (``Baca juga:`` on a line of its own, ``Berita Terkait``)."""
    return fold(line) in _folded("furniture_links")


def ends_page(line: str) -> bool:
    """Whether nothing after this line is body: a comment form, the foot of the page."""
    return len(line) <= LONGEST_FURNITURE and bool(_starts("furniture_ends").match(line))


def cut_furniture(paragraph: str) -> tuple[str, tuple[str, ...]]:
    """Return the paragraph without what pages put into it or glue to its ends, and what was cut, in order."""
    cut = tuple(_PLACEHOLDER.findall(paragraph))
    kept = " ".join(_PLACEHOLDER.sub(" ", paragraph).split()) if cut else paragraph
    if match := _GLUED_IN_FRONT.match(kept):  # `Baca Juga"Air sudah surut," kata Rina.`
        kept, cut = kept[match.end() :], (*cut, match.group())
    if (match := _glued().search(kept)) and _is_title(match["title"]):
        return kept[: match.start("cut")].rstrip(), (*cut, match["cut"])
    return kept, cut


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_GLUED and not _SENTENCE_GOES_ON.search(text)


def _ends_sentence(line: str) -> bool:
    return line.endswith((".", "!", "?"))


@cache
def _glued() -> re.Pattern[str]:
    forms = "|".join(_flexible(entry) for entry in word_list("furniture_inline"))
    return re.compile(rf"[.!?…\"”’)\],]\s*(?P<cut>\[?(?:{forms})(?P<title>.*))$", re.I)


@cache
def _starts(name: str) -> re.Pattern[str]:
    entries = sorted(word_list(name), key=len, reverse=True)
    return re.compile(rf"^[\W_]*?(?:{'|'.join(map(_flexible, entries))})", re.I)


def _flexible(entry: str) -> str:
    """Turn an entry into a pattern: any spaces, a space before the colon, no letter after the last letter."""
    pattern = r"\s+".join(re.escape(part) for part in entry.removesuffix(":").split())
    return pattern + (r"\s*:" if entry.endswith(":") else r"(?!\w)" if entry[-1].isalnum() else "")


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(map(fold, word_list(name)))


@cache
def _menu() -> re.Pattern[str]:
    entries = sorted(_folded("furniture_menu"), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, entries))}) )+")
