"""Files of rows: complete or not there, with a manifest of their own; Parquet with the types of the rows' class."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

import pyarrow
import pytest
from pyarrow import parquet

from kb.errors import KbError
from kb.export import Written, manifest_path_of, write_file, write_parquet, write_stream


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a field of each type."""

    text: str
    maybe: str | None
    n: int
    share: float
    on: date | None
    at: datetime | None
    names: tuple[str, ...]


FULL = Row(
    "teks", "ada", 1, 0.5, date(2026, 3, 2), datetime(2026, 3, 2, 1, 30, 0, 5, tzinfo=UTC), ("Sari", "Budi")
)
EMPTY = Row("", None, 0, 0.0, None, None, ())


def write_hello(stream: IO[bytes]) -> int:
    stream.write(b"halo\n")
    return 1


def tell(written: Written) -> Mapping[str, Any]:
    return {"n_rows": written.n_rows, "sha256": written.sha256, "n_bytes": written.n_bytes}


def test_manifest_is_of_its_file(tmp_path: Path) -> None:
    """The manifest has size and hash of the file that stands there, and nothing else is left in the folder."""
    path = tmp_path / "a.csv"
    written = write_file(path, write_hello, tell)
    told = json.loads(manifest_path_of(path).read_text("utf-8"))
    assert told == {"n_rows": 1, "n_bytes": 5, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    assert (written.n_rows, written.n_bytes, written.sha256) == (1, 5, told["sha256"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "a.csv.manifest.json"]


@pytest.mark.parametrize("where", ["rows", "manifest"])
def test_failure_leaves_what_was_there(tmp_path: Path, where: str) -> None:
    """An export that fails halfway leaves the older file with its manifest as they were, and no half of another."""
    path = tmp_path / "a.csv"
    write_file(path, write_hello, tell)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def write(stream: IO[bytes]) -> int:
        stream.write(b"lain")
        if where == "rows":
            raise KeyboardInterrupt
        return 2

    def fail(_: Written) -> Mapping[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(path, write, fail)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    """Written again, a file may be read by those who could; a link still leads to it."""
    (tmp_path / "there").mkdir()
    path, link = tmp_path / "there" / "a.csv", tmp_path / "a.csv"
    path.touch(mode=0o640)
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, write_hello, tell)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"halo\n", 0o640)
    assert link.is_symlink()


def test_device_is_written_to() -> None:
    """What is no file gets the rows and no manifest."""
    assert write_file(Path("/dev/null"), write_hello, tell).n_bytes == 5
    assert not manifest_path_of(Path("/dev/null")).exists()


@pytest.mark.parametrize("path", ["tak/ada/a.csv", "."], ids=["no folder", "a folder"])
def test_place_that_takes_no_file_is_one_line(tmp_path: Path, path: str) -> None:
    """Where no file can be written, that is one line."""
    with pytest.raises(KbError) as error:
        write_file(tmp_path / path, write_hello, tell)
    assert "\n" not in str(error.value)


def test_parquet_has_the_types_of_the_class(tmp_path: Path) -> None:
    """Column types come of the class, not of the values: no row, empty rows and full rows have one schema."""
    for rows in ([], [EMPTY], [FULL, EMPTY]):
        with (tmp_path / "a.parquet").open("wb") as stream:
            assert write_parquet(rows, stream, row_type=Row) == len(rows)
        table = parquet.read_table(tmp_path / "a.parquet")
        assert [str(field.type) for field in table.schema] == [
            *("string", "string", "int64", "double", "date32[day]", "timestamp[us, tz=UTC]"),
            "list<element: string>",
        ]
        assert [field.nullable for field in table.schema][:6] == [False, True, False, False, True, True]
        expected = [{name: getattr(row, name) for name in Row.__slots__} for row in rows]  # type: ignore[attr-defined]
        assert table.to_pylist() == [row | {"names": list(row["names"])} for row in expected]


def test_parquet_is_written_in_groups() -> None:
    """Rows are written some at a time, to a stream that need not be a file."""
    out = io.BytesIO()
    assert (
        write_stream(
            out, lambda stream: write_parquet((FULL for _ in range(25_000)), stream, row_type=Row)
        ).n_rows
        == 25_000
    )
    read = parquet.ParquetFile(pyarrow.BufferReader(out.getvalue()))
    assert (read.metadata.num_row_groups, read.metadata.num_rows) == (3, 25_000)


def test_parquet_without_pyarrow_is_one_line(tmp_path: Path) -> None:
    """Where pyarrow is not installed, the error says how to install it."""
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError(name='pyarrow')", "utf-8")
    check = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from kb.export.parquet import schema_of\nfrom kb.errors import NotInstalled\n"
        "try:\n    schema_of(object)\nexcept NotInstalled as error:\n    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert run.stdout == "parquet: pyarrow is not installed; pip install 'kb-indonesia[parquet]'\n"
