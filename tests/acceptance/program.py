"""The program from outside: each call is a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


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
