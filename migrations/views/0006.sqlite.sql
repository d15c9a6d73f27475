CREATE VIEW v_quote AS
SELECT
    article.ref AS article,
    quote.kind AS kind,
    quote.text AS text,
    quote.start_char AS start,
    quote.end_char AS "end",
    CASE WHEN judged.speaker_by_id IS NOT NULL THEN shown.name ELSE quote.speaker END AS speaker,
    CASE WHEN judged.speaker_by_id IS NOT NULL THEN CASE WHEN shown.type = 'LOC' THEN 'ORG' ELSE shown.type END ELSE quote.speaker_type END AS speaker_type,
    quote.speaker_mention_text AS speaker_mention,
    shown.uid AS speaker_entity,
    shown.name AS entity_name,
    quote.role AS role,
    quote.cue_text AS cue,
    quote.polarity AS polarity,
    quote.medium AS medium,
    quote.addressee AS addressee,
    quote.occasion AS occasion,
    CASE WHEN judged.speaker_by_id IS NOT NULL THEN 'decision' ELSE quote.rule END AS rule,
    CASE WHEN judged.speaker_by_id IS NOT NULL THEN 1.0 ELSE quote.confidence END AS confidence,
    outlet.name AS outlet,
    report.published_on AS published_on,
    report.published_at AS published_at,
    revision.title AS title,
    revision.url AS url,
    quote_cluster.uid AS cluster,
    quote.id AS quote_id,
    coalesce(quote_cluster.uid, CAST(quote.id AS text)) AS statement,
    substr(report.published_on, 1, 7) AS month,
    CAST(julianday(report.published_on) - 2440587.5 AS INTEGER) AS day_number,
    CASE WHEN quote.folded = '' THEN 0 ELSE length(quote.folded) - length(replace(quote.folded, ' ', '')) + 1 END AS n_words,
    (judged.speaker_by_id IS NOT NULL) AS is_decided
FROM report
LEFT JOIN entity AS named ON named.id = report.entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id AND named.id = report.entity_id
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
LEFT JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id
JOIN quote ON quote.id = report.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
JOIN revision ON revision.article_id = report.article_id AND revision.is_current
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id;

CREATE VIEW v_speaker_candidate AS
SELECT
    article.ref AS article,
    quote.id AS quote_id,
    quote.text AS text,
    quote.start_char AS start,
    quote.end_char AS "end",
    candidate.rank AS rank,
    local_entity.name AS name,
    candidate.score AS score,
    shown.uid AS entity_uid,
    shown.name AS entity_name,
    outlet.name AS outlet,
    report.published_on AS published_on,
    report.published_at AS published_at
FROM speaker_candidate AS candidate
LEFT JOIN link ON link.local_entity_id = candidate.local_entity_id
LEFT JOIN entity AS named ON named.id = link.entity_id AND link.local_entity_id = candidate.local_entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id AND named.id = link.entity_id
    AND link.local_entity_id = candidate.local_entity_id
JOIN report ON report.quote_id = candidate.quote_id
JOIN quote ON quote.id = candidate.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
JOIN local_entity ON local_entity.id = candidate.local_entity_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id
WHERE quote.speaker IS NULL AND judged.speaker_by_id IS NULL;

CREATE VIEW v_quote_mention AS
SELECT
    article.ref AS article,
    quote.id AS quote_id,
    shown.uid AS speaker_entity,
    shown.name AS entity_name,
    about.uid AS about_uid,
    about.name AS about_name,
    about.type AS about_type,
    mention.text AS text,
    mention.start_char AS start,
    mention.end_char AS "end",
    quote.text AS quote,
    quote.kind AS kind,
    outlet.name AS outlet,
    report.published_on AS published_on,
    report.published_at AS published_at,
    substr(report.published_on, 1, 7) AS month,
    CAST(julianday(report.published_on) - 2440587.5 AS INTEGER) AS day_number
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id
JOIN quote ON quote.id = report.quote_id
JOIN mention ON mention.annotation_id = quote.annotation_id
    AND mention.start_char >= quote.start_char AND mention.end_char <= quote.end_char
JOIN link ON link.local_entity_id = mention.local_entity_id
JOIN entity AS linked ON linked.id = link.entity_id
JOIN entity AS about ON about.id = coalesce(linked.merged_into_id, linked.id) AND coalesce(linked.merged_into_id, linked.id) = +about.id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id);

