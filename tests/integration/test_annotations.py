"""Annotations in a real base: the law of spans, replacing whole, one current for each body."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from invented import FLOOD, HARBOUR, NEWER, PIPELINE, STRIKE, dump, ingest, make_annotation, make_article
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError

from kb.errors import BadAnnotation
from kb.model import Annotation, Attribution, LocalEntity, Mention, QuoteKind, Span
from kb.store import tables, write
from kb.store.database import reading, writing

SPANS = (
    (tables.mention, ""),
    (tables.quote, ""),
    (tables.quote, "cue_"),
    (tables.quote, "speaker_mention_"),
)


@pytest.mark.parametrize(("table", "prefix"), SPANS, ids=str)
def test_every_stored_span_is_its_piece_of_the_body(database: Engine, table: Any, prefix: str) -> None:
    """body[start:end] equals every stored mention, quote, cue and speaker mention."""
    ingest(database, *(make_article(str(n), body) for n, body in enumerate((HARBOUR, FLOOD, STRIKE))))
    start, end, text = (table.c[f"{prefix}{part}"] for part in ("start_char", "end_char", "text"))
    with reading(database) as connection:
        rows = connection.execute(
            select(tables.body.c.text, start, end, text)
            .select_from(table)
            .join(tables.annotation, tables.annotation.c.id == table.c.annotation_id)
            .join(tables.body, tables.body.c.id == tables.annotation.c.body_id)
            .where(text.is_not(None))
        ).all()
    assert rows
    assert all(body[a:b] == words for body, a, b, words in rows)


def test_annotation_is_stored_as_it_was_made(database: Engine) -> None:
    """What went in comes out: kind, speaker, candidates, evidence, sentences, groups of mentions."""
    ingest(database, make_article("a", HARBOUR))
    q, m, e = tables.quote.c, tables.mention.c, tables.local_entity.c
    with reading(database) as connection:
        quote = connection.execute(select(tables.quote, e.name).join(tables.local_entity)).one()
        mentions = connection.execute(
            select(m.text, m.sentence, e.name).join(tables.local_entity).order_by(m.start_char)
        ).all()
        candidates = connection.execute(select(tables.speaker_candidate)).all()
    assert (quote.kind, quote.polarity, quote.cue_text, quote.name) == (
        "direct",
        "asserts",
        "kata",
        "Budi Santoso",
    )
    assert (quote.speaker, quote.speaker_type, quote.speaker_mention_text) == (
        "Budi Santoso",
        "PER",
        "Budi Santoso",
    )
    assert quote.folded == "dermaga ini selesai tahun depan"
    assert quote.evidence == [[quote.cue_start_char, quote.cue_end_char]]
    assert [(c.rank, c.local_entity_id, c.score) for c in candidates] == [
        (0, quote.speaker_local_entity_id, 0.9)
    ]
    assert ("Budi", 2, "Budi Santoso") in [tuple(row) for row in mentions]
    assert q.speaker_local_entity_id.index


@pytest.mark.parametrize(
    ("annotation", "what"),
    [
        (Annotation(mentions=(Mention(Span(0, 5000), "PER"),)), "outside"),
        (Annotation(mentions=(Mention(Span(-3, 2), "PER"),)), "outside"),
        (Annotation(mentions=(Mention(Span(4, 4), "PER"),)), "outside"),
        (Annotation(mentions=(Mention(Span(0, 10), "PER"),)), "white space"),
        (Annotation(attributions=(Attribution(QuoteKind.DIRECT, Span(5, 2), "r", 1.0),)), "outside"),
        (
            Annotation(attributions=(Attribution(QuoteKind.DIRECT, Span(0, 5), "r", 1.0, speaker_entity=0),)),
            "speaker",
        ),
        (Annotation(entities=(LocalEntity("x", "PER", mentions=(0,)),)), "mentions"),
    ],
    ids=[
        "past the end",
        "before the start",
        "empty",
        "edges",
        "backwards",
        "no such entity",
        "no such mention",
    ],
)
def test_an_annotation_that_does_not_fit_its_body_is_refused(
    database: Engine, annotation: Annotation, what: str
) -> None:
    """The law of spans is checked before a row is written."""
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        saved = write.save_article(connection, make_article("a", HARBOUR), run_id)
        pipeline_id = write.save_pipeline(connection, PIPELINE)
        with pytest.raises(BadAnnotation, match=what):
            write.save_annotation(
                connection, annotation, body_id=saved.body_id, pipeline_id=pipeline_id, run_id=run_id
            )
        assert not write.is_annotated(connection, saved.body_id, pipeline_id)


def test_a_span_of_another_length_than_its_text_is_refused_by_the_database(database: Engine) -> None:
    """The CHECK holds what code forgets."""
    ingest(database, make_article("a", HARBOUR))
    with pytest.raises(IntegrityError, match="ck_mention_span"), writing(database) as connection:
        connection.execute(update(tables.mention).values(end_char=tables.mention.c.end_char + 1))


def test_annotating_again_replaces_the_whole_annotation(database: Engine) -> None:
    """One pipeline has one annotation of a body; what hung on the old one is gone."""
    (saved,) = ingest(database, make_article("a", HARBOUR))
    thin = Annotation(sentences=make_annotation(HARBOUR).sentences)
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb annotate")
        ids = {"body_id": saved.body_id, "pipeline_id": write.save_pipeline(connection, PIPELINE)}
        write.save_annotation(connection, thin, **ids, run_id=run_id)
    rows = dump(database)
    assert len(rows["annotation"]) == 1
    assert not any(rows[name] for name in ("mention", "quote", "local_entity", "speaker_candidate", "link"))


def test_a_newer_pipeline_is_current_and_the_older_is_kept(database: Engine) -> None:
    """Readers see one annotation of a body, and going back to the older pipeline makes that current again."""
    article = make_article("a", HARBOUR)
    ingest(database, article)
    (saved,) = ingest(database, article, pipeline=NEWER)
    a = tables.annotation.c
    with writing(database) as connection:
        older, newer = (write.save_pipeline(connection, p) for p in (PIPELINE, NEWER))
        rows = connection.execute(select(a.pipeline_id, a.is_current).order_by(a.pipeline_id)).tuples().all()
        assert rows == [(older, False), (newer, True)]
        assert write.is_annotated(connection, saved.body_id, newer)
        assert not write.is_annotated(connection, saved.body_id, older)
    ingest(database, article)
    with reading(database) as connection:
        current = connection.execute(select(a.pipeline_id).where(a.is_current)).scalars().all()
        assert current == [older]
        assert connection.execute(select(func.count()).select_from(tables.annotation)).scalar_one() == 2


def test_two_annotations_of_a_body_cannot_both_be_current(database: Engine) -> None:
    """The database holds what readers rely on."""
    article = make_article("a", HARBOUR)
    ingest(database, article)
    ingest(database, article, pipeline=NEWER)
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(update(tables.annotation).values(is_current=True))


def test_links_hang_on_current_annotations_only(database: Engine) -> None:
    """An entity of an annotation that readers do not see is linked to nobody."""
    article = make_article("a", HARBOUR)
    ingest(database, article)
    ingest(database, article, pipeline=NEWER)
    with reading(database) as connection:
        states = connection.execute(
            select(tables.annotation.c.is_current)
            .join(tables.local_entity, tables.local_entity.c.annotation_id == tables.annotation.c.id)
            .join(tables.link, tables.link.c.local_entity_id == tables.local_entity.c.id)
        ).scalars()
        assert set(states) == {True}


def test_a_large_annotation_is_stored_whole_and_in_order(database: Engine) -> None:
    """Bulk inserts of thousands of rows keep each mention with its own entity."""
    body = " ".join(f"Nama{n}" for n in range(3000))
    spans, start = [], 0
    for word in body.split():
        spans.append(Span(start, start + len(word)))
        start += len(word) + 1
    annotation = Annotation(
        mentions=tuple(Mention(span, "PER") for span in spans),
        entities=tuple(
            LocalEntity(span.of(body), "PER", (span.of(body),), (n,)) for n, span in enumerate(spans)
        ),
    )
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        saved = write.save_article(connection, replace(make_article("a", body), dateline=None), run_id)
        ids = {"body_id": saved.body_id, "pipeline_id": write.save_pipeline(connection, PIPELINE)}
        write.save_annotation(connection, annotation, **ids, run_id=run_id)
        m, e = tables.mention.c, tables.local_entity.c
        rows = connection.execute(select(m.text, e.name).join(tables.local_entity)).all()
    assert len(rows) == 3000
    assert all(text == name for text, name in rows)
