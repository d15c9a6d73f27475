"""What a view is: columns with their SQL and their meaning, and the words in which the two engines differ.

In a column's SQL and in a view's tables these words stand for what each engine says in its own way:

    month_of(day)            2026-07, as text; NULL where there is no day
    day_number_of(day)       days since 1970-01-01
    seconds_between(a, b)    whole seconds from one moment to another
    json_at(value, a.b)      the text at a place in a JSON value
    stands_for(one, other)   whether `other` is the entity that `one` stands for, found by an index from either side:
                             SQLite uses that of an expression only where it is compared with something untyped
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TYPES = ("text", "integer", "real", "boolean", "date", "timestamp")
"""What columns hold. SQLite keeps a boolean as 0 or 1, a date as ``2026-07-01``, a timestamp as text in UTC."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view; `expression` is the SQL that it comes of."""

    name: str
    type: str
    comment: str
    expression: str


@dataclass(frozen=True, slots=True)
class View:
    """A view: `tables` is its SQL from ``FROM`` on."""

    name: str
    comment: str
    columns: tuple[ViewColumn, ...]
    tables: str
    is_distinct: bool = False

    @property
    def sql(self) -> str:
        """Return the question that the view asks, with the words that `sql_for` puts into those of an engine."""
        listed = ",\n".join(f"    {column.expression} AS {quoted(column.name)}" for column in self.columns)
        head = "SELECT DISTINCT" if self.is_distinct else "SELECT"
        return f"{head}\n{listed}\n{self.tables.strip()}".rstrip()

    def sql_for(self, dialect: str) -> str:
        """Return the question in the words of an engine (``sqlite``, ``postgresql``)."""
        sql = self.sql
        for pattern, words in _WORDS[dialect].items():
            sql = re.sub(pattern, words, sql)
        return sql

    def statements(self, dialect: str) -> Iterator[str]:
        """Yield what makes the view, with its comments where the engine keeps them."""
        yield f"CREATE VIEW {self.name} AS\n{self.sql_for(dialect)}"
        if dialect == "postgresql":
            yield f"COMMENT ON VIEW {self.name} IS {literal(self.comment)}"
            for column in self.columns:
                place = f"{self.name}.{quoted(column.name)}"
                yield f"COMMENT ON COLUMN {place} IS {literal(column.comment)}"


def quoted(name: str) -> str:
    """Return a column's name as SQL writes it: ``end`` ends something where it stands alone."""
    return '"end"' if name == "end" else name


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


_ONE, _TWO = r"\(([\w.]+)\)", r"\(([\w.]+), ([\w.]+)\)"

_STANDS = r"\2.id = coalesce(\1.merged_into_id, \1.id)"

_WORDS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        f"month_of{_ONE}": r"substr(\1, 1, 7)",
        f"day_number_of{_ONE}": r"CAST(julianday(\1) - 2440587.5 AS INTEGER)",
        f"seconds_between{_TWO}": r"CAST(round((julianday(\2) - julianday(\1)) * 86400) AS INTEGER)",
        f"json_at{_TWO}": r"json_extract(\1, '$.\2')",
        f"stands_for{_TWO}": f"{_STANDS} AND coalesce(\\1.merged_into_id, \\1.id) = +\\2.id",
    },
    "postgresql": {
        f"month_of{_ONE}": r"to_char(\1, 'YYYY-MM')",
        f"day_number_of{_ONE}": r"(\1 - DATE '1970-01-01')",
        f"seconds_between{_TWO}": r"CAST(extract(epoch FROM \2 - \1) AS integer)",
        f"json_at{_TWO}": r"(\1 #>> string_to_array('\2', '.'))",
        f"stands_for{_TWO}": _STANDS,
    },
}
