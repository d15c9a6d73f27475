"""How many articles inputs hold, before any is read: what a run's time left is told from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.ingest import count_raws, find_raws

FILES = {
    "satu.txt": b"Warga desa menanam padi.",
    "dua.html": b"<p>Warga desa menanam padi.</p>",
    "banyak.jsonl": b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n',
    "tanpa-akhir.jsonl": b'{"text": "a"}\n{"text": "b"}',
    "abaikan.csv": b"a,b\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of files of each kind."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["."], 7),
        (["satu.txt", "banyak.jsonl"], 4),
        (["tanpa-akhir.jsonl"], 2),
        ([], 0),
        (["-"], None),
        (["satu.txt", "arsip.warc.gz"], None),
        (["abaikan.csv"], None),
    ],
    ids=["folder", "files", "no last newline", "nothing", "stdin", "archive", "unknown suffix"],
)
def test_count_is_what_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], expected: int | None
) -> None:
    """So many are counted as are found then; None where the names do not tell."""
    monkeypatch.chdir(folder)
    (folder / "arsip.warc.gz").write_bytes(b"") if "arsip.warc.gz" in names else None
    assert count_raws(names) == expected
    if expected is not None:
        assert len(list(find_raws(names))) == expected


def test_pipe_is_not_emptied_by_counting(folder: Path) -> None:
    """What can be read only once is not read to be counted."""
    os.mkfifo(folder / "pipa.jsonl")
    assert count_raws([str(folder / "pipa.jsonl")]) is None
