"""Reading articles in, from outside: what is kept, what is refused, what a second reading does."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from program import Answer, Program

STORY = """Warga Desa Sukamaju menerima bantuan benih padi dari pemerintah kabupaten pada Senin.

"Kami akan menanam benih ini minggu depan," kata Kepala Desa Sukamaju, Darman Wiratama.

Ia menambahkan bahwa saluran irigasi sudah diperbaiki oleh warga sejak bulan lalu.
"""
OTHER = STORY.replace("minggu depan", "bulan depan")
ENGLISH = """The village council met on Monday to talk about the new bridge across the river.

"We are going to open the bridge before the rain comes," said the mayor of the small town.

He added that the work had taken longer than everybody in the valley had hoped it would.
"""
pytestmark = pytest.mark.slow  # the real models take seconds to load, in every call

Writer = Callable[[str, str | bytes], Path]


def rows(kb: Program, query: str) -> list[tuple[object, ...]]:
    """Ask the base with plain SQL."""
    base = sqlite3.connect(kb.folder / "kb.sqlite3")
    try:
        return base.execute(query).fetchall()
    finally:
        base.close()


def test_sample_articles_go_in_and_answer(sample_kb: Program) -> None:
    """The sample articles are ingested with the real models, and a question about them is answered."""
    answer = sample_kb("who-said", "Ushakov", "--format", "jsonl")
    quotes = [json.loads(line) for line in answer.stdout.splitlines()]
    assert answer.code == 0
    assert {quote["article"] for quote in quotes} > set()
    assert all("Ushakov" in quote["speaker"] for quote in quotes)


def test_every_span_is_in_its_body(sample_kb: Program) -> None:
    """For every stored mention and quote, ``body[start:end]`` is the stored text."""
    for table in ("mention", "quote"):
        found = rows(
            sample_kb,
            f"SELECT b.text, t.start_char, t.end_char, t.text FROM {table} t "
            "JOIN annotation a ON a.id = t.annotation_id JOIN body b ON b.id = a.body_id",
        )
        assert found
        assert all(body[start:end] == text for body, start, end, text in found)  # type: ignore[index]


def test_second_ingest_changes_nothing(kb: Program, write: Writer) -> None:
    """Reading the same article again says so and adds no row, and loads no model."""
    write("panen.txt", STORY)
    first, before = kb("ingest", "panen.txt"), rows(kb, "SELECT count(*) FROM revision, annotation, quote")
    second = kb("ingest", "panen.txt", variables={"PYTHONPROFILEIMPORTTIME": "1"})
    assert "1 article: 1 new, 0 changed, 0 unchanged, 0 failed" in first.stderr
    assert "1 article: 0 new, 0 changed, 1 unchanged, 0 failed" in second.stderr
    assert rows(kb, "SELECT count(*) FROM revision, annotation, quote") == before
    assert "| torch\n" not in second.stderr


def test_changed_article_is_a_new_revision(kb: Program, write: Writer) -> None:
    """The same id with another text is a new revision; the old one stays, and answers are of the new one."""
    kb("ingest", write("panen.txt", STORY))
    answer = kb("ingest", write("panen.txt", OTHER))
    assert "0 new, 1 changed" in answer.stderr
    assert rows(kb, "SELECT number, is_current FROM revision ORDER BY number") == [(1, 0), (2, 1)]
    quotes = kb("who-said", "Darman Wiratama", "--format", "jsonl").stdout
    assert "bulan depan" in quotes
    assert "minggu depan" not in quotes


def test_standard_input_is_read(kb: Program) -> None:
    """``kb ingest -`` reads an article from standard input."""
    answer = kb("ingest", "-", stdin=STORY)
    assert (answer.code, answer.stdout) == (0, "")
    assert "1 article: 1 new" in answer.stderr


def _without_override() -> None:
    """Let root be refused files as everybody else is: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH go at exec."""
    if os.geteuid() == 0:
        prctl, drop_bounding = ctypes.CDLL(None).prctl, 24
        for capability in (1, 2):
            prctl(drop_bounding, capability, 0, 0, 0)


def failed(answer: Answer) -> list[str]:
    """Return the lines of the log that tell of failures."""
    return [line for line in answer.stderr.splitlines() if " event=failed " in line]


BAD = {
    "kosong.txt": (b"", "EmptyInput"),
    "gambar.txt": (bytes(range(256)) * 20, "BinaryInput"),
    "rusak.txt": (STORY.encode() + b"\xff\xfe\xc3(", "BadEncoding"),
    "separuh.jsonl": (b'{"id": "separuh", "text": "Warga De', "BadRecord"),
    "raksasa.txt": (b"Warga desa menanam padi. " * 2_100_000, "TooLarge"),
    "inggris.txt": (ENGLISH.encode(), "NotIndonesian"),
}


def test_bad_inputs_are_told_and_kept_and_the_rest_goes_in(kb: Program, write: Writer) -> None:
    """Each bad input is one line on stderr and a kept failure, the rest is ingested, and the exit is 4."""
    for name, (content, _) in BAD.items():
        write(name, content)
    write("panen.txt", STORY)
    answer = kb("ingest", ".")
    told = failed(answer)
    assert (answer.code, answer.stdout) == (4, "")
    assert len(told) == len(BAD)
    assert all(sum(name in line for line in told) == 1 for name in BAD)
    assert f"1 new, 0 changed, 0 unchanged, {len(BAD)} failed" in answer.stderr.splitlines()[-1]
    failures = [json.loads(line) for line in kb("failures", "--format", "jsonl").stdout.splitlines()]
    assert {Path(f["subject"].split(":")[0]).name: f["error"] for f in failures} == {
        name: error for name, (_, error) in BAD.items()
    }


def test_unreadable_file_is_told_and_kept(kb: Program, write: Writer) -> None:
    """A file that the system does not let us read is a failure; the others go in."""
    write("rahasia.txt", STORY).chmod(0)
    write("panen.txt", OTHER)
    answer = kb("ingest", ".", preexec_fn=_without_override)
    assert answer.code == 4
    assert "rahasia.txt" in failed(answer)[0]
    assert "1 new, 0 changed, 0 unchanged, 1 failed" in answer.stderr


def test_missing_file_is_told(kb: Program, write: Writer) -> None:
    """A path that is not there is one line, and the others go in."""
    write("panen.txt", STORY)
    answer = kb("ingest", "tidak-ada.txt", "panen.txt")
    assert answer.code == 4
    assert "tidak-ada.txt" in failed(answer)[0]


def test_any_language_takes_what_is_not_indonesian(kb: Program, write: Writer) -> None:
    """``--any-language`` ingests an English article, and its failure is settled."""
    write("inggris.txt", ENGLISH)
    assert kb("ingest", "inggris.txt").code == 4
    answer = kb("ingest", "--any-language", "inggris.txt")
    assert (answer.code, answer.stdout) == (0, "")
    assert kb("failures", "--format", "jsonl").stdout == ""


def event_of(line: str) -> str | None:
    """Return the event that a line of the log tells of; None for a line that is for people."""
    return next((word[6:] for word in line.split() if word.startswith("event=")), None)


def interrupt(kb: Program, *call: str) -> tuple[int, str]:
    """Start a run and stop it after its first annotation; return code and stderr."""
    kb("db", "upgrade")
    running = kb.start(*call, new_session=True)
    while not rows(kb, "SELECT 1 FROM annotation"):
        assert running.poll() is None, "it ended before it could be interrupted"
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process
    stderr = running.communicate()[1]
    return running.returncode, stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupt_is_taken_up(kb: Program, write: Writer, workers: str) -> None:
    """Ctrl-C ends with 130 in one line and leaves whole annotations only; the same call again does the rest."""
    stories = ({"id": str(n), "text": STORY.replace("padi", f"padi {n}")} for n in range(100))
    text = "".join(json.dumps(story) + "\n" for story in stories)
    write("semua.jsonl", text)
    code, stderr = interrupt(kb, "ingest", "semua.jsonl", "--workers", workers)
    assert code == 130, stderr
    events = [event_of(line) for line in stderr.splitlines()]
    told = [event for event in events if event != "progress"]  # of which only a slow machine tells
    assert told == ["begin", "end", None]
    assert 0 < len(rows(kb, "SELECT 1 FROM annotation")) < 100
    assert "0 failed" in kb("ingest", "semua.jsonl").stderr
    assert len(rows(kb, "SELECT 1 FROM annotation")) == 100
    assert rows(kb, "SELECT state FROM run ORDER BY id") == [("interrupted",), ("ok",)]
