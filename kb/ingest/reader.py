"""Find the inputs and read them one by one, lazily; an input that fails is yielded as its error."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kb.errors import EmptyInput, InputError, UnreadableInput
from kb.ingest.article import Record, make_article
from kb.ingest.jsonl import ID_LENGTH, is_record, read_record
from kb.ingest.plain import MAX_ARTICLE_BYTES, decode, hash_bytes, refuse_binary
from kb.model import Article

STDIN = "-"
SUFFIXES = (".txt", ".jsonl")
"""Files that a folder is searched for."""


def read_articles(inputs: Iterable[str], *, any_language: bool = False) -> Iterator[Article | InputError]:
    """Yield one item an article: each input is a file, a folder (searched through) or ``-`` (standard input).

    What cannot be read as an article is yielded as its error, and the rest goes on. Lazy: a file is opened
    when its turn comes, and of a JSONL file one line is held at a time.
    """
    for record in _read_inputs(inputs):
        try:
            yield (
                record if isinstance(record, InputError) else make_article(record, any_language=any_language)
            )
        except InputError as error:
            yield error


def _read_inputs(inputs: Iterable[str]) -> Iterator[Record | InputError]:
    for name in inputs:
        if name == STDIN:
            yield from _read_stream(sys.stdin.buffer, STDIN)
            continue
        for path in _find_files(name):
            yield from [path] if isinstance(path, InputError) else _read_file(path)


def _find_files(name: str) -> Iterator[Path | InputError]:
    """Yield the file itself, or the files of a folder in sorted order; hidden ones are left out."""
    if not os.path.isdir(name):
        yield Path(name)
        return
    found: list[Path | InputError] = []
    errors: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=errors.append):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        found += (_check_regular(Path(folder, file)) for file in sorted(files) if _is_wanted(file))
    found += map(_unreadable, errors)
    yield from found or [EmptyInput(_printable(name), "holds no .txt or .jsonl file")]


def _is_wanted(file: str) -> bool:
    return not file.startswith(".") and file.lower().endswith(SUFFIXES)


def _check_regular(path: Path) -> Path | InputError:
    """Return an error in place of a pipe or device, which would never end."""
    try:
        return (
            path
            if stat.S_ISREG(path.stat().st_mode)
            else UnreadableInput(_printable(path), "is no regular file")
        )
    except OSError as error:
        return _unreadable(error, path)


def _read_file(path: Path) -> Iterator[Record | InputError]:
    name, suffix = _printable(path), path.suffix.lower()
    try:
        with path.open("rb") as stream:
            if suffix == ".jsonl":
                yield from _read_jsonl(_split_lines(stream), name)
            elif suffix == ".txt":
                yield _read_plain(stream.read(MAX_ARTICLE_BYTES + 1), name, id_=_printable(path.stem))
            else:
                yield from _read_stream(stream, name, id_=_printable(path.stem))
    except OSError as error:
        yield _unreadable(error, path)


def _read_stream(stream: BinaryIO, name: str, *, id_: str | None = None) -> Iterator[Record | InputError]:
    """Read bytes of unknown format: JSONL if the first non-blank line is a JSON object, else plain text."""
    head: list[bytes] = []
    while not any(map(bytes.strip, head)) and (line := stream.readline(MAX_ARTICLE_BYTES + 1)):
        head.append(line)
    if head and is_record(head[-1]):
        yield from _read_jsonl(chain((line.rstrip(b"\r\n") for line in head), _split_lines(stream)), name)
    else:
        yield _read_plain(b"".join(head) + stream.read(MAX_ARTICLE_BYTES + 1), name, id_=id_)


def _read_plain(raw: bytes, name: str, *, id_: str | None) -> Record | InputError:
    try:
        text = decode(raw, subject=name)
    except InputError as error:
        return error
    sha256 = hash_bytes(raw)
    return Record(id=id_ or sha256[:ID_LENGTH], text=text, sha256=sha256, subject=name, origin=name)


def _read_jsonl(lines: Iterable[bytes], name: str) -> Iterator[Record | InputError]:
    """Read record by record; a file that is binary in its first line is refused as a whole."""
    any_record = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            if not any_record:
                refuse_binary(line, subject=name)
            any_record = True
            yield read_record(line, subject=f"{name}:{number}", origin=name)
        except InputError as error:
            yield error
            if not any_record:
                return
    if not any_record:
        yield EmptyInput(name, "is empty")


def _split_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines without their ends; of a line that is too long just enough to tell, the rest is skipped."""
    most = MAX_ARTICLE_BYTES + len(b"\r\n") + 1
    while line := stream.readline(most):
        part = line
        while len(part) == most and not part.endswith(b"\n"):
            part = stream.readline(most)
        yield line.rstrip(b"\r\n")


def _unreadable(error: OSError, path: Path | None = None) -> UnreadableInput:
    return UnreadableInput(_printable(path or error.filename), f"cannot be read: {error.strerror or error}")


def _printable(path: Path | str) -> str:
    """Return a path as text that can be stored, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", errors="replace")
