"""Who changed an article, when kb reads it with other code than before: its publisher, kb, or both."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from newsroom import count, dump, on_sqlite, rows, take_in
from sqlalchemy import Engine

from kb.ingest.body import make_body

pytestmark = on_sqlite

LINES = (
    "Petani di Desa Karangsari mulai memanen padi pada hari Senin setelah hujan berhenti.",
    "Iklan: pupuk murah tersedia di toko tani terdekat setiap hari kerja.",
    "Mereka berharap harga padi tahun ini akan lebih baik daripada tahun yang lalu.",
)
EDITED = (*LINES[:2], "Harga padi tahun ini ternyata lebih rendah daripada tahun yang lalu.")
LESS = LINES[::2]


def use_reader(monkeypatch: pytest.MonkeyPatch, name: str, *, drops: str | None = None) -> None:
    """Read with code of another version from now on, which leaves out paragraphs that begin so."""

    def make(paragraphs: Iterable[str]) -> str:
        return make_body(line for line in paragraphs if drops is None or not line.startswith(drops))

    for place in ("kb.ingest.reader.reader_of", "kb.way.known.reader_of"):
        monkeypatch.setattr(place, lambda form: f"{form}/{name}")
    monkeypatch.setattr("kb.ingest.article.make_body", make)


def write(path: Path, *versions: Iterable[str]) -> None:
    """Write versions of a text into a file, as records or (of one) as plain text."""
    texts = ["\n\n".join(lines) for lines in versions]
    records = "".join(json.dumps({"id": "padi", "text": text}) + "\n" for text in texts)
    path.write_text(records if path.suffix == ".jsonl" else texts[-1], "utf-8")


CAUSES = {
    "same bytes, same text": (LINES, None, []),
    "same bytes, another text": (LINES, "Iklan", ["reader"]),
    "edited, read the same way": (EDITED, None, ["publisher"]),
    "edited, and read another way": (EDITED, "Iklan", ["both"]),
    "edited where the new reader does not look": (
        (LINES[0], "Iklan: cangkul.", LINES[2]),
        "Iklan",
        ["reader"],
    ),
    "taken away by both": (LESS, "Iklan", ["reader"]),
}


@pytest.mark.parametrize("suffix", [".txt", ".jsonl"])
@pytest.mark.parametrize("case", CAUSES)
def test_who_changed_an_article(
    base: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, suffix: str
) -> None:
    """A new reader is told apart from an edit: today's reader is put to the bytes of before."""
    after, drops, causes = CAUSES[case]
    path = tmp_path / f"padi{suffix}"
    use_reader(monkeypatch, "1")
    write(path, LINES)
    take_in(base, path)
    use_reader(monkeypatch, "2", drops=drops)
    write(path, after)
    outcome, _ = take_in(base, path)
    assert rows(base, "revision", "cause") == ["first", *causes]
    assert (outcome.articles.changed, outcome.articles.unchanged) == (len(causes), 1 - len(causes))
    before = dump(base, "run", "fetch", "article.last_seen_at")
    take_in(base, path)
    assert dump(base, "run", "fetch", "article.last_seen_at") == before


@pytest.mark.parametrize("drops", [None, "Iklan"])
def test_new_reader_does_not_tell_the_story_again(
    base: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drops: str | None
) -> None:
    """Of a file with several states of an article a new reader reads the newest alone."""
    path = tmp_path / "padi.jsonl"
    use_reader(monkeypatch, "1")
    write(path, LINES, EDITED, LINES, EDITED[:2])
    take_in(base, path)
    n_revisions = count(base, "revision")
    use_reader(monkeypatch, "2", drops=drops)
    for _ in range(3):
        take_in(base, path)
        assert rows(base, "revision", "cause")[n_revisions:] == (["reader"] if drops else [])


@pytest.mark.parametrize("name", ["arsip/padi.txt", "panen.txt"])
def test_file_that_moved_before_a_new_reader_came_is_the_same(
    base: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file that was moved, and is read by other code than before, is the article that it was."""
    path = tmp_path / "padi.txt"
    use_reader(monkeypatch, "1")
    write(path, LINES)
    take_in(base, path)
    (tmp_path / "arsip").mkdir()
    path.rename(tmp_path / name)
    use_reader(monkeypatch, "2", drops="Iklan")
    for _ in range(2):
        take_in(base, tmp_path / name)
        assert (count(base, "article"), rows(base, "revision", "cause")) == (1, ["first", "reader"])
