"""The user's own five articles, from outside: what they must answer. Skipped where the articles are not at hand."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from program import ROOT, Program

FOLDER = Path(os.environ.get("KB_USER_ARTICLES", ROOT.parent / "shared" / "seeds"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="the user's articles are not here (KB_USER_ARTICLES names them)"
    ),
]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program over a base of the five articles."""
    program = Program(tmp_path_factory.mktemp("user"))
    assert program("ingest", FOLDER).code == 0
    return program


def said_by(kb: Program, name: str) -> list[Row]:
    """Return what `kb who-said` answers, as rows."""
    answer = kb("who-said", name, "--no-cluster", "--format", "jsonl")
    assert answer.code == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def exported(kb: Program, what: str) -> list[Row]:
    """Return what `kb export` writes, as rows."""
    return [json.loads(line) for line in kb("export", what).stdout.splitlines()]


def test_ushakov_said_six_things_in_four_articles(kb: Program) -> None:
    """His statements behind a pronoun and behind `menurut` are there too, under his full name."""
    rows = said_by(kb, "Ushakov")
    assert Counter(row["article"][:3] for row in rows) == {"000": 2, "001": 2, "003": 1, "004": 1}
    assert {row["speaker"] for row in rows} == {"Yuri Ushakov"}
    assert {"Dia", "Ia"} < {row["speaker_mention"] for row in rows}
    assert {"mengatakan", "menurut", "mengutip"} == {row["cue"].lower() for row in rows}


def test_miller_said_two_things(kb: Program) -> None:
    """One of them stands behind `Dia`."""
    rows = said_by(kb, "Miller")
    assert len(rows) == 2
    assert {row["speaker"] for row in rows} == {"Matthew Miller"}


def test_putin_speaks_in_every_way(kb: Program) -> None:
    """Direct speech with and without marks, mixed and indirect."""
    rows = said_by(kb, "Putin")
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["direct"] == 5
    assert kinds["mixed"] == 2
    assert kinds["indirect"] >= 8
    unmarked = [row for row in rows if row["kind"] == "direct" and row["article"].startswith("004")]
    assert [row["speaker_mention"] for row in unmarked] == ["Vladimir Putin"]


def test_kcna_speaks_and_the_banner_is_nobodys(kb: Program) -> None:
    """An agency is a speaker; a banner has none."""
    quotes = exported(kb, "quotes")
    assert [q["article"][:3] for q in quotes if q["speaker"] == "KCNA"] == ["003", "004"]
    assert [(q["article"][:3], q["speaker"]) for q in quotes if q["cue"] == "bertuliskan"] == [("001", None)]


def test_furniture_is_neither_named_nor_quoted(kb: Program) -> None:
    """No menu, link, credit or form is a mention or a quote; the page's own people are not mentions."""
    texts = [row["text"] for what in ("quotes", "mentions") for row in exported(kb, what)]
    furniture = ("baca juga", "advertisement", "telusuri", "home news", "google news", "alamat email", "foto:",
                 "susi susanti", "agustinus sape", "herlina", "editor", "network")  # fmt: skip
    assert [text for text in texts if any(word in text.lower() for word in furniture)] == []


def test_pages_say_when_and_where(kb: Program) -> None:
    """Outlet, day and people are what the page gives; what it does not give is open."""
    answer = kb("articles", "--format", "jsonl")
    rows = {row["article"][:3]: row for row in map(json.loads, answer.stdout.splitlines())}
    assert {key: row["published_on"] for key, row in rows.items()} == {
        "000": "2024-06-18", "001": None, "002": None, "003": "2024-06-20", "004": None,
    }  # fmt: skip
    outlets = {key: (row["outlet"] or "").casefold() for key, row in rows.items()}
    assert outlets == {
        "000": "", "001": "pos-kupang.com", "002": "kontan.co.id", "003": "okezone", "004": "tribunnews.com",
    }  # fmt: skip
    pages = {
        key: json.loads(kb("article", key, "--format", "json").stdout)["article"]
        for key in ("000", "001", "002")
    }
    assert pages["000"]["authors"] == ["Susi Susanti"]
    assert [pages[key]["editors"] for key in ("001", "002")] == [["Agustinus Sape"], ["Herlina Kartika Dewi"]]
    assert pages["002"]["agency"] == "Reuters"


def test_a_statement_that_three_articles_report_is_shown_once(kb: Program) -> None:
    """Putin's words on trade stand in two of the articles, and in other words in a third."""
    answer = kb("who-said", "Putin", "--format", "jsonl")
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    reported = [{report["article"][:3] for report in row["reports"]} for row in rows]
    assert {"000", "001", "002"} in reported
    assert len(rows) < len(said_by(kb, "Putin"))
