"""Rows to JSONL, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.export import record_of, write_csv, write_json, write_jsonl, write_sections
from kb.model import QuoteKind


@dataclass(frozen=True)
class Who:
    uid: str


@dataclass(frozen=True)
class Row:
    text: str | None
    kind: QuoteKind = QuoteKind.DIRECT
    on: date | None = None
    at: datetime | None = None
    names: tuple[str, ...] = ()
    who: Who | None = None


FULL = Row(
    text="“Kami siap,”\nujarnya; lalu, pergi",
    on=date(2024, 6, 18),
    at=datetime(2024, 6, 18, 4, 51, tzinfo=UTC),
    names=("Sari", "Bu Sari"),
    who=Who("a1"),
)


def written_jsonl(rows: list[Row]) -> str:
    stream = io.StringIO()
    write_jsonl(rows, stream)
    return stream.getvalue()


def test_record_has_every_field_in_order() -> None:
    """A record has all fields of its class, in order, with enums, days, times and rows as JSON has them."""
    assert record_of(FULL) == {
        "text": "“Kami siap,”\nujarnya; lalu, pergi",
        "kind": "direct",
        "on": "2024-06-18",
        "at": "2024-06-18T04:51:00Z",
        "names": ["Sari", "Bu Sari"],
        "who": {"uid": "a1"},
    }
    assert list(record_of(FULL)) == ["text", "kind", "on", "at", "names", "who"]


def test_none_is_null_in_json_and_empty_in_csv() -> None:
    """What is not known is null in JSON and an empty cell in CSV."""
    assert json.loads(written_jsonl([Row(None)]))["text"] is None
    stream = io.StringIO()
    write_csv([Row(None)], stream, row_type=Row)
    assert stream.getvalue().splitlines()[1] == ",direct,,,,"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_jsonl_reads_back(texts: list[str]) -> None:
    """Whatever a text holds, each row stands on one line and reads back as it was."""
    lines = written_jsonl([Row(text) for text in texts]).split("\n")
    assert [json.loads(line)["text"] for line in lines[:-1]] == texts


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))))
@example(["\r"])
def test_csv_reads_back(texts: list[str]) -> None:
    """Whatever a text holds, a CSV reader gets it back as it was."""
    stream = io.StringIO(newline="")
    write_csv([Row(text) for text in texts], stream, row_type=Row)
    stream.seek(0)
    assert [row["text"] for row in csv.DictReader(stream)] == texts


def test_csv_of_nothing_is_its_header() -> None:
    """A CSV without rows still names its columns."""
    stream = io.StringIO()
    assert write_csv([], stream, row_type=Row) == 0
    assert stream.getvalue() == "text,kind,on,at,names,who\n"


def test_csv_joins_lists() -> None:
    """A cell with several values joins them with a semicolon."""
    stream = io.StringIO()
    write_csv([FULL], stream, row_type=Row)
    assert next(csv.DictReader(io.StringIO(stream.getvalue())))["names"] == "Sari; Bu Sari"


def test_json_is_one_array() -> None:
    """JSON output is an array, for no row, one and many."""
    for rows in ([], [FULL], [FULL, Row(None)]):
        stream = io.StringIO()
        assert write_json(rows, stream) == len(rows)
        assert json.loads(stream.getvalue()) == [record_of(row) for row in rows]


def test_rows_are_written_as_they_come() -> None:
    """A row is on the stream before the next is asked for: memory does not grow with the answer."""
    stream = io.StringIO()
    lines_seen = []

    def rows() -> Iterator[Row]:
        for n in range(3):
            lines_seen.append(stream.getvalue().count("\n"))
            yield Row(str(n))

    write_jsonl(rows(), stream)
    assert lines_seen == [0, 1, 2]


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="nothing"),
        pytest.param([("satu", "a", {"b": "ä"})], id="one"),
        pytest.param([("satu", "a", 1), ("satu", "b", None), ("dua", "a", [2.5])], id="sections"),
    ],
)
def test_sections_are_one_json_object(records: list[tuple[str, str, object]]) -> None:
    """Records become one object of objects, each at its section and name."""
    out = io.StringIO()
    assert write_sections(records, out) == len(records)
    expected: dict[str, dict[str, object]] = {}
    for section, name, value in records:
        expected.setdefault(section, {})[name] = value
    assert json.loads(out.getvalue()) == expected
