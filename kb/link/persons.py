"""Bearers of one name: when what articles call them shows that they are two.

One full name is two people only where articles give its bearers offices that nobody holds both of (`Bupati Rantau`,
`Bupati Kendala`). Those of no such office stay where they were: nobody can tell whom they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.link.roles import Seat, find_seats, is_role_of
from kb.model import LocalEntity, Seed


def choose_bearer(seeds: Iterable[Seed], roles: Iterable[str], places: Mapping[str, str]) -> Seed | None:
    """Return the one of several seeds of a name that an article's `roles` fit; None if none or several do."""
    called = tuple(roles)
    fitting = [
        seed
        for seed in seeds
        if any(is_role_of(role, office.role, places) for role in called for office in seed.offices)
    ]
    return fitting[0] if len(fitting) == 1 else None


def find_persons(block: Mapping[int, LocalEntity], places: Mapping[str, str]) -> dict[int, str]:
    """Return, by row number, what tells the bearers of one name apart; nothing where they can be one person.

    It is the office and place of each, the longest name of the place that its articles print.
    """
    seats = {row: frozenset(find_seats(local.roles, places)) for row, local in block.items() if local.roles}
    persons = _join([held for held in seats.values() if held])
    rivals = [one for one in persons if any(_excludes(one, other) for other in persons if other != one)]
    told: dict[int, str] = {}
    for row, held in seats.items():
        person = next((one for one in rivals if held and held <= one), None)
        if person:
            told[row] = _discriminator(person)
    return told


def _join(held: Sequence[frozenset[Seat]]) -> list[frozenset[Seat]]:
    """Join the seats that one person holds: those of one article, and those of one office in one place."""
    persons: list[frozenset[Seat]] = []
    for seats in sorted(set(held), key=sorted):
        apart = [person for person in persons if not _share(person, seats)]
        joined = seats.union(*(person for person in persons if person not in apart))
        persons = [*apart, joined]
    return persons


def _share(one: frozenset[Seat], other: frozenset[Seat]) -> bool:
    return any(a.office == b.office and not a.excludes(b) for a in one for b in other)


def _excludes(one: frozenset[Seat], other: frozenset[Seat]) -> bool:
    return any(a.excludes(b) for a in one for b in other)


def _discriminator(person: frozenset[Seat]) -> str:
    seat = min(person, key=lambda seat: (-len(seat.place), seat))
    return f"{seat.office} {seat.place}"
