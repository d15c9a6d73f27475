"""What stands in for the models in a worker process: it finds nothing, and dies of one word."""

import os
import signal
from collections.abc import Sequence

from kb.model import Annotation, Article
from kb.workers import Broken

POISON = "racun"


def annotate_or_die(share: Sequence[Article]) -> list[Annotation | Broken]:
    """Return an empty annotation for each article; kill this process where a body has `POISON`."""
    if any(POISON in article.body for article in share):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Annotation(sentences=(), mentions=()) for _ in share]
