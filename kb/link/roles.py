"""What articles call somebody, compared: which offices two roles share, and which no one person can have held both.

A role is lower-case and spelt out, as attribution keeps it (``mantan bupati rantau``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kb.lexicon import word_list, word_set
from kb.names import fold

_MOST_PLACE_WORDS = 4
"""A longer rest of a role is no place."""


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """An office with its place, both folded (``bupati``, ``rantau``)."""

    office: str
    place: str

    def excludes(self, other: Seat) -> bool:
        """Whether nobody holds both: the same office in places whose names cannot be one."""
        return self.office == other.office and not _may_be_one(self.place, other.place)


def find_seats(roles: Iterable[str], places: Mapping[str, str]) -> Iterator[Seat]:
    """Yield the offices of ``sole_offices.txt`` among `roles`, in places as `places` (by folded name) call them."""
    for role in roles:
        words = _words(role)
        if word_set("coordinators").intersection(words):  # `presiden AS dan presiden` stands before two names
            continue
        for office in _offices():
            if words[: len(office)] == list(office):
                place = list(_place_words(words[len(office) :]))
                if 0 < len(place) <= _MOST_PLACE_WORDS:
                    name = " ".join(place)
                    yield Seat(" ".join(office), places.get(name, name))
                break


def is_role_of(role: str, office: str, places: Mapping[str, str]) -> bool:
    """Whether a role that an article gives can be an office as a seed has it.

    They begin alike (`juru bicara presiden` and `wakil presiden` are no `presiden`), and all words of the one are in
    the other.
    """
    ours, theirs = (_role_words(text, places) for text in (role, office))
    return ours[:1] == theirs[:1] != [] and (set(ours) <= set(theirs) or set(theirs) <= set(ours))


def _role_words(role: str, places: Mapping[str, str]) -> list[str]:
    words = _words(role)
    for n in (3, 2, 1):
        for at in range(len(words) - n + 1):
            if name := places.get(" ".join(words[at : at + n])):
                return [*words[:at], *name.split(), *words[at + n :]]
    return words


def _words(role: str) -> list[str]:
    """Return the words of a role without those that say that it was held before; `walikota` is spelt apart."""
    words = fold(role).replace("walikota", "wali kota").split()
    return [word for word in words if word not in word_set("former")]


def _place_words(words: Iterable[str]) -> Iterator[str]:
    """Yield the words of a place behind an office, up to the first that goes on with something else."""
    for word in words:
        if word in word_set("place_ends") or word.isdigit():
            return
        if word not in word_set("place_kinds"):
            yield word


def _may_be_one(one: str, other: str) -> bool:
    """Whether two names of places can be one: all words of one in the other, or one a short form of the other."""
    a, b = set(one.split()), set(other.split())
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    letters = iter(long)
    return a <= b or b <= a or (short[0] == long[0] and all(letter in letters for letter in short))


@cache
def _offices() -> list[tuple[str, ...]]:
    """Return the offices in words, the longest first."""
    return sorted((tuple(line.split()) for line in word_list("sole_offices")), key=len, reverse=True)
