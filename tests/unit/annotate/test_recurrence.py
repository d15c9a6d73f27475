"""What an article says elsewhere about its names."""

from __future__ import annotations

from kb.annotate.recurrence import find_names_again, retype_short_names, split_agencies
from kb.model import EntityType, Mention, Span

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


def at(body: str, name: str, kind: EntityType, *, nth: int = 0) -> Mention:
    """Return the mention that the nth occurrence of `name` is."""
    start = -1
    for _ in range(nth + 1):
        start = body.index(name, start + 1)
    return Mention(Span(start, start + len(name)), kind)


def test_an_agency_is_parted_from_its_country() -> None:
    """Behind `kantor berita`, a place that the article names by itself ends where it does."""
    body = "Negeri Laut diam. Kantor berita Negeri Laut NLNA melaporkan badai."
    glued = at(body, "Negeri Laut NLNA", LOC)
    lone = at(body, "Negeri Laut", LOC)
    assert split_agencies(body, [lone, glued]) == (
        lone,
        at(body, "Negeri Laut", LOC, nth=1),
        at(body, "NLNA", ORG),
    )


def test_a_place_within_a_place_is_whole_elsewhere() -> None:
    """Without a medium before it, a longer place is not cut at a shorter one."""
    body = "Dari Randu ke Randu Barat."
    mentions = (at(body, "Randu", LOC), at(body, "Randu Barat", LOC))
    assert split_agencies(body, mentions) == mentions


def test_a_person_is_found_again() -> None:
    """A tagged person's name is a mention wherever it stands untagged, as a whole word."""
    body = "Lestari datang. Kami melihat Lestari di Lestarindo."
    first = at(body, "Lestari", PER)
    assert find_names_again(body, [first]) == (first, at(body, "Lestari", PER, nth=1))


def test_an_organisation_or_place_tagged_twice_is_found_again() -> None:
    """One tag may be a mistake, two are none: an organisation or a place is looked for when it was tagged twice."""
    body = "Bank Lestari untung. Kata Bank Lestari, Randu maju. Bank Lestari dan Randu diam."
    first, second = at(body, "Bank Lestari", ORG), at(body, "Bank Lestari", ORG, nth=1)
    randu = at(body, "Randu", LOC)
    third = at(body, "Bank Lestari", ORG, nth=2)
    assert find_names_again(body, [first, second, randu]) == (first, second, randu, third)
    assert find_names_again(body, [first, randu]) == (first, randu)


def test_what_is_tagged_stays() -> None:
    """A name inside another mention is left alone, and so is a short or lower-case one."""
    body = "Ani dan Lestari di Bank Lestari; Ani lestari."
    mentions = (at(body, "Ani", PER), at(body, "Lestari", PER), at(body, "Bank Lestari", ORG))
    assert find_names_again(body, mentions) == mentions


def test_a_surname_is_no_team() -> None:
    """One word that ends a person's full name here is that person, whatever organisation it was taken for."""
    body = "Marco Lestari menang. Lestari puas; Bank Lestari juga."
    full, short = at(body, "Marco Lestari", PER), at(body, "Lestari", ORG, nth=1)
    bank = at(body, "Bank Lestari", ORG)
    assert retype_short_names(body, [full, short, bank]) == (full, Mention(short.span, PER), bank)
