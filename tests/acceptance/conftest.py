"""The program from outside: each call is a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


@dataclass(frozen=True)
class Answer:
    """What one call gave back."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Program:
    """The command `kb`, called in `folder`; its database is the folder's own."""

    folder: Path

    def __call__(
        self,
        *args: str | Path,
        stdin: str | None = None,
        variables: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """Run ``kb *args`` with more environment `variables`; options go to subprocess.run."""
        call = [sys.executable, "-m", "kb", *map(str, args)]
        run = subprocess.run(
            call,
            cwd=self.folder,
            env=environment() | dict(variables or {}),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        return Answer(run.returncode, run.stdout, run.stderr)


def environment() -> dict[str, str]:
    """Return the environment of a user who has set nothing for kb, with one thread for the models."""
    kept = {name: value for name, value in os.environ.items() if name != "KB_DATABASE"}
    return kept | {"OMP_NUM_THREADS": "1", "COLUMNS": "100"}


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