CREATE VIEW v_quote_cluster AS
SELECT
    quote_cluster.uid AS cluster,
    member.relation AS relation,
    article.ref AS article,
    quote.id AS quote_id,
    quote.kind AS kind,
    quote.text AS text,
    quote.start_char AS start,
    quote.end_char AS "end",
    CASE WHEN judged.speaker_by_id IS NOT NULL THEN shown.name ELSE quote.speaker END AS speaker,
    shown.uid AS speaker_entity,
    shown.name AS entity_name,
    outlet.name AS outlet,
    report.published_on AS published_on,
    report.published_at AS published_at,
    substr(report.published_on, 1, 7) AS month,
    CAST(julianday(report.published_on) - 2440587.5 AS INTEGER) AS day_number
FROM quote_cluster_member AS member
JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id
JOIN report ON report.quote_id = member.quote_id
LEFT JOIN entity AS named ON named.id = report.entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id AND named.id = report.entity_id
JOIN quote ON quote.id = report.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id;

CREATE VIEW v_speaker_outlet_month AS
SELECT
    shown.uid AS speaker_entity,
    shown.name AS entity_name,
    shown.type AS type,
    outlet.name AS outlet,
    substr(report.published_on, 1, 7) AS month,
    count(*) AS n_quotes,
    count(DISTINCT coalesce(member.quote_cluster_id, -report.quote_id)) AS n_statements,
    count(DISTINCT report.article_id) AS n_articles,
    count(CASE WHEN quote.kind = 'direct' THEN 1 END) AS n_direct,
    count(CASE WHEN quote.kind = 'indirect' THEN 1 END) AS n_indirect,
    count(CASE WHEN quote.kind = 'mixed' THEN 1 END) AS n_mixed
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id
JOIN quote ON quote.id = report.quote_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
GROUP BY shown.uid, shown.name, shown.type, outlet.name, substr(report.published_on, 1, 7);

CREATE VIEW v_mention AS
SELECT
    article.ref AS article,
    mention.type AS type,
    mention.text AS text,
    mention.start_char AS start,
    mention.end_char AS "end",
    local_entity.name AS entity,
    shown.uid AS entity_uid,
    shown.name AS entity_name,
    outlet.name AS outlet,
    revision.published_on AS published_on,
    revision.published_at AS published_at,
    substr(revision.published_on, 1, 7) AS month,
    CAST(julianday(revision.published_on) - 2440587.5 AS INTEGER) AS day_number
FROM mention
LEFT JOIN link ON link.local_entity_id = mention.local_entity_id
LEFT JOIN entity AS named ON named.id = link.entity_id AND link.local_entity_id = mention.local_entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id AND named.id = link.entity_id
    AND link.local_entity_id = mention.local_entity_id
JOIN annotation ON annotation.id = mention.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
JOIN (SELECT id, ref FROM article) AS article ON article.id = revision.article_id
LEFT JOIN outlet ON outlet.id = revision.outlet_id
LEFT JOIN local_entity ON local_entity.id = mention.local_entity_id
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id);

CREATE VIEW v_entity AS
SELECT
    entity.uid AS uid,
    entity.name AS name,
    entity.type AS type,
    coalesce(counted.n_mentions, 0) AS n_mentions,
    coalesce(counted.n_quotes, 0) AS n_quotes,
    coalesce(counted.n_articles, 0) AS n_articles,
    coalesce(counted.n_statements, 0) AS n_statements,
    coalesce(counted.n_open, 0) AS n_open,
    entity.origin AS origin,
    entity.note AS note,
    (SELECT min(value) FROM external_id WHERE external_id.entity_id = entity.id AND external_id.scheme = 'wikidata') AS wikidata
FROM entity
LEFT JOIN entity_count AS counted ON counted.entity_id = entity.id
WHERE entity.merged_into_id IS NULL;

CREATE VIEW v_alias AS
SELECT DISTINCT
    shown.uid AS uid,
    shown.name AS name,
    shown.type AS type,
    alias.name AS alias,
    alias.name_key AS name_key,
    alias.origin AS origin
FROM alias
JOIN entity AS named ON named.id = alias.entity_id
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id;

CREATE VIEW v_cooccurrence AS
SELECT
    shown.uid AS uid,
    shown.name AS name,
    shown.type AS type,
    other.uid AS other_uid,
    other.name AS other_name,
    other.type AS other_type,
    count(DISTINCT revision.article_id) AS n_articles,
    min(revision.published_on) AS first_on,
    max(revision.published_on) AS last_on
