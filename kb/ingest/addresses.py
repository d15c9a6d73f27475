"""One form for all the addresses that one article goes by."""

from __future__ import annotations

from urllib.parse import urlsplit


def canonical_url(url: str) -> str | None:
    """Return the form that all addresses of one article share, None for what is no http(s) URL."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return f"https://{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")
