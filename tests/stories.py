"""Small articles with their annotations, told in a few words, for tests that ask a base about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from kb.linking import relink
from kb.model import (
    Annotation,
    Article,
    Attribution,
    Candidate,
    EntityType,
    LocalEntity,
    Mention,
    Pipeline,
    Polarity,
    Precision,
    Published,
    QuoteKind,
    Seed,
    Sentence,
    Span,
    SpeakerType,
)
from kb.store.seed import save_seeds
from kb.store.write import begin_run, save_annotation, save_article, save_pipeline

RULES = "stories"


@dataclass(frozen=True)
class Said:
    """A reported stretch: `content`, `cue` and `mention` are found in the body, `speaker` among its names."""

    content: str
    speaker: str | None
    mention: str | None = None
    cue: str | None = None
    kind: QuoteKind = QuoteKind.INDIRECT
    confidence: float = 0.9
    candidates: Sequence[str] = ()
    described: bool = False  # the speaker is somebody whom the text only describes, with `mention`


@dataclass(frozen=True)
class Story:
    """An article: `names` has, for the fullest name of each entity, its type and its other forms."""

    id: str
    body: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Sequence[Said] = ()
    on: date | None = None
    at: datetime | None = None
    outlet: str | None = None
    title: str | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what the text calls them, by name

    def article(self) -> Article:
        """Return the article as it was read in."""
        precision = Precision.MINUTE if self.at else Precision.DAY
        published = Published(self.on, precision, self.at) if self.on else None
        return Article(self.id, self.body, self.body, "0" * 64, self.title, self.outlet, published=published)

    def annotation(self) -> Annotation:
        """Return what annotation and attribution would have found."""
        mentions = sorted(self._mentions(), key=lambda pair: pair[0].span)
        places = {name: [n for n, (_, whose) in enumerate(mentions) if whose == name] for name in self.names}
        entities = tuple(
            LocalEntity(name, EntityType(kind), (name, *forms), tuple(places[name]), self.roles.get(name, ()))
            for name, (kind, *forms) in self.names.items()
        )
        sentences = tuple(
            Sentence(Span(*m.span()), ()) for m in re.finditer(r"\S[^\n]*?[.”](?=\s|$)", self.body)
        )
        found = tuple(mention for mention, _ in mentions)
        return Annotation(sentences, found, entities, tuple(map(self._attribution, self.said)))

    def _mentions(self) -> Iterable[tuple[Mention, str]]:
        forms = {
            form: (name, kind) for name, (kind, *others) in self.names.items() for form in (name, *others)
        }
        longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        for match in re.finditer(rf"\b(?:{longest_first})\b", self.body) if forms else ():
            name, kind = forms[match.group()]
            yield Mention(Span(*match.span()), EntityType(kind)), name

    def _attribution(self, said: Said) -> Attribution:
        order = list(self.names)
        content = self._span(said.content)
        return Attribution(
            said.kind,
            content,
            "story",
            said.confidence,
            cue=self._span(said.cue, near=content) if said.cue else None,
            polarity=Polarity.ASSERTS,
            speaker=said.mention if said.described else said.speaker,
            speaker_type=self._speaker_type(said),
            speaker_mention=self._span(said.mention, near=content) if said.mention else None,
            speaker_entity=order.index(said.speaker) if said.speaker else None,
            candidates=tuple(Candidate(order.index(name), 0.5) for name in said.candidates),
        )

    def _speaker_type(self, said: Said) -> SpeakerType | None:
        if said.described:
            return SpeakerType.OTHER
        if said.speaker is None:
            return None
        return SpeakerType.PER if self.names[said.speaker][0] == "PER" else SpeakerType.ORG

    def _span(self, text: str, *, near: Span | None = None) -> Span:
        places = [Span(*match.span()) for match in re.finditer(re.escape(text), self.body)]
        return min(places, key=lambda span: abs(span.start - near.start)) if near else places[0]


def tell(connection: Connection, *stories: Story, seeds: Sequence[Seed] = (), rules: str = RULES) -> None:
    """Save the stories with their annotations and link them, as the pipeline does."""
    run_id = begin_run(connection, "tell")
    pipeline_id = save_pipeline(connection, Pipeline({}, {}, rules))
    save_seeds(connection, seeds)
    for story in stories:
        saved = save_article(connection, story.article(), run_id)
        save_annotation(
            connection, story.annotation(), body_id=saved.body_id, pipeline_id=pipeline_id, run_id=run_id
        )
    relink(connection)
