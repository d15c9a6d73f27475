"""Tags are decoded to names and trimmed as the guideline says."""

from __future__ import annotations

import pytest

from kb.annotate.mentions import find_mentions
from kb.annotate.sentences import TaggedToken
from kb.model import EntityType, Span


def read_tagged(marked: str) -> tuple[str, list[TaggedToken]]:
    """Read ``Kata Budi/B-PER Santoso/E-PER`` as a body and its tagged tokens."""
    words = [word.partition("/") for word in marked.split(" ")]
    body, tokens = "", []
    for word, _, tag in words:
        body += " " if body else ""
        tokens.append(TaggedToken(Span(len(body), len(body) + len(word)), tag or "O"))
        body += word
    return body, tokens


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        pytest.param(
            "kata Budi/B-PER Santoso/E-PER di Jakarta/S-LOC", ["Budi Santoso", "Jakarta"], id="plain"
        ),
        pytest.param("Ani/S-PER Budi/S-PER", ["Ani", "Budi"], id="neighbours stay apart"),
        pytest.param("Ani/B-PER KPK/S-ORG", ["Ani", "KPK"], id="an open name is closed by another type"),
        pytest.param("kata Santoso/E-PER .", ["Santoso"], id="an end without a beginning"),
        pytest.param("“Antara”/S-ORG", ["Antara"], id="outer quotation marks are no part of a name"),
        pytest.param(
            "PT/B-ORG Satu/I-ORG (Persero)/E-ORG", ["PT Satu (Persero)"], id="its own bracket stays"
        ),
        pytest.param("(Persero)/S-ORG", ["Persero"], id="brackets around all of it go"),
        pytest.param("KH/B-PER Ahmad/I-PER Rifai/E-PER", ["Ahmad Rifai"], id="a title is no part of a name"),
        pytest.param("Gus/B-PER Pri/E-PER", ["Gus Pri"], id="a nickname keeps its title"),
        pytest.param("—/S-PER", [], id="a mark alone is no name"),
        pytest.param("kata Kapolsek/S-PER", [], id="a bare office names nobody"),
        pytest.param("rhm/S-PER Ahad/S-PER", [], id="neither do initials and days"),
        pytest.param("M.H/S-PER", [], id="nor does a degree"),
        pytest.param("kata Wamendes/S-PER", [], id="nor does an office's short form"),
        pytest.param("Menkominfo/B-PER Rudi/E-PER", ["Rudi"], id="which is no part of a name either"),
    ],
)
def test_names_are_decoded_and_trimmed(marked: str, names: list[str]) -> None:
    """BIOES tags give the names of the guideline."""
    body, tokens = read_tagged(marked)
    assert [m.span.of(body) for m in find_mentions(body, [tokens])] == names


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        pytest.param("Pemerintah/B-ORG Indonesia/E-ORG", "Indonesia", EntityType.LOC, id="a country"),
        pytest.param(
            "Pemerintah/B-ORG Kota/I-ORG Tual/E-ORG", "Pemerintah Kota Tual", EntityType.ORG, id="a town"
        ),
        pytest.param(
            "Pemerintah/B-ORG Provinsi/I-ORG Papua/E-ORG",
            "Pemerintah Provinsi Papua",
            EntityType.ORG,
            id="a province",
        ),
        pytest.param(
            "Pemerintah/B-LOC Papua/E-LOC", "Pemerintah Papua", EntityType.LOC, id="no organisation"
        ),
    ],
)
def test_the_government_of_a_country_is_its_place(marked: str, name: str, kind: EntityType) -> None:
    """`Pemerintah` before a country's name is no part of it; lower governments are organisations by their name."""
    body, tokens = read_tagged(marked)
    (mention,) = find_mentions(body, [tokens])
    assert (mention.span.of(body), mention.type) == (name, kind)


def test_a_name_ends_with_its_paragraph() -> None:
    """A name never runs over a line end."""
    body = "Budi\n\nSantoso"
    tokens = [TaggedToken(Span(0, 4), "B-PER"), TaggedToken(Span(6, 13), "E-PER")]
    assert [m.span.of(body) for m in find_mentions(body, [tokens])] == ["Budi"]
