"""Values that are hard to move from one database into another without changing them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from deciding import DECISIONS, fill
from sqlalchemy import Connection, Engine, select, update

from kb.linking import relink
from kb.store import tables
from kb.store.bulk import insert_numbered, insert_rows
from kb.store.copy import copy_base, make_empty
from kb.store.database import open_database
from kb.store.mending import mend_derived

TEXTS = (
    "kutip 'tunggal' dan \"ganda\"",
    r"garis miring \ dan \n, \t, \N serta \x41 yang bukan apa-apa",
    "tab\tdi tengah",
    "baris\nbaru",
    "akhir\r\nlain dan \r saja",
    "\\.",
    "satu\n\\.\ndua",
    "\\N",
    "NULL",
    "",
    " ",
    "ʼainun, Zoë, žluťoučký, 東京, 𝔘𝔫𝔦, 👩🏽‍🌾",
    "tanda \u200b\ufeff tak terlihat \x01\x7f\x85\u2028",
    "a" * 100_000,
    "%s %(nama)s :nama ? $1 {nama}",
    "1e5",
    "0x1F",
    "007",
)
"""Texts that COPY's format, SQL's quoting or a guess at types may change; NUL no database takes."""

MOMENT = datetime(2026, 3, 4, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=7)))
ARTICLE: dict[str, Any] = {
    "ref": "karang-1",
    "first_seen_at": MOMENT,
    "last_seen_at": datetime(1970, 1, 1, tzinfo=UTC),
    "gone_at": None,
}
REVISION: dict[str, Any] = {
    "article_id": 1,
    "number": 1,
    "is_current": False,
    "body_id": 1,
    "run_id": 1,
    "digest": "d" * 64,
    "cause": "first",
    "similarity": 0.1 + 0.2,
    "seen_at": MOMENT,
    "raw_sha256": "0" * 64,
    "raw_text": TEXTS[6],
    "title": TEXTS[1],
    "published_at": datetime(1945, 8, 17, 3, 0, 0, 1, tzinfo=UTC),
    "published_on": date(1945, 8, 17),
    "published_precision": "minute",
    "authors": [TEXTS[0], "Zoë", "\\."],
    "editors": [],
    "furniture": [""],
    "extra": {"angka": 0.1, "teks": TEXTS[6], "tak ada": None, "dalam": [1, {"x": True}], "\u0000": "\u0000"},
}
FAILURE: dict[str, Any] = {
    "run_id": 1,
    "feed_id": None,
    "stage": "ingest",
    "subject": "koran.txt",
    "error": "BadEncoding",
    "message": TEXTS[2],
    "failed_at": MOMENT,
    "payload": bytes(range(256)) * 1000,
    "payload_as": {"form": "plain", "encoding": None},
}


def make_parents(connection: Connection) -> None:
    """Write the rows that the rows above point to."""
    run = {"id": 1, "command": "uji", "version": "0", "state": "ok", "started_at": MOMENT}
    insert_rows(connection, tables.run, [run])
    body = {"id": 1, "sha256": "b" * 64, "text": "Padi 🌾 tumbuh", "folded": "padi tumbuh", "n_chars": 13}
    insert_rows(connection, tables.body, [body])
    insert_rows(connection, tables.article, [{"id": 1, **ARTICLE}])
    if connection.dialect.name == "postgresql":
        for name in ("run", "body", "article"):
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1)")


def copied(source: Engine, url: str) -> Engine:
    """Return a copy of a base in a new database."""
    destination = open_database(url, create=True)
    make_empty(destination)
    copy_base(source, destination)
    return destination


def fill_every_table(connection: Connection) -> None:
    """Fill an empty base so that no table is without a row: stories, decisions, and what is awkward."""
    fill(connection)
    for verb in ("merge", "alias", "rename", "reject-mention", "reject-quote", "set-speaker"):
        DECISIONS[verb](connection)
    relink(connection)
    for name, row in _FURTHER.items():
        table = tables.metadata.tables[name]
        (insert_numbered if "id" in table.c else insert_rows)(connection, table, [row])
    outlets = [{"name": text, "name_key": f"{number} {text[:1000]}"} for number, text in enumerate(TEXTS)]
    insert_numbered(connection, tables.outlet, outlets)
    described = {"speaker": "kantor berita Zoë", "speaker_local_entity_id": None}
    connection.execute(update(tables.quote).where(tables.quote.c.id == 3).values(described))
    unclear = select(tables.quote.c.id, tables.link.c.local_entity_id).where(
        tables.quote.c.id > 3, tables.link.c.local_entity_id == tables.quote.c.speaker_local_entity_id
    )
    quote_id, candidate = connection.execute(unclear.order_by(tables.quote.c.id)).first()
    nobody = {"speaker": None, "speaker_local_entity_id": None}
    connection.execute(update(tables.quote).where(tables.quote.c.id == quote_id).values(nobody))
    may_be = {"quote_id": quote_id, "rank": 0, "local_entity_id": candidate, "score": 0.5}
    insert_rows(connection, tables.speaker_candidate, [may_be])
    mend_derived(connection)


_FURTHER: dict[str, dict[str, Any]] = {
    "feed": {"address": "https://warta.example/rss?a='%s'&b=\\", "kind": "feed", "etag": 'W/"\\x"'},
    "fetch": {"run_id": 1, "feed_id": 1, "address": "https://warta.example/1", "fetched_at": MOMENT},
    "article": ARTICLE,
    "revision": REVISION | {"article_id": 4, "is_current": True},
    "reading": {
        "article_id": 1,
        "raw_sha256": "0" * 64,
        "reader": "plain 1",
        "is_newest": True,
        "read_at": MOMENT,
    },
    "article_url": {"article_id": 1, "url": "https://warta.example/ʼain", "is_canonical": True},
    "failure": FAILURE,
    "touched": {"kind": "body", "key": "1"},
    "external_id": {"entity_id": 1, "scheme": "wikidata", "value": "Q1"},
    "quote_cluster": {"uid": "s" * 24},
    "quote_cluster_member": {"quote_id": 1, "quote_cluster_id": 1, "relation": "first"},
    "speaker_candidate": {"quote_id": 1, "rank": 0, "local_entity_id": 1, "score": 0.1 + 0.2},
    "tombstone": {"sha256": "f" * 64, "forgotten_at": MOMENT, "forgotten_by": "uji", "why": TEXTS[0]},
}
