"""The loss guard: a feed that would lose more than a tenth of its quotes is stopped before it does.

A broken model, a page that a consent form stands in front of, a new layout that the reader takes for furniture: all
look like articles from which the quotes are gone. What is committed then would be found out too late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

MOST_LOST = 0.1
"""Share of its quotes that a feed may lose in a run, or to a new pipeline, net of what is found anew."""

FEWEST_LOST = 3
"""Quotes; an outlet that takes two out of a small feed is no broken model."""

Feed = int | None
"""Row number of a feed; None stands for the articles that have none."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A feed that was stopped: it would lose `lost` of the `had` quotes that it had."""

    feed: Feed
    lost: int
    had: int


@dataclass(slots=True)
class Guard:
    """Weighs what feeds lose. `count` gives how many quotes a feed had before the run, what it lost before that.

    With `accepts` nothing is stopped.
    """

    count: Callable[[Feed], tuple[int, int]]
    accepts: bool = False
    stopped: set[Feed] = field(default_factory=set)
    _had: dict[Feed, int] = field(default_factory=dict)
    _lost: Counter[Feed] = field(default_factory=Counter)

    def weigh(self, losses: Iterable[tuple[Feed, int]]) -> list[Stop]:
        """Take what a batch would cost each feed, below 0 for a gain; return the feeds that are stopped now.

        To be asked before the batch is committed; nothing of a feed in `stopped` may be.
        """
        batch = Counter[Feed]()
        for feed, lost in losses:
            batch[feed] += lost
        return [stop for feed, lost in batch.items() if (stop := self._weigh(feed, lost))]

    def _weigh(self, feed: Feed, lost: int) -> Stop | None:
        if feed in self.stopped or (lost <= 0 and feed not in self._had):
            return None
        if feed not in self._had:
            self._had[feed], self._lost[feed] = self.count(feed)
        self._lost[feed] += lost
        if self.accepts or lost <= 0:
            return None
        had, would_lose = self._had[feed], self._lost[feed]
        if would_lose < FEWEST_LOST or would_lose <= MOST_LOST * had:
            return None
        self.stopped.add(feed)
        return Stop(feed, would_lose, had)
