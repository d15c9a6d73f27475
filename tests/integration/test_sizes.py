"""How large a base is said to be: as large as it is."""

from __future__ import annotations

from collections.abc import Callable

from invented import dump
from sqlalchemy import Engine

from kb.store.database import reading
from kb.store.sizes import sizes
from kb.store.tables import quote


def test_sizes_are_those_of_the_base(make_base: Callable[[str], Engine], engine_name: str) -> None:
    """Rows are counted, bytes add up to no more than the whole, quotes and articles to all current ones."""
    base = make_base(engine_name)
    found = list(sizes(base))
    rows = {size.name: size.n for size in found if size.what == "table"}
    assert rows == {name: len(of) for name, of in dump(base, without=()).items()}
    whole = next(size.n_bytes for size in found if size.what in ("file", "database"))
    parts = [size.n_bytes or 0 for size in found if size.what in ("table", "index", "full text")]
    assert 0.5 * (whole or 0) < sum(parts) <= (whole or 0) or engine_name == "postgresql"
    assert all(part > 0 for part in parts if engine_name == "sqlite")
    assert sum(size.n or 0 for size in found if size.what == "quotes") == rows[quote.name]
    assert sum(size.n or 0 for size in found if size.what == "articles") == rows["article"]
    assert next(size.name for size in found if size.what == "days") == "1945-08-17 to 2024-03-03"
    assert {size.name for size in found if size.what == "full text"} != set()


def test_they_are_read_in_one_go(make_base: Callable[[str], Engine]) -> None:
    """Looking changes nothing, and leaves no connection in a transaction."""
    base = make_base("sqlite")
    before = dump(base, without=())
    list(sizes(base))
    with reading(base):
        assert dump(base, without=()) == before
