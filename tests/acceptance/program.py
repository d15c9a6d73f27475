"""The program from outside: each call is a process of its own, in a folder of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from kb.cli import main
from kb.settings import DATABASE_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

FEED = "https://kabar.example/rss"
"""A feed of a host that is none (RFC 2606)."""

REFUSED = "http://127.0.0.1:9/rss"
"""A feed that is not asked for: its host is this machine."""


@dataclass(frozen=True)
class Answer:
    """What one call gave back."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Program:
    """The command `kb`, called in `folder` by way of the program `within`; its database is the folder's own."""

    folder: Path
    within: Sequence[str] = ()

    def __call__(
        self,
        *args: str | Path,
        stdin: str | None = None,
        variables: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """Run ``kb *args`` with more environment `variables`; options go to subprocess.run."""
        call = [*self.within, sys.executable, "-m", "kb", *map(str, args)]
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

    def start(self, *args: str | Path, new_session: bool = False) -> subprocess.Popen[str]:
        """Start ``kb *args``, on wish as the head of a process group, and do not wait for it."""
        call = [sys.executable, "-m", "kb", *map(str, args)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            call,
            cwd=self.folder,
            env=environment(),
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=new_session,
        )


def environment() -> dict[str, str]:
    """Return the environment of a user who has set nothing for kb, with one thread for the models."""
    kept = {name: value for name, value in os.environ.items() if name != "KB_DATABASE"}
    return kept | {"OMP_NUM_THREADS": "1", "COLUMNS": "100"}


class Door(Program):
    """The command `kb`, called through its door in this process: the same, without the second of start-up."""

    def __call__(self, *args: str | Path, **_options: object) -> Answer:
        """Run ``kb *args``."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["kb", *map(str, args)])
            patch.chdir(self.folder)
            patch.delenv(DATABASE_VARIABLE, raising=False)
            with pytest.raises(SystemExit) as leaving:
                main()
        return Answer(int(leaving.value.code or 0), _written(out), _written(err))


def asked(door: Door, *args: str | Path) -> list[dict[str, Any]]:
    """Ask for rows."""
    answer = door(*args, "--format", "jsonl")
    assert answer.code == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def found(door: Door, check: str) -> tuple[str, str]:
    """Return what `kb doctor` says to a question: how bad it is, and what it is."""
    rows = [json.loads(line) for line in door("doctor", "--format", "jsonl").stdout.splitlines()]
    return next((row["level"], row["what"]) for row in rows if row["check"] == check)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return cast(io.BytesIO, stream.buffer).getvalue().decode()
