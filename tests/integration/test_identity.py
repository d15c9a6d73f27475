"""Which article a text is: by its bytes, its place, its id, its addresses; and that it stays so, run after run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from newsroom import count, dump, on_sqlite, rows, take_in, text
from sqlalchemy import Engine

LOOKED = ("run", "fetch", "article.last_seen_at")


def write(path: Path, crop: str, more: str = "") -> Path:
    """Write a report about a crop into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(crop, more), "utf-8")
    return path


def line(crop: str, more: str = "", **fields: Any) -> str:
    """Return a record of a report about a crop."""
    return json.dumps({**fields, "text": text(crop, more)})


def write_lines(path: Path, *lines: str) -> Path:
    """Write records into a file."""
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def assert_stable(base: Engine, *inputs: Path, n_unchanged: int | None = None) -> None:
    """Assert that reading the same again and again finds nothing new and writes nothing but that it looked."""
    before = dump(base, *LOOKED)
    for _ in range(3):
        outcome, heard = take_in(base, *inputs)
        counts = outcome.articles
        assert (counts.new, counts.changed, counts.annotated, heard.failures) == (0, 0, 0, [])
        assert n_unchanged is None or counts.unchanged == n_unchanged
        assert dump(base, *LOOKED) == before


def states(base: Engine) -> list[tuple[str, int]]:
    """Return the ids of all articles, each with how many revisions it has."""
    numbers = dict(rows(base, "article", "id", "ref"))
    owners = [numbers[article_id] for article_id in rows(base, "revision", "article_id")]
    return sorted((ref, owners.count(ref)) for ref in numbers.values())


@pytest.mark.parametrize(
    ("new", "inputs"),
    [("arsip/padi.txt", "."), ("arsip/2026-panen.txt", "."), ("panen.txt", "panen.txt")],
    ids=["moved", "moved and renamed", "renamed"],
)
def test_moved_file_is_the_same_article(base: Engine, tmp_path: Path, new: str, inputs: str) -> None:
    """A file that was moved or renamed is the article that it was, without a new revision."""
    old = write(tmp_path / "berita" / "padi.txt", "padi")
    take_in(base, tmp_path / "berita")
    moved = tmp_path / "berita" / new
    moved.parent.mkdir(exist_ok=True)
    old.rename(moved)
    outcome, _ = take_in(base, tmp_path / "berita" / inputs)
    assert (outcome.articles.unchanged, states(base)) == (1, [("padi", 1)])
    assert_stable(base, tmp_path / "berita", n_unchanged=1)


@on_sqlite
def test_moved_folder_holds_the_same_articles(base: Engine, tmp_path: Path) -> None:
    """A folder that was moved holds the articles that it held."""
    for crop in ("padi", "jagung"):
        write(tmp_path / "lama" / f"{crop}.txt", crop)
    take_in(base, tmp_path / "lama")
    (tmp_path / "lama").rename(tmp_path / "baru")
    outcome, _ = take_in(base, tmp_path / "baru")
    assert (outcome.articles.unchanged, states(base)) == (2, [("jagung", 1), ("padi", 1)])
    assert_stable(base, tmp_path / "baru", n_unchanged=2)


@on_sqlite
@pytest.mark.parametrize("name", ["salinan.txt", "arsip/padi.txt"])
def test_copy_of_a_file_is_a_second_article(base: Engine, tmp_path: Path, name: str) -> None:
    """A file that stands beside the one it was copied from is an article of its own, which shares the text."""
    write(tmp_path / "padi.txt", "padi")
    take_in(base, tmp_path)
    write(tmp_path / name, "padi")
    outcome, _ = take_in(base, tmp_path)
    assert (outcome.articles.new, outcome.articles.annotated) == (1, 0)
    assert (count(base, "article"), count(base, "body")) == (2, 1)
    assert_stable(base, tmp_path, n_unchanged=2)


@on_sqlite
def test_moved_and_edited_file_is_a_new_state(base: Engine, tmp_path: Path) -> None:
    """A file that was moved under its name and edited is a new revision of the article that it was."""
    old = write(tmp_path / "masuk" / "padi.txt", "padi")
    take_in(base, tmp_path)
    old.unlink()
    write(tmp_path / "arsip" / "padi.txt", "padi", " Panen selesai.")
    take_in(base, tmp_path)
    assert states(base) == [("padi", 2)]
    assert_stable(base, tmp_path)


@on_sqlite
@pytest.mark.parametrize("edited", ["", " Panen selesai."], ids=["moved", "moved and edited"])
def test_new_file_where_another_one_stood_is_a_new_article(base: Engine, tmp_path: Path, edited: str) -> None:
    """What comes into a folder under the name of what was moved out of it takes nobody's place."""
    inbox = write(tmp_path / "masuk" / "001.txt", "padi")
    take_in(base, tmp_path)
    inbox.unlink()
    write(tmp_path / "arsip" / "001.txt", "padi", edited)
    take_in(base, tmp_path)
    write(tmp_path / "masuk" / "001.txt", "jagung")
    outcome, _ = take_in(base, tmp_path)
    assert (outcome.articles.new, outcome.articles.changed, count(base, "article")) == (1, 0, 2)
    assert_stable(base, tmp_path, n_unchanged=2)


