"""One article among many that breaks a room: it is found, kept with its bytes, and tried again; the others are in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import deadly
import pytest
import rooms
from crashing import Silent
from picture import find_flaws
from rooms import POISON, put_rooms, tell_story
from sqlalchemy import Engine, func, select

from kb import linking
from kb.annotate.annotator import TaggedBody
from kb.model import Annotation, Document, LocalEntity
from kb.pipeline import ingest, retry
from kb.store.columns import metadata
from kb.store.database import reading, writing
from kb.store.failures import StoredFailure, ignore_failures, load_failure, load_failures
from kb.way import readers
from kb.way.run import Outcome

N = 32
PLACE = 19
"""Of the poison among them."""


@pytest.fixture
def base(migrated_database: Engine) -> Engine:
    """Return a fresh base."""
    return migrated_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of many articles, of which one is a poison."""
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    for number in range(N):
        story = tell_story(number)
        (inbox / f"{number:02}.txt").write_text(
            story.replace("Warga", POISON, 1) if number == PLACE else story
        )
    return inbox


def tag_all(bodies: Sequence[str]) -> Sequence[TaggedBody]:
    """Tag names, in a poison too."""
    return rooms.tag([body.replace(POISON, "Warga") for body in bodies])


def is_poison(document: Document) -> bool:
    """Whether it is the one that breaks things."""
    return POISON in document.body


def break_attribution(document: Document) -> Annotation:
    """Break on the poison."""
    return 1 / 0 if is_poison(document) else rooms.attribute(document)  # type: ignore[return-value]


def break_store(document: Document) -> Annotation:
    """Name an entity in the poison that no base can hold."""
    found = rooms.attribute(document)
    if not is_poison(document):
        return found
    return Annotation(found.sentences, found.mentions, (None,), ())  # type: ignore[arg-type]


def break_linking(patch: pytest.MonkeyPatch) -> None:
    """Let linking break on what the poison says."""
    link_entities = linking.link_entities

    def link(named: dict[int, LocalEntity], *rest: Any) -> Any:
        if any(POISON in one.name for one in named.values()):
            raise ZeroDivisionError(POISON)
        return link_entities(named, *rest)

    def attribute(document: Document) -> Annotation:
        found = rooms.attribute(document)
        if not is_poison(document):
            return found
        named = LocalEntity(f"{POISON} {POISON}", found.entities[0].type, (), ())
        return Annotation(found.sentences, found.mentions, (*found.entities, named), found.attributions)

    put_rooms(patch, tag=tag_all, attribute=attribute)
    patch.setattr(linking, "link_entities", link)


BREAKERS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "annotate": put_rooms,
    "attribute": lambda patch: put_rooms(patch, tag=tag_all, attribute=break_attribution),
    "store": lambda patch: put_rooms(patch, tag=tag_all, attribute=break_store),
    "link": break_linking,
}


def read_in(base: Engine, *inputs: Path) -> Outcome:
    """Ingest."""
    return ingest(base, [str(name) for name in inputs], report=Silent())


def failures(base: Engine) -> list[StoredFailure]:
    """Return the failures that are to be mended."""
    with reading(base) as connection:
        return load_failures(connection)


def count(base: Engine, table: str) -> int:
    """Count a table's rows."""
    with reading(base) as connection:
        return int(connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one())


@pytest.mark.slow
@pytest.mark.parametrize("stage", BREAKERS)
def test_the_poison_is_isolated(base: Engine, folder: Path, stage: str) -> None:
    """Whatever room it breaks, it alone is kept, with its bytes; once the room is mended it comes in from these."""
    poison = folder / f"{PLACE}.txt"
    content = poison.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        BREAKERS[stage](patch)
        outcome = read_in(base, folder)
        assert (outcome.articles.new, outcome.articles.annotated, outcome.articles.failed) == (
            N - 1,
            N - 1,
            1,
        )
        assert [(one.stage, one.subject, one.attempts) for one in failures(base)] == [(stage, str(poison), 1)]
        assert find_flaws(base) == []
        read_in(base, folder)
        assert [one.attempts for one in failures(base)] == [2]
    poison.unlink()
    with reading(base) as connection:
        payload = load_failure(connection, failures(base)[0].id)[1]
    assert payload
    assert payload.content == content
    with pytest.MonkeyPatch.context() as patch:
        put_rooms(patch, tag=tag_all)
        outcome = retry(base, [failures(base)[0].id], report=Silent())
    assert (outcome.articles.new, outcome.articles.failed) == (1, 0)
    assert (failures(base), count(base, "article"), find_flaws(base)) == ([], N, [])


