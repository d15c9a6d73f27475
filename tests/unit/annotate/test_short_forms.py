"""Short forms mean what the article says they mean."""

from __future__ import annotations

import pytest

from kb.annotate.short_forms import apply_short_forms
from kb.model import EntityType, Mention, Span

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


def named(body: str, *forms: tuple[str, EntityType]) -> list[Mention]:
    return [Mention(Span(body.index(f), body.index(f) + len(f)), kind) for f, kind in forms]


@pytest.mark.parametrize(
    ("body", "tagged", "names"),
    [
        pytest.param(
            "Badan Laut Nusa (BLN) buka. Kata BLN, baik.",
            [("Badan Laut Nusa", ORG)],
            [("Badan Laut Nusa", ORG), ("BLN", ORG), ("BLN", ORG)],
            id="passed over",
        ),
        pytest.param(
            "Putri Ayu Sari (PAS) hadir. PAS",
            [("Putri Ayu Sari", PER), ("PAS", ORG)],
            [("Putri Ayu Sari", PER), ("PAS", PER), ("PAS", PER)],
            id="of another type",
        ),
        pytest.param("Ani Sari (Solo) di Solo", [("Ani Sari", PER)], [("Ani Sari", PER)], id="no short form"),
        pytest.param(
            "Ani Sari (AS), BAS", [("Ani Sari", PER)], [("Ani Sari", PER), ("AS", PER)], id="whole words"
        ),
        pytest.param("Ani Sari (45)", [("Ani Sari", PER)], [("Ani Sari", PER)], id="an age"),
    ],
)
def test_defined_short_forms_are_names(
    body: str, tagged: list[tuple[str, EntityType]], names: list[tuple[str, EntityType]]
) -> None:
    """A short form in brackets behind a name has its type wherever it stands."""
    mentions = apply_short_forms(body, named(body, *tagged))
    assert [(m.span.of(body), m.type) for m in mentions] == names
