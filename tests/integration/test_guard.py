"""The loss guard on real bases: a feed that would lose more than a tenth of its quotes is stopped before it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rooms
from crashing import Silent
from picture import find_flaws
from rooms import put_rooms, tell_story
from sqlalchemy import Engine, func, select

from kb import pipeline
from kb.model import Annotation, Document
from kb.pipeline import Options, ingest, reingest, sync
from kb.store.columns import metadata
from kb.store.database import reading, writing
from kb.store.failures import load_failures
from kb.store.feeds import schedule_feed
from kb.store.losses import count_quotes
from kb.way.run import Outcome

N_QUOTES = 100
ACCEPTING = Options(accept_loss=True)
CONSENT = (
    "Kami dan para mitra kami menyimpan data pada hari ke-{}. Pilih setuju untuk terus membaca di laman ini."
)

_DAY = re.compile(r"hari ke-(\d+)")


def finding(n: int) -> Callable[[Document], Annotation]:
    """Return what finds the first `n` of the hundred quotes of the first feed, and all of every other feed."""

    def attribute(document: Document) -> Annotation:
        found = rooms.attribute(document)
        day = int(_DAY.findall(document.body)[0])
        places = range(2 * day, 2 * day + len(found.attributions))
        kept = tuple(
            one for one, place in zip(found.attributions, places, strict=True) if place < n or day >= 100
        )
        return Annotation(found.sentences, found.mentions, found.entities, kept)

    return attribute


@pytest.fixture
def feeds(tmp_path: Path) -> tuple[Path, Path]:
    """Return two folders: fifty articles with a hundred quotes, and ten articles."""
    folders = tmp_path / "a", tmp_path / "b"
    for folder, numbers in zip(folders, (range(50), range(100, 110)), strict=True):
        folder.mkdir()
        for number in numbers:
            (folder / f"{number:03}.txt").write_text(tell_story(number))
    return folders


@pytest.fixture
def base(migrated_database: Engine, feeds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return a base that has both feeds on its schedule and read them by the first model."""
    put_rooms(monkeypatch)
    with writing(migrated_database) as connection:
        for folder in feeds:
            schedule_feed(connection, str(folder), "files", every_minutes=60)
    sync(migrated_database, report=Silent())
    return migrated_database


def n_quotes(base: Engine, feed: int) -> int:
    """Count the current quotes of a feed."""
    with reading(base) as connection:
        return count_quotes(connection, feed)


def n_by(base: Engine, model: int) -> int:
    """Count the current annotations of the model of this number."""
    annotation = metadata.tables["annotation"].c
    with reading(base) as connection:
        counted = select(func.count()).where(annotation.pipeline_id == model, annotation.is_current)
        return int(connection.execute(counted).scalar_one())


def stops(base: Engine) -> list[str]:
    """Return what the guard said and nobody mended."""
    with reading(base) as connection:
        return [one.message for one in load_failures(connection) if one.stage == "guard"]


def look_again(base: Engine, *, limit: int | None = None, accept_loss: bool = False) -> Outcome:
    """Annotate again."""
    return reingest(base, limit=limit, options=Options(accept_loss=accept_loss), report=Silent())


