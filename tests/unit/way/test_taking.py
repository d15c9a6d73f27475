"""How much is held at once while inputs are taken."""

from __future__ import annotations

import pytest

from kb.ingest import Form, Raw
from kb.store.runs import Reading
from kb.way.sources import Sighting
from kb.way.taking import MOST_BYTES, _chunks


@pytest.mark.parametrize(
    ("n_bytes", "lengths"),
    [
        pytest.param(10, [4, 4, 1], id="small ones by number"),
        pytest.param(MOST_BYTES // 2, [2, 2, 2, 2, 1], id="large ones by bytes"),
        pytest.param(MOST_BYTES, [1] * 9, id="the largest alone"),
    ],
)
def test_inputs_are_held_by_number_and_by_bytes(n_bytes: int, lengths: list[int]) -> None:
    """A folder of large pages is not held in memory by the thousand."""
    raw = Raw(bytes(n_bytes), Form.PAGE, "a", "a", "0" * 64, None)
    assert [len(chunk) for chunk in _chunks([Sighting(raw, Reading("a"))] * 9, 4)] == lengths
