"""The Datasette of one base."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.app import Datasette
from datasette.plugins import pm

from kb.serve import plugin
from kb.serve.base import NAME, Base
from kb.serve.guard import App, guarded
from kb.store.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine

_FOLDER = Path(__file__).parent

SETTINGS = {
    "default_page_size": 25,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,
    "default_facet_size": 12,
    "suggest_facets": False,  # asks for every column whether it would make one
    "allow_csv_stream": True,
    "max_csv_mb": 1000,  # a file cut short is worse than a large one
    "truncate_cells_html": 300,
}


def make_site(engine: Engine, *, allow_sql: bool = True, names: Collection[str] = ()) -> App:
    """Return the site of a base of SQLite; `names` are the host names that it answers to, every one if there is none.

    Without `allow_sql` only pages, views and tables are shown, and no question of the reader's own is asked.
    """
    if not pm.is_registered(plugin):
        pm.unregister(name="datasette.handle_exception")  # prints each missing page with all variables
        pm.register(plugin, name="kb")
    datasette = Datasette(
        memory=True,
        settings=SETTINGS | {"default_allow_sql": allow_sql},
        metadata=_metadata(),
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("static", str(_FOLDER / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(Base(datasette, engine), name=NAME)
    app: App = datasette.app()
    return guarded(app, names)


def _metadata() -> dict[str, Any]:
    """Return what Datasette calls and says of each table and view."""
    tables: dict[str, Any] = {
        table.name: {
            "description": table.comment,
            "columns": {column.name: column.comment for column in table.columns if column.comment},
        }
        for table in metadata.sorted_tables
    }
    return {"title": "kb", "databases": {NAME: {"tables": tables}}}
