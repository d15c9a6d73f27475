"""What hosts ask robots to leave alone (RFC 9309), read once an origin."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.errors import FetchFailed, FetchRefused
from kb.fetch.target import Target
from kb.fetch.wire import Answer

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024
"""What is read of a robots.txt; RFC 9309, 2.5, asks for that much at least."""

MOST_CRAWL_DELAY_S = 60.0


@dataclass(slots=True)
class _Origin:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Protego | FetchFailed | None = None


class Robots:
    """The robots.txt of every origin that was asked; ``read`` gets one, following redirects."""

    def __init__(self, user_agent: str, read: Callable[[Target, str | None], Answer]) -> None:
        self._name = user_agent.partition("/")[0].strip()  # the product token (RFC 9309, 2.2.1)
        self._read = read
        self._origins: dict[str, _Origin] = {}

    def check(self, target: Target, *, allowed: str | None) -> float:
        """Return the pause in seconds that the origin asks for (0: none); `allowed` as in ``find_addresses``.

        Raises FetchRefused where the origin asks not to be asked for this, FetchFailed where its robots.txt cannot
        be had: that counts as a refusal of everything, until the fetcher is closed.
        """
        rules = self._rules(target, allowed)
        if isinstance(rules, FetchFailed):
            raise FetchFailed(
                target.subject,
                f"is left alone, as the robots.txt of its host cannot be had: {rules.what}",
                status=rules.status,
                retry_at=rules.retry_at,
            )
        if not rules.can_fetch(target.url, self._name):
            raise FetchRefused(target.subject, f"the robots.txt of {target.host} asks {self._name} not to")
        return min(rules.crawl_delay(self._name) or 0.0, MOST_CRAWL_DELAY_S)

    def _rules(self, target: Target, allowed: str | None) -> Protego | FetchFailed:
        origin = self._origins.setdefault(target.origin, _Origin())
        with origin.lock:
            if origin.rules is None:
                origin.rules = self._ask(target.lead("/robots.txt"), allowed)
            return origin.rules

    def _ask(self, target: Target, allowed: str | None) -> Protego | FetchFailed:
        from protego import Protego  # noqa: PLC0415

        try:
            answer = self._read(target, allowed)
        except FetchFailed as error:
            if error.status is None or not 400 <= error.status < 500 or error.status == 429:
                return error
            return Protego.parse("")  # RFC 9309, 2.3.1.3: 4xx is "there is none"
        return Protego.parse(answer.content.decode("utf-8-sig", "replace"))
