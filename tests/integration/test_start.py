"""What a question costs before it is asked: what the program imports."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from invented import HARBOUR, ingest, make_article

from kb.cli.commands import COMMANDS
from kb.store.database import open_database

PROGRAM = """
import atexit, sys
atexit.register(lambda: sys.stderr.write(" ".join(sys.modules)))
from kb.cli import main
main()
"""
"""The program, which tells at its end what it imported."""

HEAVY = {
    "torch",
    "stanza",
    "numpy",
    "dateparser",
    "alembic",
    "rich",
    "rapidfuzz",
    "sqlalchemy.dialects.postgresql",
}
WAYS = {
    "kb.pipeline",
    "kb.linking",
    "kb.link",
    "kb.ingest",
    "kb.annotate",
    "kb.query.provenance",
    "kb.names.keys",
}


def test_who_said_imports_what_it_needs(tmp_path: Path, migrated_file: Path) -> None:
    """``kb who-said`` imports its own module of commands, and nothing that draws, migrates, links or reads articles."""
    shutil.copy(migrated_file, tmp_path)
    engine = open_database(str(tmp_path / "kb.sqlite3"))
    ingest(engine, make_article("a", HARBOUR))
    engine.dispose()
    imported = imported_by(tmp_path, "who-said", "Budi Santoso")
    modules = {f"kb.cli.{command.module}" for command in COMMANDS.values()}
    assert imported & modules == {"kb.cli.ask"}
    assert {"kb.query.said", "sqlalchemy"} <= imported
    assert imported.isdisjoint(HEAVY | WAYS)


def test_help_imports_no_database(tmp_path: Path) -> None:
    """``kb --help`` imports no module of commands, and SQLAlchemy least of all."""
    imported = imported_by(tmp_path, "--help")
    assert "kb.cli.app" in imported
    assert imported.isdisjoint({"sqlalchemy", *(f"kb.cli.{command.module}" for command in COMMANDS.values())})


def imported_by(folder: Path, *args: str) -> set[str]:
    """Return the modules that ``kb *args`` imports in a folder."""
    call = [sys.executable, "-c", PROGRAM, *args]
    run = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=True)
    assert run.stdout
    return set(run.stderr.split())
