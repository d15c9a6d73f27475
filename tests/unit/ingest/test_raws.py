"""What is found before anything is read."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import pickle
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

import kb
from kb import errors
from kb.fingerprint import hash_code
from kb.ingest import Form, Raw, find_raws, make_page, read_raw, reader_of
from kb.ingest.reader import LISTS
from kb.lexicon import list_names

TEXT = "Bupati Arman Sagara mengatakan tanggul itu akan selesai dalam dua hari."


def find_one(path: Path, content: bytes) -> Raw:
    path.write_bytes(content)
    (raw,) = find_raws([str(path)])
    assert isinstance(raw, Raw)
    return raw


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", Form.PLAIN), ("a.html", Form.PAGE), ("b c.HTM", Form.PAGE), ("kafé.txt", Form.PLAIN)],
)
def test_a_file_stands_alone(tmp_path: Path, name: str, form: Form) -> None:
    """A file's bytes come as they are, with their hash, and their place is the file."""
    raw = find_one(tmp_path / name, TEXT.encode())
    assert (raw.content, raw.form, raw.sha256) == (
        TEXT.encode(),
        form,
        hashlib.sha256(TEXT.encode()).hexdigest(),
    )
    assert raw.subject == raw.origin == str(tmp_path / name)
    assert raw.place == (tmp_path / name).as_uri()
    assert (raw.url, raw.encoding) == (None, None)


def test_a_place_is_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's place does not depend on how it was named; origin and subject are as given."""
    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    found = list(find_raws(["a.txt", str(tmp_path / "a.txt")]))
    assert [raw.origin for raw in found if isinstance(raw, Raw)] == ["a.txt", str(tmp_path / "a.txt")]
    assert {raw.place for raw in found if isinstance(raw, Raw)} == {(tmp_path / "a.txt").as_uri()}


def test_a_line_stands_among_others(tmp_path: Path) -> None:
    """A record is its line without the end, named by its number, and has no place of its own."""
    lines = [json.dumps({"id": n, "text": TEXT}) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\r\n".join([lines[0], "", *lines[1:]]))
    found = [raw for raw in find_raws([str(tmp_path / "a.jsonl")]) if isinstance(raw, Raw)]
    assert [raw.content.decode() for raw in found] == lines
    assert [raw.subject for raw in found] == [f"{tmp_path / 'a.jsonl'}:{n}" for n in (1, 3, 4)]
    assert {(raw.form, raw.place, raw.origin) for raw in found} == {
        (Form.RECORD, None, str(tmp_path / "a.jsonl"))
    }
    assert [raw.sha256 for raw in found] == [hashlib.sha256(line.encode()).hexdigest() for line in lines]


def test_finding_reads_nothing(tmp_path: Path) -> None:
    """What is in a line or file is nobody's business before it is read: broken ones are found all the same."""
    (tmp_path / "a.jsonl").write_bytes(b'{"id": 1}\n{"text": \n\xff\0\n')
    (tmp_path / "b.txt").write_bytes(b"\xff\0")
    found = [raw for raw in find_raws([str(tmp_path)]) if isinstance(raw, Raw)]
    assert len(found) == 4
    for raw in found:
        with pytest.raises(errors.InputError) as caught:
            read_raw(raw)
        assert caught.value.subject == raw.subject


def test_standard_input_has_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is piped in has neither place nor name; its id is taken from its bytes."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    (raw,) = find_raws(["-"])
    assert isinstance(raw, Raw)
    assert (raw.place, raw.subject, raw.origin) == (None, "-", "-")
    assert read_raw(raw).id == raw.sha256[:16]


def test_a_fetched_page_stands_under_its_canonical_address() -> None:
    """A page's place is where it was fetched in canonical form; an archive's page also names its file."""
    raw = make_page(b"a", url="http://www.kabar.id/1/?utm_source=x", encoding="utf-8")
    assert (raw.place, raw.url, raw.encoding) == (
        "https://kabar.id/1",
        "http://www.kabar.id/1/?utm_source=x",
        "utf-8",
    )
    assert raw.subject == raw.origin == raw.url
    assert make_page(b"a", url="https://kabar.id/1", origin="a.warc").origin == "a.warc"


def test_an_article_knows_its_reader_and_addresses(tmp_path: Path) -> None:
    """An article says which code read it and under which address; reading gives the same in any process."""
    line = json.dumps({"id": 1, "text": TEXT, "url": "http://www.kabar.id/1/"}).encode()
    article = read_raw(find_one(tmp_path / "a.jsonl", line))
    assert (article.reader, article.urls) == (reader_of(Form.RECORD), ("https://kabar.id/1",))
    plain = find_one(tmp_path / "a.txt", TEXT.encode())
    assert (read_raw(plain).reader, read_raw(plain).urls) == (reader_of(Form.PLAIN), ())
    assert pickle.loads(pickle.dumps(read_raw(pickle.loads(pickle.dumps(plain))))) == read_raw(plain)


def test_a_reader_is_its_code() -> None:
    """Each form has its reader, named by the hash of the code; that of pages names trafilatura too."""
    code = reader_of(Form.PLAIN).removeprefix("plain/")
    assert reader_of(Form.RECORD) == f"record/{code}"
    assert reader_of(Form.PAGE) == f"page/trafilatura-{version('trafilatura')}/{code}"
    assert code != hash_code("ingest")


def test_a_reader_covers_every_word_list_that_it_uses() -> None:
    """A change of any word list that reading looks at is another reader."""
    named = set()
    for module in Path(kb.__file__).parent.joinpath("ingest").glob("*.py"):
        strings = {
            n.value for n in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(n, ast.Constant)
        }
        named |= strings & set(list_names())
    assert len(named) > 10
    assert [name for name in named if not name.startswith(LISTS)] == []
