"""What is run through a model together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def cut_batches(lengths: Sequence[int], *, limit: int) -> Iterator[list[int]]:
    """Yield batches of indices into `lengths`, longest first, those of length 0 left out.

    A batch is as large as its padded size, its number times its longest, stays within `limit`; one at least.
    """
    ordered = sorted((i for i, length in enumerate(lengths) if length), key=lambda i: -lengths[i])
    start = 0
    while start < len(ordered):
        end = start + max(1, limit // lengths[ordered[start]])
        yield ordered[start:end]
        start = end
