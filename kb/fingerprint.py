"""Which code made an annotation: the version of the rules that annotations carry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def hash_code(*packages: str) -> str:
    """Return a hash over the modules of `packages` and the word lists: other rules are another version."""
    digest = hashlib.sha256()
    for name, text in sorted(_read_texts(packages)):
        digest.update(name.encode() + b"\0" + text + b"\0")
    return digest.hexdigest()[:12]


def _read_texts(packages: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    folders: list[tuple[str, Traversable, str]] = [(name, files(name), ".py") for name in packages]
    for name, folder, suffix in [*folders, ("wordlists", files("kb").joinpath("wordlists"), ".txt")]:
        for entry in folder.iterdir():
            if entry.name.endswith(suffix):
                yield f"{name}/{entry.name}", entry.read_bytes()
