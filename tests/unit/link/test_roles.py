"""What articles call somebody: which offices these are, and which no one person can have held both of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link.roles import Seat, find_seats, is_role_of

PLACES = {
    "as": "amerika serikat",
    "amerika serikat": "amerika serikat",
    "ri": "indonesia",
    "indonesia": "indonesia",
}
"""Names of places as the seeds call them."""

SEATS = [
    ("bupati rantau", ("bupati", "rantau")),
    ("mantan bupati rantau", ("bupati", "rantau")),
    ("eks wakil bupati rantau", ("wakil bupati", "rantau")),
    ("bupati rantau terpilih", ("bupati", "rantau")),
    ("bupati kabupaten rantau", ("bupati", "rantau")),
    ("bupati rantau hulu", ("bupati", "rantau hulu")),
    ("wali kota rantau periode 2010 2015", ("wali kota", "rantau")),
    ("wali kota rantau 2010 2015", ("wali kota", "rantau")),
    ("walikota rantau", ("wali kota", "rantau")),
    ("wakil walikota rantau", ("wakil wali kota", "rantau")),
    ("gubernur provinsi rantau tengah", ("gubernur", "rantau tengah")),
    ("gubernur daerah istimewa rantau", ("gubernur", "istimewa rantau")),
    ("Gubernur Rantau", ("gubernur", "rantau")),
    ("presiden as", ("presiden", "amerika serikat")),
    ("presiden amerika serikat", ("presiden", "amerika serikat")),
    ("wakil presiden ri", ("wakil presiden", "indonesia")),
    ("presiden ke 7 ri", None),
    ("menteri luar negeri as", ("menteri luar negeri", "amerika serikat")),
    ("presiden as dan presiden", None),
    ("bupati", None),
    ("mantan bupati", None),
    ("bupati terpilih", None),
    ("bupati yang baru dilantik di rantau", None),
    ("calon bupati rantau", None),
    ("istri bupati rantau", None),
    ("kepala dinas rantau", None),
    ("gubernur satu dua tiga empat lima", None),
    ("presidential", None),
    ("", None),
]


@pytest.mark.parametrize(
    ("role", "seat"), [pytest.param(role, seat, id=role or "nothing") for role, seat in SEATS]
)
def test_seats(role: str, seat: tuple[str, str] | None) -> None:
    """An office that one person at a time holds in one place is found with its place; no other role is one."""
    assert list(find_seats([role], PLACES)) == ([Seat(*seat)] if seat else [])


def test_all_roles_are_read() -> None:
    """Each of an article's roles may be an office."""
    roles = ("bupati rantau", "politikus", "gubernur kendala")
    assert list(find_seats(roles, {})) == [Seat("bupati", "rantau"), Seat("gubernur", "kendala")]


RIVALS = [
    ("bupati rantau", "bupati kendala", True),
    ("wali kota rantau", "walikota kendala", True),
    ("presiden as", "presiden ri", True),
    ("bupati nala", "bupati kendala", True),
    ("bupati rantau", "bupati rantau", False),
    ("bupati rantau", "gubernur kendala", False),
    ("bupati rantau", "wakil bupati kendala", False),
    ("gubernur jateng", "gubernur jawa tengah", False),
    ("gubernur jawa tengah", "gubernur jatim", True),
    ("gubernur jateng", "gubernur jatim", True),
    ("gubernur dki", "gubernur dki jakarta", False),
    ("gubernur jakarta", "gubernur dki jakarta", False),
    ("presiden as", "presiden amerika serikat", False),
    ("presiden amerika", "presiden as", False),
    ("bupati rantau", "bupati rantau hulu", False),
    ("bupati rantau hulu", "bupati rantau hilir", True),
]


@pytest.mark.parametrize(
    ("one", "other", "excludes"), [pytest.param(*row, id=f"{row[0]}, {row[1]}") for row in RIVALS]
)
def test_who_cannot_be_one(one: str, other: str, excludes: bool) -> None:
    """The same office in two places is of two people, unless the places' names can be one."""
    (ours,), (theirs,) = (list(find_seats([role], PLACES)) for role in (one, other))
    assert ours.excludes(theirs) is theirs.excludes(ours) is excludes


OF_OFFICE = [
    ("presiden ri", "presiden Indonesia", True),
    ("presiden", "presiden Indonesia", True),
    ("mantan presiden indonesia", "presiden Indonesia", True),
    ("presiden ke 6 ri", "presiden Indonesia", True),
    ("presiden as", "presiden Indonesia", False),
    ("presiden as", "presiden Amerika Serikat", True),
    ("menteri luar negeri", "menteri luar negeri Amerika Serikat", True),
    ("menteri pertahanan", "menteri luar negeri Amerika Serikat", False),
    ("ketua partai rantau jaya", "ketua umum Partai Rantau Jaya", True),
    ("walikota rantau", "wali kota Rantau", True),
    ("wakil presiden ri", "presiden Indonesia", False),
    ("presiden", "wakil presiden Indonesia", False),
    ("calon presiden ri", "presiden Indonesia", False),
    ("juru bicara presiden ri", "presiden Indonesia", False),
    ("istri presiden ri", "presiden Indonesia", False),
    ("indonesia", "presiden Indonesia", False),
    ("", "presiden Indonesia", False),
    ("mantan", "presiden Indonesia", False),
]


@pytest.mark.parametrize(
    ("role", "office", "is_it"),
    [pytest.param(*row, id=f"{row[0] or 'nothing'}: {row[1]}") for row in OF_OFFICE],
)
def test_a_role_of_an_office(role: str, office: str, is_it: bool) -> None:
    """A role is an office when it says the same or less or more of it; whoever speaks for its holder has another."""
    assert is_role_of(role, office, PLACES) is is_it


ROLES = st.lists(
    st.sampled_from(
        [
            "mantan",
            "bupati",
            "wakil",
            "wali",
            "kota",
            "gubernur",
            "rantau",
            "jawa",
            "tengah",
            "as",
            "dan",
            "2010",
        ]
    ),
    max_size=6,
).map(" ".join)


@given(ROLES, ROLES)
def test_nobody_is_excluded_from_an_own_seat(one: str, other: str) -> None:
    """Whatever roles are made of, a seat never excludes itself, and two exclude each other or neither does."""
    seats = list(find_seats([one, other], PLACES))
    assert not any(seat.excludes(seat) for seat in seats)
    assert all(a.excludes(b) is b.excludes(a) for a in seats for b in seats)
