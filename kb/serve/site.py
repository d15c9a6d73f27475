"""The Datasette of one base."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.app import Datasette
from datasette.plugins import pm

from kb.query.overview import count_reports
from kb.serve import plugin
from kb.serve.base import NAME, Base
from kb.serve.guard import App, guarded
from kb.store.database import reading
from kb.store.tables import metadata
from kb.store.views import VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Engine

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class View:
    """How a view is shown: `newest` is the column whose largest values come first, `count_by` those to narrow by."""

    title: str
    newest: str
    count_by: tuple[str, ...]


SETTINGS = {
    "default_page_size": 25,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 2000,
    "default_facet_size": 12,
    "suggest_facets": False,  # asks for every column whether it would make one
    "allow_csv_stream": True,
    "max_csv_mb": 1000,  # a file cut short is worse than a large one
    "truncate_cells_html": 300,
}


SHOWN = {
    "v_quote": View("Quotes", "published_on", ("entity_name", "outlet", "kind", "month", "polarity")),
    "v_article": View("Articles", "published_on", ("outlet", "month")),
    "v_entity": View("People, organisations and places", "n_mentions", ("type",)),
    "v_mention": View("Names in articles", "published_on", ("type", "entity_name", "outlet")),
}
"""The views that are browsed most."""

_FEW = 20_000
"""Reports of quotes up to which rows are counted by each column unasked: within a second."""


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
        metadata={"title": "kb", "databases": {NAME: {"tables": _tables(engine)}}},
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("static", str(_FOLDER / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(Base(datasette, engine), name=NAME)
    app: App = datasette.app()
    return guarded(app, names)


def _tables(engine: Engine) -> dict[str, Any]:
    """Return what Datasette says of each table and view."""
    tables: list[Any] = [*metadata.sorted_tables, *VIEWS]
    told: dict[str, Any] = {
        table.name: {
            "description": table.comment,
            "columns": {column.name: column.comment or "" for column in table.columns},
        }
        for table in tables
    }
    told["article"]["label_column"] = "ref"
    with reading(engine) as connection:
        is_small = count_reports(connection) <= _FEW
    for name, view in SHOWN.items():
        told[name] |= {"title": view.title, "sort_desc": view.newest, "count_by": view.count_by}
        told[name] |= {"facets": list(view.count_by)} if is_small else {}
    return told
