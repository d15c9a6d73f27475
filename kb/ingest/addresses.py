"""One form for all the addresses that one article goes by.

An address in this form tells articles apart; it is not meant to be fetched (it says https whatever the site does).
`courlan.clean_url` takes any parameter that begins like a tracker for one (``gambar`` for ``ga``), and so would make
one article of several: a parameter is dropped only if ``wordlists/address_parameters.txt`` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, urlsplit

from kb.lexicon import word_set

DEFAULT_PORTS = {80, 443}

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_NUMERIC = re.compile(r"[\d.]+|\[.*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "%/:@!$&'()*+,;=~"
_AMP_NAME = re.compile(r"\.amp(?=$|\.html?$)", re.I)
_AMP_CACHE = re.compile(
    r"^https?://(?:[\w.-]+\.cdn\.ampproject\.org/[a-z](?:/s)?|(?:www\.)?google\.[a-z.]+/amp(?:/s)?)/(?=[\w-]+\.)",
    re.I,
)


def canonical_url(url: str) -> str | None:
    """Return the form that all addresses of one article share, None for what is no http(s) URL.

    Folded: scheme, default port, fragment, ``www.``, mobile and AMP hosts, AMP and print paths, parameters that
    name no other article, order of parameters, escapes, slashes at the end. ``www.`` goes because sites answer
    with and without it and print both. Idempotent; never raises.
    """
    form = _fold(url)
    while form and (again := _fold(form)) != form:  # what a fold lays bare may fold again (``/print.amp``)
        form = again
    return form


def _fold(url: str) -> str | None:
    try:
        parts = urlsplit(_AMP_CACHE.sub("https://", url.strip()))
        host = _fold_host(parts)
        if parts.scheme not in {"http", "https"} or host is None:
            return None
        path, query = "/".join(_fold_path(parts.path)), "&".join(_fold_query(parts.query))
    except ValueError:  # a port that is no number, half a bracket, half a surrogate pair
        return None
    return f"https://{host}" + (f"/{path}" if path or query else "") + (f"?{query}" if query else "")


def registered_domain(host: str) -> str:
    """Return the part of a host name that somebody registered (``kabar.co.id`` of ``news.kabar.co.id``)."""
    labels = host.split(".")
    if _NUMERIC.fullmatch(host):
        return host
    two = len(labels) > 2 and labels[-2] in word_set("address_suffixes") and len(labels[-1]) == 2
    return ".".join(labels[-3 if two else -2 :])


def _fold_host(parts: SplitResult) -> str | None:
    name = (parts.hostname or "").rstrip(".")
    host = f"[{name}]" if ":" in name else name.encode("idna").decode() if not name.isascii() else name
    if not _HOST.fullmatch(host):
        return None
    if host.partition(".")[0] in word_set("address_hosts") and host != registered_domain(host):
        host = host.partition(".")[2]
    return host if parts.port is None or parts.port in DEFAULT_PORTS else f"{host}:{parts.port}"


def _fold_path(path: str) -> list[str]:
    segments: list[str] = []
    for segment in _fold_escapes(path).split("/"):
        if segment == "..":
            segments[-1:] = []
        elif segment not in {"", "."}:
            segments.append(segment)
    views = word_set("address_segments")
    for end in (-1, 0):
        if len(segments) > 1 and segments[end].casefold() in views:
            segments.pop(end)
    segments[-1:] = [_AMP_NAME.sub("", name) or name for name in segments[-1:]]
    return segments


def _fold_escapes(text: str) -> str:
    """Escape what must be, in capitals, and nothing else."""
    return quote(_ESCAPE.sub(_fold_escape, text), safe=_PATH_SAFE)


def _fold_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _fold_query(query: str) -> Iterator[str]:
    # Latin-1 both ways keeps the bytes of an escape whatever encoding they are in
    escaped = quote(query, safe="%&=+;:@!$'()*,/?~")
    pairs = {pair for pair in parse_qsl(escaped, keep_blank_values=True, encoding="latin-1") if _names(*pair)}
    for pair in sorted(pairs):
        name, value = (quote_plus(part, safe="/:,", encoding="latin-1") for part in pair)
        yield f"{name}={value}" if value else name


def _names(name: str, value: str) -> bool:
    """Whether the parameter may tell one article from another."""
    name, value = name.casefold(), value.casefold()
    exact, beginnings = _dropped()
    return bool(name) and not (name in exact or f"{name}={value}" in exact or name.startswith(beginnings))


@cache
def _dropped() -> tuple[frozenset[str], tuple[str, ...]]:
    entries = word_set("address_parameters")
    beginnings = tuple(entry.removesuffix("*") for entry in entries if entry.endswith("*"))
    return entries, beginnings
