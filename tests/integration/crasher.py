"""The program that is killed, as tests call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Crasher:
    """The program that is killed, ready to start."""

    def __init__(self) -> None:
        paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("crashing.py"))],
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, **order: Any) -> dict[str, Any]:
        """Give an order, for what there is see `crashing`, and return what came of it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it."""
        self._process.communicate()
