"""A base of invented news shown by a real server, and a reader of its pages."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import Engine
from stories import Said, Story, tell

from kb.model import Article, QuoteKind
from kb.serve.server import make_server, open_socket
from kb.store.database import writing

MARK = "<script>document.title='broken'</script>"
"""What a page must never let run."""


@dataclass(frozen=True)
class Printed(Story):
    """A story with the address that its page gives itself."""

    url: str | None = None

    def article(self) -> Article:
        """Return the article as it was read in."""
        return replace(super().article(), url=self.url)


FLOOD = Printed(
    "banjir/1 & 2?",
    "Kepala desa Ratri Wulan mengatakan air mulai surut. “Posko tetap dibuka,” kata Ratri kepada wartawan.\n\n"
    "Warga Karangsari kembali ke rumah.",
    {"Ratri Wulan": ("PER", "Ratri"), "Karangsari": ("LOC",)},
    [
        Said("air mulai surut", "Ratri Wulan", "Ratri Wulan", "mengatakan"),
        Said("Posko tetap dibuka,", "Ratri Wulan", "Ratri", "kata", QuoteKind.DIRECT),
    ],
    date(2026, 7, 3),
    outlet="Kabar Teluk",
    title="Air Mulai Surut di Karangsari",
    url="https://kabar.example/banjir?hal=1&lain=2",
)

HOSTILE = Printed(
    "jahat",
    f'Bupati Arga Seta mengatakan situs {MARK} itu <b>tutup</b>. Ia menyebut "><img src=x onerror=alert(1)> lagi.',
    {"Arga Seta": ("PER",)},
    [
        Said(f"situs {MARK} itu <b>tutup</b>", "Arga Seta", "Arga Seta", "mengatakan"),
        Said('"><img src=x onerror=alert(1)> lagi', "Arga Seta", "Ia", "menyebut"),
    ],
    date(2026, 7, 4),
    outlet=f"Media {MARK}",
    title=f"Judul {MARK}",
    url="javascript:alert(1)",
)

UNCLEAR = Printed(
    "tanya",
    "Petani Bimo Laras dan Danu Sagara datang. Harga cabai naik, katanya.",
    {"Bimo Laras": ("PER",), "Danu Sagara": ("PER",)},
    [Said("Harga cabai naik", None, "katanya", candidates=["Bimo Laras", "Danu Sagara"])],
)


def _report(n: int) -> Printed:
    """Return the nth report of what a mayor says about a bridge, a month later each time."""
    return Printed(
        f"jembatan-{n}",
        f"Wali kota Sinta Pramesti menyebut jembatan ke-{n} selesai diperiksa petugas dinas.",
        {"Sinta Pramesti": ("PER",)},
        [
            Said(
                f"jembatan ke-{n} selesai diperiksa petugas dinas",
                "Sinta Pramesti",
                "Sinta Pramesti",
                "menyebut",
            )
        ],
        date(2024 + n // 12, n % 12 + 1, 5),
        outlet="Warta Muara" if n % 3 else "Kabar Teluk",
        title=f"Jembatan Ke-{n} Diperiksa",
    )


N_REPORTS = 25
"""Quotes of one person: more than a page has."""

STORIES = (FLOOD, HOSTILE, UNCLEAR, *map(_report, range(N_REPORTS)))


def fill(engine: Engine, *stories: Story) -> None:
    """Tell stories to a base."""
    with writing(engine) as connection:
        tell(connection, *stories)


@dataclass(frozen=True)
class Seen:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """Return it as JSON."""
        return json.loads(self.text)

    @property
    def tags(self) -> list[tuple[str, dict[str, str | None]]]:
        """Return the tags of a page with their attributes."""
        reader = _Tags()
        reader.feed(self.text)
        return reader.tags

    @property
    def links(self) -> list[str]:
        """Return where a page leads."""
        return [
            attributes["href"] or "" for tag, attributes in self.tags if tag == "a" and "href" in attributes
        ]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@dataclass(frozen=True)
class Shown:
    """A site that is up."""

    engine: Engine
    port: int

    @property
    def address(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self.port}"

    def __call__(self, path: str, *, method: str = "GET", host: str | None = None) -> Seen:
        """Ask for a path, as one of the site's names unless another one is given."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Seen(answer.status, headers, answer.read().decode())


@contextmanager
def shown(engine: Engine, *, allow_sql: bool = True) -> Iterator[Shown]:
    """Show a base while the block runs."""
    names = {"127.0.0.1", "localhost"}
    with open_socket("127.0.0.1", 0) as listening:
        server = make_server(engine, allow_sql=allow_sql, names=names)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Shown(engine, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(timeout=10)
