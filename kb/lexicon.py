"""Language data: the word lists of ``kb/wordlists``, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the entries of ``wordlists/<name>.txt`` in file order.

    One entry a line; ``#`` starts a comment; blank lines do not count.
    """
    text = files("kb").joinpath("wordlists", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the entries of a word list, case-folded, for membership tests."""
    return frozenset(entry.casefold() for entry in word_list(name))


def list_names() -> tuple[str, ...]:
    """Return the names of all word lists, sorted."""
    names = (entry.name for entry in files("kb").joinpath("wordlists").iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt")))
