"""A file of rows and its manifest, which says what the file holds and how to tell that it is whole.

The file is complete before it gets its name, and the manifest gets its own last: a manifest is always that of the file
beside it. Nobody sees half of either, and what fails leaves what was there before.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kb.errors import KbError

Write = Callable[[IO[bytes]], int]
"""Writes rows to a stream and returns how many."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    n_rows: int
    n_bytes: int
    sha256: str


def manifest_path_of(path: Path) -> Path:
    """Return where a file's manifest stands: beside it, ``quotes.csv.manifest.json``."""
    return path.with_name(path.name + ".manifest.json")


def write_stream(stream: IO[bytes], write: Write) -> Written:
    """Write rows to a stream that stays open."""
    with _Counted(stream) as counted:
        n_rows = write(cast(IO[bytes], counted))
    return Written(n_rows, counted.n_bytes, counted.sha256.hexdigest())


def write_file(
    path: Path, write: Write, tell: Callable[[Written], Mapping[str, Any]], *, manifest: Path | None = None
) -> Written:
    """Write rows to `path` and what `tell` says of them, as JSON, to `manifest`; None: to its place beside the file.

    KbError where that cannot be. What is no file (a pipe, a device) is written to as a stream.
    """
    path = path.resolve()
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                return write_stream(stream, write)
        manifest = manifest.resolve() if manifest else manifest_path_of(path)
        with _hidden(path) as (hidden_path, stream), _hidden(manifest) as (hidden_manifest, told):
            written = write_stream(stream, write)
            told.write(manifest_bytes(tell(written)))
            for part in (stream, told):
                part.flush()
                os.fsync(part.fileno())
            manifest.unlink(missing_ok=True)  # it is not that of the new file
            os.replace(hidden_path, path)
            os.replace(hidden_manifest, manifest)
    except OSError as error:
        raise KbError(str(path), "cannot be written", error.strerror) from error
    return written


def manifest_bytes(told: Mapping[str, Any]) -> bytes:
    """Return a manifest as it stands in its file."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


@contextmanager
def _hidden(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Give a file beside `path` to write to; it is gone in the end, unless it got that name."""
    hidden = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with hidden.open("wb") as stream:
            if path.exists():
                shutil.copymode(path, hidden)
            yield hidden, stream
    finally:
        hidden.unlink(missing_ok=True)


class _Counted(io.RawIOBase):
    """Passes bytes on to a stream, counts and hashes them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.n_bytes = 0
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        """Whether it can be written to: it can."""
        return True

    def tell(self) -> int:
        """Return how many bytes passed."""
        return self.n_bytes

    def write(self, part: Any) -> int:
        """Write bytes."""
        self._stream.write(part)
        self.sha256.update(part)
        n_bytes = memoryview(part).nbytes
        self.n_bytes += n_bytes
        return n_bytes

    def flush(self) -> None:
        """Flush the stream behind."""
        self._stream.flush()
