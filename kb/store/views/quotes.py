"""The views of what is said: current articles, what nobody rejected, merges and decisions followed."""

from __future__ import annotations

from kb.store.views.parts import (
    ARTICLE,
    ARTICLE_COLUMN,
    CLUSTER,
    DECIDED,
    JUDGED,
    LINKED,
    OUTLET,
    OUTLET_COLUMN,
    REVISION,
    SPEAKER,
    count_column,
    counting_columns,
    day_columns,
    speaker_columns,
    text_column,
)
from kb.store.views.view import View, ViewColumn

_QUOTE_ID = count_column(
    "quote_id",
    "joins views of one base; not the same in another base, nor after the text was annotated anew",
    "quote.id",
)
_KIND = text_column("kind", "direct, indirect, or mixed: indirect with a part as said", "quote.kind")
_TEXT = text_column("text", "the content, as printed, without its outer quotation marks", "quote.text")
_SPAN = (
    count_column(
        "start", "first code point of the content in the article's body, from 0", "quote.start_char"
    ),
    count_column("end", 'code point after its last one; write q.end or "end"', "quote.end_char"),
)
_SPEAKER = text_column(
    "speaker",
    "the fullest name in that article or the description; where people decided, their speaker; NULL: not clear",
    f"CASE WHEN {DECIDED} THEN shown.name ELSE quote.speaker END",
)
_SPEAKER_TYPE = text_column(
    "speaker_type",
    "PER, ORG, or OTHER: somebody only described",
    f"CASE WHEN {DECIDED} THEN CASE WHEN shown.type = 'LOC' THEN 'ORG' ELSE shown.type END"
    " ELSE quote.speaker_type END",
)
_STATEMENT = text_column(
    "statement",
    "the same for all reports of one statement: its cluster, or else the quote_id; count it to count statements",
    "coalesce(quote_cluster.uid, CAST(quote.id AS text))",
)
_WORDS = count_column(
    "n_words",
    "words of letters and digits in the content",
    "CASE WHEN quote.folded = '' THEN 0"
    " ELSE length(quote.folded) - length(replace(quote.folded, ' ', '')) + 1 END",
)

_quote = View(
    "v_quote",
    "Who said what: a row for each quote in each article that prints it now",
    (
        ARTICLE_COLUMN,
        _KIND,
        _TEXT,
        *_SPAN,
        _SPEAKER,
        _SPEAKER_TYPE,
        text_column(
            "speaker_mention",
            "what stands for the speaker nearest the cue, as printed",
            "quote.speaker_mention_text",
        ),
        *speaker_columns(),
        text_column("role", "what the speaker is called there (juru bicara Kremlin)", "quote.role"),
        text_column("cue", "the word that reports, as printed; NULL where there is none", "quote.cue_text"),
        text_column(
            "polarity",
            "what the cue does with the content: asserts, denies, asks, demands, promises",
            "quote.polarity",
        ),
        text_column("medium", "who relays it (seperti dikutip Reuters), as printed", "quote.medium"),
        text_column("addressee", "who was spoken to, as printed", "quote.addressee"),
        text_column("occasion", "when, where and at what it was said, as printed", "quote.occasion"),
        text_column(
            "rule",
            "the rule that found the speaker; decision where people decided",
            f"CASE WHEN {DECIDED} THEN 'decision' ELSE quote.rule END",
        ),
        ViewColumn(
            "confidence",
            "real",
            "0 to 1 that quote and speaker are right; 1 where people decided",
            f"CASE WHEN {DECIDED} THEN 1.0 ELSE quote.confidence END",
        ),
        OUTLET_COLUMN,
        *day_columns("report"),
        text_column("title", "the article's", "revision.title"),
        text_column("url", "the article's address", "revision.url"),
        text_column(
            "cluster",
            "uid that all reports of one statement share; NULL where it has one",
            "quote_cluster.uid",
        ),
        _QUOTE_ID,
        _STATEMENT,
        *counting_columns("report"),
        _WORDS,
        ViewColumn("is_decided", "boolean", "whether people decided who the speaker is", f"({DECIDED})"),
    ),
    f"""
FROM report{SPEAKER}{CLUSTER}
JOIN quote ON quote.id = report.quote_id
{ARTICLE.format(of="report")}
{OUTLET.format(of="report")}
{REVISION}
{JUDGED}
""",
)

