"""The whole way of an article, in one screen; what happens in each room is the room's own business.

    read -> save -> annotate -> attribute -> save         an article at a time
                                                 -> link  once, what the run changed

An input that cannot be read, and an article that a room breaks on, is kept as a failure and the run goes on.
Articles are saved before they are annotated, and each body's annotation whole in one transaction: a run that
is cut off leaves nothing half done, and reading the same inputs again goes on where it stopped.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from kb.annotate import load_annotator
from kb.curation import count_waiting
from kb.errors import DatabaseProblem, InputError
from kb.fingerprint import hash_code
from kb.ingest import read_articles
from kb.linking import relink
from kb.model import Annotation, Article, Pipeline
from kb.store import write
from kb.store.database import writing
from kb.store.seed import find_seed_file, read_seeds, save_seeds
from kb.workers import Broken, Workers, open_workers

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BATCH = 32
"""Articles a process that are saved in one transaction, before the first of them is annotated."""

_RULES = ("annotate", "attribute", "names/words.py", "lexicon.py", "wordlists")
"""What of the package decides an annotation, models and Stanza apart."""

T = TypeVar("T")


class Report(Protocol):
    """Who is told how a run gets on."""

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Hear of an input that did not go through."""

    def advanced(self, n_inputs: int) -> None:
        """Hear that so many more inputs are done with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: how many articles came to what, and what was found in the bodies it annotated.

    `n_waiting` is how many decisions of people do not fit the base as it is now.
    """

    articles: write.RunCounts
    n_quotes: int
    n_mentions: int
    n_waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """A run under way: where it writes, who annotates for it, whom it tells, what it has counted."""

    engine: Engine
    id: int
    workers: Workers
    pipeline_id: int
    report: Report
    counts: Counter[str] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)  # files and articles that went through


def ingest(
    engine: Engine, inputs: Sequence[str], *, any_language: bool = False, workers: int = 1, report: Report
) -> Outcome:
    """Read `inputs` (files, folders, ``-``) into the base and annotate what this pipeline has not annotated.

    What is found does not depend on `workers`, the number of processes that annotate.
    Raises ModelMissing and DatabaseProblem; all else that goes wrong is kept as a failure.
    """
    annotator = load_annotator()
    pipeline = Pipeline(packages=annotator.packages, models=annotator.models, rules=hash_code(*_RULES))
    with open_workers(annotator, workers) as opened:
        run = _begin(engine, shlex.join(["kb", "ingest", *inputs]), pipeline, opened, report)
        for batch in _batches(read_articles(inputs, any_language=any_language), BATCH * workers):
            pending = _save(run, batch)
            report.advanced(len(batch) - len(pending))
            _annotate(run, pending)
        return _end(run)


def _begin(engine: Engine, command: str, pipeline: Pipeline, workers: Workers, report: Report) -> _Run:
    with writing(engine) as connection:
        if path := find_seed_file():
            save_seeds(connection, read_seeds(path))
        run_id = write.begin_run(connection, command)
        pipeline_id = write.save_pipeline(connection, pipeline)
    return _Run(engine, run_id, workers, pipeline_id, report)


def _end(run: _Run) -> Outcome:
    counts = write.RunCounts(**{name: run.counts[name] for name in asdict(write.RunCounts())})
    with writing(run.engine) as connection:
        relink(connection)
        n_waiting = count_waiting(connection)
        write.resolve_failures(connection, *run.subjects, before_run=run.id)
        write.end_run(connection, run.id, counts)
    return Outcome(counts, run.counts["quotes"], run.counts["mentions"], n_waiting)


def _save(run: _Run, batch: Iterable[Article | InputError]) -> Mapping[int, Article]:
    """Save what was read; return what is to annotate: one article for each body, by the body's row number."""
    pending: dict[int, Article] = {}
    with writing(run.engine) as connection:
        for read in batch:
            try:
                article = _or_raise(read)
                saved = write.save_article(connection, article, run.id)
            except InputError as error:
                _fail(run, connection, "ingest", error.subject, error)
                continue
            run.counts[saved.state] += 1
            run.subjects.update({article.id, article.origin or article.id})
            if not write.is_annotated(connection, saved.body_id, run.pipeline_id):
                pending.setdefault(saved.body_id, article)
    return pending


def _or_raise(read: Article | InputError) -> Article:
    if isinstance(read, InputError):
        raise read
    return read


def _annotate(run: _Run, pending: Mapping[int, Article]) -> None:
    """Take a batch of articles, by their bodies' row numbers, through the rooms."""
    annotated = run.workers.annotate(list(pending.values()))
    for (body_id, article), annotation in zip(pending.items(), annotated, strict=True):
        _keep(run, article, annotation, body_id)
        run.report.advanced(1)


def _keep(run: _Run, article: Article, annotation: Annotation | Broken, body_id: int) -> None:
    """Save one article's annotation; where a room broke on it, or the store does, it is kept as a failure."""
    stage = "store"
    try:
        if isinstance(annotation, Broken):
            stage = annotation.stage
            raise annotation.error
        with writing(run.engine) as connection:
            write.save_annotation(
                connection, annotation, body_id=body_id, pipeline_id=run.pipeline_id, run_id=run.id
            )
    except DatabaseProblem:
        raise
    except Exception as error:  # an article must not end the run
        with writing(run.engine) as connection:
            _fail(run, connection, stage, article.id, error)
        return
    run.counts.update(annotated=1, quotes=len(annotation.attributions), mentions=len(annotation.mentions))


def _fail(run: _Run, connection: Connection, stage: str, subject: str, error: Exception) -> None:
    write.save_failure(connection, run.id, stage=stage, subject=subject, error=error)
    run.counts["failed"] += 1
    run.report.failed(stage, subject, error)


def _batches(read: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(read, size)):
        yield batch
