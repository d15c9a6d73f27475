"""What views show, in values that both engines mean."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, text

from kb.store.views import View


def rows_of(connection: Connection, view: View) -> list[tuple[object, ...]]:
    """Return a view's rows in one order, with the values that both engines mean."""
    types = [column.type for column in view.columns]
    rows = connection.execute(text(f"SELECT * FROM {view.name}"))
    read = [tuple(map(_value, types, row)) for row in rows]
    return sorted(read, key=repr)


def _value(of_type: str, value: object) -> object:
    """SQLite keeps days and moments as text, and booleans as numbers."""
    if value is None:
        return None
    if of_type == "boolean":
        return bool(value)
    if of_type == "timestamp":
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=None)  # type: ignore[attr-defined]
    if of_type == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    return round(value, 9) if isinstance(value, float) else value
