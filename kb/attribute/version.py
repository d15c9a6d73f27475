"""Which rules these are: the version that annotations carry."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def rules_version() -> str:
    """Return a hash over the rules' code and the word lists: other rules are another version, never forgotten."""
    package, lists = files("kb.attribute"), files("kb").joinpath("wordlists")
    modules = [entry for entry in package.iterdir() if entry.name.endswith(".py")]
    texts = [*modules, *(entry for entry in lists.iterdir() if entry.name.endswith(".txt"))]
    digest = hashlib.sha256()
    for entry in sorted(texts, key=lambda entry: entry.name):
        digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
