"""The measure of linking across articles: its figures, how gold entities are found, and its truth file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linking import (
    TRUTH,
    Figures,
    Item,
    b_cubed,
    count_wrong,
    find_items,
    find_mixed,
    pairwise,
    print_errors,
    read_truth,
)

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)
"""True and given label of each item."""


@pytest.mark.parametrize(
    ("truth", "given_", "pairs", "cubed"),
    [
        pytest.param("aabb", "xxyy", (1, 1), (1, 1), id="right"),
        pytest.param("aabb", "1234", (1, 0), (1, 1 / 2), id="all apart"),
        pytest.param("aabb", "xxxx", (2 / 6, 1), (1 / 2, 1), id="all one"),
        pytest.param("aaab", "xxyy", (1 / 2, 1 / 3), (3 / 4, 2 / 3), id="one moved"),
        pytest.param("", "", (1, 1), (0, 0), id="nothing"),
    ],
)
def test_figures(truth: str, given_: str, pairs: tuple[float, float], cubed: tuple[float, float]) -> None:
    """Precision and recall are those counted by hand, over pairs and over items."""
    assert pairwise(truth, given_) == Figures(*map(pytest.approx, pairs))
    assert b_cubed(truth, given_) == Figures(*map(pytest.approx, cubed))


@given(LABELS)
def test_truth_and_given_trade_places(labels: list[tuple[int, int]]) -> None:
    """What is precision one way round is recall the other way round."""
    truth, given_ = zip(*labels, strict=True)
    for measure in (pairwise, b_cubed):
        there, back = measure(truth, given_), measure(given_, truth)
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))


@given(LABELS)
def test_wrong_pairs_are_those_that_cost_precision(labels: list[tuple[int, int]]) -> None:
    """The errors shown by name are all the wrong merges there are, and no others."""
    items = [make_item(str(n), truth=t, uid=str(g)) for n, (t, g) in enumerate(labels)]
    mixed = find_mixed(items, lambda item: item.uid, lambda item: item.truth)
    wrong = sum(a.uid == b.uid and a.truth != b.truth for a in items for b in items) // 2
    assert sum(map(count_wrong, mixed)) == wrong


def test_found_by_any_form_of_its_type() -> None:
    """A form in any case finds an entity in its article; place and organisation cross, persons do not."""
    golds = [
        (("dev", 0, n), "a1", {"name": name, "type": kind, "surface": surface})
        for n, (name, kind, surface) in enumerate(
            [("Budi Santoso", "PER", ["Budi"]), ("Gedung Merah", "ORG", []), ("Sari", "PER", [])]
        )
    ]
    rows = [
        make_row("BUDI", "PER", "u1"),
        make_row("Gedung Merah", "LOC", "u2"),
        make_row("Sari", "LOC", "u3"),
        make_row("Budi", "PER", "u4") | {"article": "a2"},
    ]
    found = list(find_items(golds, {("dev", 0, 0): "7"}, rows))
    assert [(i.name, i.truth, i.uid) for i in found] == [
        ("Budi Santoso", "7", "u1"),
        ("Gedung Merah", ("dev", 0, 1), "u2"),
    ]


def test_most_mentions_win_and_the_full_name_wins_a_tie() -> None:
    """An entity whose mentions the program has under several is the one of most, then of its full name."""
    gold = (("dev", 0, 0), "a1", {"name": "Budi Santoso", "type": "PER", "surface": ["Budi"]})
    rows = [make_row("Budi", "PER", "short"), make_row("Budi Santoso", "PER", "full")]
    (item,) = find_items([gold], {}, rows)
    assert (item.uid, item.others) == ("full", ("sho Budi",))
    (item,) = find_items([gold], {}, [*rows, rows[0]])
    assert item.uid == "short"


def test_errors_have_names(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong merge is shown with the gold names that stand in it and their articles."""
    items = [make_item("Budi Santoso", truth=1, uid="u"), make_item("Budi Hartono", truth=2, uid="u")]
    print_errors("wrong merges", find_mixed(items, lambda i: i.uid, lambda i: i.truth), 1)
    shown = capsys.readouterr().out
    assert "wrong merges: 1, 1 pairs" in shown
    assert "Budi Santoso  ->  PER Budi  [article Budi Santoso]" in shown


def test_the_truth_belongs_to_its_gold_files(tmp_path: Path) -> None:
    """Other gold files than the truth was made for stop the measure with one line that names the file."""
    for name in ("seeds", "dev"):
        (tmp_path / f"{name}.jsonl").write_text("{}\n")
    with pytest.raises(SystemExit, match=r"seeds\.jsonl is not the file that entities\.tsv belongs to"):
        read_truth(TRUTH, tmp_path)


def test_the_truth_holds_places_only() -> None:
    """The truth file has no name and no text in it: places and numbers, each place once."""
    lines = [line for line in TRUTH.read_text("ascii").splitlines() if not line.startswith("#")]
    assert [
        line for line in lines if not re.fullmatch(r"(dev|seeds):\d+\t\d+=[\d?]+( \d+=[\d?]+)*", line)
    ] == []
    places = [line.split("\t")[0] for line in lines]
    assert len(places) == len(set(places))


def make_item(name: str, *, truth: int, uid: str) -> Item:
    return Item(f"article {name}", "PER", name, truth, uid, "PER Budi", ("PER", name))


def make_row(text: str, kind: str, uid: str) -> dict[str, Any]:
    return {
        "article": "a1",
        "type": kind,
        "text": text,
        "entity": text,
        "entity_uid": uid,
        "entity_name": text,
    }
