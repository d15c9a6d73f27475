"""The nouns of kb. Plain frozen data: no I/O, no database, nothing of kb imported but the kinds they come in.

Offsets are code points of the stored body: ``span.of(body)`` is the text a span covers, always.

    Article     one published text as read in, with what its page says about it
    Document    an article's body with sentences, tokens and the names found in it
    Annotation  a document with the article's own entities and its attributions
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kb.kinds import EntityType, Polarity, Precision, QuoteKind, SpeakerType, Verb


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points ``[start, end)`` of a body."""

    start: int
    end: int

    def of(self, body: str) -> str:
        """Return the text that the span covers."""
        return body[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Published:
    """When a page says it was published.

    `on` is the local calendar day, always known; `at` is aware UTC, None where the page gives only a day;
    `zone` is the zone as the page prints it (``WIB``), None where it prints none.
    """

    on: date
    precision: Precision
    at: datetime | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words that open a body with place and outlet (``KONTAN.CO.ID - SEOUL.``); part of the body."""

    span: Span
    place: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published text as read in.

    `body` is in normal form (NFC, LF, one blank line between paragraphs); `raw_text` is what was read,
    `raw_sha256` the hash of its bytes. `furniture` holds the page's lines that are not body, in page order.
    `extra` holds the fields of a JSONL record that kb has no noun for. `reader` names the code that read it;
    `urls` are all addresses it goes by, in canonical form, the one it is known by first.
    """

    id: str
    body: str
    raw_text: str
    raw_sha256: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    agency: str | None = None
    dateline: Dateline | None = None
    furniture: tuple[str, ...] = ()
    origin: str | None = None  # the file or the URL it was read from
    extra: Mapping[str, Any] = field(default_factory=dict)
    reader: str | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its tokens, in text order."""

    span: Span
    tokens: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity."""

    span: Span
    type: EntityType


@dataclass(frozen=True, slots=True)
class Document:
    """A body with its sentences and mentions, both in text order; mentions do not overlap."""

    body: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dateline: Span | None = None


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One entity as one article has it: `name` is its fullest form there, `forms` all forms, `mentions` its
    places in `Annotation.mentions`, `roles` what the text calls it beside its name, lower-case and spelt out
    (``menteri luar negeri rusia``)."""

    name: str
    type: EntityType
    forms: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the speaker: `entity` is a place in `Annotation.entities`, `score` is 0 to 1."""

    entity: int
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is reported as saying what.

    `content` is the reported stretch without its outer quotation marks. `speaker` is the fullest name in this
    article (or the description, for OTHER); None means that the text does not make it clear, `candidates`
    then holds who it may be, best first. `speaker_mention` is the span nearest the cue that stands for the
    speaker; for ``katanya`` the whole word. `speaker_entity` is a place in `Annotation.entities`. `medium` is
    who relays (``seperti dikutip Reuters``), `role` what the speaker is called (``juru bicara Kremlin``),
    `addressee` who was spoken to (``kepada wartawan``: ``wartawan``), `occasion` when, where and at what it was
    said (``usai rapat di Ambon, Rabu``); each as printed, None where the text gives none.
    `rule` names the rule that made it, `evidence` the spans it rests on; `confidence` is 0 to 1.
    """

    kind: QuoteKind
    content: Span
    rule: str
    confidence: float
    cue: Span | None = None
    polarity: Polarity = Polarity.ASSERTS
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    speaker_mention: Span | None = None
    speaker_entity: int | None = None
    role: str | None = None
    medium: str | None = None
    addressee: str | None = None
    occasion: str | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that is derived from one body by one pipeline."""

    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[LocalEntity, ...] = ()
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What made an annotation: package versions, model file hashes, the version of the rules."""

    packages: Mapping[str, str]
    models: Mapping[str, str]
    rules: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held: `role` in full, as news calls it (``menteri luar negeri Rusia``).

    `since` and `until` are years, months or days as ISO 8601 has them, inclusive; None: not known, or still held.
    """

    role: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """An entity that kb knows from the start. `aliases` are its other names; `wikidata` its id there.

    `discriminator` tells it from another seed of its name or of one of its aliases (``ayah``, ``anak``): what an
    article calls its bearer is then compared with the `offices` of both. `source` says where the facts are from.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    note: str | None = None
    discriminator: str | None = None
    offices: tuple[Office, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place in the world, as the articles of a base make it known.

    `uid` is the same in every base that has the entity; `aliases` are all forms that its articles print.
    """

    uid: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Which entity one text's entity is: `entity` is a uid, `rule` says why."""

    entity: str
    rule: str


@dataclass(frozen=True, slots=True)
class Links:
    """Who everybody is: `entities` in the order of their uids, `links` by the local entity's row number."""

    entities: tuple[Entity, ...] = ()
    links: Mapping[int, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, once and for all: `uid` is a hash of all the rest, `at` aware UTC.

    `arguments` name their objects by what outlives a row: entity uids with the names they had, article ids, text
    quote selectors (``exact``, ``prefix``, ``suffix``, as W3C's Web Annotation Data Model has them), quote hashes,
    uids of other decisions.
    """

    uid: str
    verb: Verb
    arguments: Mapping[str, Any]
    by: str
    at: datetime
    why: str | None = None


__all__ = [
    "Annotation",
    "Article",
    "Attribution",
    "Candidate",
    "Dateline",
    "Decision",
    "Document",
    "Entity",
    "EntityType",
    "Link",
    "Links",
    "LocalEntity",
    "Mention",
    "Office",
    "Pipeline",
    "Polarity",
    "Precision",
    "Published",
    "QuoteKind",
    "Seed",
    "Sentence",
    "Span",
    "SpeakerType",
    "Verb",
]
