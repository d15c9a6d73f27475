"""The door: files, folders and standard input to articles or errors."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kb import errors
from kb.ingest import MAX_ARTICLE_BYTES, read_articles
from kb.model import Article, Precision

TEXT = (
    "Bupati Arman Sagara mengatakan tanggul itu akan selesai dalam dua hari.\n\n"
    "Warga sudah pulang dari balai desa."
)
ENGLISH = "The regent said on Tuesday that the two villages would be rebuilt before the end of the year."


def read_one(path: Path, content: bytes | str, **options: bool) -> Article | errors.InputError:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read_articles([str(path)], **options)
    return item


def record(**fields: Any) -> str:
    return json.dumps({"id": "a1", "text": TEXT} | fields)


def test_a_file_is_an_article(tmp_path: Path) -> None:
    """A file's id is its name without extension; hash and raw text are of what was read."""
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    article = read_one(tmp_path / "kabar.01.txt", raw)
    assert isinstance(article, Article)
    assert article.id == "kabar.01"
    assert article.body == TEXT
    assert article.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert article.raw_text == TEXT.replace("\n", "\r\n")
    assert article.origin == str(tmp_path / "kabar.01.txt")


BAD_FILES: dict[str, tuple[bytes, type[errors.InputError], str]] = {
    "empty": (b"", errors.EmptyInput, "is empty"),
    "blank": (b" \n\xef\xbb\xbf \n", errors.EmptyInput, "holds no article text"),
    "only furniture": (
        b"Advertisement\nHOME NEWS\nBerita Terkait\n",
        errors.EmptyInput,
        "holds no article text",
    ),
    "NUL": (b"\x89PNG\r\n\0\0\0IHDR", errors.BinaryInput, "is binary"),
    "control bytes": (bytes(range(1, 9)) * 20, errors.BinaryInput, "is binary"),
    "UTF-16": (TEXT.encode("utf-16"), errors.BadEncoding, "UTF-16"),
    "Latin-1": ("Kafé di Jakarta".encode("latin-1"), errors.BadEncoding, "not UTF-8 at byte 3"),
    "50 MB": (b"kata " * 10_000_000, errors.TooLarge, f"{MAX_ARTICLE_BYTES:,} bytes"),
    "English": (ENGLISH.encode(), errors.NotIndonesian, "--any-language"),
}


@pytest.mark.parametrize(("raw", "kind", "says"), BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_bad_file_is_one_error(
    tmp_path: Path, raw: bytes, kind: type[errors.InputError], says: str
) -> None:
    """A file that is no article comes out as one error of one line about its path."""
    item = read_one(tmp_path / "a.txt", raw)
    assert type(item) is kind
    assert item.subject == str(tmp_path / "a.txt")
    assert says in str(item)
    assert "\n" not in str(item)


def test_any_language_takes_english(tmp_path: Path) -> None:
    """Another language is taken when asked for."""
    assert isinstance(read_one(tmp_path / "a.txt", ENGLISH, any_language=True), Article)


def test_a_missing_path_is_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A path that does not exist is reported, and the next input is read."""
    (tmp_path / "a.txt").write_text(TEXT)
    missing, article = read_articles([str(tmp_path / "no.txt"), str(tmp_path / "a.txt")])
    assert isinstance(missing, errors.UnreadableInput)
    assert isinstance(article, Article)


def test_reads_folders_in_order_without_hidden_files(tmp_path: Path) -> None:
    """A folder is searched through for .txt and .jsonl in sorted order, hidden files and folders left out."""
    for name in ("b.txt", "a.txt", ".c.txt", "d.md", "sub/e.TXT", ".git/f.txt", "sub/g.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(record(id="g") if name.endswith("jsonl") else TEXT)
    items = list(read_articles([str(tmp_path)]))
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "b", "e", "g"]
    assert len(items) == 4


def test_odd_folders_are_errors(tmp_path: Path) -> None:
    """A folder with nothing to read is an error, and so is a pipe in a folder, which would never end."""
    assert [type(item) for item in read_articles([str(tmp_path)])] == [errors.EmptyInput]
    os.mkfifo(tmp_path / "a.txt")
    assert [type(item) for item in read_articles([str(tmp_path)])] == [errors.UnreadableInput]


UNREADABLE = """
import os, sys
from kb.ingest import read_articles
list(read_articles(sys.argv[-1:]))  # loads what the user below may not be able to
if os.getuid() == 0:
    os.setuid(65534)
print(*(type(item).__name__ for item in read_articles(sys.argv[1:])))
"""


def test_a_file_without_permission_is_an_error() -> None:
    """What the operating system does not let us read is an error, file or folder, and the rest goes on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "locked").mkdir()
        for file in ("a.txt", "locked/b.txt", "c.txt"):
            (folder / file).write_text(TEXT)
        (folder / "a.txt").chmod(0)
        (folder / "locked").chmod(0)
        inputs = [str(folder / file) for file in ("a.txt", "locked", "c.txt")]
        done = subprocess.run(
            [sys.executable, "-c", UNREADABLE, *inputs], capture_output=True, text=True, check=False
        )
        (folder / "locked").chmod(0o755)
    assert done.stdout.split() == ["UnreadableInput", "UnreadableInput", "Article"], done.stderr