FROM entity AS shown
JOIN entity AS named ON shown.id = coalesce(named.merged_into_id, named.id) AND coalesce(named.merged_into_id, named.id) = +shown.id
JOIN link ON link.entity_id = named.id
JOIN local_entity ON local_entity.id = link.local_entity_id
JOIN annotation ON annotation.id = local_entity.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
JOIN local_entity AS beside ON beside.annotation_id = local_entity.annotation_id
JOIN link AS other_link ON other_link.local_entity_id = beside.id
JOIN entity AS other_named ON other_named.id = other_link.entity_id
JOIN entity AS other ON other.id = coalesce(other_named.merged_into_id, other_named.id) AND coalesce(other_named.merged_into_id, other_named.id) = +other.id
WHERE other.id <> shown.id
GROUP BY shown.uid, shown.name, shown.type, other.uid, other.name, other.type;

CREATE VIEW v_article AS
SELECT
    article.ref AS article,
    revision.title AS title,
    outlet.name AS outlet,
    revision.published_on AS published_on,
    revision.published_at AS published_at,
    revision.published_zone AS published_zone,
    revision.url AS url,
    CAST(revision.authors AS text) AS authors,
    CAST(revision.editors AS text) AS editors,
    revision.agency AS agency,
    revision.number AS revision,
    body.n_chars AS n_chars,
    (SELECT count(*) FROM annotation JOIN mention ON mention.annotation_id = annotation.id WHERE annotation.body_id = revision.body_id AND annotation.is_current AND NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id)) AS n_mentions,
    (SELECT count(*) FROM annotation JOIN quote ON quote.annotation_id = annotation.id WHERE annotation.body_id = revision.body_id AND annotation.is_current AND NOT EXISTS (SELECT 1 FROM quote_judgement WHERE quote_judgement.quote_id = quote.id AND quote_judgement.rejected_by_id IS NOT NULL)) AS n_quotes,
    substr(revision.published_on, 1, 7) AS month,
    CAST(julianday(revision.published_on) - 2440587.5 AS INTEGER) AS day_number,
    article.first_seen_at AS first_seen_at,
    article.last_seen_at AS last_seen_at,
    article.gone_at AS gone_at,
    body.text AS body
FROM article
JOIN revision ON revision.article_id = article.id AND revision.is_current
JOIN body ON body.id = revision.body_id
LEFT JOIN outlet ON outlet.id = revision.outlet_id;

CREATE VIEW v_article_history AS
SELECT
    article.ref AS article,
    revision.number AS revision,
    revision.is_current AS is_current,
    revision.seen_at AS seen_at,
    revision.cause AS cause,
    revision.similarity AS similarity,
    (SELECT count(*) FROM annotation JOIN quote ON quote.annotation_id = annotation.id WHERE annotation.body_id = revision.body_id AND annotation.is_current) AS n_quotes,
    (SELECT CAST(coalesce(sum(CASE WHEN n > n_there THEN n - n_there ELSE 0 END), 0) AS integer) FROM (SELECT count(*) AS n, (SELECT count(*) FROM annotation AS a2 JOIN quote AS q2 ON q2.annotation_id = a2.id WHERE a2.body_id = before.body_id AND a2.is_current AND q2.folded = q1.folded) AS n_there FROM annotation AS a1 JOIN quote AS q1 ON q1.annotation_id = a1.id WHERE a1.body_id = revision.body_id AND a1.is_current GROUP BY q1.folded) AS words) AS n_quotes_new,
    (SELECT CAST(coalesce(sum(CASE WHEN n > n_there THEN n - n_there ELSE 0 END), 0) AS integer) FROM (SELECT count(*) AS n, (SELECT count(*) FROM annotation AS a2 JOIN quote AS q2 ON q2.annotation_id = a2.id WHERE a2.body_id = revision.body_id AND a2.is_current AND q2.folded = q1.folded) AS n_there FROM annotation AS a1 JOIN quote AS q1 ON q1.annotation_id = a1.id WHERE a1.body_id = before.body_id AND a1.is_current GROUP BY q1.folded) AS words) AS n_quotes_gone,
    revision.title AS title,
    revision.reader AS reader,
    outlet.name AS outlet,
    revision.published_on AS published_on,
    revision.published_at AS published_at,
    revision.url AS url,
    body.n_chars AS n_chars,
    body.sha256 AS body_sha256,
    revision.raw_sha256 AS raw_sha256,
    article.gone_at AS gone_at
FROM article
JOIN revision ON revision.article_id = article.id
JOIN body ON body.id = revision.body_id
LEFT JOIN revision AS before ON before.article_id = revision.article_id AND before.number = revision.number - 1
LEFT JOIN outlet ON outlet.id = revision.outlet_id;

