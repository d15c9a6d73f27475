"""Find the inputs, lazily and without reading what they say; an input that fails is yielded as its error."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kb.errors import EmptyInput, InputError, UnreadableInput
from kb.ingest.archive import find_in_archive
from kb.ingest.charset import MAX_PAGE_BYTES
from kb.ingest.jsonl import is_record
from kb.ingest.plain import MAX_ARTICLE_BYTES, refuse_binary
from kb.ingest.raws import Form, Raw, hash_bytes

STDIN = "-"
FORMS = {".txt": Form.PLAIN, ".html": Form.PAGE, ".htm": Form.PAGE}
"""Files that hold one article."""

ARCHIVES = (".warc", ".warc.gz")
SUFFIXES = (*FORMS, ".jsonl", *ARCHIVES)
"""Files that a folder is searched for."""


_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype html|html)\b", re.I)


def find_raws(inputs: Iterable[str]) -> Iterator[Raw | InputError]:
    """Yield the bytes of each article: each input is a file, a folder (searched through) or ``-`` (standard input).

    What cannot be opened is yielded as its error, and the rest goes on. Lazy: a file is opened when its turn
    comes, and of a JSONL file one line is held at a time.
    """
    for name in inputs:
        if name == STDIN:
            yield from _find_in_stream(sys.stdin.buffer, None)
            continue
        for path in _find_files(name):
            yield from [path] if isinstance(path, InputError) else _find_in_file(path)


def count_raws(inputs: Iterable[str]) -> int | None:
    """Return how many `find_raws` is going to yield; None where only reading tells.

    That is so for archives, for what is no regular file, and where a name does not say what it holds.
    """
    counts: list[int | None] = []
    for name in inputs:
        paths = [Path(name)] if name == STDIN else _find_files(name)
        counts += (1 if isinstance(path, InputError) else _count_in_file(path) for path in paths)
    known = [n for n in counts if n is not None]
    return sum(known) if len(known) == len(counts) else None


def _count_in_file(path: Path) -> int | None:
    if not isinstance(_check_regular(path), Path):
        return None
    if path.suffix.lower() == ".jsonl":
        return _count_lines(path)
    return 1 if path.suffix.lower() in FORMS else None


def _count_lines(path: Path) -> int | None:
    n_lines, part = 0, b"\n"
    try:
        with path.open("rb") as stream:
            while read := stream.read(_PART):
                part = read
                n_lines += part.count(b"\n")
    except OSError:
        return None
    return n_lines + (not part.endswith(b"\n"))


_PART = 1 << 20  # bytes in memory at a time: a line may be as long as the file


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
    yield from found or [EmptyInput(_printable(name), f"holds no {', '.join(SUFFIXES)} file")]


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


def _find_in_file(path: Path) -> Iterator[Raw | InputError]:
    name, suffix = _printable(path), path.suffix.lower()
    try:
        with path.open("rb") as stream:
            if suffix == ".jsonl":
                yield from _find_lines(_split_lines(stream), name)
            elif name.lower().endswith(ARCHIVES):
                yield from find_in_archive(stream, name)
            elif suffix in FORMS:
                yield _make_raw(stream.read(MAX_PAGE_BYTES + 1), FORMS[suffix], path)
            else:
                yield from _find_in_stream(stream, path)
    except OSError as error:
        yield _unreadable(error, path)


def _find_in_stream(stream: BinaryIO, path: Path | None) -> Iterator[Raw | InputError]:
    """Tell bytes of unknown form: records if the first non-blank line is a JSON object, a page if it opens one."""
    head: list[bytes] = []
    while not any(map(bytes.strip, head)) and (line := stream.readline(MAX_ARTICLE_BYTES + 1)):
        head.append(line)
    if head and is_record(head[-1]):
        lines = chain((line.rstrip(b"\r\n") for line in head), _split_lines(stream))
        yield from _find_lines(lines, _printable(path) if path else STDIN)
    else:
        form = Form.PAGE if head and _PAGE.match(head[-1]) else Form.PLAIN
        yield _make_raw(b"".join(head) + stream.read(MAX_PAGE_BYTES + 1), form, path)


def _make_raw(content: bytes, form: Form, path: Path | None) -> Raw:
    name = _printable(path) if path else STDIN
    place = Path(os.path.abspath(path)).as_uri() if path else None
    return Raw(content, form, name, name, hash_bytes(content), place)


def _find_lines(lines: Iterable[bytes], name: str) -> Iterator[Raw | InputError]:
    """Find record by record; a file that is binary in its first line is refused as a whole."""
    any_record = False
    for number, line in enumerate(lines, start=1):
        if not line or line.isspace():
            continue
        if not any_record:
            try:
                refuse_binary(line, subject=name)
            except InputError as error:
                yield error
                return
            any_record = True
        yield Raw(line, Form.RECORD, f"{name}:{number}", name, hash_bytes(line), None)
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
