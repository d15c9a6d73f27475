"""What `kb reingest` would do, and how long it would take; nothing is written."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from kb.annotate import load_annotator
from kb.pipeline import own_pipeline
from kb.query.plan import Stale, find_stale, texts_per_second
from kb.store.database import reading
from kb.store.write import find_pipeline
from kb.way.redoing import annotate_unsaved, stale_bodies
from kb.way.workers import open_workers

if TYPE_CHECKING:
    from sqlalchemy import Engine

SAMPLE = 8
"""Texts that are annotated to see how fast it goes, where no earlier run tells."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be annotated again, and how long it takes; `seconds` is None where there is nothing to do.

    `measured_by` has the numbers of the runs that the rate comes from; none: a sample was annotated just now.
    """

    stale: Stale
    texts_per_s: float | None = None
    measured_by: tuple[int, ...] = ()
    seconds: float | None = None


def make_plan(engine: Engine, *, workers: int = 1) -> Plan:
    """Return what there is to do for this program's pipeline.

    The rate is that of earlier runs on this machine, however many processes they had; else a sample's, in `workers`
    processes. Raises ModelMissing.
    """
    with reading(engine) as connection:
        pipeline_id = find_pipeline(connection, own_pipeline())
        stale = find_stale(connection, pipeline_id)
        measured = texts_per_second(connection, socket.gethostname())
    if not stale.n_texts:
        return Plan(stale)
    rate, runs = measured or (_measure(engine, pipeline_id, workers), ())
    return Plan(stale, rate, tuple(runs), stale.n_texts / rate)


def _measure(engine: Engine, pipeline_id: int | None, workers: int) -> float:
    """Annotate a text to load the models, then some from all over what is to do; return texts a second."""
    bodies = stale_bodies(engine, pipeline_id or 0)
    sample = bodies[:: max(len(bodies) // SAMPLE, 1)][:SAMPLE]
    with open_workers(load_annotator(), workers) as annotating:
        annotate_unsaved(engine, annotating, sample[:1])
        began = monotonic()
        n_texts = annotate_unsaved(engine, annotating, sample)
        return n_texts / max(monotonic() - began, 1e-9)
