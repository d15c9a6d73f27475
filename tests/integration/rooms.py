"""Rooms that stand in for the models: names by a list of words, quotes by their marks; and articles to put into them.

All that a run writes is there: entities, links, aliases, clusters, quotes with and without a speaker, candidates.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kb import pipeline
from kb.annotate import Annotator
from kb.annotate.annotator import TaggedBody
from kb.annotate.sentences import TaggedToken
from kb.model import (
    Annotation,
    Attribution,
    Candidate,
    Document,
    EntityType,
    LocalEntity,
    QuoteKind,
    Span,
    SpeakerType,
)
from kb.way import workers

POISON = "racun"
"""A text with this word breaks the room that tags."""

FIRST = ("Ratna", "Bowo", "Citra", "Danang", "Endah", "Fajar", "Gilang", "Hesti")
LAST = ("Wiyasa", "Lestuti", "Pranowati", "Sudarmin", "Kertayuda", "Maharini")
PLACES = ("Rantau", "Sumberarum", "Tirtawana", "Kaliwungu")
BODIES = ("Serikat Nelayan Tirtawana", "Dinas Air Sumberarum")

WORDS = (
    *(
        "dermaga",
        "pupuk",
        "perahu",
        "sekolah",
        "jembatan",
        "bendungan",
        "pasar",
        "koperasi",
        "gudang",
        "sawah",
    ),
    *(
        "beton",
        "kabel",
        "jaring",
        "atap",
        "saluran",
        "bibit",
        "panen",
        "hujan",
        "teluk",
        "lapangan",
        "listrik",
    ),
    *("rusak", "murah", "aman", "darurat", "rapuh", "kering", "terang", "sepi", "ramai", "lambat", "kotor"),
    *("warga", "petani", "relawan", "pedagang", "murid", "bupati", "penjaga", "sopir", "tukang", "tetangga"),
)

N_SHARED = 60
"""Statements that several articles report; all others stand in one."""

_NAMES = re.compile(
    rf"(?P<ORG>{'|'.join(BODIES)})|(?P<PER>(?:{'|'.join(FIRST)}) (?:{'|'.join(LAST)}))|(?P<LOC>{'|'.join(PLACES)})"
)
_QUOTES = re.compile(r"“(?P<content>[^”]+),” (?P<cue>kata) (?P<speaker>[A-Z]\w+ \w+|seorang warga|dia)")


def tell_story(number: int) -> str:
    """Return the body of the invented article of this number, the same each time."""
    chosen = random.Random(number)
    people = [f"{chosen.choice(FIRST)} {chosen.choice(LAST)}" for _ in range(2)]
    said = [_tell_statement(chosen.randrange(N_SHARED)), _tell_statement(N_SHARED + number)]
    place, body = chosen.choice(PLACES), chosen.choice(BODIES)
    return (
        f"Warga {place} berkumpul di balai desa pada hari ke-{number} untuk membahas rencana {body}.\n\n"
        f"“{said[0]},” kata {people[0]} di hadapan mereka. Pertemuan itu juga dihadiri {people[1]}.\n\n"
        f"“{said[1]},” kata dia kemudian kepada warga {place}.\n"
    )


def _tell_statement(number: int) -> str:
    """Return something that people say, the same for each number."""
    said = random.Random(number).sample(WORDS, 6)
    return "Di sini {} dan {} akan menjadi {} karena {} belum melihat {} maupun {}".format(*said)


def tag(bodies: Sequence[str]) -> list[TaggedBody]:
    """Tag the names; break on `POISON`."""
    if any(POISON in body for body in bodies):
        raise ValueError(POISON)
    return [[list(_tag_words(body))] for body in bodies]


def _tag_words(body: str) -> Iterator[TaggedToken]:
    names = {word.start(): word for word in _NAMES.finditer(body)}
    within: re.Match[str] | None = None
    for word in re.finditer(r"\w+(?:-\w+)*|[^\w\s]", body):
        within = names.get(word.start(), within)
        if within is None or word.end() > within.end():
            yield TaggedToken(Span(*word.span()), "O")
        else:
            edges = (word.start() == within.start(), word.end() == within.end())
            place = {(True, True): "S", (True, False): "B", (False, True): "E"}.get(edges, "I")
            yield TaggedToken(Span(*word.span()), f"{place}-{within.lastgroup}")


def attribute(document: Document) -> Annotation:
    """Find the quotes of these stories: by name, by description, and by ``dia``, who may be anybody."""
    places: dict[tuple[EntityType, str], list[int]] = {}
    for place, mention in enumerate(document.mentions):
        places.setdefault((mention.type, mention.span.of(document.body)), []).append(place)
    entities = tuple(
        LocalEntity(name, of_type, (name,), tuple(found)) for (of_type, name), found in places.items()
    )
    quotes = tuple(_attribute(match, entities) for match in _QUOTES.finditer(document.body))
    return Annotation(document.sentences, document.mentions, entities, quotes)


def attribute_anew(document: Document) -> Annotation:
    """Find the same quotes by another rule, and take ``dia`` for the first person named."""
    found = attribute(document)
    quotes = tuple(_take_anew(one, found.entities) for one in found.attributions)
    return replace(found, attributions=quotes)


def _take_anew(quote: Attribution, entities: tuple[LocalEntity, ...]) -> Attribution:
    if quote.speaker is not None:
        return replace(quote, rule="story again")
    place, first = next((n, one) for n, one in enumerate(entities) if one.type == EntityType.PER)
    named: dict[str, Any] = {"speaker": first.name, "speaker_type": SpeakerType.PER, "speaker_entity": place}
    return replace(quote, rule="story again", candidates=(), **named)


def _attribute(match: re.Match[str], entities: tuple[LocalEntity, ...]) -> Attribution:
    said = match["speaker"]
    speaker = next((n for n, one in enumerate(entities) if one.name == said), None)
    people = [n for n, one in enumerate(entities) if one.type == EntityType.PER]
    is_described = speaker is None and said != "dia"
    return Attribution(
        QuoteKind.DIRECT,
        Span(*match.span("content")),
        rule="story",
        confidence=0.9 if speaker is not None else 0.5,
        cue=Span(*match.span("cue")),
        speaker=None if said == "dia" else said,
        speaker_type=SpeakerType.OTHER if is_described else None if said == "dia" else SpeakerType.PER,
        speaker_mention=Span(*match.span("speaker")),
        speaker_entity=speaker,
        candidates=tuple(Candidate(n, 1 / (2 + rank)) for rank, n in enumerate(people))
        if said == "dia"
        else (),
        evidence=(Span(*match.span("cue")),),
    )


def put_rooms(
    patch: pytest.MonkeyPatch,
    *,
    tag: Callable[[Sequence[str]], Sequence[TaggedBody]] = tag,
    attribute: Callable[[Document], Annotation] = attribute,
    model: str = "1",
) -> None:
    """Put these rooms into the way of articles until the patch is undone; no list of seeds is read."""
    rooms: dict[str, Any] = {"packages": {"fake": "1"}, "models": {"fake.pt": model}}
    patch.setattr(pipeline, "load_annotator", lambda: Annotator(tag=tag, **rooms))
    patch.setattr(workers, "attribute", attribute)
    patch.setattr("kb.way.run.find_seed_file", lambda: None)
