"""Read a pasted page: what is headline, what is body, what is furniture, and what the page says of itself.

A page has a head (menus, kicker, headline, byline, caption, teaser), a body, and a foot (tags, links, forms).
The body begins at the dateline, or else at the first sentence after the byline. Above it everything but the
headline is furniture; inside it only unmistakable lines are: a paragraph lost is worse than a line of
furniture kept. A short line between paragraphs (a subheading) stays body. A text without the shape of a page
is all body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.ingest.body import find_blocks, unwrap
from kb.ingest.credits import Credit, is_bare_label, parse_credit
from kb.ingest.dateline import parse_dateline
from kb.ingest.furniture import cut_furniture, ends_page, is_caption, is_furniture, opens_links
from kb.ingest.shape import FEWEST_WORDS, is_sentence, is_title, n_words
from kb.names import fold

HEAD_LINES = 30
"""Lines from the top among which a body begins."""

HEAD_SENTENCES = 3
"""Sentences (teaser, captions) that may stand above a dateline or byline for it to open the body."""

FOOT_SENTENCES = 2
"""Sentences that may follow a byline at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    `credit` is set where the whole line reads like a byline; `n_words` counts the words of a line that can be
    a paragraph of a body, and is 0 for any other.
    """

    text: str
    furniture: bool = False
    credit: Credit | None = None
    n_words: int = 0

    @property
    def is_sentence(self) -> bool:
        """Whether the line can be a paragraph of a body."""
        return self.n_words > 0

    @property
    def is_of_head(self) -> bool:
        """Whether the line shows that a page begins here: a headline, a byline, furniture."""
        return self.furniture or self.credit is not None or is_title(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds, each in page order."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    furniture: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def read_page(text: str, *, title: str | None = None) -> Page:
    """Take the page `text` apart; `title` is its headline where that is known from elsewhere."""
    lines = _read_lines(text, title)
    start = _find_start(lines)
    head, rest = lines[:start], lines[start:]
    headline = None if title else _choose_title(head)
    furniture = [line.text for line in _without_first(head, headline)]
    credits_ = [line.credit for line in head if line.credit]
    paragraphs: list[str] = []
    for line, is_body in zip(rest, _find_body(rest), strict=True):
        kept, cut = cut_furniture(line.text) if is_body else ("", (line.text,))
        paragraphs += [kept] if kept else []
        furniture += cut
        credits_ += [line.credit] if line.credit and not is_body else []
    return Page(tuple(paragraphs), headline, tuple(furniture), tuple(credits_))


def _read_lines(text: str, title: str | None) -> list[Line]:
    texts = [line for block in unwrap(find_blocks(text)) for line in block]
    lines = [_read_line(line) for line in texts]
    for i, (label, name) in enumerate(pairwise(texts)):
        if is_bare_label(label) and (credit := parse_credit(f"{label}: {name}")):
            lines[i], lines[i + 1] = Line(label, furniture=True), Line(name, credit=credit)
        elif opens_links(label) and label.endswith(":") and not is_sentence(name):
            lines[i + 1] = Line(name, furniture=True)
    if title:
        head = lines[:HEAD_LINES]
        lines[:HEAD_LINES] = [Line(x.text, True) if fold(x.text) == fold(title) else x for x in head]
    return lines


def _read_line(text: str) -> Line:
    credit = parse_credit(text)
    if credit is None and is_furniture(text):
        return Line(text, furniture=True)
    return Line(text, credit=credit, n_words=n_words(text) if is_sentence(text) else 0)


def _find_start(lines: Sequence[Line]) -> int:
    """Return the place of the first line of the body; 0 where the text does not begin like a page."""
    head = range(min(len(lines), HEAD_LINES))
    for i in head:
        if _opens_with_dateline(lines[i]) and _is_head(lines, i):
            return i
    above = max((i + 1 for i in head if lines[i].credit and _is_head(lines, i + 1)), default=0)
    sentences = [i for i in range(above, len(lines)) if lines[i].is_sentence]
    if not sentences:
        return above
    start = next((i for i in sentences if not is_caption(lines[i].text)), sentences[0])
    return start if above or _begins_page(lines[:start]) else 0


def _opens_with_dateline(line: Line) -> bool:
    if line.credit or not line.is_sentence:
        return False
    dateline = parse_dateline(line.text)
    return dateline is not None and n_words(line.text[dateline.span.end :]) >= FEWEST_WORDS


def _is_head(lines: Sequence[Line], end: int) -> bool:
    """Whether the lines before `end` can be the head of a page.

    It has few sentences, less than what follows, and above the first of them something that no body has.
    """
    head = lines[:end]
    sentences = [i for i, line in enumerate(head) if line.is_sentence]
    if len(sentences) > HEAD_SENTENCES or _weigh(head) > _weigh(lines[end:]):
        return False
    return not sentences or any(line.is_of_head for line in head[: sentences[0]])


def _weigh(lines: Sequence[Line]) -> int:
    return sum(line.n_words for line in lines)


def _begins_page(head: Sequence[Line]) -> bool:
    """Whether lines above a first sentence, no byline among them, are a head and not a broken paragraph."""
    unknown = [line for line in head if not (line.furniture or line.credit)]
    if len(unknown) < len(head):
        return len(unknown) <= HEAD_SENTENCES
    return len(head) <= HEAD_SENTENCES and all(is_title(line.text) for line in head)


def _choose_title(head: Sequence[Line]) -> str | None:
    """Choose the line that stands there twice, else the first of a headline's length, else the longest."""
    titles = [x.text for x in head if not (x.furniture or x.credit) and is_title(x.text)]
    times = Counter(map(fold, titles))
    ranks = [(times[fold(text)] > 1, min(n_words(text), FEWEST_WORDS)) for text in titles]
    return titles[ranks.index(max(ranks))] if titles else None


def _without_first(head: Sequence[Line], title: str | None) -> Iterator[Line]:
    texts = [line.text for line in head]
    first = texts.index(title) if title else None
    return (line for i, line in enumerate(head) if i != first)


def _find_body(lines: Sequence[Line]) -> Iterator[bool]:
    """Say of each line from the start of the body on whether it is body."""
    links, ended, any_body = False, False, False
    left = sum(line.is_sentence for line in lines)
    for line in lines:
        left -= line.is_sentence
        links = opens_links(line.text) or (links and not line.is_sentence)
        ended = ended or (any_body and ends_page(line.text))
        foot = line.credit is not None and line.credit.is_labelled and left <= FOOT_SENTENCES
        is_body = not (line.furniture or links or ended or foot)
        any_body = any_body or is_body
        yield is_body
