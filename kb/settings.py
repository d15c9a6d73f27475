"""Settings, read once at the door of the program."""

from __future__ import annotations

DATABASE_VARIABLE = "KB_DATABASE"
DEFAULT_DATABASE = "kb.sqlite3"


def database_url(database: str) -> str:
    """Return `database` as an SQLAlchemy URL; what is no URL is the path of an SQLite file."""
    return database if "://" in database else f"sqlite:///{database}"
