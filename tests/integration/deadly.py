"""What stands in for rooms in a process of their own: it does its work quickly, and dies of one word."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import PurePath

from kb.errors import InputError
from kb.ingest import Raw
from kb.model import Annotation, Article
from kb.way.workers import Broken

POISON = "racun"
ENDLESS = "abadi"


def annotate_or_die(share: Sequence[Article]) -> list[Annotation | Broken]:
    """Return an empty annotation for each article; kill this process where a body has `POISON`."""
    if any(POISON in article.body for article in share):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Annotation(sentences=(), mentions=()) for _ in share]


def read_or_die(raw: Raw, _any_language: bool) -> Article | InputError:
    """Return the text as the article; kill this process where it has `POISON`, take for ever for `ENDLESS`."""
    body = raw.content.decode()
    if POISON in body:
        os.kill(os.getpid(), signal.SIGKILL)
    if ENDLESS in body:
        time.sleep(3600)
    return Article(PurePath(raw.origin).stem, body, body, raw.sha256, origin=raw.origin, reader="page/1")
