"""Direct speech: which quoted stretches are utterances, and which phrase names their speaker.

A quoted stretch is speech when a tag follows it (`“…,” kata S`), when a reporting verb, a colon or a noun of saying
leads to it (`S mengatakan, “…”`), or when it goes on from one that is (`“…,” kata S. “…”`, and whole paragraphs).
All others are titles, names, slogans, or fragments of a paraphrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.attribute import cues
from kb.attribute.drafts import Draft
from kb.attribute.leads import ENDS_SENTENCE, MIN_FLOATING, choose_led
from kb.attribute.marks import Quoted
from kb.attribute.reading import Reading
from kb.attribute.tags import choose_tagged
from kb.model import QuoteKind, Span


def find_direct(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each quoted stretch that is speech, in order."""
    last: Draft | None = None
    last_quoted: Quoted | None = None
    for quoted in reading.quoted:
        draft = (
            _tagged(reading, quoted)
            or _split(reading, quoted, last, last_quoted)
            or choose_led(reading, quoted)
        )
        if draft is None and _floats(reading, quoted, last, last_quoted):
            leads = _runs_on(reading, quoted)
            rule = "direct-running" if leads else "direct-floating"
            draft = Draft(
                QuoteKind.DIRECT, quoted.inner, rule, quoted.outer.start, carries=not leads, leads=leads
            )
        if draft is not None:
            last, last_quoted = draft, quoted
            yield draft


def _tagged(reading: Reading, quoted: Quoted) -> Draft | None:
    """Read the tag behind a stretch; a clause behind its full stop is none where the stretch has a lead."""
    draft = choose_tagged(reading, quoted)
    if draft is not None and draft.rule == "direct-clause" and reading.body[quoted.inner.end - 1] in ".!?":
        return choose_led(reading, quoted) or draft
    return draft


def _runs_on(reading: Reading, quoted: Quoted) -> bool:
    """Whether a stretch without a closing mark goes on in the next paragraph (`¶“…¶“…,” kata S`)."""
    number = reading.paragraph_number(quoted.outer.start) + 1
    if quoted.closed or number >= len(reading.paragraphs):
        return False
    if quoted.outer.start != reading.paragraphs[number - 1].start:
        return False
    following = reading.quoted_from(reading.paragraphs[number].start)
    return following is not None and following.outer.start == reading.paragraphs[number].start


def _split(reading: Reading, quoted: Quoted, last: Draft | None, last_quoted: Quoted | None) -> Draft | None:
    """Read the second half of `“…,” kata S, “…”`: nothing but the tag stands between the two."""
    if last is None or last_quoted is None or last.cue is None or not quoted.opened:
        return None
    between = reading.body[last_quoted.outer.end : quoted.outer.start]
    if last.cue.start < last_quoted.outer.end or "\n" in between or not between.rstrip().endswith((",", ":")):
        return None
    if re.search(r"[.!?]\s", between) or len(between) > 160:
        return None
    tail = reading.words_in(Span(last.cue.end, quoted.outer.start))
    if any(cues.verb(reading.words[i].lower) for i in tail):
        return None
    return Draft(QuoteKind.DIRECT, quoted.inner, "direct-split", quoted.outer.start, carries=True)


def _floats(reading: Reading, quoted: Quoted, last: Draft | None, last_quoted: Quoted | None) -> bool:
    """Whether a stretch without a tag goes on speaking: whole paragraphs, and what follows a tagged one."""
    places = reading.words_in(quoted.inner)
    if not quoted.opened or len(places) < MIN_FLOATING or reading.words[places[0]].text[0].islower():
        return False
    number = reading.paragraph_number(quoted.outer.start)
    paragraph = reading.paragraphs[number]
    rest = reading.body[quoted.outer.end : paragraph.end].strip(" .,")
    if quoted.outer.start == paragraph.start and (not rest or rest.startswith(("(", "["))):
        return True
    before = reading.body[paragraph.start : quoted.outer.start].rstrip()
    ends_before = before.endswith((".", "!", "?", "”", '"')) or not before
    shaped = reading.body[quoted.inner.start].isupper() or not reading.body[quoted.inner.start].isalpha()
    if not ends_before or not shaped or not ENDS_SENTENCE.match(reading.body[quoted.outer.end :][:3] or "\n"):
        return False
    if last is None or last_quoted is None:
        return quoted.outer.start == paragraph.start
    return True
