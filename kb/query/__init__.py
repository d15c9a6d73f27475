"""Questions to the base: functions over an open connection, answered with frozen rows.

    entities_named, entities, near_names         who is meant
    quotes_with, articles_with                   whose words fit a search (`kb.query.search`)
    who_said, quotes_by, all_quotes, all_mentions     what they said, and every row for an export
    articles, article_named, entity_page         what to show of an article or an entity
    article_history, article_diff                how an article changed
    quote_page                                   where a quote comes from
    pipelines, pipeline_diff                     what made it, and what another would make
    provenance_records                           all of that for an export
    timeline, network                            how often somebody is quoted and named, when, with whom

Only current revisions and current annotations are answered, but where an article's history is asked for.
Neither torch nor stanza is within reach.
"""

from typing import TYPE_CHECKING

from kb.lazily import find_lazily

if TYPE_CHECKING:
    from kb.query.answers import who_said
    from kb.query.described import quotes_described
    from kb.query.makers import (
        PipelineDiff,
        PipelineRow,
        QuoteDifference,
        pipeline_diff,
        pipeline_differences,
        pipelines,
    )
    from kb.query.meant import entities, entities_named, entity_of, near_names, who_is_meant
    from kb.query.networks import Network, TieRow, network
    from kb.query.pages import article_meant, article_named, articles, entity_page
    from kb.query.prov import provenance_records
    from kb.query.provenance import (
        FetchOrigin,
        PipelineOrigin,
        Provenance,
        QuotePage,
        RevisionOrigin,
        RunOrigin,
        quote_page,
    )
    from kb.query.queue import undecided_pairs
    from kb.query.quotes import all_mentions, all_quotes, count_open_quotes
    from kb.query.revisions import (
        DiffPage,
        FoundQuote,
        HistoryPage,
        RevisionRow,
        article_diff,
        article_history,
    )
    from kb.query.rows import (
        Answer,
        ArticlePage,
        ArticleRow,
        EntityPage,
        EntityRow,
        FoundArticleRow,
        MentionRow,
        PairRow,
        QuoteFilter,
        QuoteRow,
        RelatedRow,
        ReportRow,
        StatementRow,
    )
    from kb.query.said import count_quotes_by, count_statements_by, quotes_by, statements_by
    from kb.query.search import articles_with, quotes_with
    from kb.query.targets import entity_meant, mentions_meant, quote_meant
    from kb.query.timelines import PeriodRow, Split, Step, Timeline, days_covered, timeline
    from kb.query.wanted import Wanted, read_wanted
    from kb.query.wording import DiffLine

__getattr__ = find_lazily(
    __name__,
    {
        "answers": "who_said",
        "described": "quotes_described",
        "pages": "article_meant article_named articles entity_page",
        "meant": "entities entities_named entity_of near_names who_is_meant",
        "makers": "PipelineDiff PipelineRow QuoteDifference pipeline_diff pipeline_differences pipelines",
        "networks": "Network TieRow network",
        "prov": "provenance_records",
        "provenance": "FetchOrigin PipelineOrigin Provenance QuotePage RevisionOrigin RunOrigin quote_page",
        "queue": "undecided_pairs",
        "quotes": "all_mentions all_quotes count_open_quotes",
        "revisions": "DiffPage FoundQuote HistoryPage RevisionRow article_diff article_history",
        "rows": (
            "Answer ArticlePage ArticleRow EntityPage EntityRow FoundArticleRow MentionRow PairRow QuoteFilter "
            "QuoteRow RelatedRow ReportRow StatementRow"
        ),
        "said": "count_quotes_by count_statements_by quotes_by statements_by",
        "search": "articles_with quotes_with",
        "targets": "entity_meant mentions_meant quote_meant",
        "timelines": "PeriodRow Split Step Timeline days_covered timeline",
        "wanted": "Wanted read_wanted",
        "wording": "DiffLine",
    },
)


__all__ = [
    "Answer",
    "ArticlePage",
    "ArticleRow",
    "DiffLine",
    "DiffPage",
    "EntityPage",
    "EntityRow",
    "FetchOrigin",
    "FoundArticleRow",
    "FoundQuote",
    "HistoryPage",
    "MentionRow",
    "Network",
    "PairRow",
    "PeriodRow",
    "PipelineDiff",
    "PipelineOrigin",
    "PipelineRow",
    "Provenance",
    "QuoteDifference",
    "QuoteFilter",
    "QuotePage",
    "QuoteRow",
    "RelatedRow",
    "ReportRow",
    "RevisionOrigin",
    "RevisionRow",
    "RunOrigin",
    "Split",
    "StatementRow",
    "Step",
    "TieRow",
    "Timeline",
    "Wanted",
    "all_mentions",
    "all_quotes",
    "article_diff",
    "article_history",
    "article_meant",
    "article_named",
    "articles",
    "articles_with",
    "count_open_quotes",
    "count_quotes_by",
    "count_statements_by",
    "days_covered",
    "entities",
    "entities_named",
    "entity_meant",
    "entity_of",
    "entity_page",
    "mentions_meant",
    "near_names",
    "network",
    "pipeline_diff",
    "pipeline_differences",
    "pipelines",
    "provenance_records",
    "quote_meant",
    "quote_page",
    "quotes_by",
    "quotes_described",
    "quotes_with",
    "read_wanted",
    "statements_by",
    "timeline",
    "undecided_pairs",
    "who_is_meant",
    "who_said",
]
