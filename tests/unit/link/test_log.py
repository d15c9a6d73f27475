"""A log goes out as JSON Lines and comes in again as the same; what was changed on the way is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from handmade import A, B, decide, merge, split
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import BadDecision
from kb.link import line_of, make_decision, parse_line
from kb.model import Decision, Verb

TEXTS = st.text(min_size=1, max_size=12)
TOLD = TEXTS.filter(str.strip)
ENTITIES = st.fixed_dictionaries({"uid": TEXTS, "type": st.sampled_from(["PER", "ORG", "LOC"]), "name": TOLD})
PLACE = {"article": TOLD, "exact": TOLD, "prefix": st.none() | TEXTS, "suffix": st.none() | TEXTS}
ARGUMENTS = {
    Verb.MERGE: {"entity": ENTITIES, "into": ENTITIES},
    Verb.APART: {"entity": ENTITIES, "other": ENTITIES},
    Verb.SPLIT: {
        "entity": ENTITIES,
        "into": ENTITIES,
        "articles": st.lists(TEXTS, min_size=1, max_size=3),
        "is_new": st.booleans(),
        "told_by": st.none() | TEXTS,
    },
    Verb.ALIAS: {"entity": ENTITIES, "name": TOLD},
    Verb.RENAME: {"entity": ENTITIES, "name": TOLD},
    Verb.RETYPE: {"entity": ENTITIES, "type": st.sampled_from(["PER", "ORG", "LOC"])},
    Verb.REJECT_MENTION: PLACE,
    Verb.REJECT_QUOTE: {**PLACE, "hash": TEXTS},
    Verb.SET_SPEAKER: {**PLACE, "hash": TEXTS, "speaker": st.none() | ENTITIES},
    Verb.UNDO: {"decision": TEXTS},
}
ZONES = st.builds(lambda hours: timezone(timedelta(hours=hours)), st.integers(-12, 14))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Decisions of all verbs, about names of any letters, made in any zone."""
    verb = draw(st.sampled_from(Verb))
    at = draw(st.datetimes(datetime(1999, 1, 1), datetime(2999, 1, 1), timezones=ZONES))
    arguments = draw(st.fixed_dictionaries(ARGUMENTS[verb]))
    return make_decision(verb, arguments, by=draw(TEXTS), at=at, why=draw(st.none() | TEXTS))


def read(line: str, subject: str) -> str:
    """Return the line as kb would write it, or the subject of the error."""
    try:
        return line_of(parse_line(line, subject))
    except BadDecision as error:
        return error.subject


ONE = decide(merge(A, B))
RECORD: dict[str, Any] = json.loads(line_of(ONE))


def test_a_line_shows_all_that_was_decided() -> None:
    """A line is plain JSON: letters as they are, the time in UTC, keys in the alphabet's order."""
    at = datetime(2024, 6, 1, 7, 30, tzinfo=timezone(timedelta(hours=7)))
    place = {"article": "k1", "exact": "Sa’id", "prefix": None, "suffix": None}
    assert line_of(make_decision(Verb.REJECT_MENTION, place, by="ratna", at=at, why="bukan nama")) == (
        '{"arguments": {"article": "k1", "exact": "Sa’id", "prefix": null, "suffix": null}, '
        '"at": "2024-06-01T00:30:00.000000Z", "by": "ratna", "uid": "1461ba5943fc1553", '
        '"verb": "reject-mention", "why": "bukan nama"}'
    )


@settings(max_examples=50)
@given(decisions())
def test_a_line_comes_back_as_it_was(decision: Decision) -> None:
    """What is written is read as the same decision, and that is written as the same bytes on one line."""
    line = line_of(decision)
    assert parse_line(line, "log:1") == decision
    assert line_of(parse_line(line, "log:1")) == line
    assert "\n" not in line


@settings(max_examples=50)
@given(decisions(), st.data())
def test_a_changed_letter_is_refused(decision: Decision, data: st.DataObject) -> None:
    """One letter changed, taken out or put in: the line is refused and named, unless it says the same still."""
    line = line_of(decision)
    at = data.draw(st.integers(0, len(line) - 1))
    changed = line[:at] + data.draw(st.text(max_size=1)) + line[at + data.draw(st.integers(0, 1)) :]
    assert read(changed, "log.jsonl:7") in (line, "log.jsonl:7")


@pytest.mark.parametrize(
    "other",
    [
        decide(merge(B, A)),
        decide(merge(A, B), 1),
        decide(merge(A, B), by="sari"),
        make_decision(Verb.MERGE, ONE.arguments, by=ONE.by, at=ONE.at, why="sama"),
        make_decision(Verb.MERGE, ONE.arguments, by=ONE.by, at=ONE.at + timedelta(microseconds=1)),
        make_decision(Verb.APART, {"entity": A, "other": B}, by=ONE.by, at=ONE.at),
    ],
    ids=["arguments", "time", "person", "reason", "a microsecond", "verb"],
)
def test_a_uid_is_of_all_that_is_said(other: Decision) -> None:
    """Two decisions that differ in anything have two uids; the zone that a time is told in is no difference."""
    assert other.uid != ONE.uid
    west = ONE.at.astimezone(timezone(timedelta(hours=-5)))
    assert make_decision(ONE.verb, ONE.arguments, by=ONE.by, at=west) == ONE


