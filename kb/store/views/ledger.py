"""The views of how the base came about: what people decided, how runs went, what did not go through."""

from __future__ import annotations

from kb.store.views.parts import count_column, text_column
from kb.store.views.view import View, ViewColumn

_UNDONE_BY = (
    "(SELECT min(undo.uid) FROM decision AS undo"
    " WHERE undo.verb = 'undo' AND json_at(undo.arguments, decision) = decision.uid"
    " AND NOT EXISTS (SELECT 1 FROM decision AS again"
    " WHERE again.verb = 'undo' AND json_at(again.arguments, decision) = undo.uid))"
)

_curation = View(
    "v_curation",
    "What people decided; whether a decision finds what it is about is what `kb curate log` tells",
    (
        text_column("uid", "of the decision", "decision.uid"),
        text_column(
            "verb",
            "merge, apart, split, alias, rename, retype, reject-mention, reject-quote, set-speaker, undo",
            "decision.verb",
        ),
        ViewColumn("at", "timestamp", "when; decisions apply in this order", "decision.decided_at"),
        text_column("by", "who", "decision.decided_by"),
        text_column("why", "in their words", "decision.why"),
        text_column(
            "entity_uid",
            "of whom it is about; of a speaker set: of the speaker",
            "coalesce(json_at(decision.arguments, entity.uid), json_at(decision.arguments, speaker.uid))",
        ),
        text_column(
            "entity_name",
            "its name then",
            "coalesce(json_at(decision.arguments, entity.name), json_at(decision.arguments, speaker.name))",
        ),
        text_column(
            "other_uid",
            "of the other one: merged into, kept apart from, split off",
            "coalesce(json_at(decision.arguments, into.uid), json_at(decision.arguments, other.uid))",
        ),
        text_column(
            "other_name",
            "its name then",
            "coalesce(json_at(decision.arguments, into.name), json_at(decision.arguments, other.name))",
        ),
        text_column(
            "article", "the id of the article that it is about", "json_at(decision.arguments, article)"
        ),
        text_column("text", "the words there that it is about", "json_at(decision.arguments, exact)"),
        text_column("undoes", "uid of the decision that it undoes", "json_at(decision.arguments, decision)"),
        text_column(
            "undone_by",
            "uid of the decision that undoes it and is not undone itself; NULL: it stands",
            _UNDONE_BY,
        ),
        count_column(
            "n_quotes",
            "quotes that it decides on now",
            "(SELECT count(*) FROM quote_judgement AS judged"
            " WHERE judged.rejected_by_id = decision.id OR judged.speaker_by_id = decision.id)",
        ),
        count_column(
            "n_mentions",
            "mentions that it decides on now",
            "(SELECT count(*) FROM mention_judgement AS judged WHERE judged.rejected_by_id = decision.id)",
        ),
        text_column("arguments", "all that it is about, as JSON", "CAST(decision.arguments AS text)"),
    ),
    "FROM decision",
)

_run_health = View(
    "v_run_health",
    "How the runs went: a row for each call of a command that writes",
    (
        count_column("run", "its number in `kb runs`", "run.id"),
        text_column("command", "what was asked for, as typed", "run.command"),
        text_column("version", "kb's version", "run.version"),
        text_column(
            "state",
            "running, ok, partial: some inputs failed, failed, interrupted: it was cut off",
            "run.state",
        ),
        ViewColumn("started_at", "timestamp", "when it began", "run.started_at"),
        ViewColumn(
            "finished_at", "timestamp", "NULL while it runs or when it was cut off", "run.finished_at"
        ),
        ViewColumn("heartbeat_at", "timestamp", "when it last wrote how far it had come", "run.heartbeat_at"),
        count_column(
            "n_seconds",
            "how long it took; NULL where it did not end",
            "seconds_between(run.started_at, run.finished_at)",
        ),
        text_column("host", "the machine it ran on", "run.host"),
        count_column("n_new", "articles seen for the first time", "run.n_new"),
        count_column("n_changed", "articles that got a new revision", "run.n_changed"),
        count_column("n_unchanged", "articles known as they are", "run.n_unchanged"),
        count_column("n_annotated", "texts annotated", "run.n_annotated"),
        count_column("n_failed", "inputs kept as failures", "run.n_failed"),
        count_column("n_gone", "articles that their outlet took away", "run.n_gone"),
        count_column(
            "n_open",
            "failures that last failed in it and are still to be mended",
            "(SELECT count(*) FROM failure WHERE failure.run_id = run.id"
            " AND failure.resolved_at IS NULL AND failure.ignored_at IS NULL)",
        ),
        text_column("error", "what ended it; NULL unless it failed", "run.error"),
        text_column(
            "pipeline", "digest of what it annotated with; NULL where it annotates nothing", "pipeline.digest"
        ),
    ),
    """
FROM run
LEFT JOIN pipeline ON pipeline.id = run.pipeline_id
""",
)

_failure = View(
    "v_failure",
    "What did not go through: a row for each input and each time that it had to be mended",
    (
        text_column(
            "stage",
            "where it failed: fetch, ingest, annotate, attribute, store, link, guard",
            "failure.stage",
        ),
        text_column("subject", "the path, path:line, address or article that failed", "failure.subject"),
        text_column("error", "name of the error", "failure.error"),
        text_column("message", "what was wrong, in one line", "failure.message"),
        text_column(
            "state",
            "open, resolved: it went through since, ignored: a person said so",
            "CASE WHEN failure.resolved_at IS NOT NULL THEN 'resolved'"
            " WHEN failure.ignored_at IS NOT NULL THEN 'ignored' ELSE 'open' END",
        ),
        count_column("attempts", "how often it failed", "failure.attempts"),
        ViewColumn("failed_at", "timestamp", "the last time", "failure.failed_at"),
        ViewColumn(
            "retry_at",
            "timestamp",
            "when its server wants to be asked again; NULL: it did not say",
            "failure.retry_at",
        ),
        ViewColumn("resolved_at", "timestamp", "when it went through", "failure.resolved_at"),
        ViewColumn(
            "ignored_at", "timestamp", "when a person said that it need not be mended", "failure.ignored_at"
        ),
        count_column("run", "the run that it last failed in, in v_run_health", "failure.run_id"),
        text_column("feed", "address of the feed that it came from", "feed.address"),
        count_column(
            "n_bytes", "kept of it, to try again; NULL where none were read", "length(failure.payload)"
        ),
    ),
    """
FROM failure
LEFT JOIN feed ON feed.id = failure.feed_id
""",
)

LEDGER_VIEWS = (_curation, _run_health, _failure)
