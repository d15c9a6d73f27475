"""What stands around the whole site: only reading, only under its own names, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Any, Send], Awaitable[None]]

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""No page has a script, and none loads, sends or frames anything of another host."""


def guarded(app: App, names: Collection[str]) -> App:
    """Return `app` with these headers, for GET and HEAD, called by one of these host names; by any if there is none.

    A page elsewhere can let its own name point to this machine (DNS rebinding): it then asks for the base under that
    name, and is refused.
    """

    async def guard(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *ours]}
            await send(message)

        if scope["type"] != "http":
            await app(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await _refuse(send_with_headers, 405, "This site is only read.")
        elif names and _name_asked_for(scope) not in names:
            await _refuse(send_with_headers, 421, "This site does not go by that name.")
        else:
            await app(scope, receive, send_with_headers)

    return guard


def _name_asked_for(scope: MutableMapping[str, Any]) -> str:
    """Return the host of a request, without its port, lower-case."""
    host: str = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).strip("[]").lower()


async def _refuse(send: Send, status: int, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why.encode() + b"\n"})
