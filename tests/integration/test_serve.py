"""The web pages of a base: what they show, what they hide, and that nothing is written or let run."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from showing import FLOOD, HOSTILE, MARK, N_REPORTS, STORIES, Printed, Shown, fill, shown
from sqlalchemy import text
from stories import Said

from kb import query
from kb.forgetting import forget
from kb.serve.base import CLOSED_COLUMNS
from kb.store.database import open_database, reading, writing
from kb.store.tables import metadata

FLOOD_PATH = f"/article/{quote(FLOOD.id, safe='')}"


@pytest.fixture(scope="module")
def site(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Return the site of a base of invented news."""
    path = tmp_path_factory.mktemp("web % base") / "base #1.sqlite3"
    shutil.copy(_migrated_file, path)
    engine = open_database(str(path))
    fill(engine, *STORIES)
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO failure (run_id, stage, subject, error, message, failed_at, payload, payload_as)"
                " VALUES (1, 'ingest', '/home/rahasia', 'BadPage', 'rahasia', '2026-07-01 00:00:00', x'00', '{}')"
            )
        )
    with shown(engine) as site:
        yield site
    engine.dispose()


def uid_of(site: Shown, name: str) -> str:
    """Return the uid of the only one of that name."""
    with reading(site.engine) as connection:
        (row,) = query.entities_named(connection, name)
    return row.uid


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/", ["Sinta Pramesti", "Air Mulai Surut", "5 January 2024 to 4 July 2026"], id="start"),
        pytest.param("/search?q=surut", ["Ratri Wulan", "air mulai", "1 quote"], id="search in quotes"),
        pytest.param("/search?q=rumah&in=articles", ["Air Mulai Surut"], id="search in articles"),
        pytest.param('/search?q=%22tetap+dibuka%22', ["Posko"], id="phrase"),
        pytest.param("/search?q=Sinta", ["person, 25 quotes"], id="a name is found beside the quotes"),
        pytest.param("/search?q=tidakada", ["Nothing found", "look in whole articles"], id="nothing found"),
        pytest.param(FLOOD_PATH, ["Posko tetap dibuka", "how it was found", "Kabar Teluk"], id="article"),
        pytest.param(f"{FLOOD_PATH}/quote/2", ["characters", "story", "90% sure"], id="provenance"),
        pytest.param("/article/tanya/quote/1", ["Who it may be", "Danu Sagara"], id="candidates"),
        pytest.param("/base", ["v_quote", "Ask in SQL"], id="tables"),
        pytest.param("/base/v_quote?kind=direct", ["1 row", "Posko tetap dibuka", "Speaker"], id="facets"),
        pytest.param("/base?sql=select+count(*)+from+v_quote", [f"{N_REPORTS + 5}"], id="SQL"),
    ],
)  # fmt: skip
def test_page_shows(site: Shown, path: str, words: list[str]) -> None:
    """Each page has what it is for, in English, with Indonesian text marked as such."""
    page = site(path)
    assert page.status == 200
    assert [word for word in words if word not in page.text] == []
    assert ("html", {"lang": "en"}) in page.tags


def test_quote_stands_in_its_sentence(site: Shown) -> None:
    """A person's page has the quote marked in its sentence, the cue and the speaker, and leads to the article."""
    page = site(f"/person/{uid_of(site, 'Ratri Wulan')}")
    assert '<b class="cue">mengatakan</b> <mark>air mulai surut</mark>.' in page.text
    assert (
        '“<mark>Posko tetap dibuka,</mark>” <b class="cue">kata</b> <b class="speaker">Ratri</b>' in page.text
    )
    assert f"{FLOOD_PATH}#q{FLOOD.body.index('Posko')}" in page.links


def test_article_marks_quotes_and_names(site: Shown) -> None:
    """An article's page marks quotes and names where they stand, and leads to who is named and to its outlet."""
    page = site(FLOOD_PATH)
    uid = uid_of(site, "Karangsari")
    assert f'Warga <a class="LOC" href="/entity/{uid}">Karangsari</a> kembali' in page.text
    assert f'<mark id="q{FLOOD.body.index("air mulai")}">air mulai surut</mark>' in page.text
    assert FLOOD.url in page.links


def test_pages_of_a_person_are_turned(site: Shown) -> None:
    """More quotes than fit stand on further pages, each once; a month, a kind and an outlet leave out the others."""
    address = f"/entity/{uid_of(site, 'Sinta Pramesti')}"
    pages = [site(address).text, site(f"{address}?page=2").text]
    numbers = [n for page in pages for n in range(N_REPORTS) if f"<mark>jembatan ke-{n} selesai" in page]
    assert sorted(numbers) == list(range(N_REPORTS))
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[1]
    month = site(f"{address}?month=2025-02&kind=indirect&outlet=Warta").text
    assert month.count("<mark>") == 1
    assert "jembatan ke-13 selesai" in month
    assert "No quotes like that" in site(f"{address}?kind=direct").text


def test_person_is_an_entity(site: Shown) -> None:
    """A person has one page by both addresses; a uid that the base does not have has none."""
    uid = uid_of(site, "Sinta Pramesti")
    assert site("/entity/PER-0000").status == 404
    assert site(f"/person/{uid}").text == site(f"/entity/{uid}").text