def test_reads_the_fields_of_a_record(tmp_path: Path) -> None:
    """A record's fields go before what the page says, and fields that kb has no noun for are kept."""
    text = f"Judul di Halaman yang Lain\n\nPenulis: Budi Santoso\n\nSenin, 3 Juni 2024 | 10.00 WIB\n\n{TEXT}"
    line = record(
        id=7,
        text=text,
        title="Tanggul Selesai",
        url="https://nasional.okezone.com/1",
        outlet="KOMPAS.COM",
        published_at="2024-06-18 11:51",
        authors=["Ani Wijaya", "Tono"],
        rubrik={"nama": "banjir"},
    )
    article = read_one(tmp_path / "a.jsonl", f"\n{line}\n")
    assert isinstance(article, Article)
    assert (article.id, article.title, article.outlet) == ("7", "Tanggul Selesai", "KOMPAS.com")
    assert article.authors == ("Ani Wijaya", "Tono")
    assert article.published is not None
    assert article.published.on == date(2024, 6, 18)
    assert article.body == TEXT
    assert article.raw_text == text
    assert article.raw_sha256 == hashlib.sha256(line.encode()).hexdigest()
    assert article.extra == {"rubrik": {"nama": "banjir"}}
    assert "Judul di Halaman yang Lain" in article.furniture


def test_the_page_fills_what_the_record_leaves_open(tmp_path: Path) -> None:
    """Without fields, headline, outlet, date and authors come from the page, an odd date stays in `extra`."""
    text = f"Tanggul Muara Lintang Selesai\n\nPenulis: Budi Santoso\n\nSenin, 3 Juni 2024\n\n{TEXT}"
    article = read_one(
        tmp_path / "a.jsonl", record(text=text, url="https://okezone.com/1", published_at="kemarin")
    )
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("Tanggul Muara Lintang Selesai", "Okezone")
    assert article.authors == ("Budi Santoso",)
    assert article.published is not None
    assert (article.published.on, article.published.precision) == (date(2024, 6, 3), Precision.DAY)
    assert article.extra == {"published_at": "kemarin"}


