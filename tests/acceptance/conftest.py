"""The program in an empty folder, and beside a base that has the sample articles."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from program import ROOT, Door, Program
from rooms import put_rooms

from kb import pipeline


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of seed entities and sample articles."""
    return ROOT / "seeds"


@pytest.fixture
def kb(tmp_path: Path) -> Program:
    """Return the program in an empty folder."""
    return Program(tmp_path)


@pytest.fixture(scope="session")
def sample_kb(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Program:
    """Return the program beside a base that has the sample articles. Not to be written to."""
    program = Program(tmp_path_factory.mktemp("samples"))
    answer = program("ingest", seeds / "articles")
    assert (answer.code, answer.stdout) == (0, ""), answer.stderr
    return program


@pytest.fixture
def write(kb: Program) -> Callable[[str, str | bytes], Path]:
    """Return a function that writes a file into the program's folder."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = kb.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def copied_package() -> Callable[[Path], Path]:
    """Return a function that copies the package with its data into a folder, to be spoilt there."""

    def copy(folder: Path) -> Path:
        without = shutil.ignore_patterns("__pycache__")
        for name in ("kb", "migrations", "seeds"):
            shutil.copytree(ROOT / name, folder / name, ignore=without)
        return folder / "kb"

    return copy


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty base, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    assert Door(folder)("db", "upgrade").code == 0
    with closing(sqlite3.connect(folder / "kb.sqlite3")) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the file alone is copied
    return folder / "kb.sqlite3"


@pytest.fixture
def door(tmp_path: Path, empty_base: Path) -> Door:
    """Return the program beside an empty base, called in this process."""
    shutil.copy(empty_base, tmp_path)
    return Door(tmp_path)


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts other rooms in the place of the models; it was called once."""

    def put(**options: Any) -> None:
        put_rooms(monkeypatch, **options)
        monkeypatch.setattr("kb.planning.load_annotator", pipeline.load_annotator)

    put()
    return put
