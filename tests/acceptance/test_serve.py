"""`kb serve` from outside: it starts, says where, and ends; what keeps it from starting is one line."""

from __future__ import annotations

import signal
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from program import Door, Program

from kb.serve.server import open_socket


@contextmanager
def serving(kb: Program, *options: str) -> Iterator[str]:
    """Serve the program's base at a free port; end it as Ctrl-C does, which must be in order."""
    process = kb.start("serve", "--port", "0", *options)
    assert process.stderr is not None
    try:
        address = process.stderr.readline().split()[0]
        yield address
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_serves_until_interrupted(sample_kb: Program) -> None:
    """It says its address, answers there, and Ctrl-C ends it as success, without a word."""
    with serving(sample_kb) as address, urllib.request.urlopen(address) as answer:
        assert address.startswith("http://127.0.0.1:")
        assert "Yuri Ushakov" in answer.read().decode()


def test_port_taken_is_one_line(door: Door) -> None:
    """A port that another program has is told in one line."""
    with open_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        answer = door("serve", "--port", str(port))
    assert (answer.code, answer.stdout) == (1, "")
    assert (
        answer.stderr == f"127.0.0.1:{port}: another program listens there; give another --port, 0 for any\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--db", "postgresql://ani:rahasia@db/berita"], "kb db copy postgresql://…", id="PostgreSQL"),
        pytest.param(["--host", "tidak.ada.invalid"], "there is no such host", id="no such host"),
        pytest.param(["--db", "none.sqlite3"], "there is no database", id="no base"),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_one_line(door: Door, options: list[str], said: str) -> None:
    """What keeps it from starting is told in one line, with what to do and without a password."""
    answer = door("serve", *options)
    assert (answer.code, answer.stderr.count("\n")) == (1, 1)
    assert said in answer.stderr
    assert "rahasia" not in answer.stderr


def test_missing_extra_is_one_line(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Datasette, one line says how to install it."""
    for name in [name for name in sys.modules if name.startswith("kb.serve")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("datasette", "datasette.database", "uvicorn"):
        monkeypatch.setitem(sys.modules, name, None)
    answer = door("serve")
    assert answer.code == 1
    assert answer.stderr.endswith("is not installed; pip install 'kb-indonesia[web]'\n")
    assert answer.stderr.count("\n") == 1
