"""Five real pages, which are not part of the project: skipped where they are not at hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kb.ingest import read_articles
from kb.model import Article, Precision

FOLDER = Path(os.environ.get("KB_SHARED_SEEDS") or Path(__file__).parents[4] / "shared" / "seeds")
FURNITURE = (
    "Advertisement",
    "HOME NEWS",
    "Jurnalis-",
    "(Foto:",
    "Telusuri",
    "Editor:",
    "Baca juga",
    "Baca Juga",
    "GOOGLE NEWS",
    "Berita Terkait",
    "Ikuti",
    "©",
    "Sumber:",
    "okezone",
    "share",
    "Topik Menarik",
    "Tinggalkan Balasan",
    "email",
    "REUTERS",
)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    if not FOLDER.is_dir():
        pytest.skip("the shared sample pages are not at hand (KB_SHARED_SEEDS names their folder)")
    items = list(read_articles([str(FOLDER)]))
    return [item for item in items if isinstance(item, Article)]


def test_pages_say_who_published_them_and_when(articles: list[Article]) -> None:
    """Outlet, day, people and agency are those that the pages give, and None where they give none."""
    assert [article.outlet for article in articles] == [
        None,
        "POS-KUPANG.COM",
        "KONTAN.CO.ID",
        "Okezone",
        "Tribunnews.com",
    ]
    assert [article.published and article.published.on for article in articles] == [
        date(2024, 6, 18),
        None,
        None,
        date(2024, 6, 20),
        None,
    ]
    assert {a.published.precision for a in articles if a.published} == {Precision.MINUTE}
    assert [len(article.authors) for article in articles] == [1, 0, 0, 0, 0]
    assert [len(article.editors) for article in articles] == [0, 1, 1, 0, 0]
    assert [article.agency for article in articles] == [None, "TRT World", "Reuters", "BBC", None]
    assert [bool(article.title) for article in articles] == [True, True, False, True, True]


def test_no_furniture_is_body(articles: list[Article]) -> None:
    """No menu, link, byline, credit or form stands in a body, and each body opens with its dateline."""
    assert len(articles) == 5
    for article in articles:
        assert [word for word in FURNITURE if word in article.body] == []
        assert article.dateline is not None
