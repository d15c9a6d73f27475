"""The contract: what may change in the views, and what their page says."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kb.query import ArticleRow, EntityRow, MentionRow, QuoteRow, ReportRow
from kb.query.cooccurrence import CooccurrenceRow
from kb.store import dictionary
from kb.store.columns import metadata
from kb.store.views import CONTRACT, TYPES, VIEWS
from kb.store.views.frozen import ENGINES, _script, frozen_revisions, frozen_views, script_of_today

SCHEMA_PAGE = Path(__file__).parents[3] / "docs" / "schema.md"

PROMISED = (
    *("v_quote", "v_speaker_candidate", "v_mention", "v_entity", "v_alias", "v_article", "v_article_history"),
    *("v_cooccurrence", "v_speaker_outlet_month", "v_quote_cluster", "v_provenance", "v_curation"),
    *("v_run_health", "v_failure"),
)
CODE = {view.name: tuple(column.name for column in view.columns) for view in VIEWS}


def test_all_promised_views_are_there() -> None:
    """Each view that the contract names exists, once."""
    assert set(PROMISED) <= set(CODE)
    assert len(CODE) == len(VIEWS)


@pytest.mark.parametrize("revision", frozen_revisions())
def test_no_column_goes_or_moves_within_a_major_number(revision: str) -> None:
    """What a migration of this major number made is still there in its place, or the number is another one."""
    then = frozen_views(revision)
    if _contract_of(revision)[0] == CONTRACT[0]:
        assert {name: CODE.get(name, ())[: len(columns)] for name, columns in then.items()} == then


@pytest.mark.parametrize("revision", frozen_revisions())
def test_what_is_added_has_a_number(revision: str) -> None:
    """Views that are not those of an earlier migration have another number than they had."""
    if frozen_views(revision) != CODE:
        assert _contract_of(revision) < CONTRACT


@pytest.mark.parametrize("engine", ENGINES)
def test_the_newest_script_makes_the_views_of_the_code(engine: str) -> None:
    """Whoever changes a view writes a migration: the code and the newest script say the same."""
    newest = _script(frozen_revisions()[-1], engine)
    assert newest.read_text(encoding="utf-8") == script_of_today(engine)


SAME = {
    QuoteRow: ("v_quote", {"context"}),
    MentionRow: ("v_mention", set()),
    EntityRow: ("v_entity", set()),
    ArticleRow: ("v_article", set()),
    CooccurrenceRow: ("v_cooccurrence", set()),
    ReportRow: ("v_quote_cluster", set()),
}


@pytest.mark.parametrize("row_type", SAME, ids=lambda row_type: row_type.__name__)
def test_a_fact_has_one_name_everywhere(row_type: type) -> None:
    """What commands, exports and Python call something, the view calls it too."""
    view, only_there = SAME[row_type]
    assert {field.name for field in fields(row_type)} - only_there <= set(CODE[view])


def test_the_page_is_what_the_code_says() -> None:
    """docs/schema.md is what `make schema` writes."""
    assert SCHEMA_PAGE.read_text(encoding="utf-8") == "\n".join(dictionary.dictionary()) + "\n"


def test_every_column_says_what_it_means() -> None:
    """Each view, table and column has a comment, and each column of a view a type."""
    for view in VIEWS:
        assert view.comment, view.name
        assert all(column.comment and column.type in TYPES for column in view.columns), view.name
    for table in metadata.sorted_tables:
        assert table.comment, table.name
        assert [column.name for column in table.columns if not column.comment] == [], table.name


def test_the_page_leaves_no_table_out() -> None:
    """Each table stands in one diagram."""
    shown = [name for names in dictionary._GROUPS.values() for name in names]
    assert sorted(shown) == sorted(metadata.tables)


def _contract_of(revision: str) -> tuple[int, int]:
    script = _script(revision, "sqlite").read_text(encoding="utf-8")
    after = script.partition("CREATE VIEW v_contract AS")[2].split()
    return int(after[after.index("major,") - 2]), int(after[after.index("minor;") - 2])
