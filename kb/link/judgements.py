"""What decisions about places in a text come to in that text; a pure function of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kb.link.selectors import read_selector, select_quote, select_spans
from kb.model import Decision, Span, Verb


class TextRows(Protocol):
    """A body with the spans of its quotes and mentions by row number; `refs` are the articles that print it."""

    @property
    def body(self) -> str:
        """Return the text."""

    @property
    def refs(self) -> frozenset[str]:
        """Return the ids of the articles that print it."""

    @property
    def quotes(self) -> Mapping[int, Span]:
        """Return what is quoted in it."""

    @property
    def mentions(self) -> Mapping[int, Span]:
        """Return what is named in it."""


@dataclass(frozen=True, slots=True)
class QuoteJudgement:
    """What decisions (their uids) say of one quote: that it is none, or who speaks (a uid; None: nobody known)."""

    rejected_by: str | None = None
    speaker_by: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements by row number. `found` are the decisions that found their place, `conflicts` those that an
    earlier one (its uid) contradicts."""

    quotes: dict[int, QuoteJudgement] = field(default_factory=dict)
    mentions: dict[int, str] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    conflicts: dict[str, str] = field(default_factory=dict)


def judge(text: TextRows, decisions: Iterable[Decision]) -> Judged:
    """Apply decisions, in their order, to the text of the articles that they are about."""
    judged = Judged()
    for decision in decisions:
        if decision.arguments["article"] not in text.refs:
            continue
        if decision.verb is Verb.REJECT_MENTION:
            _reject_mentions(text, decision, judged)
        else:
            _judge_quote(text, decision, judged)
    return judged


def _reject_mentions(text: TextRows, decision: Decision, judged: Judged) -> None:
    meant = select_spans(text.body, read_selector(decision.arguments), text.mentions.values())
    for row, span in text.mentions.items():
        if span in meant:
            judged.mentions.setdefault(row, decision.uid)
            judged.found.add(decision.uid)


def _judge_quote(text: TextRows, decision: Decision, judged: Judged) -> None:
    meant = select_quote(text.body, read_selector(decision.arguments), text.quotes.values())
    rows = [row for row, span in text.quotes.items() if span == meant]
    for row in rows:
        judged.found.add(decision.uid)
        said = judged.quotes.get(row, QuoteJudgement())
        speaker = decision.arguments.get("speaker")
        wanted = speaker["uid"] if speaker else None
        if decision.verb is Verb.REJECT_QUOTE:
            judged.quotes[row] = replace(said, rejected_by=said.rejected_by or decision.uid)
        elif said.rejected_by or (said.speaker_by and said.speaker != wanted):
            judged.conflicts[decision.uid] = said.rejected_by or said.speaker_by or decision.uid
        elif not said.speaker_by:
            judged.quotes[row] = QuoteJudgement(None, decision.uid, wanted)