@pytest.mark.slow
def test_every_link_works(site: Shown) -> None:
    """From the start page on, every link inside leads to a page, none runs a script, and no page has one."""
    seen, waiting = set[str](), ["/"]
    shapes = dict[str, int]()
    while waiting:
        path = waiting.pop().partition("#")[0]
        shape = (
            "/".join(path.partition("?")[0].split("/")[:3])
            if path.startswith("/base")
            else path.split("/")[1]
        )
        if path in seen or shapes.get(shape, 0) >= 3:  # a few of each kind
            continue
        seen.add(path)
        shapes[shape] = shapes.get(shape, 0) + 1
        page = site(path)
        assert page.status == 200, path
        if not page.headers["content-type"].startswith("text/html"):
            continue
        assert {tag for tag, _ in page.tags} & {"script", "img", "style", "iframe"} == set(), path
        assert [
            name for _, attributes in page.tags for name in attributes if name[:2] == "on" or name == "style"
        ] == []
        for link in page.links:
            assert urlsplit(link).scheme in ("", "http", "https"), link
            base = path.partition("?")[0]
            waiting += [base + link if link.startswith("?") else link] if link[:1] in ("/", "?") else []
    assert len(seen) > 30


@pytest.mark.parametrize(
    "path",
    ["/", "/article/jahat", "/article/jahat/quote/1", "/search?q=situs", "/search?q=situs&in=articles",
     "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/base/v_quote?article=jahat", "/base/v_article",
     "/base?sql=select+text+from+v_quote", "/base/quote/3", "/article/%3Cscript%3E", "/base/%3Cscript%3E",
     "/search?q=x&page=%3Cscript%3E", "/base?sql=select+'%3Cscript%3E'+frm"],
)  # fmt: skip
def test_texts_are_only_shown(site: Shown, path: str) -> None:
    """What a text or an address holds is shown, never run: tags in it are words, javascript: is no link."""
    page = site(path)
    assert MARK not in page.text
    assert "<script" not in page.text
    assert {tag for tag, _ in page.tags} & {"script", "img"} == set()
    assert not any(link.lower().startswith("javascript") for link in page.links)
    assert HOSTILE.url not in page.links


@pytest.mark.parametrize(
    "path", ["/", "/base/v_quote", "/base/v_quote.json", "/none", "/static/kb.css", "/base/failure"]
)
def test_headers_let_nothing_run(site: Shown, path: str) -> None:
    """Every answer forbids scripts, frames and other hosts, and sets no cookie."""
    headers = site(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_site_is_only_read(site: Shown, method: str) -> None:
    """Nothing but GET and HEAD is answered."""
    assert site("/base/quote", method=method).status == 405
    assert site("/", method="HEAD").status == 200


@pytest.mark.parametrize(
    "sql",
    ["delete from quote", "insert into outlet (name, name_key) values ('a', 'a')", "drop table quote",
     "attach database '/tmp/other.sqlite3' as other", "pragma query_only = 0", "vacuum",
     "with x as (select 1) delete from quote", "explain delete from quote; delete from quote"],
)  # fmt: skip
def test_sql_writes_nothing(site: Shown, sql: str) -> None:
    """A question that would write is refused, and the base is as it was."""
    answer = site(f"/base.json?sql={quote(sql)}")
    assert (answer.status, answer.json["ok"]) == (400, False)
    assert site("/base.json?sql=select+count(*)+as+n+from+v_quote&_shape=array").json == [
        {"n": N_REPORTS + 5}
    ]


@pytest.mark.parametrize(
    "path",
    ["/base/failure", "/base/failure.json", "/base/failure/1", "/base/v_failure", "/base/decision",
     "/base/v_curation.csv", "/base.db"],
)  # fmt: skip
def test_closed_pages_are_not_shown(site: Shown, path: str) -> None:
    """What did not go through and who decided what is on no page, and the file is not given away."""
    assert site(path).status == 403


@pytest.mark.parametrize(
    "path", ["/-/databases.json", "/-/metadata", "/-/threads", "/-/permissions", "/-/auth-token"]
)
def test_inner_pages_are_shut(site: Shown, path: str) -> None:
    """Datasette's pages about itself, with the path of the file among others, are not there."""
    assert site(path).status == 404


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        pytest.param("select payload from failure", None, id="bytes of what failed"),
        pytest.param("select subject from v_failure", None, id="through a view"),
        pytest.param("select hex(Payload) from main.Failure", "", id="spelt otherwise"),
        pytest.param("select max(raw_text) from revision", None, id="a publisher's page"),
        pytest.param("select command from v_run_health", None, id="what was typed"),
        pytest.param("select count(*) from failure where message like 'r%'", 0, id="guessed at"),
        pytest.param("select run_id from failure", 1, id="all else is there"),
    ],
)
def test_closed_columns_read_as_null(site: Shown, sql: str, value: object) -> None:
    """Closed columns are empty in any question."""
    (row,) = site(f"/base.json?sql={quote(sql)}&_shape=arrays").json["rows"]
    assert row == [value]