CREATE VIEW v_provenance AS
SELECT
    article.ref AS article,
    quote.id AS quote_id,
    quote.text AS text,
    quote.start_char AS start,
    quote.end_char AS "end",
    (revision.is_current AND annotation.is_current) AS is_current,
    quote.speaker AS speaker,
    quote.rule AS rule,
    quote.confidence AS confidence,
    rejecting.uid AS rejected_by,
    naming.uid AS speaker_by,
    annotation.made_at AS annotated_at,
    pipeline.digest AS pipeline,
    pipeline.rules AS rules,
    annotation.run_id AS run,
    revision.number AS revision,
    revision.cause AS cause,
    revision.seen_at AS seen_at,
    revision.run_id AS read_run,
    revision.reader AS reader,
    revision.origin AS origin,
    revision.url AS url,
    body.sha256 AS body_sha256,
    revision.raw_sha256 AS raw_sha256,
    fetched.address AS address,
    fetched.final_url AS final_url,
    fetched.status AS status,
    fetched.fetched_at AS fetched_at,
    feed.address AS feed
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
LEFT JOIN decision AS naming ON naming.id = judged.speaker_by_id;

CREATE VIEW v_curation AS
SELECT
    decision.uid AS uid,
    decision.verb AS verb,
    decision.decided_at AS at,
    decision.decided_by AS by,
    decision.why AS why,
    coalesce(json_extract(decision.arguments, '$.entity.uid'), json_extract(decision.arguments, '$.speaker.uid')) AS entity_uid,
    coalesce(json_extract(decision.arguments, '$.entity.name'), json_extract(decision.arguments, '$.speaker.name')) AS entity_name,
    coalesce(json_extract(decision.arguments, '$.into.uid'), json_extract(decision.arguments, '$.other.uid')) AS other_uid,
    coalesce(json_extract(decision.arguments, '$.into.name'), json_extract(decision.arguments, '$.other.name')) AS other_name,
    json_extract(decision.arguments, '$.article') AS article,
    json_extract(decision.arguments, '$.exact') AS text,
    json_extract(decision.arguments, '$.decision') AS undoes,
    (SELECT min(undo.uid) FROM decision AS undo WHERE undo.verb = 'undo' AND json_extract(undo.arguments, '$.decision') = decision.uid AND NOT EXISTS (SELECT 1 FROM decision AS again WHERE again.verb = 'undo' AND json_extract(again.arguments, '$.decision') = undo.uid)) AS undone_by,
    (SELECT count(*) FROM quote_judgement AS judged WHERE judged.rejected_by_id = decision.id OR judged.speaker_by_id = decision.id) AS n_quotes,
    (SELECT count(*) FROM mention_judgement AS judged WHERE judged.rejected_by_id = decision.id) AS n_mentions,
    CAST(decision.arguments AS text) AS arguments
FROM decision;

CREATE VIEW v_run_health AS
SELECT
    run.id AS run,
    run.command AS command,
    run.version AS version,
    run.state AS state,
    run.started_at AS started_at,
    run.finished_at AS finished_at,
    run.heartbeat_at AS heartbeat_at,
    CAST(round((julianday(run.finished_at) - julianday(run.started_at)) * 86400) AS INTEGER) AS n_seconds,
    run.host AS host,
    run.n_new AS n_new,
    run.n_changed AS n_changed,
    run.n_unchanged AS n_unchanged,
    run.n_annotated AS n_annotated,
    run.n_failed AS n_failed,
    run.n_gone AS n_gone,
    (SELECT count(*) FROM failure WHERE failure.run_id = run.id AND failure.resolved_at IS NULL AND failure.ignored_at IS NULL) AS n_open,
    run.error AS error,
    pipeline.digest AS pipeline
FROM run
LEFT JOIN pipeline ON pipeline.id = run.pipeline_id;

CREATE VIEW v_failure AS
SELECT
    failure.stage AS stage,
    failure.subject AS subject,
    failure.error AS error,
    failure.message AS message,
    CASE WHEN failure.resolved_at IS NOT NULL THEN 'resolved' WHEN failure.ignored_at IS NOT NULL THEN 'ignored' ELSE 'open' END AS state,
    failure.attempts AS attempts,
    failure.failed_at AS failed_at,
    failure.retry_at AS retry_at,
    failure.resolved_at AS resolved_at,
    failure.ignored_at AS ignored_at,
    failure.run_id AS run,
    feed.address AS feed,
    length(failure.payload) AS n_bytes
FROM failure
LEFT JOIN feed ON feed.id = failure.feed_id;

CREATE VIEW v_contract AS
SELECT
    1 AS major,
    0 AS minor;

