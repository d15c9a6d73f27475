"""The whole way of an article, in one screen; what happens in each room is the room's own business.

    find ─> known? ─> read ─> same text? ─> annotate, attribute ─> loss guard ─> save     a batch at a time
                                                                                  -> link  once, what the run changed

Each level stops the work: bytes that are known are not read, a text that is known is no new revision, a text that
this pipeline has annotated is not annotated. A batch is saved in one transaction, each article's revision together
with its annotation: readers see an article as it was or as it is. An input that cannot be read, and an article
that a room breaks on, is kept as a failure and the run goes on. A run that is cut off leaves nothing half done, and
reading the same inputs again goes on where it stopped.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kb.annotate import load_annotator
from kb.errors import DatabaseProblem, Forgotten, InputError
from kb.fingerprint import hash_code
from kb.guard import Guard
from kb.identity import identify
from kb.ingest import Raw, reader_of
from kb.model import Annotation, Article, Pipeline
from kb.readers import reread_body
from kb.run import Outcome, Report, Run, finish, now, running
from kb.sources import Sighting, from_files
from kb.store import write
from kb.store.database import reading, writing
from kb.store.losses import count_lost, count_quotes, count_quotes_in
from kb.store.readings import load_known, note_seen, save_page, save_reading
from kb.store.runs import save_fetch
from kb.workers import Broken, Workers, open_workers

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BATCH = 32
"""Articles a process that are read, annotated and saved at once."""

LOOK_AHEAD = 1000
"""Inputs whose bytes are looked up at once."""

_RULES = ("annotate", "attribute", "names/words.py", "lexicon.py", "wordlists")
"""What of the package decides an annotation, models and Stanza apart."""

T = TypeVar("T")