def test_rows_for_programs(site: Shown) -> None:
    """A person's page leads to the same quotes as JSON, as CSV and as a question in SQL."""
    uid = uid_of(site, "Sinta Pramesti")
    page = site(f"/entity/{uid}")
    (as_json,), (as_csv,), (as_sql,) = (
        [link for link in page.links if link.startswith(start)]
        for start in ("/base/v_quote.json", "/base/v_quote.csv", "/base?sql")
    )
    assert len(site(as_json).json) == N_REPORTS
    rows = list(csv.DictReader(io.StringIO(site(as_csv).text)))
    assert {row["speaker_entity"] for row in rows} == {uid}
    assert len(rows) == N_REPORTS
    assert f"{N_REPORTS} rows" in site(as_sql).text


def test_search_for_programs(site: Shown) -> None:
    """What a search finds is given as JSON and CSV, too."""
    (found,) = site("/search.json?q=surut").json
    assert (found["text"], found["entity_name"]) == ("air mulai surut", "Ratri Wulan")
    (row,) = csv.DictReader(io.StringIO(site("/search.csv?q=surut").text))
    assert row["text"] == "air mulai surut"


@pytest.mark.parametrize(
    "words",
    ["", '"', "-", "*", "OR", "OR OR", "-surut", "NEAR(a b)", "folded:surut", "surut AND", "^surut",
     "'; drop table quote", "\x00", "%", "_", "\\", "\U0001f600", "{{7*7}}", "a" * 3000, "\u202eterbalik", "(((",
     "surut -"],
)  # fmt: skip
def test_no_words_break_a_search(site: Shown, words: str) -> None:
    """Whatever is typed, the page of a search comes back."""
    for what in ("quotes", "articles"):
        page = site(f"/search?q={quote(words)}&in={what}")
        assert page.status == 200
        assert "49" not in page.text or "{{" not in words


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/none", 404), ("/article/none", 404), ("/article/jahat/quote/99", 404), ("/base/none", 404),
        ("/entity/x", 404), ("/search?q=a&page=0", 400), ("/search?q=a&page=x", 400), ("/search?q=a&page=101", 400),
        ("/search?q=a&kind=loud", 400), ("/search?q=a&month=2026-13", 400), ("/base?sql=select+nothing", 400),
        ("/search.json?q=-", 400), ("/base/v_quote?_sort=nothing", 400),
    ],
)  # fmt: skip
def test_mistakes_are_told(site: Shown, path: str, status: int) -> None:
    """A mistake is told on a page of the site, without the inside of the program."""
    page = site(path)
    assert page.status == status
    assert "Traceback" not in page.text
    assert "sqlalchemy" not in page.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("localhost:1", 200), ("LOCALHOST", 200), ("jahat.example", 421), ("", 421),
     ("127.0.0.1.jahat.example", 421), ("[::1]:80", 421)],
)  # fmt: skip
def test_only_its_own_names(site: Shown, host: str, status: int) -> None:
    """A page elsewhere that lets its name point here (DNS rebinding) reads nothing."""
    assert site("/", host=host or " ").status == status


def test_base_can_be_written_meanwhile(site: Shown) -> None:
    """A run writes while the site is up: the next page has what it brought, and no longer what was forgotten."""
    later = Printed(
        "susulan",
        "Sekretaris Wira Laksana mengatakan pasar dibuka lagi.",
        {"Wira Laksana": ("PER",)},
        [Said("pasar dibuka lagi", "Wira Laksana", "Wira Laksana", "mengatakan")],
        title="Pasar Dibuka",
    )
    site("/base/v_quote")  # every connection of the site has read
    run = open_database(str(site.engine.url.database))
    fill(run, later)
    assert "Wira Laksana" in site("/search?q=pasar").text
    (row,) = site("/base/v_quote.json?article=susulan&_shape=array").json
    assert row["text"] == "pasar dibuka lagi"
    forget(run, "susulan", by="uji", why=None)
    assert site("/article/susulan").status == 404
    run.dispose()


def test_sql_can_be_forbidden(site: Shown) -> None:
    """Without SQL of one's own, questions are refused and none is offered; tables are still there."""
    with shown(site.engine, allow_sql=False) as strict:
        assert strict("/base?sql=select+1").status == 403
        assert strict("/base.json?sql=select+1").status == 403
        assert "<textarea" not in strict("/base").text
        assert not any("sql=" in link for link in strict(f"/entity/{uid_of(site, 'Sinta Pramesti')}").links)
        assert strict("/base/v_quote").status == 200


@pytest.mark.slow
def test_long_questions_are_ended(site: Shown) -> None:
    """A question that would run for ever is ended after some seconds, and the site goes on."""
    forever = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    page = site(f"/base?sql={quote(forever)}")
    assert "took too long" in page.text
    assert site("/").status == 200


@pytest.mark.parametrize("table", CLOSED_COLUMNS)
def test_closed_columns_exist(table: str) -> None:
    """What is closed goes by its name: a column that was renamed would stand open."""
    assert set(metadata.tables[table].columns.keys()) >= CLOSED_COLUMNS[table]
