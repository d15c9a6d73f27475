"""The commands that look after the database itself."""

from __future__ import annotations

import typer

from kb.cli.app import DatabaseUrl, database_app
from kb.store.database import check_schema, open_database, schema_version, shown
from kb.store.database import upgrade as upgrade_schema
from kb.store.tables import SCHEMA


@database_app.command()
def upgrade(db: DatabaseUrl) -> None:
    """Bring the database to this program's schema. Makes an SQLite file that is not there yet.

    Example: kb db upgrade --db postgresql://localhost/berita
    """
    engine = open_database(db, create=True)
    before = schema_version(engine)
    upgrade_schema(engine)
    came = "was there already" if before == SCHEMA else f"came from {before or 'nothing'}"
    typer.echo(f"{shown(engine)}: schema {SCHEMA} ({came})", err=True)


@database_app.command()
def status(db: DatabaseUrl) -> None:
    """Say which schema the database has; exit code 6 if it is not the one this program works with.

    Example: kb db status
    """
    engine = open_database(db)
    check_schema(engine)
    typer.echo(f"{shown(engine)}: schema {SCHEMA}, as this program needs it")
