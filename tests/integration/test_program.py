"""The program from outside on both engines: the same inputs give the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import ROOT, Program

SAMPLES = sorted((ROOT / "seeds" / "articles").iterdir())[:3]
QUESTIONS = (
    ["export", "quotes", "--format", "jsonl"],
    ["export", "mentions", "--format", "csv"],
    ["who-said", "Ushakov"],
    ["entities"],
)


@pytest.mark.slow
def test_engines_answer_alike(tmp_path: Path, postgresql_url: str) -> None:
    """`kb --db postgresql://...` makes its base, ingests and answers to the letter as it does on SQLite."""
    kb = Program(tmp_path)
    answers = []
    for url in ("kb.sqlite3", postgresql_url):
        ingest = kb("--db", url, "ingest", *SAMPLES)
        assert ingest.code == 0, ingest.stderr
        answers.append([kb("--db", url, *question).stdout for question in QUESTIONS])
    assert answers[0] == answers[1]
    assert all(answers[0])
