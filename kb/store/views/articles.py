"""The views of articles: as they are, as they were, and where each quote comes from."""

from __future__ import annotations

from kb.store.views.parts import (
    ARTICLE_COLUMN,
    OUTLET,
    OUTLET_COLUMN,
    count_column,
    counting_columns,
    day_columns,
    text_column,
)
from kb.store.views.view import View, ViewColumn

_ANNOTATED = "JOIN annotation ON annotation.id = {table}.annotation_id AND annotation.is_current"


def _n_found(table: str, rejected: str) -> str:
    judgement = f"{table}_judgement"
    return (
        f"(SELECT count(*) FROM annotation JOIN {table} ON {table}.annotation_id = annotation.id"
        " WHERE annotation.body_id = revision.body_id AND annotation.is_current"
        f" AND NOT EXISTS (SELECT 1 FROM {judgement} WHERE {judgement}.{table}_id = {table}.id{rejected}))"
    )


_TITLE = text_column("title", "its heading", "revision.title")
_URL = text_column("url", "its address", "revision.url")
_REVISION = count_column("revision", "its states count from 1", "revision.number")
_CHARS = count_column("n_chars", "code points of its body", "body.n_chars")

_article = View(
    "v_article",
    "The articles as they are now",
    (
        ARTICLE_COLUMN,
        _TITLE,
        OUTLET_COLUMN,
        *day_columns("revision"),
        text_column("published_zone", "as the page prints it (WIB)", "revision.published_zone"),
        _URL,
        text_column("authors", "a JSON list of names", "CAST(revision.authors AS text)"),
        text_column("editors", "a JSON list of names", "CAST(revision.editors AS text)"),
        text_column("agency", "whose copy it is (Reuters)", "revision.agency"),
        _REVISION,
        _CHARS,
        count_column("n_mentions", "names found in it", _n_found("mention", "")),
        count_column(
            "n_quotes",
            "quotes found in it",
            _n_found("quote", " AND quote_judgement.rejected_by_id IS NOT NULL"),
        ),
        *counting_columns("revision"),
        ViewColumn("first_seen_at", "timestamp", "when it was first read", "article.first_seen_at"),
        ViewColumn(
            "last_seen_at", "timestamp", "when it was last found, changed or not", "article.last_seen_at"
        ),
        ViewColumn(
            "gone_at",
            "timestamp",
            "when its outlet was first seen to have taken it away; NULL: not gone",
            "article.gone_at",
        ),
        text_column(
            "body", "its text; every span counts its code points from 0, SQL's substr from 1", "body.text"
        ),
    ),
    f"""
FROM article
JOIN revision ON revision.article_id = article.id AND revision.is_current
JOIN body ON body.id = revision.body_id
{OUTLET.format(of="revision")}
""",
)


def _n_not_in(one: str, other: str) -> str:
    """Return SQL that counts the quotes of one body that another does not have; the same words twice are two."""
    return (
        "(SELECT CAST(coalesce(sum(CASE WHEN n > n_there THEN n - n_there ELSE 0 END), 0) AS integer) FROM"
        " (SELECT count(*) AS n, (SELECT count(*) FROM annotation AS a2 JOIN quote AS q2 ON q2.annotation_id = a2.id"
        f" WHERE a2.body_id = {other}.body_id AND a2.is_current AND q2.folded = q1.folded) AS n_there"
        " FROM annotation AS a1 JOIN quote AS q1 ON q1.annotation_id = a1.id"
        f" WHERE a1.body_id = {one}.body_id AND a1.is_current GROUP BY q1.folded) AS words)"
    )


