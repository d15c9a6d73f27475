"""Who asks while a run is at work: every answer is of a state that a base without a run could be in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from crasher import Crasher
from picture import find_flaws
from rooms import FIRST, LAST, tell_story
from sqlalchemy import Connection, Engine

from kb.errors import NotFound
from kb.query import all_quotes, article_named, articles, who_said
from kb.store.database import open_base, reading, writing
from kb.store.feeds import schedule_feed

N_OLD, N_CHANGED, N_NEW = 80, 40, 80

State = tuple[Any, ...]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder of articles."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    write(folder, range(N_OLD))
    return folder


def write(folder: Path, numbers: range, *, version: int = 0) -> None:
    """Write articles; another version has another text."""
    for number in numbers:
        (folder / f"desa-{number:03}.txt").write_text(tell_story(1000 * version + number))


@pytest.fixture
def base(empty_url: str, inbox: Path, crasher: Crasher) -> Iterator[Engine]:
    """Return a base that has read the folder."""
    engine = open_base(empty_url)
    with writing(engine) as connection:
        schedule_feed(connection, str(inbox), "files", every_minutes=60)
    assert crasher(url=empty_url)["code"] == 0
    yield engine
    engine.dispose()


def state_of(connection: Connection, ref: str) -> State:
    """Return all that an article's page says of it alone; it must agree with what lists count."""
    page = article_named(connection, ref)
    assert (page.article.n_mentions, page.article.n_quotes) == (len(page.mentions), len(page.quotes))
    assert all(one.entity_uid for one in page.mentions)
    quotes = [(one.text, one.start, one.speaker, one.speaker_entity, one.rule) for one in page.quotes]
    assert all(
        (speaker is None) == (uid is None) or speaker == "seorang warga" for _, _, speaker, uid, _ in quotes
    )
    return (page.body, *quotes, *((one.text, one.start, one.entity_uid) for one in page.mentions))


def states_of(engine: Engine) -> dict[str, State]:
    """Return the states of all articles."""
    with reading(engine) as connection:
        return {row.article: state_of(connection, row.article) for row in articles(connection)}


def ask(connection: Connection, chosen: random.Random) -> dict[str, State]:
    """Ask what a name said; return the states of those articles, and of some others, that the answer rests on."""
    rows = {row.article: row for row in articles(connection)}
    refs = set(chosen.sample(sorted(rows), 4))
    try:
        answers = list(who_said(connection, f"{chosen.choice(FIRST)} {chosen.choice(LAST)}", cluster=False))
    except NotFound:
        answers = []
    for answer in answers:
        assert answer.entity
        assert answer.n_quotes == answer.entity.n_quotes == len(answer.quotes)
        for said in answer.quotes[:5]:
            assert said.text in {one.text for one in all_quotes(connection, article_ref=said.article)}
            refs.add(said.article)
    assert sum(row.n_quotes for row in rows.values()) == len(list(all_quotes(connection)))
    return {ref: state_of(connection, ref) for ref in refs}


def ask_meanwhile(base: Engine, url: str, crasher: Crasher, **order: Any) -> list[tuple[str, State]]:
    """Ask again and again while a run is at work; return all states that were seen."""
    chosen, seen = random.Random(1), []
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(crasher, url=url, **order)
        while not run.done():
            with reading(base) as connection:
                seen += list(ask(connection, chosen).items())
            assert set(find_flaws(base)) <= {"running run: 1 left"}
    assert run.result()["code"] == 0
    return seen


def assert_legal(seen: list[tuple[str, State]], before: dict[str, State], after: dict[str, State]) -> None:
    """Hold that each state is the old or the new one of its article, and that both were seen."""
    assert len(seen) > 20
    assert all(state in (before.get(ref), after[ref]) for ref, state in seen)
    assert any(state == before.get(ref) != after[ref] for ref, state in seen)
    assert any(state == after[ref] != before.get(ref) for ref, state in seen)


@pytest.mark.slow
def test_asking_while_articles_come_and_change(
    base: Engine, empty_url: str, inbox: Path, crasher: Crasher
) -> None:
    """While articles come and change, each is there with all that was found in it, as it was or as it is."""
    before = states_of(base)
    write(inbox, range(N_CHANGED), version=1)
    write(inbox, range(N_OLD, N_OLD + N_NEW))
    seen = ask_meanwhile(base, empty_url, crasher)
    assert_legal(seen, before, states_of(base))


@pytest.mark.slow
def test_asking_while_all_is_annotated_again(base: Engine, empty_url: str, crasher: Crasher) -> None:
    """While another model goes over the base, each article has the quotes of the one or of the other."""
    before = states_of(base)
    seen = ask_meanwhile(base, empty_url, crasher, model="2")
    assert_legal(seen, before, states_of(base))