@pytest.mark.slow
def test_linking_that_breaks_by_itself_blames_no_article(
    base: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where linking breaks whatever is saved, the run ends with that error and keeps no failure."""

    def break_all(_connection: object) -> None:
        raise ZeroDivisionError

    put_rooms(monkeypatch, tag=tag_all)
    monkeypatch.setattr("kb.way.saving.relink", break_all)
    with pytest.raises(ZeroDivisionError):
        read_in(base, folder)
    assert (count(base, "failure"), count(base, "article")) == (0, 0)


@pytest.mark.slow  # processes are started
@pytest.mark.parametrize(
    ("word", "said"),
    [(deadly.POISON, "ends the process that reads it"), (deadly.ENDLESS, "takes longer than")],
    ids=["dies", "hangs"],
)
def test_a_page_that_ends_its_reader(
    base: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, said: str
) -> None:
    """A page of which the process that reads it dies, or never comes back, costs that page and no other."""
    put_rooms(monkeypatch, tag=tag_all)
    monkeypatch.setattr(readers, "_read", deadly.read_or_die)
    monkeypatch.setattr(readers, "LONGEST_S", 2.0)
    for number in range(8):
        text = tell_story(number) + (word if number == 3 else "")
        (tmp_path / f"{number}.html").write_text(text)
    outcome = read_in(base, tmp_path)
    assert (outcome.articles.new, outcome.articles.failed) == (7, 1)
    (failed,) = failures(base)
    assert (failed.stage, failed.subject) == ("ingest", str(tmp_path / "3.html"))
    assert said in failed.message
    with reading(base) as connection:
        assert load_failure(connection, failed.id)[1] is not None


@pytest.fixture
def two_poisons(tmp_path: Path) -> Path:
    """Return a file of lines of which two are poisons."""
    stories = [
        tell_story(number).replace("Warga", POISON if number in {1, 3} else "Warga") for number in range(5)
    ]
    lines = [json.dumps({"id": f"warta-{number}", "text": text}) for number, text in enumerate(stories)]
    path = tmp_path / "arsip.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_retry_mends_only_what_it_tried(base: Engine, two_poisons: Path) -> None:
    """The other lines of a file stay failures when one of them is tried again and goes through."""
    with pytest.MonkeyPatch.context() as patch:
        put_rooms(patch)
        assert read_in(base, two_poisons).articles.failed == 2
    first, second = failures(base)
    with pytest.MonkeyPatch.context() as patch:
        put_rooms(patch, tag=tag_all)
        assert retry(base, [second.id], report=Silent()).articles.new == 1
        assert [one.subject for one in failures(base)] == [first.subject]
        retry(base, [first.id], report=Silent())
    assert (failures(base), count(base, "article")) == ([], 5)


def test_retry_that_fails_counts(base: Engine, two_poisons: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails again is the same failure with one attempt more and its bytes."""
    put_rooms(monkeypatch)
    read_in(base, two_poisons)
    first = failures(base)[0]
    assert retry(base, [first.id], report=Silent()).articles.failed == 1
    with reading(base) as connection:
        again, payload = load_failure(connection, first.id)
    assert (again.attempts, payload is not None) == (2, True)


def test_bytes_outlive_their_file(base: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for a file that is gone loses no bytes that were kept when it failed."""
    put_rooms(monkeypatch)
    path = tmp_path / "rusak.txt"
    path.write_bytes(b"Warga \xff Rantau")
    read_in(base, path)
    path.unlink()
    read_in(base, path)
    (failed,) = failures(base)
    with reading(base) as connection:
        payload = load_failure(connection, failed.id)[1]
    assert failed.attempts == 2
    assert payload
    assert payload.content == b"Warga \xff Rantau"


def test_ignored_poison_stays_ignored(
    base: Engine, two_poisons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person ignored is not listed again, however often it fails; its attempts are counted all the same."""
    put_rooms(monkeypatch)
    read_in(base, two_poisons)
    with writing(base) as connection:
        ignore_failures(connection, [one.id for one in load_failures(connection)])
    assert read_in(base, two_poisons).articles.failed == 0
    assert failures(base) == []
    with reading(base) as connection:
        assert [one.attempts for one in load_failures(connection, resolved=True)] == [2, 2]


@pytest.mark.slow
def test_a_name_that_no_index_takes(base: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id longer than an index of the database takes is that article's trouble and not the database's."""
    put_rooms(monkeypatch, tag=tag_all)
    long_id = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(4000))  # not to be compressed
    lines = [json.dumps({"id": one, "text": tell_story(100)}) for one in (long_id, "pendek")]
    (folder / "arsip.jsonl").write_text("\n".join(lines) + "\n")
    outcome = read_in(base, folder)
    assert (outcome.articles.new, outcome.articles.failed) in {
        (N + 2, 0),
        (N + 1, 1),
    }  # SQLite takes any length
    assert all(one.message.startswith("index row") for one in failures(base))
    assert find_flaws(base) == []