@pytest.mark.parametrize(
    ("found", "lost"),
    [
        pytest.param(0, 44, marks=pytest.mark.slow),
        pytest.param(50, 44, marks=pytest.mark.slow),
        (89, 11),
        pytest.param(90, None, marks=pytest.mark.slow),
        pytest.param(91, None, marks=pytest.mark.slow),
        pytest.param(100, None, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_another_model(
    base: Engine, feeds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, found: int, lost: int | None
) -> None:
    """A model may lose ten of a hundred quotes and not eleven; what it is stopped for stays as it was.

    The number told is the loss up to the batch that went too far; the other feed goes on.
    """
    assert (n_quotes(base, 1), n_quotes(base, 2)) == (N_QUOTES, 20)
    put_rooms(monkeypatch, attribute=finding(found), model="2")
    outcome = look_again(base)
    assert n_quotes(base, 1) == (N_QUOTES if lost else found)
    assert n_by(base, 2) == (10 if lost else 60)
    assert (outcome.articles.failed, outcome.n_stale) == ((1, 50) if lost else (0, 0))
    said = f"{feeds[0]}: would lose {lost} of its 100 quotes and was stopped; --accept-loss takes it all the same"
    assert stops(base) == ([said] if lost else [])
    assert find_flaws(base) == []


@pytest.mark.slow
def test_accepted_loss(base: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the user's word all goes through, and the stop of before is settled; so it is by a better model."""
    put_rooms(monkeypatch, attribute=finding(0), model="2")
    look_again(base)
    assert len(stops(base)) == 1
    outcome = look_again(base, accept_loss=True)
    assert (outcome.articles.annotated, outcome.n_stale, n_quotes(base, 1)) == (50, 0, 0)
    assert stops(base) == []
    put_rooms(monkeypatch, model="3")
    look_again(base)
    assert (n_quotes(base, 1), stops(base)) == (N_QUOTES, [])


@pytest.mark.slow
def test_losses_add_up(base: Engine, feeds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A few articles a run come to no more than all at once: the loss counts over all runs of one model."""
    put_rooms(monkeypatch, attribute=finding(0), model="2")
    for _ in range(4):
        look_again(base, limit=15)
    assert n_quotes(base, 1) == N_QUOTES - 10
    assert stops(base) == [
        f"{feeds[0]}: would lose 40 of its 100 quotes and was stopped; --accept-loss takes it all the same"
    ]


def wall(folder: Path, numbers: range) -> None:
    """Put a consent form into the place of articles."""
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(CONSENT.format(number))


@pytest.mark.slow
def test_a_consent_wall(base: Engine, feeds: tuple[Path, Path]) -> None:
    """A form in the place of articles stops their feed, new articles of it included, and no other; it is taken
    up where the form is gone."""
    wall(feeds[0], range(50))
    for folder, number in zip(feeds, (50, 110), strict=True):
        (folder / f"{number:03}.txt").write_text(tell_story(number))
    outcome = sync(base, all_due=True, report=Silent())
    assert (outcome.articles.changed, outcome.articles.new, outcome.articles.failed) == (0, 1, 1)
    assert (n_quotes(base, 1), n_quotes(base, 2)) == (N_QUOTES, 22)
    assert [said.partition(": ")[2] for said in stops(base)] == [
        "would lose 64 of its 100 quotes and was stopped; --accept-loss takes it all the same"
    ]
    for number in range(50):
        (feeds[0] / f"{number:03}.txt").write_text(tell_story(number))
    outcome = sync(base, all_due=True, report=Silent())
    assert (outcome.articles.new, n_quotes(base, 1), stops(base)) == (1, N_QUOTES + 2, [])


@pytest.mark.slow
def test_a_wall_read_again_and_again(
    base: Engine, feeds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a timer comes by, a feed that is stopped loses a tenth at most; with the user's word, all."""
    monkeypatch.setattr(pipeline, "BATCH", 4)
    wall(feeds[0], range(50))
    for _ in range(3):
        sync(base, all_due=True, report=Silent())
        assert n_quotes(base, 1) == N_QUOTES - 8
    assert [said.partition(": ")[2] for said in stops(base)] == [
        "would lose 16 of its 100 quotes and was stopped; --accept-loss takes it all the same"
    ]
    sync(base, all_due=True, options=ACCEPTING, report=Silent())
    assert (n_quotes(base, 1), stops(base)) == (0, [])


@pytest.mark.slow
def test_a_stopped_feed_settles_no_failure(base: Engine, feeds: tuple[Path, Path]) -> None:
    """What failed in a feed before stays a failure where the guard keeps the feed from being read to its end."""
    bad = feeds[0] / "0.jsonl"
    bad.write_text('{"id": "x", "text": "Warga Rantau"}\n{"id": \n')
    sync(base, all_due=True, report=Silent())
    with reading(base) as connection:
        assert [one.subject for one in load_failures(connection)] == [f"{bad}:2"]
    bad.write_text('{"id": "x", "text": "Warga Rantau berkumpul"}\n{"id": \n')
    wall(feeds[0], range(50))
    sync(base, all_due=True, report=Silent())
    with reading(base) as connection:
        assert f"{bad}:2" in {one.subject for one in load_failures(connection)}


@pytest.mark.slow
def test_accepted_by_hand(base: Engine, feeds: tuple[Path, Path]) -> None:
    """A folder that was stopped when somebody read it is settled when somebody accepts the loss."""
    wall(feeds[0], range(50))
    ingest(base, [str(feeds[0])], report=Silent())
    assert len(stops(base)) == 1
    ingest(base, [str(feeds[0])], options=ACCEPTING, report=Silent())
    assert (n_quotes(base, 1), stops(base)) == (0, [])
