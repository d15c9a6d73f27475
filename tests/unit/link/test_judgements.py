"""What decisions about places in a text come to there: mentions and quotes rejected, speakers set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from handmade import A, B, Known, Step, decide, undo
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.link import judge, read_rulings
from kb.link.judgements import Judged, QuoteJudgement
from kb.link.selectors import make_selector, quote_hash
from kb.model import Decision, Span, Verb

BODY = "Rantau banjir. “Kami siap,” kata Ratna di Rantau. Budi: “Warga Rantau tenang.” Selesai."


def spans_of(body: str, words: str) -> list[Span]:
    starts = [at for at in range(len(body)) if body.startswith(words, at)]
    return [Span(start, start + len(words)) for start in starts]


@dataclass(frozen=True)
class Text:
    """A body that two articles print, with its mentions (rows 11, 12 ...) and quotes (rows 21, 22 ...)."""

    body: str = BODY
    refs: frozenset[str] = frozenset(("k1", "k2"))
    said: tuple[str, ...] = ("Kami siap,", "Warga Rantau tenang.")
    named: tuple[str, ...] = ("Rantau", "Ratna", "Budi")

    @property
    def quotes(self) -> Mapping[int, Span]:
        return dict(enumerate((span for said in self.said for span in spans_of(self.body, said)), start=21))

    @property
    def mentions(self) -> Mapping[int, Span]:
        return dict(enumerate((span for name in self.named for span in spans_of(self.body, name)), start=11))


TEXT = Text()


def place_of(span: Span, article: str = "k1") -> dict[str, Any]:
    selector = make_selector(BODY, span)
    return {"article": article, "exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}


def reject_mention(words: str, nth: int | None = None, article: str = "k1") -> Step:
    place = place_of(spans_of(BODY, words)[(nth or 1) - 1], article)
    return Step(Verb.REJECT_MENTION, place if nth else place | {"prefix": None, "suffix": None})


def reject_quote(row: int, article: str = "k1") -> Step:
    span = TEXT.quotes[row]
    return Step(Verb.REJECT_QUOTE, place_of(span, article) | {"hash": quote_hash(span.of(BODY))})


def set_speaker(row: int, speaker: Known | None, article: str = "k1") -> Step:
    return Step(Verb.SET_SPEAKER, {**reject_quote(row, article).arguments, "speaker": speaker})


def judge_in_order(*steps: Step, text: Text = TEXT) -> tuple[Judged, list[str]]:
    """Judge a text by decisions, one after the other; return what they come to and their uids."""
    log = [decide(step, minute) for minute, step in enumerate(steps)]
    return judge(text, read_rulings(log).texts), [decision.uid for decision in log]


@pytest.mark.parametrize(
    ("nth", "rows"),
    [(None, {11, 12, 13}), (1, {11}), (2, {12}), (3, {13})],
    ids=["all", "first", "second", "third"],
)
def test_mentions_are_rejected(nth: int | None, rows: set[int]) -> None:
    """All mentions of a text that are printed so are rejected, or only the nth of them; no others."""
    judged, (uid,) = judge_in_order(reject_mention("Rantau", nth))
    assert (judged.mentions, judged.found) == (dict.fromkeys(rows, uid), {uid})


def test_a_mention_is_rejected_by_the_first_who_does() -> None:
    """Whoever rejects a mention again contradicts nobody, and has found it."""
    judged, (one, other) = judge_in_order(reject_mention("Rantau", 2), reject_mention("Rantau"))
    assert judged.mentions == {11: other, 12: one, 13: other}
    assert (judged.found, judged.conflicts) == ({one, other}, {})


NOBODY = None
QUOTES = [
    ("rejected", [reject_quote(21)], (0, None, None), {}),
    ("rejected twice", [reject_quote(21), reject_quote(21)], (0, None, None), {}),
    ("a speaker", [set_speaker(21, A)], (None, 0, A), {}),
    ("nobody", [set_speaker(21, NOBODY)], (None, 0, NOBODY), {}),
    ("the same speaker twice", [set_speaker(21, A), set_speaker(21, A)], (None, 0, A), {}),
    ("nobody twice", [set_speaker(21, NOBODY), set_speaker(21, NOBODY)], (None, 0, NOBODY), {}),
    ("two speakers", [set_speaker(21, A), set_speaker(21, B)], (None, 0, A), {1: 0}),
    ("somebody, then nobody", [set_speaker(21, A), set_speaker(21, NOBODY)], (None, 0, A), {1: 0}),
    ("nobody, then somebody", [set_speaker(21, NOBODY), set_speaker(21, A)], (None, 0, NOBODY), {1: 0}),
    ("a speaker, then rejected", [set_speaker(21, A), reject_quote(21)], (1, 0, A), {}),
    ("rejected, then a speaker", [reject_quote(21), set_speaker(21, A)], (0, None, None), {1: 0}),
    (
        "a speaker, rejected, the speaker again",
        [set_speaker(21, A), reject_quote(21), set_speaker(21, A)],
        (1, 0, A),
        {2: 1},
    ),
    (
        "by way of another article of the text",
        [set_speaker(21, A, "k1"), set_speaker(21, B, "k2")],
        (None, 0, A),
        {1: 0},
    ),
]


@pytest.mark.parametrize(
    ("steps", "said", "conflicts"), [pytest.param(s, said, c, id=name) for name, s, said, c in QUOTES]
)
def test_quotes_are_judged(
    steps: list[Step], said: tuple[int | None, int | None, Known | None], conflicts: dict[int, int]
) -> None:
    """A rejected quote stays rejected whoever is to have said it; of two speakers the first stands."""
    judged, uids = judge_in_order(*steps)
    rejected_by, speaker_by = (None if n is None else uids[n] for n in said[:2])
    assert judged.quotes == {21: QuoteJudgement(rejected_by, speaker_by, said[2] and said[2]["uid"])}
    assert judged.conflicts == {uids[one]: uids[by] for one, by in conflicts.items()}
    assert judged.found == set(uids)


@pytest.mark.parametrize("n", [0, 1], ids=["the first undone", "the second undone"])
@pytest.mark.parametrize(
    "steps",
    [(set_speaker(21, A), set_speaker(21, B)), (reject_quote(21), set_speaker(21, A))],
    ids=["two speakers", "rejected and a speaker"],
)
def test_when_one_of_two_is_undone_the_other_stands(steps: tuple[Step, Step], n: int) -> None:
    """An undone decision about a quote leaves no trace, and what it contradicted stands."""
    log = [decide(step, minute) for minute, step in enumerate(steps)]
    undone = [*log, decide(replace(undo(0), arguments={"decision": log[n].uid}), 2)]
    assert judge(TEXT, read_rulings(undone).texts) == judge(TEXT, [log[1 - n]])


def test_quotes_are_judged_one_by_one() -> None:
    """What is decided on one quote of a text is nothing to another one."""
    judged, (one, other) = judge_in_order(reject_quote(21), set_speaker(22, B))
    assert judged.quotes == {21: QuoteJudgement(one), 22: QuoteJudgement(None, other, B["uid"])}


@pytest.mark.parametrize("article", ["k1", "k2"])
def test_a_text_of_two_articles_is_judged_through_either(article: str) -> None:
    """Two articles that print one text share what is decided on it."""
    judged, (uid,) = judge_in_order(reject_quote(21, article))
    assert judged.quotes == {21: QuoteJudgement(uid)}


ELSEWHERE = (reject_quote(21, "k3"), set_speaker(21, A, "k3"), reject_mention("Rantau", None, "k3"))


@pytest.mark.parametrize("step", ELSEWHERE, ids=lambda step: step.verb)
def test_another_article_is_not_judged(step: Step) -> None:
    """The same words in an article that the decision is not about stay as they are."""
    assert judge_in_order(step)[0] == Judged()


@pytest.mark.parametrize(
    ("now", "step", "is_found"),
    [
        (Text("RANTAU - " + BODY), reject_quote(21), True),
        (Text(BODY.replace("siap", "siaap"), said=("Kami siaap,",)), set_speaker(21, A), True),
        (Text(BODY.replace("Kami siap", "Air naik lagi"), said=("Air naik lagi,",)), reject_quote(21), False),
        (Text(said=()), reject_quote(21), False),
        (Text("Kemarin. " + BODY), reject_mention("Rantau", 2), True),
        (Text(BODY.replace(" di Rantau", "")), reject_mention("Rantau", 2), False),
        (Text(named=("Ratna",)), reject_mention("Rantau"), False),
    ],
    ids=[
        "a dateline before",
        "a typing error",
        "another quote",
        "no quote found there",
        "a word before the mention",
        "the mention is gone",
        "no mention found there",
    ],
)
def test_a_later_text(now: Text, step: Step, is_found: bool) -> None:
    """A decision applies to a later text where it finds its place, and says where it does not."""
    judged, (uid,) = judge_in_order(step, text=now)
    assert judged.found == ({uid} if is_found else set())
    assert len({**judged.quotes, **judged.mentions}) == is_found


STEPS = st.one_of(
    st.builds(reject_quote, st.sampled_from((21, 22)), st.sampled_from(("k1", "k2", "k3"))),
    st.builds(set_speaker, st.sampled_from((21, 22)), st.sampled_from((A, B, None)), st.just("k1")),
    st.builds(reject_mention, st.sampled_from(("Rantau", "Ratna")), st.sampled_from((None, 1))),
)
LOGS = st.lists(st.builds(decide, STEPS, st.integers(0, 5)), max_size=8)


@settings(max_examples=50)
@given(LOGS, st.randoms())
def test_only_the_set_of_decisions_counts(log: list[Decision], random) -> None:  # type: ignore[no-untyped-def]
    """In whatever order decisions were imported, they come to the same in a text."""
    shuffled = random.sample(log, k=len(log))
    assert judge(TEXT, read_rulings(shuffled).texts) == judge(TEXT, read_rulings(log).texts)
