"""Read what was found: bytes to articles. Pure, so that it can run in any process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version

from kb.errors import InputError
from kb.fingerprint import hash_code
from kb.ingest.article import Record, make_article
from kb.ingest.html import read_html
from kb.ingest.inputs import find_raws
from kb.ingest.jsonl import read_record
from kb.ingest.plain import read_plain
from kb.ingest.raws import Form, Raw
from kb.lexicon import list_names
from kb.model import Article

LISTS = ("address", "agencies", "date", "furniture", "labels", "language", "outlets")
"""How the names of the word lists begin that the readers use."""


def read_articles(inputs: Iterable[str], *, any_language: bool = False) -> Iterator[Article | InputError]:
    """Yield one item an article, lazily, as `find_raws` finds them; what is none is yielded as its error."""
    for raw in find_raws(inputs):
        try:
            yield raw if isinstance(raw, InputError) else read_raw(raw, any_language=any_language)
        except InputError as error:
            yield error


def read_raw(raw: Raw, *, any_language: bool = False) -> Article:
    """Read the bytes of one article.

    Raises InputError about `raw.subject`; without `any_language` also for another language than Indonesian.
    """
    return make_article(_read_record(raw), any_language=any_language, reader=reader_of(raw.form))


def _read_record(raw: Raw) -> Record:
    match raw.form:
        case Form.PLAIN:
            return read_plain(raw)
        case Form.RECORD:
            return read_record(raw)
        case Form.PAGE:
            return read_html(raw)


@cache
def reader_of(form: Form) -> str:
    """Return which code reads that form (``page/trafilatura-2.3.1/0123456789ab``): other code, another reader."""
    lists = (f"wordlists/{name}.txt" for name in list_names() if name.startswith(LISTS))
    code = hash_code("ingest", "lexicon.py", "names/words.py", *lists)
    return f"{form}/trafilatura-{version('trafilatura')}/{code}" if form is Form.PAGE else f"{form}/{code}"
