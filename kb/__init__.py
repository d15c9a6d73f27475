"""A knowledge base of named entities and quotes from Indonesian news.

`open` is the door for Python: ``kb.open("berita.sqlite3").who_said("Ushakov")``; see docs/python.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from kb.base import Base

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(url: str | PathLike[str]) -> Base:
    """Open a base to ask it; a path of an SQLite file or a ``postgresql://`` address, as ``kb --db`` takes.

    Raises the errors of `kb.errors`: NoDatabase, SchemaMismatch, DatabaseProblem.
    """
    from kb.base import Base  # noqa: PLC0415  (only who asks pays for the database's libraries)

    return Base(url)
