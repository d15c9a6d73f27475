"""What tests of whole runs share: pages and feeds of invented outlets, runs that wait for nobody, and dumps of a base.

with a site:      site.put("/feed", rss(site.url("/padi")));  site.put("/padi", page("padi"))
on the schedule:  add_feed(base, site.url("/feed"));  go(base)           # one `kb sync`
later:            let_pass(base, hours=2);  go(base)                     # all that is noted is two hours older
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from server import Answer, Site
from sqlalchemy import Engine, func, select, update

from kb.annotate import Annotator
from kb.annotate.sentences import TaggedToken
from kb.fetch import Manners
from kb.model import Annotation, Document, Span
from kb.pipeline import Options, ingest, sync
from kb.store import feeds
from kb.store.columns import UtcDateTime, metadata
from kb.store.database import reading, writing
from kb.way.run import Outcome

AT_ONCE = Manners(delay_s=0, n_retries=0)

HOURLY = 60

HOST = "kabar.example"
"""An outlet, served by this machine."""

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])
"""What does not depend on the engine of the database."""

Rows = list[dict[str, Any]]


class Heard:
    """A report that remembers what failed: stage, subject and why."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, str, str]] = []
        self.n_inputs = 0

    def began(self, run_id: int, command: str) -> None:
        """Take no notice."""

    def planned(self, n_inputs: int) -> None:
        """Take no notice."""

    def advanced(self, n_inputs: int) -> None:
        self.n_inputs += n_inputs

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        self.failures.append((stage, subject, str(error)))


def make_annotator(poison: str | None = None, error: type[BaseException] = KeyboardInterrupt) -> Annotator:
    """Return an annotator that finds nothing, one sentence a body, and breaks on bodies with `poison`."""

    def tag(bodies: Sequence[str]) -> list[list[list[TaggedToken]]]:
        if poison and any(poison in body for body in bodies):
            raise error(poison)
        return [[[TaggedToken(Span(*w.span()), "O") for w in re.finditer(r"\S+", body)]] for body in bodies]

    return Annotator(tag=tag, packages={"fake": "1"}, models={"fake.pt": "1"})


def attribute_nothing(document: Document) -> Annotation:
    """Attribute nothing."""
    return Annotation(sentences=document.sentences, mentions=document.mentions)


def text(crop: str, more: str = "") -> str:
    """Return the body of a short report about a crop."""
    return (
        f"Petani di Desa Karangsari mulai memanen {crop} pada hari Senin setelah hujan berhenti.\n\n"
        f"Mereka berharap harga {crop} tahun ini akan lebih baik daripada tahun yang lalu karena pasokan berkurang."
        f"\n\nPemerintah desa menyiapkan gudang untuk menyimpan {crop} yang belum laku.{more}"
    )


def page(crop: str, more: str = "", *, head: str = "") -> str:
    """Return the page of a short report about a crop; `head` goes into its head."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text(crop, more).split("\n\n"))
    title = f"Panen {crop.capitalize()} Dimulai di Karangsari"
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def at(site: Site, path: str) -> str:
    """Return the address of a path of the outlet."""
    return site.url(path, host=HOST)


def put_page(site: Site, path: str, crop: str, more: str = "", *, head: str = "") -> None:
    """Let a path answer with a page that has a validator of its own."""
    content = page(crop, more, head=head)
    site.put(path, Answer(content, etag=f'"{hash(content)}"'))


def put_feed(base: Engine, site: Site, *crops: str) -> None:
    """Put a page about each crop, a feed of them, and the feed on the schedule."""
    for crop in crops:
        put_page(site, f"/{crop}", crop)
    site.put("/feed", rss(*(at(site, f"/{crop}") for crop in crops)))
    add_feed(base, at(site, "/feed"))


def rss(*urls: str, updated: Mapping[str, str] | None = None) -> Answer:
    """Return a feed of these pages; `updated` gives the day of change of some of them (RFC 3339)."""
    stamps = {url: f"<atom:updated>{at}</atom:updated>" for url, at in (updated or {}).items()}
    items = "".join(
        f"<item><title>Berita {n}</title><link>{url.replace('&', '&amp;')}</link>{stamps.get(url, '')}</item>"
        for n, url in enumerate(urls)
    )
    content = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>Kabar Karangsari</title><link>https://kabar.example/</link>{items}</channel></rss>"
    )
    return Answer(content, content_type="application/rss+xml", etag=f'"{hash(content)}"')


def add_feed(base: Engine, address: str, *, minutes: int = HOURLY, private: bool = True) -> None:
    """Put a feed on the schedule."""
    with writing(base) as connection:
        feeds.schedule_feed(connection, address, "feed", every_minutes=minutes, allow_private=private)


def paths_of_go(base: Engine, site: Site, **options: Any) -> list[str]:
    """Sync once; return what the server was asked for."""
    del site.requests[:]
    go(base, **options)
    return site.paths


def go(
    base: Engine, *, all_due: bool = False, manners: Manners = AT_ONCE, **options: Any
) -> tuple[Outcome, Heard]:
    """Sync once; return what came of it and what failed."""
    heard = Heard()
    return sync(base, all_due=all_due, options=Options(manners=manners, **options), report=heard), heard


def take_in(
    base: Engine, *inputs: object, manners: Manners = AT_ONCE, **options: Any
) -> tuple[Outcome, Heard]:
    """Ingest these; return what came of it and what failed."""
    heard = Heard()
    chosen = Options(manners=manners, allow_private=True, **options)
    return ingest(base, list(map(str, inputs)), options=chosen, report=heard), heard


def let_pass(base: Engine, **time: float) -> None:
    """Let time pass: whatever the base has noted is so much older now."""
    step = timedelta(**time)
    with writing(base) as connection:
        for table in metadata.sorted_tables:
            for column in [column for column in table.columns if isinstance(column.type, UtcDateTime)]:
                for (value,) in connection.execute(
                    select(column).where(column.is_not(None)).distinct()
                ).all():
                    connection.execute(
                        update(table).where(column == value).values({column.name: value - step})
                    )


def dump(base: Engine, *leave_out: str) -> dict[str, Rows]:
    """Return all rows of all tables, without the tables and the columns (``table.column``) that are left out."""
    with reading(base) as connection:
        return {
            table.name: [
                {
                    name: value
                    for name, value in row._mapping.items()
                    if f"{table.name}.{name}" not in leave_out
                }
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in leave_out
        }


def rows(base: Engine, table: str, *columns: str) -> list[Any]:
    """Return these columns of all rows of a table, in the order they were made; of one column its values."""
    known = metadata.tables[table]
    wanted = select(*(known.c[name] for name in columns)).order_by(*known.primary_key)
    with reading(base) as connection:
        found = connection.execute(wanted).all()
    return [row[0] for row in found] if len(columns) == 1 else [tuple(row) for row in found]


def count(base: Engine, table: str) -> int:
    """Count a table's rows."""
    with reading(base) as connection:
        return int(connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one())
