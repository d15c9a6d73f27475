"""The guard against requests to our own network: a host is asked at addresses that were looked at, and no others.

A name is looked up once an exchange, each of its addresses is checked, and the connection goes to one of those: what
the name says a moment later (DNS rebinding) does not matter, nor how the host is spelt (``2130706433``, ``0x7f.1``).
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from kb.errors import FetchFailed, FetchRefused
from kb.fetch.target import Target
from kb.fetch.terms import Outside

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is meant


def find_addresses(target: Target, *, allowed: str | None, outside: Outside) -> list[str]:
    """Return the addresses of the target's host; the host and port named `allowed` may have private ones.

    Raises FetchFailed where it has none, FetchRefused where any of them is not public.
    """
    try:
        found = outside.resolve(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(target.subject, f"its host {target.host} cannot be found") from error
    addresses = list(dict.fromkeys(str(socket_address[0]) for *_, socket_address in found))
    private = [address for address in addresses if not is_public(address)]
    if private and target.authority != allowed:
        raise FetchRefused(
            target.subject,
            f"its host {target.host} has the address {private[0]}, which is not public",
            "allow private addresses if this is meant",
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an address can only be one of the open internet; IPv4 inside of IPv6 is not, but for NAT64."""
    parsed: IPv4Address | IPv6Address = ip_address(address)
    if parsed in _NAT64:
        parsed = IPv4Address(int(parsed) & 0xFFFF_FFFF)
    if isinstance(parsed, IPv6Address) and (
        parsed.ipv4_mapped or parsed.sixtofour or parsed.teredo or parsed.is_site_local
    ):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)
