"""The log of a run: an event a line, whatever is told, and not more often than it says."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest

from kb.cli.log import Log, logfmt
from kb.cli.pace import Pace, lasting
from kb.cli.progress import summary
from kb.errors import EmptyInput, LossGuard
from kb.store.runs import RunCounts
from kb.way.run import Outcome


class Clock:
    """A clock that only the test moves on."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def lines(stream: io.StringIO) -> list[dict[str, str]]:
    """Read what was logged: the fields of each line, its time checked and left out."""
    found = []
    for line in stream.getvalue().splitlines():
        at, _, rest = line.partition(" ")
        assert datetime.fromisoformat(at).utcoffset() is not None
        fields = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))', rest)
        found.append({name: re.sub(r"\\(.)", r"\1", quoted) or bare for name, quoted, bare in fields})
    return found


def open_log() -> tuple[Log, io.StringIO, Clock]:
    """Return a log, where it writes, and its clock."""
    stream, clock = io.StringIO(), Clock()
    return Log(stream, clock), stream, clock


def test_a_run_is_told_event_by_event() -> None:
    """Each line has time, level, event and run; failures say stage, subject and message; the end has the counts."""
    log, stream, clock = open_log()
    log.began(12, "kb ingest 'dua kata.txt'")
    log.failed("ingest", "kosong.txt", EmptyInput("kosong.txt", "is empty"))
    log.failed("annotate", "racun", ValueError("tidak bisa\ndibaca"))
    log.failed(
        "guard", "https://kabar.example/rss", LossGuard("https://kabar.example/rss", "would lose 3 of 4")
    )
    clock.seconds += 2.5
    log.ended(Outcome(RunCounts(new=3, failed=3), n_quotes=7, n_mentions=9))
    told = lines(stream)
    assert [(one["level"], one["event"], one["run"]) for one in told] == [
        ("info", "begin", "12"),
        ("warning", "failed", "12"),
        ("warning", "failed", "12"),
        ("error", "stopped", "12"),
        ("warning", "end", "12"),
    ]
    assert told[0]["command"] == "kb ingest 'dua kata.txt'"
    assert (told[1]["stage"], told[1]["subject"], told[1]["message"]) == (
        "ingest",
        "kosong.txt",
        "kosong.txt: is empty",
    )
    assert "ValueError: tidak bisa dibaca" in told[2]["message"]
    assert {name: told[4][name] for name in ("state", "took", "new", "failed", "quotes")} == {
        "state": "partial",
        "took": "2.5s",
        "new": "3",
        "failed": "3",
        "quotes": "7",
    }


def test_progress_is_told_every_ten_seconds() -> None:
    """However often inputs are done, progress is a line in ten seconds, with what is left as far as it is known."""
    log, stream, clock = open_log()
    log.began(1, "kb sync")
    log.planned(100)
    for _ in range(50):
        clock.seconds += 0.5
        log.advanced(1)
    told = [one for one in lines(stream) if one["event"] == "progress"]
    assert [(one["done"], one["of"], one["rate"], one["left"]) for one in told] == [
        ("20", "100", "2.0/s", "40s"),
        ("40", "100", "2.0/s", "30s"),
    ]


@pytest.mark.parametrize(
    ("error", "state"),
    [(KeyboardInterrupt(), "interrupted"), (SystemExit(1), "interrupted"), (ValueError("rusak"), "failed")],
    ids=["Ctrl-C", "exit", "bug"],
)
def test_a_run_that_breaks_off_says_so(error: BaseException, state: str) -> None:
    """The last line of a run that did not come to its end says why."""
    log, stream, _ = open_log()
    log.began(1, "kb sync")
    log.broke_off(error)
    assert lines(stream)[-1]["state"] == state


def test_what_never_began_does_not_end() -> None:
    """A run that another one kept from beginning leaves no line."""
    log, stream, _ = open_log()
    log.broke_off(ValueError("another run is at work"))
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("padi.txt", "a=padi.txt"),
        ("dua kata", 'a="dua kata"'),
        ("", 'a=""'),
        ('kata "ya"', r'a="kata \"ya\""'),
        ("x=1", 'a="x=1"'),
        ("C:\\berita", r'a="C:\\berita"'),
        ("baris\nbaru\r\n\u2028\x85lagi", 'a="baris baru lagi"'),
        ("\x1b[31mmerah\x07\u202e", "a=[31mmerah"),
        (0, "a=0"),
    ],
    ids=["bare", "space", "empty", "quote", "equals", "backslash", "line ends", "control", "number"],
)
def test_values_are_quoted_as_needed(value: object, written: str) -> None:
    """A value that a reader of logfmt would cut or that would break the line is quoted; nothing steers a terminal."""
    assert logfmt({"a": value, "b": None}) == written


def test_rate_is_that_of_the_last_minute() -> None:
    """What went by in no time in the beginning does not make the rest look quick."""
    clock = Clock()
    pace = Pace(clock)
    pace.plan(11_000)
    clock.seconds += 1
    pace.advance(10_000)
    for _ in range(90):
        clock.seconds += 1
        pace.advance(5)
    assert pace.rate == pytest.approx(5)
    assert pace.left_s == pytest.approx(550 / 5)


@pytest.mark.parametrize(
    ("planned", "done", "expected"),
    [(0, 0, None), (0, 5, None), (10, 5, 10), (10, 10, 10), (10, 11, None)],
    ids=["nothing", "unknown", "half", "all", "more than was known"],
)
def test_how_many_there_are_is_told_where_it_is_known(planned: int, done: int, expected: int | None) -> None:
    """Where more is done than was planned, or nothing was planned, nobody says how much is left."""
    pace = Pace(Clock())
    pace.plan(planned)
    pace.advance(done)
    assert pace.n_all == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.4, "0 s"),
        (59, "59 s"),
        (90, "2 min"),
        (3600, "1 h 0 min"),
        (11_100, "3 h 5 min"),
        (187_200, "2 d 4 h"),
    ],
)
def test_times_are_told_for_people(seconds: float, expected: str) -> None:
    """A time is told in the two largest units that matter."""
    assert lasting(seconds) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (
            Outcome(RunCounts(new=1, annotated=1), 2, 3),
            "1 article: 1 new, 0 changed, 0 unchanged, 0 failed; 2 quotes, 3 mentions",
        ),
        (
            Outcome(RunCounts(unchanged=4, failed=1, gone=2), 0, 0, n_stale=1),
            "4 articles: 0 new, 0 changed, 4 unchanged, 1 failed, 2 gone; 0 quotes, 0 mentions; "
            "1 text is annotated by another pipeline: kb reingest",
        ),
        (
            Outcome(RunCounts(annotated=5), 1, 1, n_waiting=2, n_stale=3),
            "0 articles: 0 new, 0 changed, 0 unchanged, 0 failed; 1 quote, 1 mention; 5 texts annotated again; "
            "2 decisions not applied: see kb curate log; 3 texts are annotated by another pipeline: kb reingest",
        ),
    ],
    ids=["plain", "gone", "reingested"],
)
def test_summary_says_what_a_run_did(outcome: Outcome, expected: str) -> None:
    """The last line is for people: what came of the articles, what was found, what is left to do."""
    assert summary(outcome) == expected
