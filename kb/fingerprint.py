"""Which code made an annotation: the version of the rules that annotations carry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_SUFFIXES = (".py", ".txt")


@cache
def hash_code(*places: str) -> str:
    """Return a hash over the modules and word lists in `places`, folders and files of the package.

    Other rules are another version.
    """
    digest = hashlib.sha256()
    for name, text in sorted(_read_texts(places)):
        digest.update(name.encode() + b"\0" + text + b"\0")
    return digest.hexdigest()[:12]


def _read_texts(places: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for place in places:
        root: Traversable = files("kb").joinpath(place)
        for entry in root.iterdir() if root.is_dir() else [root]:
            if entry.name.endswith(_SUFFIXES):
                yield f"{place}/{entry.name}", entry.read_bytes()
