"""The web pages in a real browser: found, clicked, read, on a wide screen and on a phone's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from showing import N_REPORTS, STORIES, Shown, fill, shown

from kb.store.database import open_database

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def site(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Return the site of a base of invented news."""
    path = tmp_path_factory.mktemp("browser") / "kb.sqlite3"
    shutil.copy(_migrated_file, path)
    engine = open_database(str(path))
    fill(engine, *STORIES)
    with shown(engine) as site:
        yield site
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser that nobody sees."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=as_root)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return what a browser complained of, and whom else it asked."""
    return []


@pytest.fixture
def open_page(site: Shown, browser: Any, complaints: list[str]) -> Iterator[Any]:
    """Return a function that opens a path on a screen of some width."""
    contexts = []

    def go(path: str, *, width: int = 1100, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(site.address) or complaints.append(asked.url))
        page.goto(site.address + path)
        return page

    yield go
    for context in contexts:
        context.close()


def test_from_a_word_to_the_article(open_page: Any, complaints: list[str]) -> None:
    """Search for a word, see the quote in its sentence, open who said it, go on to the article, to that very place."""
    page = open_page("/")
    page.get_by_label("Search what was said").fill("surut")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=surut")
    found = page.locator("article.said")
    assert found.locator("mark").all_inner_texts() == ["air mulai surut"]
    found.get_by_role("link", name="Ratri Wulan").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ratri Wulan")
    quote = page.locator("article.said", has_text="Posko tetap dibuka")
    assert quote.locator("blockquote").inner_text() == "“Posko tetap dibuka,” kata Ratri kepada wartawan."
    quote.get_by_role("link", name="Air Mulai Surut di Karangsari").click()
    assert page.locator("mark:target").inner_text() == "Posko tetap dibuka,"
    page.get_by_role("link", name="Karangsari", exact=True).click()
    assert "place" in page.get_by_role("heading", level=1).inner_text()
    assert complaints == []


def test_a_facet_narrows_down(open_page: Any, complaints: list[str]) -> None:
    """A click on a count leaves just so many quotes, a second one narrows further, and each can be taken back."""
    page = open_page("/base/v_quote")
    page.get_by_role("navigation", name="Outlet").get_by_role("link", name="Kabar Teluk").click()
    page.get_by_role("navigation", name="Kind").get_by_role("link", name="direct", exact=True).click()
    assert page.locator("article.said").count() == 1
    page.get_by_role("navigation", name="Kind").get_by_role("link", name="direct ×").click()
    page.get_by_role("navigation", name="Outlet").get_by_role("link", name="Kabar Teluk ×").click()
    assert page.get_by_text(f"{N_REPORTS + 5} rows").is_visible()
    assert complaints == []


def test_a_month_of_the_diagram(open_page: Any, complaints: list[str]) -> None:
    """A column of the diagram leads to that month's quotes; with the keyboard, too."""
    page = open_page("/search?q=Sinta+OR+jembatan")
    page.get_by_role("link", name="Sinta Pramesti").first.click()
    assert page.locator("svg rect").count() == N_REPORTS
    page.get_by_role("link", name="2025-02: 1").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**month=2025-02")
    assert page.locator("article.said").count() == 1
    assert complaints == []


def test_hostile_text_is_only_read(open_page: Any, complaints: list[str]) -> None:
    """Tags in a title, an outlet, a body and a quote are letters on the page; nothing of them runs."""
    for path in (
        "/article/jahat",
        "/search?q=situs",
        "/base/v_quote?article=jahat",
        "/base?sql=select+*+from+v_quote",
    ):
        page = open_page(path)
        assert page.get_by_text("<script>").first.is_visible(), path
        assert page.title() != "broken"
        assert page.locator("img, script").count() == 0
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=jembatan", "/search", "/base/v_quote", "/base/v_entity", "/base/v_provenance", "/base",
     "/article/jahat", "/article/jahat/quote/1", "/base/quote/3", "/base?sql=select+*+from+v_quote", "/nothing"],
)  # fmt: skip
def test_fits_a_phone(open_page: Any, complaints: list[str], path: str, scheme: str) -> None:
    """At the width of a phone nothing has to be scrolled sideways, and text stands off its ground (WCAG AA)."""
    page = open_page(path, width=375, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.evaluate(_LEAST_CONTRAST) >= 4.5
    assert [complaint for complaint in complaints if "404" not in complaint] == []


def test_keyboard_reaches_all(open_page: Any) -> None:
    """The first Tab offers to skip to the content; every link, field and button can be reached and is seen to be."""
    page = open_page("/search?q=surut")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.tagName + document.activeElement.textContent.slice(0, 20)")
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement.tagName") == "BODY"
    assert {"INPUT", "BUTTONSearch", "ARatri Wulan"} <= reached


_LEAST_CONTRAST = """() => {
  const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length == 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let least = 21;
  for (const element of document.body.querySelectorAll('*')) {
    const hasText = [...element.childNodes].some(node => node.nodeType == 3 && node.textContent.trim());
    if (!hasText || !element.checkVisibility() || element.closest('.unseen, .skip')) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    least = Math.min(least, (one + .05) / (two + .05));
  }
  return least;
}"""
"""The least contrast of any text on the page (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