@on_sqlite
def test_files_of_one_name_in_two_folders_are_two_articles(base: Engine, tmp_path: Path) -> None:
    """``a/001.txt`` and ``b/001.txt`` stay two articles, also when each of them changes."""
    for folder, crop in (("a", "padi"), ("b", "jagung"), ("c", "kopi")):
        write(tmp_path / folder / "001.txt", crop)
    outcome, _ = take_in(base, tmp_path)
    assert outcome.articles.new == 3
    assert_stable(base, tmp_path, n_unchanged=3)
    write(tmp_path / "a" / "001.txt", "padi", " Panen selesai.")
    write(tmp_path / "b" / "001.txt", "jagung", " Panen selesai.")
    outcome, _ = take_in(base, tmp_path)
    assert (outcome.articles.changed, sorted(n for _, n in states(base))) == (2, [1, 2, 2])
    assert_stable(base, tmp_path, n_unchanged=3)


def test_file_that_only_grows_is_stable(base: Engine, tmp_path: Path) -> None:
    """Of several lines with one id the last is the state of the article, however often they are read."""
    path = tmp_path / "panen.jsonl"
    versions = [line("padi", more, id="7") for more in ("", " Panen selesai.", " Gudang penuh.")]
    write_lines(path, versions[0], line("jagung", id="8"))
    take_in(base, path)
    write_lines(path, versions[0], line("jagung", id="8"), *versions[1:])
    outcome, _ = take_in(base, path)
    assert (outcome.articles.changed, states(base)) == (2, [("7", 3), ("8", 1)])
    assert_stable(base, path, n_unchanged=4)
    assert current(base, "7").endswith("Gudang penuh.")


OLD, NEW, NEWEST = (line("padi", more, id="7") for more in ("", " Panen selesai.", " Gudang penuh."))

REVERTED = {
    "to the first": ([OLD, NEW], [OLD], "laku."),
    "to one between": ([OLD, NEW, NEWEST], [OLD, NEW], "selesai."),
    "not: the last was replaced": ([OLD, NEW], [OLD, NEWEST], "penuh."),
    "not: an older line was added": ([NEW, OLD, NEW], [NEW, OLD, OLD, NEW], "selesai."),
    "not: the newest comes first": ([OLD, NEW], [NEWEST, OLD, NEW], "penuh."),
}


@pytest.mark.parametrize("case", REVERTED)
@on_sqlite
def test_reverted_file_takes_its_article_back(base: Engine, tmp_path: Path, case: str) -> None:
    """The last line about an article is its state, also where that is one of before; and it stays so."""
    before, after, end = REVERTED[case]
    path = write_lines(tmp_path / "panen.jsonl", *before)
    take_in(base, path)
    write_lines(path, *after)
    outcome, heard = take_in(base, path)
    assert (current(base, "7").rpartition(" ")[2], heard.failures) == (end, [])
    assert outcome.articles.new + outcome.articles.changed + outcome.articles.unchanged == len(after)
    assert_stable(base, path, n_unchanged=len(after))


def current(base: Engine, ref: str) -> str:
    """Return an article's current text."""
    [article_id] = [number for number, known in rows(base, "article", "id", "ref") if known == ref]
    states = rows(base, "revision", "article_id", "is_current", "body_id")
    [body_id] = [body_id for owner, is_current, body_id in states if owner == article_id and is_current]
    return dict(rows(base, "body", "id", "text"))[body_id]


A, B = "https://kabar.example/padi", "https://warta.example/berita/7"


@on_sqlite
@pytest.mark.parametrize("where", ["two files", "one folder"])
def test_one_id_of_two_outlets_is_two_articles(base: Engine, tmp_path: Path, where: str) -> None:
    """Two records of one id and addresses at two outlets are two articles: numbers are no names."""
    paths = [
        write_lines(tmp_path / "a.jsonl", line("padi", id="7", url=A)),
        write_lines(tmp_path / "b.jsonl", line("jagung", id="7", url=B)),
    ]
    inputs = paths if where == "two files" else [tmp_path]
    outcome, _ = take_in(base, *inputs)
    assert outcome.articles.new == 2
    assert_stable(base, *inputs, n_unchanged=2)
    write_lines(paths[1], line("jagung", " Panen selesai.", id="7", url=B))
    outcome, _ = take_in(base, *inputs)
    assert (outcome.articles.changed, sorted(n for _, n in states(base))) == (1, [1, 2])
    assert_stable(base, *inputs, n_unchanged=2)


@on_sqlite
def test_article_that_its_outlet_moved_is_the_same(base: Engine, tmp_path: Path) -> None:
    """A record that keeps its id and gets another address at its outlet is the article that it was."""
    path = write_lines(tmp_path / "a.jsonl", line("padi", id="7", url=A))
    take_in(base, path)
    write_lines(path, line("padi", id="7", url=f"{A}-dipanen"))
    take_in(base, path)
    assert states(base) == [("7", 2)]
    assert rows(base, "article_url", "url", "is_canonical") == [(A, True), (f"{A}-dipanen", False)]
    assert_stable(base, path)


@on_sqlite
def test_records_of_one_address_with_ids_of_their_own_are_two(base: Engine, tmp_path: Path) -> None:
    """Whoever gives two records two ids means two articles, whatever address they share."""
    path = write_lines(
        tmp_path / "a.jsonl", line("padi", id="7", url=A), line("jagung", id="8", url=f"{A}?utm_source=x")
    )
    take_in(base, path)
    assert states(base) == [("7", 1), ("8", 1)]
    assert_stable(base, path, n_unchanged=2)


@on_sqlite
def test_record_without_an_id_is_known_by_its_address(base: Engine, tmp_path: Path) -> None:
    """A record that has an address and no id is the article of that address."""
    path = write_lines(tmp_path / "a.jsonl", line("padi", url=A))
    take_in(base, path)
    write_lines(path, line("padi", " Panen selesai.", url=f"{A}?page=all"))
    outcome, _ = take_in(base, path)
    assert (outcome.articles.changed, count(base, "article")) == (1, 1)
    assert_stable(base, path, n_unchanged=1)