BAD_LINES: dict[str, tuple[bytes, type[errors.InputError], str]] = {
    "half a line": (b'{"id": "a1", "text": "Hujan', errors.BadRecord, "no JSON"),
    "no object": (b"[1, 2]", errors.BadRecord, "a JSON list"),
    "no text": (b'{"id": "a1"}', errors.BadRecord, '"text"'),
    "text of a wrong type": (b'{"text": 3}', errors.BadRecord, '"text"'),
    "empty text": (b'{"text": " "}', errors.BadRecord, '"text"'),
    "title of a wrong type": (record(title=3).encode(), errors.BadRecord, '"title" is a JSON int'),
    "id of a wrong type": (record(id=[1]).encode(), errors.BadRecord, '"id" is a JSON list'),
    "authors of a wrong type": (record(authors=[3]).encode(), errors.BadRecord, '"authors"'),
    "date of a wrong type": (record(published_at=3).encode(), errors.BadRecord, '"published_at"'),
    "no number": (b'{"text": "a", "n": NaN}', errors.BadRecord, "NaN"),
    "endless number": (b'{"text": "a", "n": 1e999}', errors.BadRecord, "1e999"),
    "long number": (b'{"text": "a", "n": ' + b"1" * 5000 + b"}", errors.BadRecord, "no usable JSON"),
    "deep": (b'{"text": ' + b"[" * 100_000, errors.BadRecord, "no usable JSON"),
    "broken UTF-8": (b'{"text": "kaf\xe9"}', errors.BadEncoding, "at byte 13"),
    "NUL inside": (b'{"text": "a\\u0000b"}', errors.BinaryInput, "NUL"),
    "half a surrogate": (b'{"text": "a", "n": ["\\ud800"]}', errors.BadEncoding, "surrogate"),
    "too long": (b'{"text": "' + b"a" * MAX_ARTICLE_BYTES + b'"}', errors.TooLarge, f"{MAX_ARTICLE_BYTES:,}"),
    "English": (record(text=ENGLISH).encode(), errors.NotIndonesian, "--any-language"),
}


@pytest.mark.parametrize(("line", "kind", "says"), BAD_LINES.values(), ids=list(BAD_LINES))
def test_a_bad_line_fails_alone(
    tmp_path: Path, line: bytes, kind: type[errors.InputError], says: str
) -> None:
    """A line that is no record is one error about path and line; the lines around it are read."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([record(id="one").encode(), line, b"", record(id="two").encode(), b""]))
    first, bad, last = read_articles([str(path)])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert type(bad) is kind
    assert bad.subject == f"{path}:2"
    assert says in str(bad)
    assert "\n" not in str(bad)
    assert len(str(bad)) < 300


def test_a_binary_jsonl_file_is_one_error(tmp_path: Path) -> None:
    """A binary file with the wrong extension is one error, not one a line."""
    item = read_one(tmp_path / "a.jsonl", b"\x89PNG\0\n\0\n\0\n")
    assert type(item) is errors.BinaryInput
    assert item.subject == str(tmp_path / "a.jsonl")


def test_records_without_id_get_one_from_their_content(tmp_path: Path) -> None:
    """The same line gives the same id in any file, another line another."""
    lines = [json.dumps({"text": TEXT, "url": url}) for url in ("https://a.id/1", "https://a.id/2")]
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    items = list(read_articles([str(tmp_path)]))
    ids = [item.id for item in items if isinstance(item, Article)]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("name", ["-", "a.json"])
@pytest.mark.parametrize(
    ("content", "n"), [(TEXT, 1), (f"\n\ufeff{record(id='one')}\n{record(id='two')}\n", 2), ("", 0)]
)
def test_sniffs_what_has_no_extension(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, n: int
) -> None:
    """Standard input and other files are JSONL if their first line is an object, else plain text."""
    (tmp_path / "a.json").write_text(content)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    items = list(read_articles([name if name == "-" else str(tmp_path / name)]))
    assert sum(isinstance(item, Article) for item in items) == n
    assert len(items) == max(n, 1)
    if n == 0:
        assert isinstance(items[0], errors.EmptyInput)


def test_reading_is_lazy(tmp_path: Path) -> None:
    """Nothing is opened before its turn: the first article is there before a later file exists."""
    (tmp_path / "a.txt").write_text(TEXT)
    items: Iterator[Article | errors.InputError] = read_articles(
        [str(tmp_path / n) for n in ("a.txt", "b.txt")]
    )
    assert isinstance(next(items), Article)
    (tmp_path / "b.txt").write_text(TEXT)
    assert isinstance(next(items), Article)
