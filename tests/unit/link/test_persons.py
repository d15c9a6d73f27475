"""Bearers of one name: told apart by offices that nobody holds both of, one person in all other cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.link.persons import choose_bearer, find_persons
from kb.model import EntityType, LocalEntity, Office, Seed

PER = EntityType.PER
NAME = "Budi Santoso"


def find(*roles: tuple[str, ...] | str) -> dict[int, str]:
    """Return what tells the bearers of one name apart whom as many articles (from 0) give these roles."""
    given_roles = [(role,) if isinstance(role, str) else role for role in roles]
    block = {
        n: LocalEntity(NAME, PER, (NAME,), roles=tuple(r for r in of if r))
        for n, of in enumerate(given_roles)
    }
    return find_persons(block, {})


PERSONS = [
    pytest.param(["", ""], {}, id="no roles"),
    pytest.param(["bupati rantau", ""], {}, id="one office"),
    pytest.param(["bupati rantau", "mantan bupati rantau"], {}, id="one office, held and left"),
    pytest.param(["bupati rantau", "petani"], {}, id="an office and a trade"),
    pytest.param(["petani", "guru"], {}, id="two trades"),
    pytest.param(["bupati rantau", "gubernur kendala"], {}, id="a career"),
    pytest.param(["gubernur jateng", "gubernur jawa tengah"], {}, id="short form of a place"),
    pytest.param([("bupati rantau", "bupati kendala")], {}, id="both in one article"),
    pytest.param(
        ["bupati rantau", "bupati kendala"], {0: "bupati rantau", 1: "bupati kendala"}, id="two offices"
    ),
    pytest.param(
        ["bupati rantau", "", "bupati kendala", "petani"],
        {0: "bupati rantau", 2: "bupati kendala"},
        id="whom nobody can tell stay where they were",
    ),
    pytest.param(
        ["bupati rantau", ("bupati rantau", "gubernur jawa tengah"), "gubernur jateng", "bupati kendala"],
        {
            0: "gubernur jawa tengah",
            1: "gubernur jawa tengah",
            2: "gubernur jawa tengah",
            3: "bupati kendala",
        },
        id="one career, told by the longest place",
    ),
    pytest.param(
        ["bupati rantau", "bupati kendala", "gubernur kendala"],
        {0: "bupati rantau", 1: "bupati kendala"},
        id="an office that fits both",
    ),
    pytest.param(
        ["bupati rantau", "bupati kendala", ("bupati rantau", "bupati kendala")],
        {},
        id="an article that gives both to one",
    ),
    pytest.param(
        ["bupati rantau", "bupati kendala", "bupati muara"],
        {0: "bupati rantau", 1: "bupati kendala", 2: "bupati muara"},
        id="three people",
    ),
]


@pytest.mark.parametrize(("roles", "told"), PERSONS)
def test_persons(roles: list[tuple[str, ...] | str], told: dict[int, str]) -> None:
    """These articles mean as many people as there are offices that nobody can hold together."""
    assert find(*roles) == told


ROLES = st.sampled_from(
    ["bupati rantau", "bupati kendala", "gubernur jateng", "gubernur jawa tengah", "gubernur jatim", "petani"]
)
BLOCKS = st.lists(st.lists(ROLES, max_size=2, unique=True).map(tuple), max_size=7)


@settings(max_examples=50)
@given(BLOCKS, st.randoms())
def test_order_makes_no_difference(roles: list[tuple[str, ...]], random) -> None:  # type: ignore[no-untyped-def]
    """Articles in any order, and their roles in any order, tell the same people."""
    places = random.sample(range(len(roles)), k=len(roles))
    shuffled = find(*(tuple(reversed(roles[place])) for place in places))
    assert {places[n]: told for n, told in shuffled.items()} == find(*roles)


@settings(max_examples=50)
@given(BLOCKS)
def test_who_shares_an_office_is_one(roles: list[tuple[str, ...]]) -> None:
    """Articles that give one office are never told apart, and those that give none never get a person of their own."""
    told = find(*roles)
    for n, of in enumerate(roles):
        if not set(of) - {"petani"}:
            assert n not in told
        for other, of_other in enumerate(roles):
            if set(of) & set(of_other) - {"petani"}:
                assert told.get(n) == told.get(other)


FATHER = Seed(
    PER, NAME, discriminator="ayah", offices=(Office("bupati Rantau"), Office("gubernur Jawa Tengah"))
)
SON = Seed(
    PER, NAME, discriminator="anak", offices=(Office("bupati Kendala"), Office("gubernur Jawa Tengah"))
)


@pytest.mark.parametrize(
    ("roles", "bearer"),
    [
        (("bupati rantau",), FATHER),
        (("mantan bupati kendala",), SON),
        (("petani", "bupati kendala"), SON),
        (("bupati",), None),
        (("gubernur jawa tengah",), None),
        (("bupati rantau", "bupati kendala"), None),
        (("petani",), None),
        ((), None),
    ],
    ids=[
        "father",
        "son, formerly",
        "one of two roles",
        "an office of both",
        "held by both",
        "both",
        "neither",
        "no role",
    ],
)
def test_choose_bearer(roles: tuple[str, ...], bearer: Seed | None) -> None:
    """Of two seeds of a name the one whose office an article gives is meant; where both may be, neither."""
    assert choose_bearer((FATHER, SON), roles, {}) is bearer
    assert choose_bearer((SON, FATHER), roles, {}) is bearer
