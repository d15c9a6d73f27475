"""A small base of invented articles for questions that a researcher may put: days, outlets, two kinds, a reprint."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from stories import Said, Story, tell

from kb.model import QuoteKind
from kb.store.columns import metadata
from kb.store.database import open_database, writing

STORIES = (
    Story(
        "irigasi-1",
        "Bupati Lereng Sari Wulandari mengatakan saluran irigasi di Lereng akan dibuka lagi pada musim tanam.\n\n"
        "“Airnya cukup untuk dua kali panen,” kata Sari.",
        {"Sari Wulandari": ("PER", "Sari"), "Lereng": ("LOC",)},
        [
            Said(
                "saluran irigasi di Lereng akan dibuka lagi pada musim tanam",
                "Sari Wulandari",
                "Sari Wulandari",
                "mengatakan",
            ),
            Said("Airnya cukup untuk dua kali panen,", "Sari Wulandari", "Sari", "kata", QuoteKind.DIRECT),
        ],
        on=date(2026, 3, 2),
        at=datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
        outlet="Kabar Lereng",
        title="Irigasi Dibuka",
    ),
    Story(
        "irigasi-2",
        "LERENG – “Airnya cukup untuk dua kali panen,” kata Sari Wulandari. Budi Karsa, ketua Subak Lereng, setuju.",
        {"Sari Wulandari": ("PER",), "Budi Karsa": ("PER",), "Subak Lereng": ("ORG",)},
        [
            Said(
                "Airnya cukup untuk dua kali panen,",
                "Sari Wulandari",
                "Sari Wulandari",
                "kata",
                QuoteKind.DIRECT,
            )
        ],
        on=date(2026, 3, 3),
        outlet="Warta Bukit",
        title='Petani Menyambut, "Akhirnya"',
    ),
    Story(
        "pasar-1",
        "Budi Karsa menilai harga cabai di Lereng terlalu murah.\n\nSeorang pedagang menolak, “Murah bagi siapa?”",
        {"Budi Karsa": ("PER",), "Lereng": ("LOC",)},
        [
            Said("harga cabai di Lereng terlalu murah", "Budi Karsa", "Budi Karsa", "menilai"),
            Said("Murah bagi siapa?", None, "Seorang pedagang", "menolak", QuoteKind.DIRECT, described=True),
        ],
    ),
)


def tell_harvest(engine: Engine) -> None:
    """Put the articles into an empty base."""
    with writing(engine) as connection:
        tell(connection, *STORIES)


def make_harvest(request: pytest.FixtureRequest, engine_name: str) -> str:
    """Return the address of a base that has the articles and that the tests of a module share, only to read it."""
    if engine_name == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("harvest")
        path = shutil.copy(request.getfixturevalue("_migrated_file"), folder / "kb.sqlite3")
        engine = open_database(str(path))
    else:
        engine = request.getfixturevalue("_postgresql_engine")
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        with writing(engine) as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    tell_harvest(engine)
    engine.dispose()
    return engine.url.render_as_string(hide_password=False)