_article_history = View(
    "v_article_history",
    "The articles over time: a row for each state of each; its quotes as they were found, decisions left aside",
    (
        ARTICLE_COLUMN,
        _REVISION,
        ViewColumn("is_current", "boolean", "whether it is the newest one", "revision.is_current"),
        ViewColumn("seen_at", "timestamp", "when it was read in", "revision.seen_at"),
        text_column("cause", "who changed it: first, publisher, reader (kb's own), both", "revision.cause"),
        ViewColumn(
            "similarity",
            "real",
            "to the text before, 0 to 1, by words; NULL for the first",
            "revision.similarity",
        ),
        count_column(
            "n_quotes",
            "quotes found in it",
            "(SELECT count(*) FROM annotation JOIN quote ON quote.annotation_id = annotation.id"
            " WHERE annotation.body_id = revision.body_id AND annotation.is_current)",
        ),
        count_column(
            "n_quotes_new", "those that the state before does not have", _n_not_in("revision", "before")
        ),
        count_column(
            "n_quotes_gone",
            "those of the state before that it does not have",
            _n_not_in("before", "revision"),
        ),
        _TITLE,
        text_column("reader", "what took the bytes apart: format, version, hash", "revision.reader"),
        OUTLET_COLUMN,
        *day_columns("revision"),
        _URL,
        _CHARS,
        text_column("body_sha256", "of its text", "body.sha256"),
        text_column("raw_sha256", "of the bytes that were read", "revision.raw_sha256"),
        ViewColumn(
            "gone_at", "timestamp", "when its outlet took the article away; NULL: not gone", "article.gone_at"
        ),
    ),
    f"""
FROM article
JOIN revision ON revision.article_id = article.id
JOIN body ON body.id = revision.body_id
LEFT JOIN revision AS before ON before.article_id = revision.article_id AND before.number = revision.number - 1
{OUTLET.format(of="revision")}
""",
)

_provenance = View(
    "v_provenance",
    "Where quotes come from, those of older states, older pipelines and rejected ones too: a row for each quote of"
    " each pipeline in each state that prints it",
    (
        ARTICLE_COLUMN,
        count_column("quote_id", "joins views of one base", "quote.id"),
        text_column("text", "the content, as printed", "quote.text"),
        count_column("start", "first code point of the content in the body, from 0", "quote.start_char"),
        count_column("end", 'code point after its last one; write p.end or "end"', "quote.end_char"),
        ViewColumn(
            "is_current",
            "boolean",
            "whether it is of the newest state and pipeline",
            "(revision.is_current AND annotation.is_current)",
        ),
        text_column("speaker", "as it was found, whatever was decided", "quote.speaker"),
        text_column("rule", "the rule that found the speaker, likewise", "quote.rule"),
        ViewColumn("confidence", "real", "0 to 1, likewise", "quote.confidence"),
        text_column("rejected_by", "uid in v_curation of the decision that it is no quote", "rejecting.uid"),
        text_column("speaker_by", "uid in v_curation of the decision about its speaker", "naming.uid"),
        ViewColumn("annotated_at", "timestamp", "when it was found", "annotation.made_at"),
        text_column("pipeline", "digest of what found it: packages, models, rules", "pipeline.digest"),
        text_column("rules", "version of the attribution rules", "pipeline.rules"),
        count_column("run", "the run that found it, in v_run_health", "annotation.run_id"),
        _REVISION,
        text_column(
            "cause", "who changed the article: first, publisher, reader (kb's own), both", "revision.cause"
        ),
        ViewColumn("seen_at", "timestamp", "when that state was read in", "revision.seen_at"),
        count_column("read_run", "the run that read it, in v_run_health", "revision.run_id"),
        text_column("reader", "what took the bytes apart: format, version, hash", "revision.reader"),
        text_column("origin", "the file it was read from", "revision.origin"),
        _URL,
        text_column("body_sha256", "of its text", "body.sha256"),
        text_column("raw_sha256", "of the bytes that were read", "revision.raw_sha256"),
        text_column(
            "address", "what was fetched or opened; NULL before fetches were kept", "fetched.address"
        ),
        text_column("final_url", "where redirects led; NULL where there were none", "fetched.final_url"),
        count_column("status", "of HTTP; NULL for files", "fetched.status"),
        ViewColumn("fetched_at", "timestamp", "when", "fetched.fetched_at"),
        text_column("feed", "address of the feed that led there", "feed.address"),
    ),
    """
FROM quote
JOIN annotation ON annotation.id = quote.annotation_id
JOIN body ON body.id = annotation.body_id
JOIN revision ON revision.body_id = body.id
JOIN article ON article.id = revision.article_id
JOIN pipeline ON pipeline.id = annotation.pipeline_id
LEFT JOIN "fetch" AS fetched ON fetched.id = revision.fetch_id
LEFT JOIN feed ON feed.id = fetched.feed_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id
LEFT JOIN decision AS rejecting ON rejecting.id = judged.rejected_by_id
LEFT JOIN decision AS naming ON naming.id = judged.speaker_by_id
""",
)

ARTICLE_VIEWS = (_article, _article_history, _provenance)
