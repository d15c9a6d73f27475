"""Fetch: addresses to bytes, with manners. ``open_fetcher`` is the door; nothing is parsed but robots.txt.

fetcher   one request: robots.txt, redirects, retries, what an answer means
many      many requests: several hosts at the same time
pace      when a host may be asked again
robots    what a host asks robots to leave alone
target    what an address says; what is no address for us
guard     which hosts are private
wire      one exchange with one host, within limits
"""

from __future__ import annotations

from kb.fetch.fetcher import Fetcher, open_fetcher
from kb.fetch.target import hide_password, parse_target
from kb.fetch.terms import Fetched, Manners, Outside, Request

__all__ = [
    "Fetched",
    "Fetcher",
    "Manners",
    "Outside",
    "Request",
    "hide_password",
    "open_fetcher",
    "parse_target",
]