BAD_RECORDS = [
    pytest.param({"uid": "0" * 16}, "was changed", id="another uid"),
    pytest.param({"by": "sari"}, "was changed", id="another person"),
    pytest.param({"why": "sama"}, "was changed", id="another reason"),
    pytest.param({"at": "2024-06-01T00:00:01Z"}, "was changed", id="another time"),
    pytest.param({"verb": "join"}, "no decision", id="no verb"),
    pytest.param({"verb": ["merge"]}, "no decision", id="a list of verbs"),
    pytest.param({"at": "2024-06-01T00:00:00"}, "zone", id="no zone"),
    pytest.param({"at": "kemarin"}, "no decision", id="no time"),
    pytest.param({"at": 20240601}, "no decision", id="a number for a time"),
    pytest.param({"at": "0001-01-01T00:00:00+07:00"}, "no decision", id="before the first year"),
    pytest.param({"by": None}, "texts", id="nobody"),
    pytest.param({"by": "\ud800"}, "no decision", id="half a letter"),
    pytest.param({"why": 1}, "texts", id="a number for a reason"),
    pytest.param({"arguments": []}, "is told", id="arguments in a list"),
    pytest.param({"note": "x"}, "it has", id="a field that kb does not know"),
]


@pytest.mark.parametrize(("change", "what"), BAD_RECORDS)
def test_a_bad_record_is_refused(change: dict[str, Any], what: str) -> None:
    """What is not as kb writes it is refused in words, with its line named."""
    with pytest.raises(BadDecision, match=what) as refused:
        parse_line(json.dumps(RECORD | change), "log.jsonl:3")
    assert refused.value.subject == "log.jsonl:3"


@pytest.mark.parametrize(
    "line",
    ["", "{", "null", "[]", "7", '"merge"', "{}", json.dumps({**RECORD, "uid": None}), "[" * 100_000],
    ids=["empty", "cut", "null", "list", "number", "text", "nothing in it", "no uid", "very deep"],
)
def test_what_is_no_record_is_refused(line: str) -> None:
    """Any line is read or refused; none gets through to a traceback."""
    with pytest.raises(BadDecision, match="log:1"):
        parse_line(line, "log:1")


ANYBODY = {"uid": "PER-1", "type": "PER", "name": "Budi"}
HERE = {"article": "k1", "exact": "Rantau", "prefix": None, "suffix": None}
SPLIT = split(A, B, "k1").arguments
WRONG = [
    ("merge without into", Verb.MERGE, {"entity": A}),
    ("merge with more", Verb.MERGE, {"entity": A, "into": B, "why": "x"}),
    ("merge of a uid", Verb.MERGE, {"entity": A["uid"], "into": B}),
    ("merge into nobody", Verb.MERGE, {"entity": A, "into": None}),
    ("entity without a name", Verb.MERGE, {"entity": A, "into": {"uid": "PER-1", "type": "PER"}}),
    ("entity of no type", Verb.APART, {"entity": A, "other": {**ANYBODY, "type": "MISC"}}),
    ("entity of a number", Verb.APART, {"entity": A, "other": {**ANYBODY, "uid": 1}}),
    ("split of no article", Verb.SPLIT, {**SPLIT, "articles": []}),
    ("split of one text", Verb.SPLIT, {**SPLIT, "articles": "k1"}),
    ("split of numbers", Verb.SPLIT, {**SPLIT, "articles": [1]}),
    ("split told by a number", Verb.SPLIT, {**SPLIT, "told_by": 1}),
    ("split new perhaps", Verb.SPLIT, {**SPLIT, "is_new": None}),
    ("alias of nothing", Verb.ALIAS, {"entity": A, "name": " "}),
    ("alias of None", Verb.ALIAS, {"entity": A, "name": None}),
    ("rename to nothing", Verb.RENAME, {"entity": A, "name": ""}),
    ("retype to no type", Verb.RETYPE, {"entity": A, "type": "MISC"}),
    ("mention of no words", Verb.REJECT_MENTION, {**HERE, "exact": ""}),
    ("mention of no article", Verb.REJECT_MENTION, {**HERE, "article": None}),
    ("mention with a hash", Verb.REJECT_MENTION, {**HERE, "hash": "0"}),
    ("quote without a hash", Verb.REJECT_QUOTE, HERE),
    ("quote of a number", Verb.REJECT_QUOTE, {**HERE, "hash": "0", "prefix": 3}),
    ("speaker of a name", Verb.SET_SPEAKER, {**HERE, "hash": "0", "speaker": "Budi"}),
    ("speaker left out", Verb.SET_SPEAKER, {**HERE, "hash": "0"}),
    ("undo of a decision itself", Verb.UNDO, {"decision": {"uid": "0"}}),
]


@pytest.mark.parametrize(("verb", "arguments"), [pytest.param(v, a, id=name) for name, v, a in WRONG])
def test_wrong_arguments_are_refused(verb: Verb, arguments: dict[str, Any]) -> None:
    """A verb that is told something else is refused, whether it is decided here or read from a log."""
    with pytest.raises(BadDecision, match=str(verb)):
        make_decision(verb, arguments, by="ratna", at=ONE.at)
    with pytest.raises(BadDecision, match="log:1"):
        parse_line(json.dumps({**RECORD, "verb": verb, "arguments": arguments}), "log:1")


def test_nobody_may_be_the_speaker() -> None:
    """That nobody can tell who speaks is a decision too."""
    decision = make_decision(
        Verb.SET_SPEAKER, {**HERE, "hash": "0", "speaker": None}, by="ratna", at=datetime.now(UTC)
    )
    assert parse_line(line_of(decision), "log:1") == decision
