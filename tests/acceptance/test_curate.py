"""Deciding from outside: each command changes what the next question answers, and every mistake is one line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from program import Door
from stories import Said, Story, tell

from kb.model import QuoteKind
from kb.store.database import open_database, writing

pytestmark = pytest.mark.slow

HARBOUR = Story(
    "dermaga-1",
    "Budi Santoso mengatakan dermaga selesai. “Kami siap melayani kapal dari semua pulau,” kata Budi. Siti hadir.",
    {"Budi Santoso": ("PER", "Budi"), "Siti": ("PER",)},
    [
        Said("dermaga selesai", "Budi Santoso", "Budi Santoso", "mengatakan"),
        Said("Kami siap melayani kapal dari semua pulau,", "Budi Santoso", "Budi", "kata", QuoteKind.DIRECT),
    ],
    outlet="Warta Rantau",
)
AGAIN = Story(
    "dermaga-2",
    "“Kami siap melayani kapal dari semua pulau,” ujar Budi Santoso. Boedi Santoso mengatakan hujan turun.",
    {"Budi Santoso": ("PER",), "Boedi Santoso": ("PER",)},
    [
        Said(
            "Kami siap melayani kapal dari semua pulau,",
            "Budi Santoso",
            "Budi Santoso",
            "ujar",
            QuoteKind.DIRECT,
        ),
        Said("hujan turun", "Boedi Santoso", "Boedi Santoso", "mengatakan"),
    ],
    outlet="Kabar Teluk",
)


@pytest.fixture
def told(tmp_path: Path, empty_base: Path) -> Door:
    """Return the program beside a base that has both stories."""
    shutil.copy(empty_base, tmp_path)
    engine = open_database(str(tmp_path / "kb.sqlite3"))
    with writing(engine) as connection:
        tell(connection, HARBOUR, AGAIN)
    engine.dispose()
    return Door(tmp_path)


def said(told: Door, name: str) -> list[str]:
    """Return the texts of a speaker's statements."""
    answer = told("who-said", name, "--format", "jsonl")
    return [json.loads(line)["text"] for line in answer.stdout.splitlines()]


def decided(told: Door, *args: str) -> str:
    """Decide something and return the decision's id."""
    answer = told("curate", *args)
    assert (answer.code, answer.stderr) == (0, "")
    return answer.stdout.split()[0]


def test_merge_changes_the_next_answer_and_undo_changes_it_back(told: Door) -> None:
    """What was merged answers under one name, shown in the log with who and why, until it is undone."""
    before = said(told, "Budi Santoso")
    merge = decided(told, "merge", "Boedi Santoso", "Budi Santoso", "--why", "salah cetak", "--by", "Rini")
    assert "hujan turun" in said(told, "Budi Santoso")
    assert said(told, "Boedi Santoso") == said(told, "Budi Santoso")
    (row,) = map(json.loads, told("curate", "log", "--format", "jsonl").stdout.splitlines())
    assert (row["uid"], row["state"], row["by"], row["why"]) == (merge, "applied", "Rini", "salah cetak")
    decided(told, "undo", merge)
    assert said(told, "Budi Santoso") == before


def test_a_dry_run_shows_and_writes_nothing(told: Door) -> None:
    """``--dry-run`` says what would be, and the base stays byte for byte as it was."""
    before = (told.folder / "kb.sqlite3").read_bytes()
    answer = told("curate", "merge", "Boedi Santoso", "Budi Santoso", "--dry-run")
    assert answer.code == 0
    assert "4 quotes" in answer.stdout
    assert "nothing was written" in answer.stderr
    assert (told.folder / "kb.sqlite3").read_bytes() == before


def test_the_queue_asks_until_somebody_answers(told: Door) -> None:
    """A pair that may be one is listed with both uids until it is merged or said to be two."""
    answer = told("curate", "queue", "--format", "jsonl")
    (pair,) = [
        row for row in map(json.loads, answer.stdout.splitlines()) if row["reason"].startswith("spelt")
    ]
    assert {pair["name"], pair["other_name"]} == {"Boedi Santoso", "Budi Santoso"}
    decided(told, "apart", pair["uid"], pair["other_uid"])
    assert pair["uid"] not in told("curate", "queue").stdout
    merge = told("curate", "merge", pair["uid"], pair["other_uid"])
    assert (merge.code, merge.stderr.count("\n")) == (1, 1)
    assert "contradicts apart" in merge.stderr


def test_quotes_are_named_by_number_or_words(told: Door) -> None:
    """A quote is rejected by its number in the article, another is given its speaker by words of it."""
    decided(told, "reject-quote", "dermaga-1", "#1")
    assert "dermaga selesai" not in said(told, "Budi Santoso")
    decided(told, "set-speaker", "dermaga-2", "hujan", "Siti")
    assert said(told, "Siti") == ["hujan turun"]
    assert told("article", "dermaga-1").stdout.count("#1") == 2


def test_a_split_takes_an_article_away(told: Door) -> None:
    """Somebody else of the same name has an entity of his own, told apart by the given word."""
    decided(told, "split", "Budi Santoso", "--article", "dermaga-2", "--as", "nelayan")
    rows = [
        json.loads(line) for line in told("entity", "Budi Santoso", "--format", "jsonl").stdout.splitlines()
    ]
    assert sorted(row["note"] or "" for row in rows) == ["", "nelayan"]
    assert {len(row["quotes"]) for row in rows} == {1, 2}


