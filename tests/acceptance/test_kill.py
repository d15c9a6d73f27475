"""The program itself, with its models, is killed: the same command again loses nothing and does nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from picture import find_flaws, picture
from program import Program
from rooms import tell_story

from kb.store.database import open_database

N_ARTICLES = 30
SHARES = (0.35, 0.6, 0.85)
"""Of the time that a whole run takes: most of the first third goes into loading the models."""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder of articles, in lines, in files and in pages."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    lines = [json.dumps({"id": f"warta-{number}", "text": tell_story(number)}) for number in range(20)]
    (folder / "arsip.jsonl").write_text("\n".join(lines) + "\n")
    for number in range(20, N_ARTICLES):
        (folder / f"desa-{number}.txt").write_text(tell_story(number))
    for number in range(N_ARTICLES, N_ARTICLES + 3):
        said = "".join(f"<p>{line}</p>" for line in tell_story(number).splitlines() if line)
        page = (
            f"<html><head><title>Rapat {number}</title></head><body><article>{said}</article></body></html>"
        )
        (folder / f"laman-{number}.html").write_text(page)
    return folder


def look(path: Path) -> tuple[object, list[str]]:
    """Return a base's picture and its flaws."""
    engine = open_database(str(path))
    seen = picture(engine), find_flaws(engine)
    engine.dispose()
    return seen


def kill(run: subprocess.Popen[str]) -> None:
    """Kill the program, and hold that all processes that it started end with it."""
    os.kill(run.pid, signal.SIGKILL)
    try:
        run.communicate(timeout=20)  # they have its standard output
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_with_its_models(tmp_path: Path, inbox: Path, workers: int) -> None:
    """Killed three times at different moments, a base becomes what it is where nobody killed anything.

    The processes of a run that is killed end with it.
    """
    kb = Program(tmp_path)
    for base in ("utuh.sqlite3", "kb.sqlite3"):
        assert kb("feed", "add", inbox, "--db", base).code == 0
    sync = ("sync", "--now", "--workers", str(workers))
    began = time.monotonic()
    assert kb(*sync, "--db", "utuh.sqlite3").code == 0
    whole_s = time.monotonic() - began
    jitter = random.Random(workers)
    for share in SHARES:
        run = kb.start(*sync, "--db", "kb.sqlite3", new_session=True)
        time.sleep(whole_s * (share + 0.1 * jitter.random()))
        kill(run)
    answer = kb(*sync, "--db", "kb.sqlite3")
    assert answer.code == 0, answer.stderr
    assert look(tmp_path / "kb.sqlite3") == look(tmp_path / "utuh.sqlite3")
    assert look(tmp_path / "kb.sqlite3")[1] == []
