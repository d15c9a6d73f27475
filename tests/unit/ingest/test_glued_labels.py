"""Link labels that a page glued to the front of a paragraph."""

from __future__ import annotations

import pytest

from kb.ingest.furniture import cut_furniture, is_furniture, opens_links


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param(
            'Baca Juga"Air sudah surut," kata Rina.', '"Air sudah surut," kata Rina.', id="a quotation"
        ),
        pytest.param("Baca JugaAdapun, warga menunggu.", "Adapun, warga menunggu.", id="a sentence"),
        pytest.param(
            "PerbesarRina Wulan datang kemarin.", "Rina Wulan datang kemarin.", id="a picture's button"
        ),
    ],
)
def test_a_label_is_cut_and_the_paragraph_kept(line: str, kept: str) -> None:
    """What follows the label without a space is the body's."""
    assert not is_furniture(line)
    assert cut_furniture(line)[0] == kept


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Baca juga: Air Sudah Surut", id="a link"),
        pytest.param("Baca juga: Air sudah surut.", id="a link with a full stop"),
        pytest.param("Baca Juga", id="the label alone"),
    ],
)
def test_a_link_line_is_furniture(line: str) -> None:
    """A label with a colon or nothing behind it takes its line with it."""
    assert is_furniture(line) or opens_links(line)
