"""Batches of like length."""

from hypothesis import given
from hypothesis import strategies as st

from kb.annotate.batches import cut_batches


@given(st.lists(st.integers(0, 50)), st.integers(1, 60))
def test_every_length_is_in_one_batch(lengths: list[int], limit: int) -> None:
    """Each index but those of length 0 is in one batch; a batch's padded size keeps the limit, or it is alone."""
    batches = list(cut_batches(lengths, limit=limit))
    assert sorted(i for batch in batches for i in batch) == [i for i, n in enumerate(lengths) if n]
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= limit


@given(st.lists(st.integers(0, 50)))
def test_the_longest_come_first(lengths: list[int]) -> None:
    """Over all batches lengths fall: what a packed sequence asks of a batch."""
    ordered = [lengths[i] for batch in cut_batches(lengths, limit=100) for i in batch]
    assert ordered == sorted(ordered, reverse=True)
