"""What was forgotten does not come back, by whichever way it is met again, and nothing that names it is kept."""

from __future__ import annotations

import json
from pathlib import Path

from newsroom import at, count, dump, go, on_sqlite, paths_of_go, put_feed, put_page, rows, take_in, text
from server import Site
from sqlalchemy import Engine

from kb.forgetting import forget


def forget_all(base: Engine) -> None:
    """Forget every article of the base."""
    for ref in rows(base, "article", "ref"):
        forget(base, ref, by="Uji", why="diminta")


@on_sqlite
def test_a_forgotten_page_is_not_asked_for_again(base: Engine, site: Site) -> None:
    """A feed that still lists it leads to the others only, and its address stands nowhere in the base."""
    put_feed(base, site, "padi")
    go(base)
    forget_all(base)
    put_feed(base, site, "padi", "jagung")
    assert paths_of_go(base, site, all_due=True) == ["/feed", "/jagung"]
    _, heard = take_in(base, at(site, "/padi") + "?utm_source=kirim")
    assert "forgotten" in heard.failures[0][2]
    told = {name: told for name, told in dump(base).items() if name not in {"run", "seed"}}
    assert "/padi" not in repr(told)
    assert (count(base, "article"), count(base, "failure")) == (1, 0)


@on_sqlite
def test_a_forgotten_text_is_known_under_another_address(base: Engine, site: Site) -> None:
    """The same text from elsewhere is not taken in either, and its run is no failure."""
    put_feed(base, site, "padi")
    go(base)
    forget_all(base)
    put_page(site, "/salinan", "padi")
    outcome, heard = take_in(base, at(site, "/salinan"))
    assert (outcome.articles.new, outcome.articles.failed, len(heard.failures)) == (0, 0, 1)
    assert (count(base, "article"), count(base, "failure")) == (0, 0)


def test_a_forgotten_file_stays_out(base: Engine, tmp_path: Path) -> None:
    """Text and JSONL likewise: by id, by bytes and by body."""
    record = tmp_path / "berita.jsonl"
    record.write_text(json.dumps({"id": "a-1", "text": text("kopi")}) + "\n", "utf-8")
    plain = tmp_path / "padi.txt"
    plain.write_text(text("padi"), "utf-8")
    take_in(base, record, plain)
    forget_all(base)
    record.write_text(json.dumps({"id": "a-1", "text": text("kopi", " Lagi.")}) + "\n", "utf-8")
    plain.rename(tmp_path / "lain.txt")
    outcome, heard = take_in(base, tmp_path)
    assert (outcome.articles.new, len(heard.failures), count(base, "article")) == (0, 2, 0)