_speaker_candidate = View(
    "v_speaker_candidate",
    "Who may have said what has no clear speaker, where people have not decided it",
    (
        ARTICLE_COLUMN,
        _QUOTE_ID,
        _TEXT,
        *_SPAN,
        count_column("rank", "0 is the best", "candidate.rank"),
        text_column("name", "the fullest name in that article", "local_entity.name"),
        ViewColumn("score", "real", "0 to 1", "candidate.score"),
        text_column(
            "entity_uid", "uid in v_entity; NULL where linking knows nobody of that name", "shown.uid"
        ),
        text_column("entity_name", "the name as the base shows it", "shown.name"),
        OUTLET_COLUMN,
        *day_columns("report"),
    ),
    f"""
FROM speaker_candidate AS candidate{LINKED.format(local="candidate.local_entity_id")}
JOIN report ON report.quote_id = candidate.quote_id
JOIN quote ON quote.id = candidate.quote_id
{ARTICLE.format(of="report")}
{OUTLET.format(of="report")}
JOIN local_entity ON local_entity.id = candidate.local_entity_id
{JUDGED}
WHERE quote.speaker IS NULL AND judged.speaker_by_id IS NULL
""",
)

_quote_mention = View(
    "v_quote_mention",
    "Who is talked about: a row for each name within a quote of a known speaker",
    (
        ARTICLE_COLUMN,
        _QUOTE_ID,
        *speaker_columns(),
        text_column("about_uid", "uid in v_entity of whom the quote names", "about.uid"),
        text_column("about_name", "its name as the base shows it", "about.name"),
        text_column("about_type", "PER, ORG, LOC", "about.type"),
        text_column("text", "the name as printed there", "mention.text"),
        count_column(
            "start", "first code point of the name in the article's body, from 0", "mention.start_char"
        ),
        count_column("end", 'code point after its last one; write m.end or "end"', "mention.end_char"),
        text_column("quote", "the content that names it, as printed", "quote.text"),
        _KIND,
        OUTLET_COLUMN,
        *day_columns("report"),
        *counting_columns("report"),
    ),
    f"""
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON stands_for(named, shown)
JOIN quote ON quote.id = report.quote_id
JOIN mention ON mention.annotation_id = quote.annotation_id
    AND mention.start_char >= quote.start_char AND mention.end_char <= quote.end_char
JOIN link ON link.local_entity_id = mention.local_entity_id
JOIN entity AS linked ON linked.id = link.entity_id
JOIN entity AS about ON stands_for(linked, about)
{ARTICLE.format(of="report")}
{OUTLET.format(of="report")}
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id)
""",
)

_quote_cluster = View(
    "v_quote_cluster",
    "How a statement travelled: a row for each report of each statement that several texts report",
    (
        text_column("cluster", "uid that all reports of one statement share", "quote_cluster.uid"),
        text_column(
            "relation", "to the first report: first, reprint, trim, retranslation", "member.relation"
        ),
        ARTICLE_COLUMN,
        _QUOTE_ID,
        _KIND,
        _TEXT,
        *_SPAN,
        _SPEAKER,
        *speaker_columns(),
        OUTLET_COLUMN,
        *day_columns("report"),
        *counting_columns("report"),
    ),
    f"""
FROM quote_cluster_member AS member
JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id
JOIN report ON report.quote_id = member.quote_id{SPEAKER}
JOIN quote ON quote.id = report.quote_id
{ARTICLE.format(of="report")}
{OUTLET.format(of="report")}
{JUDGED}
""",
)


def _n_of(kind: str) -> str:
    return f"count(CASE WHEN quote.kind = '{kind}' THEN 1 END)"


_speaker_outlet_month = View(
    "v_speaker_outlet_month",
    "How often who is quoted where, by the month of published_on; known speakers only",
    (
        *speaker_columns(),
        text_column("type", "the speaker's: PER, ORG, LOC", "shown.type"),
        OUTLET_COLUMN,
        text_column("month", "2026-07; NULL for undated articles", "month_of(report.published_on)"),
        count_column("n_quotes", "reports of what it said", "count(*)"),
        count_column(
            "n_statements",
            "the same, a statement counted once",
            "count(DISTINCT coalesce(member.quote_cluster_id, -report.quote_id))",
        ),
        count_column("n_articles", "articles that quote it", "count(DISTINCT report.article_id)"),
        *(
            count_column(f"n_{kind}", f"{kind} ones of n_quotes", _n_of(kind))
            for kind in ("direct", "indirect", "mixed")
        ),
    ),
    f"""
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON stands_for(named, shown)
JOIN quote ON quote.id = report.quote_id
{OUTLET.format(of="report")}
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
GROUP BY shown.uid, shown.name, shown.type, outlet.name, month_of(report.published_on)
""",
)

QUOTE_VIEWS = (_quote, _speaker_candidate, _quote_mention, _quote_cluster, _speaker_outlet_month)
