"""Annotate again what another pipeline has annotated, the newest articles first.

What is to be done derives from the base, so a run that is cut off goes on where it stopped. Each text's annotation is
replaced whole, linked, in one transaction; the old one is kept, not current, for `kb pipeline diff`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kb.model import Annotation, Article, Dateline
from kb.store.database import reading
from kb.store.losses import count_quotes_in
from kb.store.read import StoredBody, load_bodies, load_bodies_to_annotate
from kb.store.write import load_current, save_annotation
from kb.way.run import Run
from kb.way.saving import Work
from kb.way.taking import Way, batches
from kb.way.workers import Broken, Workers

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def redo(way: Way, body_ids: Sequence[int]) -> set[int | None]:
    """Annotate these texts, in this order; return the row numbers of the feeds that print them."""
    way.run.report.planned(len(body_ids))
    feed_ids: set[int | None] = set()
    for part in batches(body_ids, way.batch):
        with reading(way.run.engine) as connection:
            bodies = load_bodies(connection, part)
        feed_ids.update(*(body.feed_ids for body in bodies))
        _redo_batch(way, bodies)
    way.saver.flush()
    return feed_ids


def stale_bodies(engine: Engine, pipeline_id: int) -> list[int]:
    """Return the texts of current revisions that this pipeline has not annotated, the newest articles' first."""
    with reading(engine) as connection:
        return load_bodies_to_annotate(connection, pipeline_id)


def annotate_unsaved(engine: Engine, workers: Workers, body_ids: Sequence[int]) -> int:
    """Annotate these texts and keep nothing of it; return how many there were."""
    with reading(engine) as connection:
        bodies = load_bodies(connection, body_ids)
    return len(list(workers.annotate([_article(body) for body in bodies])))


def bodies_of(engine: Engine, refs: Iterable[str]) -> list[int]:
    """Return the current texts of these articles."""
    with reading(engine) as connection:
        found = (load_current(connection, ref) for ref in refs)
        return [current.body_id for current in found if current]


def _redo_batch(way: Way, loaded: Sequence[StoredBody]) -> None:
    bodies = [body for body in loaded if way.guard.stopped.isdisjoint(body.feed_ids)]
    annotated = way.workers.annotate([_article(body) for body in bodies])
    whole: list[tuple[StoredBody, Annotation]] = []
    for body, annotation in zip(bodies, annotated, strict=True):
        if isinstance(annotation, Broken):
            way.run.fail(annotation.stage, body.article, annotation.error)
        else:
            whole.append((body, annotation))
    with reading(way.run.engine) as connection:
        lost = [count_quotes_in(connection, body.id) - len(found.attributions) for body, found in whole]
    weighed = zip(whole, lost, strict=True)
    way.weigh((feed_id, n) for (body, _), n in weighed for feed_id in body.feed_ids)
    going = [pair for pair in whole if way.guard.stopped.isdisjoint(pair[0].feed_ids)]
    way.run.report.advanced(len(loaded) - len(going))
    way.saver.add([_work(way.run, body, annotation) for body, annotation in going])


def _article(body: StoredBody) -> Article:
    """Return what annotation needs of an article: its text and the dateline that opens it."""
    dateline = None if body.dateline is None else Dateline(body.dateline)
    return Article(body.article, body.text, raw_text="", raw_sha256="", dateline=dateline)


def _work(run: Run, body: StoredBody, annotation: Annotation) -> Work:
    return Work(
        partial(_save, run, body, annotation), lambda stage, error: run.fail(stage, body.article, error)
    )


def _save(run: Run, body: StoredBody, annotation: Annotation, connection: Connection) -> Counter[str]:
    save_annotation(connection, annotation, body_id=body.id, pipeline_id=run.pipeline_id, run_id=run.id)
    run.subjects.add(body.article)
    found = {"quotes": len(annotation.attributions), "mentions": len(annotation.mentions)}
    return Counter(annotated=1, **found)
