"""How outlets are named."""

from __future__ import annotations

import pytest

from kb.ingest.outlets import choose_outlet, known_agency, outlet_of_url


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("okezone", "Okezone"),
        ("KOMPAS.COM", "KOMPAS.com"),
        ("TRIBUNnews.com", "Tribunnews.com"),
        ("Kabarlaut.id", "Kabarlaut.id"),
        ("Muara Lintang", None),
    ],
)
def test_outlets_have_one_form(printed: str, outlet: str | None) -> None:
    """A listed outlet has one display form, a domain stays as printed, other words are no outlet."""
    assert choose_outlet(printed) == outlet


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.okezone.com/read/1", "Okezone"),
        ("https://nasional.kompas.com/read/1", "KOMPAS.com"),
        ("https://kupang.tribunnews.com/read/1", "POS-KUPANG.COM"),
        ("https://berita.kabarlaut.co.id/1", "kabarlaut.co.id"),
        ("https://berita.kabarlaut.id/1", "kabarlaut.id"),
        ("kabar", None),
        ("https://[::1", None),
    ],
)
def test_a_url_names_its_outlet(url: str, outlet: str | None) -> None:
    """The outlet of a URL is the listed name of its host, else the registered domain."""
    assert outlet_of_url(url) == outlet


def test_agencies_have_one_form() -> None:
    """Forms of one agency share a name."""
    assert known_agency("Antaranews") == known_agency("LKBN Antara") == "ANTARA"
