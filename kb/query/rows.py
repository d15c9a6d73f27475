"""What questions are answered with: frozen rows whose field names users build on.

`article` is the id an article was ingested under; `start` and `end` are code points of its body. `speaker`
and `entity` are the fullest name in that article, `entity_name` the name that the base shows,
`speaker_entity` and `entity_uid` the base's own entity. None means: not known, not clear, or not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A person, organisation or place, with how often current articles name and quote it."""

    uid: str
    name: str
    type: str
    n_mentions: int
    n_quotes: int
    n_articles: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One reported stretch in one article.

    `speaker_mention` is what stands for the speaker nearest the cue, `context` the sentences that hold
    content, cue and speaker, as printed; `cluster` is the uid that all reports of one statement share. Where people
    decided on the speaker, `rule` is ``decision``.
    """

    article: str
    kind: str
    text: str
    start: int
    end: int
    speaker: str | None
    speaker_type: str | None
    speaker_mention: str | None
    speaker_entity: str | None
    entity_name: str | None
    role: str | None
    cue: str | None
    polarity: str
    medium: str | None
    addressee: str | None
    occasion: str | None
    rule: str
    confidence: float
    outlet: str | None
    published_on: date | None
    published_at: datetime | None
    title: str | None
    url: str | None
    cluster: str | None
    context: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One article's report of a statement: `relation` is what it is to the first report."""

    article: str
    outlet: str | None
    published_on: date | None
    relation: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementRow(QuoteRow):
    """A statement, told by its newest report in the answer; `reports` are all reports of it, the first one first.

    There are none where one article alone reports it.
    """

    reports: tuple[ReportRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One name in one article."""

    article: str
    type: str
    text: str
    start: int
    end: int
    entity: str | None
    entity_uid: str | None
    entity_name: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """The current state of one article; `revision` counts its states from 1."""

    article: str
    title: str | None
    outlet: str | None
    published_on: date | None
    published_at: datetime | None
    published_zone: str | None
    url: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    agency: str | None
    revision: int
    n_chars: int
    n_mentions: int
    n_quotes: int


@dataclass(frozen=True, slots=True)
class FoundArticleRow(ArticleRow):
    """An article that a search found; `snippet` is its text around the first word found, in one line."""

    snippet: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with its body and what was found in it, in text order."""

    article: ArticleRow
    body: str
    mentions: tuple[MentionRow, ...]
    quotes: tuple[QuoteRow, ...]


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Another entity, with the number of articles that name both."""

    uid: str
    name: str
    type: str
    n_articles: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that the base knows of one entity; articles and quotes are the newest ones, newest first.

    `offices` are those of the seeds, each with its term (``kapolri (2021-01-27 to )``).
    """

    entity: EntityRow
    aliases: tuple[str, ...]
    external_ids: tuple[str, ...]
    note: str | None
    offices: tuple[str, ...]
    related: tuple[RelatedRow, ...]
    articles: tuple[ArticleRow, ...]
    quotes: tuple[QuoteRow, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two entities that may be one, and why: `score` is 0 to 1."""

    uid: str
    name: str
    type: str
    n_quotes: int
    n_mentions: int
    other_uid: str
    other_name: str
    other_type: str
    other_n_quotes: int
    other_n_mentions: int
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes to give; a condition that is None lets everything pass.

    `since` and `until` are inclusive local days: an undated article passes neither. `outlet` is part of the
    outlet's name. `about` is words of the content (all of them; short ones whole) or a name mentioned in it.
    """

    kind: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    about: str | None = None
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one speaker said: an entity or, where `entity` is None, somebody whom texts only describe so.

    `n_statements` is how many there are, whatever the limit on `quotes`, which are a statement each, or a quote each
    where nothing was clustered; `n_quotes` is in how many quotes. `n_open` is how many quotes more have no clear
    speaker, but this one among those it may be.
    """

    name: str
    entity: EntityRow | None
    quotes: tuple[StatementRow, ...]
    n_quotes: int
    n_statements: int = 0
    n_open: int = 0
