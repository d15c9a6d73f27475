"""Runs that are killed: whatever the moment, the next run comes to what a run that nobody killed comes to."""

from __future__ import annotations

import json
import random
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from crasher import Crasher
from picture import find_flaws, picture
from rooms import POISON, tell_story
from sqlalchemy import Engine, make_url, text

from kb.store.database import open_base, open_database, writing
from kb.store.feeds import schedule_feed

N_ARTICLES = 200
N_KILLS = 50
SHARE_TIMED = 0.4
"""Of the kills, so many come after a time; the others before a statement, which no slow machine moves."""

SEED = 20241117
ROOT = Path(__file__).parents[2]


def record(number: int, *, version: int = 0) -> str:
    """Return an article's line; another version has another text."""
    fields = {
        "id": f"warta-{number}",
        "url": f"https://warta.example/berita/{number}",
        "title": f"Rapat Hari Ke-{number}",
        "outlet": "Warta Rantau",
        "published_at": f"2024-06-{1 + number % 28:02}",
        "text": tell_story(number if not version else 1000 * version + number),
    }
    return json.dumps(fields)


def write_first(folder: Path) -> None:
    """Write what the base knows before anybody is killed: articles in lines and in files."""
    (folder / "arsip.jsonl").write_text("\n".join(map(record, range(90))) + "\n")
    for number in range(90, 120):
        (folder / f"desa-{number}.txt").write_text(tell_story(number))


def write_second(folder: Path) -> None:
    """Write what changes after that: four articles have other texts."""
    lines = [record(number, version=int(number in {3, 4})) for number in range(90)]
    (folder / "arsip.jsonl").write_text("\n".join(lines) + "\n")
    for number in (93, 94):
        (folder / f"desa-{number}.txt").write_text(tell_story(2000 + number))


def write_third(folder: Path) -> None:
    """Write what the killed runs are to read.

    Eighty new articles, some of them with one text; two articles that change and three that are as they were at
    first; one that changes twice in one file; a file that moved, one that vanished; a poison; half a line of JSON.
    """
    lines = [record(number, version=2 * int(number in {5, 6})) for number in range(90)]
    lines += [record(number) for number in range(120, 160)]
    lines += [record(130, version=1), record(130, version=2), lines[20][:-20]]
    (folder / "arsip.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "desa-94.txt").write_text(tell_story(94))
    (folder / "desa-95.txt").rename(folder / "pindah-95.txt")
    (folder / "desa-96.txt").unlink()
    for number in range(160, N_ARTICLES):
        text = tell_story(number - 50 if number % 10 == 0 else number)
        (folder / f"kota-{number}.txt").write_text(text if number != 175 else text.replace("Warga", POISON))


class World:
    """A folder that is on the schedule of a base, which has read its first two states."""

    def __init__(self, url: str, folder: Path, crasher: Crasher) -> None:
        self.url, self.crasher, self._folder = url, crasher, folder
        inbox = folder / "masuk"
        inbox.mkdir()
        engine = open_base(url)
        with writing(engine) as connection:
            schedule_feed(connection, str(inbox), "files", every_minutes=60)
        engine.dispose()
        for write in (write_first, write_second):
            write(inbox)
            assert crasher(url=url)["code"] == 0
        write_third(inbox)
        unkilled = self.copy()
        self._whole = crasher(url=unkilled)
        self.expected = look(unkilled)
        assert self.expected[1] == []

    def copy(self) -> str:
        """Return the URL of a fresh copy of the base; the copy before is no more."""
        return _copy_database(self.url) if self.url.startswith("postgresql") else self._copy_file()

    def _copy_file(self) -> str:
        for old in self._folder.glob("salinan.sqlite3*"):
            old.unlink()
        shutil.copy(make_url(self.url).database or "", self._folder / "salinan.sqlite3")
        return str(self._folder / "salinan.sqlite3")

    def kill(self, url: str, chosen: random.Random, *, n: int) -> int:
        """Kill up to `n` runs one after the other, each somewhere in what is left to do; return how many were hit."""
        left, n_kills = 1.0, 0
        for _ in range(n):
            share = left * chosen.random()
            if chosen.random() < SHARE_TIMED:
                order = {"seconds": share * self._whole["seconds"]}
            else:
                order = {"statement": 1 + int(share * self._whole["statements"])}
            was_hit = self.crasher(url=url, **order)["code"] == -signal.SIGKILL
            n_kills += was_hit
            left -= share
            flaws = set(find_flaws_at(url))
            assert flaws <= ({"running run: 1 left"} if was_hit else set()), order
        return n_kills


def _copy_database(url: str) -> str:
    template = make_url(url)
    name = f"{template.database}_salinan"
    admin = open_database(template.set(database="postgres").render_as_string(hide_password=False))
    with admin.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.database}"))
    admin.dispose()
    return template.set(database=name).render_as_string(hide_password=False)


def look(url: str) -> tuple[dict[str, list[Any]], list[str]]:
    """Return a base's picture and its flaws."""
    engine: Engine = open_database(url)
    seen = picture(engine), find_flaws(engine)
    engine.dispose()
    return seen


def find_flaws_at(url: str) -> list[str]:
    """Return a base's flaws."""
    engine = open_database(url)
    flaws = find_flaws(engine)
    engine.dispose()
    return flaws


@pytest.fixture
def world(empty_url: str, tmp_path: Path, crasher: Crasher) -> World:
    """Return a folder and a base that has read two of its states."""
    return World(empty_url, tmp_path, crasher)


@pytest.mark.slow
def test_fifty_kills(world: World) -> None:
    """Killed anywhere, and killed again where it goes on, a base becomes what it is where nobody killed anything.

    After each kill what was committed is whole: no article without its annotation, no entity without its link.
    """
    chosen, n_kills = random.Random(SEED), 0
    for trial in range(2 * N_KILLS):
        url = world.copy()
        n_kills += world.kill(url, chosen, n=1 + trial % 6)
        assert world.crasher(url=url)["code"] == 0
        assert look(url) == world.expected
        if n_kills >= N_KILLS:
            return
    pytest.fail(f"only {n_kills} of the kills came before the end of a run")
