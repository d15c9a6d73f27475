"""What a printed name consists of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.names import PersonName, name_words, parse_name, strip_titles

# titles | words | folded | initials | degrees
PARTS = [
    ("Budi Santoso", "", "Budi Santoso", "budi santoso", "", ""),
    ("Prof. Dr. Budi Santoso, S.H., M.Si.", "Prof. Dr.", "Budi Santoso", "budi santoso", "", "S.H. M.Si."),
    ("Budi Santoso S.H.", "", "Budi Santoso", "budi santoso", "", "S.H."),
    ("Brigjen Pol Agus Andrianto", "Brigjen Pol", "Agus Andrianto", "agus andrianto", "", ""),
    ("KH Ma'ruf Amin", "KH", "Ma'ruf Amin", "maruf amin", "", ""),
    ("Hj. Siti binti Rahmat", "Hj.", "Siti binti Rahmat", "siti binti rahmat", "", ""),
    ("Menlu Retno LP Marsudi", "Menlu", "Retno LP Marsudi", "retno lp marsudi", "lp", ""),
    ("RETNO LP MARSUDI", "", "RETNO LP MARSUDI", "retno lp marsudi", "", ""),
    ("B.J. Habibie", "", "B.J. Habibie", "bj habibie", "bj", ""),
    ("George W. Bush", "", "George W. Bush", "george w bush", "w", ""),
    ("V. Sinaga", "", "V. Sinaga", "v sinaga", "v", ""),
    ("Hamengku Buwono X", "", "Hamengku Buwono X", "hamengku buwono x", "", ""),
    ("Kim Jong-un", "", "Kim Jong-un", "kim jong un", "", ""),
    ("José Ramos-Horta", "", "José Ramos-Horta", "jose ramos horta", "", ""),
    ("Soeharto", "", "Soeharto", "soeharto", "", ""),
    ("Pak", "", "Pak", "pak", "", ""),
    ("Pak Haji", "Pak", "Haji", "haji", "", ""),
    ("", "", "", "", "", ""),
]


@pytest.mark.parametrize("row", PARTS, ids=[row[0] or "nothing" for row in PARTS])
def test_parts(row: tuple[str, ...]) -> None:
    """Titles, words, initials and degrees are told apart, and a name never loses its last word."""
    name, titles, words, folded, initials, degrees = row
    parsed = parse_name(name)
    assert " ".join(parsed.titles) == titles
    assert " ".join(parsed.words) == words
    assert (parsed.folded, parsed.initials) == (tuple(folded.split()), tuple(initials.split()))
    assert " ".join(parsed.degrees) == degrees


@given(st.text(alphabet="aBI.,' -") | st.sampled_from([row[0] for row in PARTS]))
def test_the_words_are_those_of_the_key(name: str) -> None:
    """Parsing and keying read a name in the same way, and each initial is one of the folded words."""
    parsed = parse_name(name)
    assert isinstance(parsed, PersonName)
    assert parsed.folded == name_words(name)
    assert " ".join(parsed.words) == strip_titles(name)
    assert "-" in name or set(parsed.initials) <= set(parsed.folded)
