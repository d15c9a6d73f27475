"""Joins and columns that several views have in common.

SQLite turns a LEFT JOIN into a JOIN where a condition needs its table to have a row, but looks for such conditions
once, from the first table to the last. With that alone a condition on `shown` would leave `named` as it is, and
every report would be read. It looks again after it has taken in a subquery: that is why views join `ARTICLE`, a
subquery, after them, and why the join of `shown` repeats a condition (https://www.sqlite.org/optoverview.html, "The
OUTER JOIN strength reduction optimization"; what engines make of it is in tests/integration/test_plans.py).

PostgreSQL plans the first eight tables of a view freely and joins the others in their order (``join_collapse_limit``):
first stands what questions name.
"""

from __future__ import annotations

from kb.store.views.view import ViewColumn

SPEAKER = """
LEFT JOIN entity AS named ON named.id = report.entity_id
LEFT JOIN entity AS shown
    ON stands_for(named, shown) AND named.id = report.entity_id"""
"""The entity that a report's speaker was found to be (`named`), and the one that it stands for (`shown`)."""

LINKED = """
LEFT JOIN link ON link.local_entity_id = {local}
LEFT JOIN entity AS named ON named.id = link.entity_id AND link.local_entity_id = {local}
LEFT JOIN entity AS shown
    ON stands_for(named, shown) AND named.id = link.entity_id
    AND link.local_entity_id = {local}"""
"""The same for an entity of a text, `local`."""

CLUSTER = """
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
LEFT JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id"""

ARTICLE = "JOIN (SELECT id, ref FROM article) AS article ON article.id = {of}.article_id"

OUTLET = "LEFT JOIN outlet ON outlet.id = {of}.outlet_id"

REVISION = "JOIN revision ON revision.article_id = report.article_id AND revision.is_current"

JUDGED = "LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id"

DECIDED = "judged.speaker_by_id IS NOT NULL"

ARTICLE_COLUMN = ViewColumn("article", "text", "the id that the article was ingested under", "article.ref")

OUTLET_COLUMN = ViewColumn("outlet", "text", "the medium; NULL where the page does not tell", "outlet.name")


def speaker_columns() -> tuple[ViewColumn, ...]:
    """Return who speaks, in the base."""
    return (
        ViewColumn(
            "speaker_entity",
            "text",
            "uid of the speaker in v_entity, where it is known who that is; merges are followed",
            "shown.uid",
        ),
        ViewColumn("entity_name", "text", "the speaker's name as the base shows it", "shown.name"),
    )


def day_columns(of: str) -> tuple[ViewColumn, ...]:
    """Return when an article was published, by its row in the table `of`."""
    return (
        ViewColumn(
            "published_on",
            "date",
            "the local calendar day; NULL where the page has none",
            f"{of}.published_on",
        ),
        ViewColumn(
            "published_at", "timestamp", "in UTC; NULL where the page gives only a day", f"{of}.published_at"
        ),
    )


def counting_columns(of: str) -> tuple[ViewColumn, ...]:
    """Return the day in forms that both engines group and subtract alike."""
    return (
        ViewColumn("month", "text", "month of published_on (2026-07)", f"month_of({of}.published_on)"),
        ViewColumn(
            "day_number",
            "integer",
            "published_on as days since 1970-01-01: the difference of two is in days",
            f"day_number_of({of}.published_on)",
        ),
    )


def count_column(name: str, comment: str, expression: str) -> ViewColumn:
    """Return a column that counts."""
    return ViewColumn(name, "integer", comment, expression)


def text_column(name: str, comment: str, expression: str) -> ViewColumn:
    """Return a column that holds text."""
    return ViewColumn(name, "text", comment, expression)
