"""What a dateline names is known from its shape."""

from __future__ import annotations

import pytest

from kb.annotate.datelines import apply_dateline
from kb.model import Dateline, EntityType, Mention, Span

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


@pytest.mark.parametrize(
    ("opening", "place", "outlet", "tagged", "names"),
    [
        pytest.param("KUPANG, WARTA SAMUDRA -", "KUPANG", "Warta Samudra", [("KUPANG, WARTA SAMUDRA", PER)],
                     [("KUPANG", LOC), ("WARTA SAMUDRA", ORG)], id="place and outlet"),
        pytest.param("WARTA.CO.ID - KUPANG.", "KUPANG", "Warta", [("WARTA.CO.ID", ORG)],
                     [("WARTA.CO.ID", ORG), ("KUPANG", LOC)], id="passed over"),
        pytest.param("ENDE, KABAR PAGI –", "ENDE", None, [("KABAR PAGI", PER)],
                     [("ENDE", LOC), ("KABAR PAGI", ORG)], id="no person"),
        pytest.param("Bajawa, Ngada -", "Bajawa, Ngada", None, [], [("Bajawa", LOC), ("Ngada", LOC)], id="two places"),
    ],
)  # fmt: skip
def test_names_of_a_dateline(
    opening: str,
    place: str | None,
    outlet: str | None,
    tagged: list[tuple[str, EntityType]],
    names: list[tuple[str, EntityType]],
) -> None:
    """Places are LOC and the outlet is ORG, whatever the tagger took them for."""
    body = f"{opening} Ani pergi."
    mentions = [
        Mention(Span(body.index(f), body.index(f) + len(f)), kind) for f, kind in [*tagged, ("Ani", PER)]
    ]
    found = apply_dateline(body, mentions, Dateline(Span(0, len(opening)), place, outlet))
    assert [(m.span.of(body), m.type) for m in found] == [*names, ("Ani", PER)]


def test_a_body_without_a_dateline_keeps_its_names() -> None:
    """Nothing is changed where nothing is known."""
    mentions = (Mention(Span(0, 3), PER),)
    assert apply_dateline("Ani pergi.", mentions, None) == mentions
