"""Invented articles, annotated by looking their names up: what a reader and a pipeline would have made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, select

from kb.linking import relink
from kb.model import (
    Annotation,
    Article,
    Attribution,
    Candidate,
    Dateline,
    EntityType,
    LocalEntity,
    Mention,
    Pipeline,
    Precision,
    Published,
    QuoteKind,
    Sentence,
    Span,
    SpeakerType,
)
from kb.store import tables, write
from kb.store.columns import metadata
from kb.store.database import reading, writing

PIPELINE = Pipeline(packages={"stanza": "1.15.0"}, models={"ner.pt": "0" * 64}, rules="1")
NEWER = Pipeline(packages={"stanza": "1.15.0"}, models={"ner.pt": "1" * 64}, rules="2")

HARBOUR = (
    "PELABUHAN RANTAU - Bupati Rantau Budi Santoso meninjau dermaga baru.\n\n"
    "“Dermaga ini selesai tahun depan,” kata Budi Santoso di Rantau, Senin.\n\n"
    "Budi menambahkan bahwa 🚢 besar dapat bersandar."
)
FLOOD = "Banjir melanda Rantau. “Kami butuh perahu,” kata Siti Aminah. Menurut Budi, air akan surut."
STRIKE = "“Upah kami belum naik,” ujar Ketua Serikat Buruh Rantau Siti Aminah kepada Kantor Berita Antarmuka."
PRAISE = "“Siti Aminah benar soal upah,” kata Budi Santoso."

NAMES: Mapping[str, Mapping[str, tuple[EntityType, tuple[str, ...]]]] = {
    HARBOUR: {
        "Budi Santoso": (EntityType.PER, ("Budi Santoso", "Budi")),
        "Rantau": (EntityType.LOC, ("Rantau",)),
    },
    FLOOD: {
        "Siti Aminah": (EntityType.PER, ("Siti Aminah",)),
        "Budi": (EntityType.PER, ("Budi",)),
        "Rantau": (EntityType.LOC, ("Rantau",)),
    },
    PRAISE: {
        "Siti Aminah": (EntityType.PER, ("Siti Aminah",)),
        "Budi Santoso": (EntityType.PER, ("Budi Santoso",)),
    },
    STRIKE: {
        "Siti Aminah": (EntityType.PER, ("Siti Aminah",)),
        "Serikat Buruh Rantau": (EntityType.ORG, ("Serikat Buruh Rantau",)),
        "Kantor Berita Antarmuka": (EntityType.ORG, ("Kantor Berita Antarmuka",)),
    },
}

_QUOTE = re.compile(r"“(?P<content>[^”]+),” (?P<cue>kata|ujar) (?P<speaker>.*?Budi Santoso|.*?Siti Aminah)")


def make_article(id_: str, body: str, **changes: Any) -> Article:
    """Return an article of that body, with all that a page can say about it."""
    published = Published(
        date(2024, 6, 18), Precision.MINUTE, at=datetime(2024, 6, 17, 23, 51, tzinfo=UTC), zone="WIB"
    )
    said: dict[str, Any] = {
        "raw_text": f"MENU\n{body}",
        "raw_sha256": hashlib.sha256(f"MENU\n{body}".encode()).hexdigest(),
        "title": "Dermaga Baru",
        "outlet": "Warta Rantau",
        "url": "https://warta.example/1",
        "published": published,
        "authors": ("Ani Lestari",),
        "editors": ("Joko",),
        "agency": "Antarmuka",
        "dateline": Dateline(Span(0, 9), place="Rantau"),
        "furniture": ("MENU",),
        "origin": f"{id_}.txt",
        "extra": {"tags": ["laut"], "n": 1},
    }
    return Article(id_, body, **(said | changes))


def make_annotation(body: str) -> Annotation:
    """Return the annotation of one of the bodies above."""
    found = sorted(_find_names(body), key=lambda pair: pair[0].span)
    mentions = tuple(mention for mention, _ in found)
    entities = tuple(
        LocalEntity(name, type_, forms, tuple(i for i, (_, owner) in enumerate(found) if owner == name))
        for name, (type_, forms) in NAMES[body].items()
    )
    sentences = tuple(Sentence(Span(*m.span()), ()) for m in re.finditer(r"\S[^\n]*", body))
    return Annotation(sentences, mentions, entities, tuple(_find_quotes(body, entities)))


def _find_names(body: str) -> Iterable[tuple[Mention, str]]:
    taken: list[Span] = []
    forms = [(form, name, t) for name, (t, forms) in NAMES[body].items() for form in forms]
    for form, name, type_ in sorted(forms, key=lambda row: -len(row[0])):
        for match in re.finditer(rf"\b{form}\b", body):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Mention(span, type_), name


def _find_quotes(body: str, entities: tuple[LocalEntity, ...]) -> Iterable[Attribution]:
    for match in _QUOTE.finditer(body):
        place = next(i for i, entity in enumerate(entities) if match["speaker"].endswith(entity.name))
        yield Attribution(
            QuoteKind.DIRECT,
            Span(*match.span("content")),
            rule="marked_cue",
            confidence=0.9,
            cue=Span(*match.span("cue")),
            speaker=entities[place].name,
            speaker_type=SpeakerType.PER,
            speaker_mention=Span(match.end("speaker") - len(entities[place].name), match.end("speaker")),
            speaker_entity=place,
            candidates=(Candidate(place, 0.9),),
            evidence=(Span(*match.span("cue")),),
        )


def ingest(database: Engine, *articles: Article, pipeline: Pipeline = PIPELINE) -> list[write.Saved]:
    """Save articles, annotate what is not annotated, link: what the pipeline does."""
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        pipeline_id = write.save_pipeline(connection, pipeline)
        saved = [write.save_article(connection, article, run_id) for article in articles]
        for one, article in zip(saved, articles, strict=True):
            if not write.is_annotated(connection, one.body_id, pipeline_id):
                ids = {"body_id": one.body_id, "pipeline_id": pipeline_id, "run_id": run_id}
                write.save_annotation(connection, make_annotation(article.body), **ids)
        link(connection)
        write.end_run(connection, run_id, write.RunCounts())
    return saved


def link(connection: Connection) -> int:
    """Link all that the base has; return how many rows that changed."""
    before = _rows(connection)
    relink(connection)
    return len(before ^ _rows(connection))


def _rows(connection: Connection) -> set[str]:
    """Return all rows that linking writes, row numbers of links aside, as text."""
    linked = (tables.link, tables.entity, tables.alias, tables.external_id, tables.quote_cluster_member)
    return {f"{table.name} {row}" for table in linked for row in connection.execute(select(table))}


def dump(database: Engine, *, without: tuple[Table, ...] = (tables.run,)) -> dict[str, list[Any]]:
    """Return all rows of all tables but these, in an order of their own; when an article was last seen is no news."""
    kept = [table for table in metadata.sorted_tables if table not in without]
    with reading(database) as connection:
        return {table.name: sorted(map(repr, connection.execute(_columns(table)))) for table in kept}


def _columns(table: Table) -> Select[Any]:
    return select(*(column for column in table.c if column is not tables.article.c.last_seen_at))