def test_a_statement_of_two_outlets_is_shown_once(told: Door) -> None:
    """The same words in two outlets are one statement with both, or two quotes with ``--no-cluster``."""
    page = told("who-said", "Budi Santoso").stdout
    assert page.count("“Kami siap melayani kapal dari semua pulau,”") == 1
    assert "= dermaga-" in page
    assert said(told, "Budi Santoso").count("Kami siap melayani kapal dari semua pulau,") == 1
    answer = told("who-said", "Budi Santoso", "--no-cluster", "--format", "jsonl")
    assert len(answer.stdout.splitlines()) == 3
    rows = map(json.loads, told("who-said", "Budi Santoso", "--format", "jsonl").stdout.splitlines())
    (row,) = [row for row in rows if row["kind"] == "direct"]
    assert {report["outlet"] for report in row["reports"]} == {"Warta Rantau", "Kabar Teluk"}


def test_a_log_is_taken_to_another_base(told: Door, tmp_path: Path) -> None:
    """Exported, imported and exported again a log has the same bytes."""
    decided(told, "rename", "Siti", "Siti Aminah")
    decided(told, "alias", "Budi Santoso", "Pak Dermaga")
    assert told("curate", "export", "--out", "log.jsonl").code == 0
    other = ("--db", "lain.sqlite3")
    assert told("db", "upgrade", *other).code == 0
    assert (
        "2 decisions taken over; 2 of the log not applied"
        in told("curate", "import", "log.jsonl", *other).stdout
    )
    assert told("curate", "export", *other).stdout == (tmp_path / "log.jsonl").read_text("utf-8")
    assert "0 decisions taken over" in told("curate", "import", "log.jsonl", *other).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "says"),
    [
        pytest.param(["merge", "Orang Lain", "Siti"], "nobody of that name", id="unknown"),
        pytest.param(["merge", "Budi", "Siti"], "", id="a short name of one person is fine"),
        pytest.param(["merge", "Siti", "Siti"], "one already", id="into itself"),
        pytest.param(["undo", "0123456789abcdef"], "no such decision", id="undo of nothing"),
        pytest.param(["reject-quote", "dermaga-1", "#9"], "no quote", id="no such number"),
        pytest.param(["reject-quote", "dermaga-1", "e"], "no quote", id="no whole word"),
        pytest.param(["reject-mention", "dermaga-1", "Sinta"], "no mention", id="no such mention"),
        pytest.param(["reject-quote", "tak-ada", "#1"], "no article", id="no such article"),
        pytest.param(["import", "rusak.jsonl"], "rusak.jsonl:1", id="a broken log"),
        pytest.param(["retype", "Siti", "ORANG"], "Invalid value", id="no such type"),
        pytest.param(["set-speaker", "dermaga-1", "#1"], "nobody", id="no speaker given"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(told: Door, call: list[str], says: str) -> None:
    """A decision that cannot be is refused in a line that says why, and the log stays empty."""
    (told.folder / "rusak.jsonl").write_text('{"verb": "merge"}\n', "utf-8")
    answer = told("curate", *call)
    assert says in answer.stderr
    if says:
        assert answer.code in (1, 2)
        assert told("curate", "export").stdout == ""


def test_a_list_of_seeds_is_loaded_once(told: Door) -> None:
    """``kb seed`` brings a list in; again it changes nothing; taken away it is forgotten."""
    seeds = told.folder / "warga.jsonl"
    seeds.write_text(
        '{"type": "PER", "name": "Siti Aminah", "aliases": ["Siti"], "wikidata": null}\n', "utf-8"
    )
    assert "1 entity, 1 changed" in told("seed", "warga.jsonl").stderr
    assert "0 changed" in told("seed", "warga.jsonl").stderr
    assert "Siti Aminah" in told("entities").stdout
    assert told("seed", "--remove", "warga").code == 0
    assert "Siti Aminah" not in told("entities").stdout
    assert told("seed").code == 0
    assert "Vladimir Putin" in told("entity", "Putin").stdout


def test_seeds_that_contradict_each_other_are_refused(told: Door) -> None:
    """A list that gives a name to somebody else than a list before is refused in one line, and forgotten."""
    for name, who in (("satu", "Siti Aminah"), ("dua", "Siti Badriah")):
        line = json.dumps({"type": "PER", "name": who, "aliases": ["Siti"], "wikidata": None})
        (told.folder / f"{name}.jsonl").write_text(line + "\n", "utf-8")
    assert told("seed", "satu.jsonl").code == 0
    answer = told("seed", "dua.jsonl")
    assert (answer.code, answer.stderr.count("\n")) == (1, 1)
    assert "Siti Badriah" not in told("entity", "Siti").stdout


def test_whose_decision_it_is(told: Door) -> None:
    """Without ``--by`` a decision is that of KB_USER, else of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "KB_USER", "Meja Redaksi")
        decided(told, "rename", "Siti", "Siti Aminah")
    assert "Meja Redaksi" in told("curate", "log").stdout


def test_what_was_split_is_not_asked_about(told: Door) -> None:
    """Two whom a person parted are no pair of the queue."""
    decided(told, "split", "Budi Santoso", "--article", "dermaga-2", "--as", "nelayan")
    assert "one full name" not in told("curate", "queue").stdout
