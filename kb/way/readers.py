"""Where raw bytes are read: plain text and records in this process, pages in processes of their own.

A page goes through a C library's parser (lxml, by way of trafilatura), which a page can make crash, or turn round for
minutes; that must cost the page and not the run. Not threads: the parser's memory is never given back while its
process lives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

from kb.errors import InputError, UnreadableInput
from kb.ingest import Form, Raw, read_raw
from kb.ingest.raws import hash_bytes
from kb.model import Article
from kb.way.workers import follow_parent

if TYPE_CHECKING:
    from pebble import ProcessPool

LONGEST_S = 60.0
"""Seconds that a page may take to read; a long page takes a tenth of one."""

PAGES_A_PROCESS = 500
"""Pages after which a process is replaced by a fresh one, so that what its parser leaks goes with it."""


@dataclass(slots=True)
class Readers:
    """What reads raw bytes; the processes start with the first page."""

    n: int
    any_language: bool = False
    _pool: ProcessPool | None = field(default=None)

    def read(self, raws: Sequence[Raw]) -> Iterator[Article | InputError]:
        """Yield the article of each, or why it is none, in their order."""
        pages = {
            place: self._processes().schedule(_read, args=(raw, self.any_language), timeout=LONGEST_S)
            for place, raw in enumerate(raws)
            if raw.form is Form.PAGE
        }
        for place, raw in enumerate(raws):
            if place in pages:
                yield _result(pages[place], raw)
            else:
                yield _read(raw, self.any_language)

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def _processes(self) -> ProcessPool:
        if self._pool is None:
            from pebble import ProcessPool  # noqa: PLC0415  (most runs meet no page)

            self._pool = ProcessPool(
                self.n, PAGES_A_PROCESS, initializer=follow_parent, context=get_context("spawn")
            )
        return self._pool


@contextmanager
def open_readers(n: int, *, any_language: bool = False) -> Iterator[Readers]:
    """Give what reads raw bytes, pages in `n` processes."""
    readers = Readers(n, any_language)
    try:
        yield readers
    finally:
        readers.close()


def reread_body(raw_text: str, form: Form, *, title: str | None, url: str | None) -> str | None:
    """Return the body that today's reader takes from what was read once; None if it finds none."""
    content = raw_text.encode()
    if form is Form.RECORD:
        content = json.dumps({"text": raw_text, "title": title, "url": url}).encode()
    raw = Raw(content, form, "what was read before", "", hash_bytes(content), None, url, "utf-8")
    read = _read(raw, True)
    return read.body if isinstance(read, Article) else None


def _read(raw: Raw, any_language: bool) -> Article | InputError:
    try:
        return read_raw(raw, any_language=any_language)
    except InputError as error:
        return error
    except Exception as error:  # a broad catch: an input that breaks a reader must not end the run
        return UnreadableInput(raw.subject, f"breaks its reader ({type(error).__name__}: {error})")


def _result(future, raw: Raw) -> Article | InputError:  # type: ignore[no-untyped-def]
    from pebble import ProcessExpired  # noqa: PLC0415

    try:
        result: Article | InputError = future.result()
    except TookTooLong:
        return UnreadableInput(raw.subject, f"takes longer than {LONGEST_S:.0f} s to read")
    except ProcessExpired as error:
        return UnreadableInput(raw.subject, f"ends the process that reads it (exit code {error.exitcode})")
    return result
