"""How the program starts quickly: it imports what a command needs, and the collector rests meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing() -> Iterator[None]:
    """Let the garbage collector rest while modules are imported, and leave alone for good what they made.

    Modules, classes and tables stay until the end; looking through them again and again is a tenth of the time in which
    a question is answered (`make bench-start`). https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
