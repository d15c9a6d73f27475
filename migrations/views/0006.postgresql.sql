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
    to_char(report.published_on, 'YYYY-MM') AS month,
    (report.published_on - DATE '1970-01-01') AS day_number,
    CASE WHEN quote.folded = '' THEN 0 ELSE length(quote.folded) - length(replace(quote.folded, ' ', '')) + 1 END AS n_words,
    (judged.speaker_by_id IS NOT NULL) AS is_decided
FROM report
LEFT JOIN entity AS named ON named.id = report.entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND named.id = report.entity_id
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
LEFT JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id
JOIN quote ON quote.id = report.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
JOIN revision ON revision.article_id = report.article_id AND revision.is_current
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id;

COMMENT ON VIEW v_quote IS 'Who said what: a row for each quote in each article that prints it now';

COMMENT ON COLUMN v_quote.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_quote.kind IS 'direct, indirect, or mixed: indirect with a part as said';

COMMENT ON COLUMN v_quote.text IS 'the content, as printed, without its outer quotation marks';

COMMENT ON COLUMN v_quote.start IS 'first code point of the content in the article''s body, from 0';

COMMENT ON COLUMN v_quote."end" IS 'code point after its last one; write q.end or "end"';

COMMENT ON COLUMN v_quote.speaker IS 'the fullest name in that article or the description; where people decided, their speaker; NULL: not clear';

COMMENT ON COLUMN v_quote.speaker_type IS 'PER, ORG, or OTHER: somebody only described';

COMMENT ON COLUMN v_quote.speaker_mention IS 'what stands for the speaker nearest the cue, as printed';

COMMENT ON COLUMN v_quote.speaker_entity IS 'uid of the speaker in v_entity, where it is known who that is; merges are followed';

COMMENT ON COLUMN v_quote.entity_name IS 'the speaker''s name as the base shows it';

COMMENT ON COLUMN v_quote.role IS 'what the speaker is called there (juru bicara Kremlin)';

COMMENT ON COLUMN v_quote.cue IS 'the word that reports, as printed; NULL where there is none';

COMMENT ON COLUMN v_quote.polarity IS 'what the cue does with the content: asserts, denies, asks, demands, promises';

COMMENT ON COLUMN v_quote.medium IS 'who relays it (seperti dikutip Reuters), as printed';

COMMENT ON COLUMN v_quote.addressee IS 'who was spoken to, as printed';

COMMENT ON COLUMN v_quote.occasion IS 'when, where and at what it was said, as printed';

COMMENT ON COLUMN v_quote.rule IS 'the rule that found the speaker; decision where people decided';

COMMENT ON COLUMN v_quote.confidence IS '0 to 1 that quote and speaker are right; 1 where people decided';

COMMENT ON COLUMN v_quote.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_quote.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_quote.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_quote.title IS 'the article''s';

COMMENT ON COLUMN v_quote.url IS 'the article''s address';

COMMENT ON COLUMN v_quote.cluster IS 'uid that all reports of one statement share; NULL where it has one';

COMMENT ON COLUMN v_quote.quote_id IS 'joins views of one base; not the same in another base, nor after the text was annotated anew';

COMMENT ON COLUMN v_quote.statement IS 'the same for all reports of one statement: its cluster, or else the quote_id; count it to count statements';

COMMENT ON COLUMN v_quote.month IS 'month of published_on (2026-07)';

COMMENT ON COLUMN v_quote.day_number IS 'published_on as days since 1970-01-01: the difference of two is in days';

COMMENT ON COLUMN v_quote.n_words IS 'words of letters and digits in the content';

COMMENT ON COLUMN v_quote.is_decided IS 'whether people decided who the speaker is';

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
    ON shown.id = coalesce(named.merged_into_id, named.id) AND named.id = link.entity_id
    AND link.local_entity_id = candidate.local_entity_id
JOIN report ON report.quote_id = candidate.quote_id
JOIN quote ON quote.id = candidate.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
JOIN local_entity ON local_entity.id = candidate.local_entity_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id
WHERE quote.speaker IS NULL AND judged.speaker_by_id IS NULL;

COMMENT ON VIEW v_speaker_candidate IS 'Who may have said what has no clear speaker, where people have not decided it';

COMMENT ON COLUMN v_speaker_candidate.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_speaker_candidate.quote_id IS 'joins views of one base; not the same in another base, nor after the text was annotated anew';

COMMENT ON COLUMN v_speaker_candidate.text IS 'the content, as printed, without its outer quotation marks';

COMMENT ON COLUMN v_speaker_candidate.start IS 'first code point of the content in the article''s body, from 0';

COMMENT ON COLUMN v_speaker_candidate."end" IS 'code point after its last one; write q.end or "end"';

COMMENT ON COLUMN v_speaker_candidate.rank IS '0 is the best';

COMMENT ON COLUMN v_speaker_candidate.name IS 'the fullest name in that article';

COMMENT ON COLUMN v_speaker_candidate.score IS '0 to 1';

COMMENT ON COLUMN v_speaker_candidate.entity_uid IS 'uid in v_entity; NULL where linking knows nobody of that name';

COMMENT ON COLUMN v_speaker_candidate.entity_name IS 'the name as the base shows it';

COMMENT ON COLUMN v_speaker_candidate.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_speaker_candidate.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_speaker_candidate.published_at IS 'in UTC; NULL where the page gives only a day';

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
    to_char(report.published_on, 'YYYY-MM') AS month,
    (report.published_on - DATE '1970-01-01') AS day_number
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id)
JOIN quote ON quote.id = report.quote_id
JOIN mention ON mention.annotation_id = quote.annotation_id
    AND mention.start_char >= quote.start_char AND mention.end_char <= quote.end_char
JOIN link ON link.local_entity_id = mention.local_entity_id
JOIN entity AS linked ON linked.id = link.entity_id
JOIN entity AS about ON about.id = coalesce(linked.merged_into_id, linked.id)
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id);

COMMENT ON VIEW v_quote_mention IS 'Who is talked about: a row for each name within a quote of a known speaker';

COMMENT ON COLUMN v_quote_mention.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_quote_mention.quote_id IS 'joins views of one base; not the same in another base, nor after the text was annotated anew';

COMMENT ON COLUMN v_quote_mention.speaker_entity IS 'uid of the speaker in v_entity, where it is known who that is; merges are followed';

COMMENT ON COLUMN v_quote_mention.entity_name IS 'the speaker''s name as the base shows it';

COMMENT ON COLUMN v_quote_mention.about_uid IS 'uid in v_entity of whom the quote names';

COMMENT ON COLUMN v_quote_mention.about_name IS 'its name as the base shows it';

COMMENT ON COLUMN v_quote_mention.about_type IS 'PER, ORG, LOC';

COMMENT ON COLUMN v_quote_mention.text IS 'the name as printed there';

COMMENT ON COLUMN v_quote_mention.start IS 'first code point of the name in the article''s body, from 0';

COMMENT ON COLUMN v_quote_mention."end" IS 'code point after its last one; write m.end or "end"';

COMMENT ON COLUMN v_quote_mention.quote IS 'the content that names it, as printed';

COMMENT ON COLUMN v_quote_mention.kind IS 'direct, indirect, or mixed: indirect with a part as said';

COMMENT ON COLUMN v_quote_mention.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_quote_mention.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_quote_mention.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_quote_mention.month IS 'month of published_on (2026-07)';

COMMENT ON COLUMN v_quote_mention.day_number IS 'published_on as days since 1970-01-01: the difference of two is in days';

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
    to_char(report.published_on, 'YYYY-MM') AS month,
    (report.published_on - DATE '1970-01-01') AS day_number
FROM quote_cluster_member AS member
JOIN quote_cluster ON quote_cluster.id = member.quote_cluster_id
JOIN report ON report.quote_id = member.quote_id
LEFT JOIN entity AS named ON named.id = report.entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND named.id = report.entity_id
JOIN quote ON quote.id = report.quote_id
JOIN (SELECT id, ref FROM article) AS article ON article.id = report.article_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id;

COMMENT ON VIEW v_quote_cluster IS 'How a statement travelled: a row for each report of each statement that several texts report';

COMMENT ON COLUMN v_quote_cluster.cluster IS 'uid that all reports of one statement share';

COMMENT ON COLUMN v_quote_cluster.relation IS 'to the first report: first, reprint, trim, retranslation';

COMMENT ON COLUMN v_quote_cluster.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_quote_cluster.quote_id IS 'joins views of one base; not the same in another base, nor after the text was annotated anew';

COMMENT ON COLUMN v_quote_cluster.kind IS 'direct, indirect, or mixed: indirect with a part as said';

COMMENT ON COLUMN v_quote_cluster.text IS 'the content, as printed, without its outer quotation marks';

COMMENT ON COLUMN v_quote_cluster.start IS 'first code point of the content in the article''s body, from 0';

COMMENT ON COLUMN v_quote_cluster."end" IS 'code point after its last one; write q.end or "end"';

COMMENT ON COLUMN v_quote_cluster.speaker IS 'the fullest name in that article or the description; where people decided, their speaker; NULL: not clear';

COMMENT ON COLUMN v_quote_cluster.speaker_entity IS 'uid of the speaker in v_entity, where it is known who that is; merges are followed';

COMMENT ON COLUMN v_quote_cluster.entity_name IS 'the speaker''s name as the base shows it';

COMMENT ON COLUMN v_quote_cluster.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_quote_cluster.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_quote_cluster.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_quote_cluster.month IS 'month of published_on (2026-07)';

COMMENT ON COLUMN v_quote_cluster.day_number IS 'published_on as days since 1970-01-01: the difference of two is in days';

CREATE VIEW v_speaker_outlet_month AS
SELECT
    shown.uid AS speaker_entity,
    shown.name AS entity_name,
    shown.type AS type,
    outlet.name AS outlet,
    to_char(report.published_on, 'YYYY-MM') AS month,
    count(*) AS n_quotes,
    count(DISTINCT coalesce(member.quote_cluster_id, -report.quote_id)) AS n_statements,
    count(DISTINCT report.article_id) AS n_articles,
    count(CASE WHEN quote.kind = 'direct' THEN 1 END) AS n_direct,
    count(CASE WHEN quote.kind = 'indirect' THEN 1 END) AS n_indirect,
    count(CASE WHEN quote.kind = 'mixed' THEN 1 END) AS n_mixed
FROM report
JOIN entity AS named ON named.id = report.entity_id
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id)
JOIN quote ON quote.id = report.quote_id
LEFT JOIN outlet ON outlet.id = report.outlet_id
LEFT JOIN quote_cluster_member AS member ON member.quote_id = report.quote_id
GROUP BY shown.uid, shown.name, shown.type, outlet.name, to_char(report.published_on, 'YYYY-MM');

COMMENT ON VIEW v_speaker_outlet_month IS 'How often who is quoted where, by the month of published_on; known speakers only';

COMMENT ON COLUMN v_speaker_outlet_month.speaker_entity IS 'uid of the speaker in v_entity, where it is known who that is; merges are followed';

COMMENT ON COLUMN v_speaker_outlet_month.entity_name IS 'the speaker''s name as the base shows it';

COMMENT ON COLUMN v_speaker_outlet_month.type IS 'the speaker''s: PER, ORG, LOC';

COMMENT ON COLUMN v_speaker_outlet_month.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_speaker_outlet_month.month IS '2026-07; NULL for undated articles';

COMMENT ON COLUMN v_speaker_outlet_month.n_quotes IS 'reports of what it said';

COMMENT ON COLUMN v_speaker_outlet_month.n_statements IS 'the same, a statement counted once';

COMMENT ON COLUMN v_speaker_outlet_month.n_articles IS 'articles that quote it';

COMMENT ON COLUMN v_speaker_outlet_month.n_direct IS 'direct ones of n_quotes';

COMMENT ON COLUMN v_speaker_outlet_month.n_indirect IS 'indirect ones of n_quotes';

COMMENT ON COLUMN v_speaker_outlet_month.n_mixed IS 'mixed ones of n_quotes';

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
    to_char(revision.published_on, 'YYYY-MM') AS month,
    (revision.published_on - DATE '1970-01-01') AS day_number
FROM mention
LEFT JOIN link ON link.local_entity_id = mention.local_entity_id
LEFT JOIN entity AS named ON named.id = link.entity_id AND link.local_entity_id = mention.local_entity_id
LEFT JOIN entity AS shown
    ON shown.id = coalesce(named.merged_into_id, named.id) AND named.id = link.entity_id
    AND link.local_entity_id = mention.local_entity_id
JOIN annotation ON annotation.id = mention.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
JOIN (SELECT id, ref FROM article) AS article ON article.id = revision.article_id
LEFT JOIN outlet ON outlet.id = revision.outlet_id
LEFT JOIN local_entity ON local_entity.id = mention.local_entity_id
WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id);

COMMENT ON VIEW v_mention IS 'A row for each name of a person, organisation or place in each current article';

COMMENT ON COLUMN v_mention.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_mention.type IS 'as tagged here: PER, ORG, LOC; the entity''s type is its own';

COMMENT ON COLUMN v_mention.text IS 'the name as printed';

COMMENT ON COLUMN v_mention.start IS 'first code point of the name in the article''s body, from 0';

COMMENT ON COLUMN v_mention."end" IS 'code point after its last one; write m.end or "end"';

COMMENT ON COLUMN v_mention.entity IS 'the fullest name in that article';

COMMENT ON COLUMN v_mention.entity_uid IS 'uid in v_entity; NULL where it is grouped to none';

COMMENT ON COLUMN v_mention.entity_name IS 'the name as the base shows it';

COMMENT ON COLUMN v_mention.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_mention.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_mention.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_mention.month IS 'month of published_on (2026-07)';

COMMENT ON COLUMN v_mention.day_number IS 'published_on as days since 1970-01-01: the difference of two is in days';

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

COMMENT ON VIEW v_entity IS 'The people, organisations and places that the base knows; one that was merged stands for another one';

COMMENT ON COLUMN v_entity.uid IS 'the same in every base that has it';

COMMENT ON COLUMN v_entity.name IS 'the name to show';

COMMENT ON COLUMN v_entity.type IS 'PER, ORG, LOC';

COMMENT ON COLUMN v_entity.n_mentions IS 'in current articles; 0 where only a list names it';

COMMENT ON COLUMN v_entity.n_quotes IS 'reports of what it said';

COMMENT ON COLUMN v_entity.n_articles IS 'current articles that name it';

COMMENT ON COLUMN v_entity.n_statements IS 'what it said, a statement counted once';

COMMENT ON COLUMN v_entity.n_open IS 'quotes without a clear speaker that may be its';

COMMENT ON COLUMN v_entity.origin IS 'seed: in a list of entities; text: found; decision: split off by people';

COMMENT ON COLUMN v_entity.note IS 'what a list says about it';

COMMENT ON COLUMN v_entity.wikidata IS 'its id in Wikidata (Q7747)';

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
JOIN entity AS shown ON shown.id = coalesce(named.merged_into_id, named.id);

COMMENT ON VIEW v_alias IS 'The names that somebody or something goes by, those of entities merged into it among them';

COMMENT ON COLUMN v_alias.uid IS 'of the entity in v_entity';

COMMENT ON COLUMN v_alias.name IS 'its name as the base shows it';

COMMENT ON COLUMN v_alias.type IS 'its type: PER, ORG, LOC';

COMMENT ON COLUMN v_alias.alias IS 'a name or short name';

COMMENT ON COLUMN v_alias.name_key IS 'the same folded, without titles: equal for all its spellings';

COMMENT ON COLUMN v_alias.origin IS 'seed: from a list; text: articles print it; decision: people said so';

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
JOIN entity AS named ON shown.id = coalesce(named.merged_into_id, named.id)
JOIN link ON link.entity_id = named.id
JOIN local_entity ON local_entity.id = link.local_entity_id
JOIN annotation ON annotation.id = local_entity.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
JOIN local_entity AS beside ON beside.annotation_id = local_entity.annotation_id
JOIN link AS other_link ON other_link.local_entity_id = beside.id
JOIN entity AS other_named ON other_named.id = other_link.entity_id
JOIN entity AS other ON other.id = coalesce(other_named.merged_into_id, other_named.id)
WHERE other.id <> shown.id
GROUP BY shown.uid, shown.name, shown.type, other.uid, other.name, other.type;

COMMENT ON VIEW v_cooccurrence IS 'Who is named together with whom: each pair twice, once from each side (uid < other_uid gives it once)';

COMMENT ON COLUMN v_cooccurrence.uid IS 'of one entity in v_entity';

COMMENT ON COLUMN v_cooccurrence.name IS 'its name';

COMMENT ON COLUMN v_cooccurrence.type IS 'its type: PER, ORG, LOC';

COMMENT ON COLUMN v_cooccurrence.other_uid IS 'of the other one';

COMMENT ON COLUMN v_cooccurrence.other_name IS 'its name';

COMMENT ON COLUMN v_cooccurrence.other_type IS 'its type';

COMMENT ON COLUMN v_cooccurrence.n_articles IS 'current articles that name both';

COMMENT ON COLUMN v_cooccurrence.first_on IS 'the day of the first of them; NULL: none is dated';

COMMENT ON COLUMN v_cooccurrence.last_on IS 'the day of the last one';

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
    to_char(revision.published_on, 'YYYY-MM') AS month,
    (revision.published_on - DATE '1970-01-01') AS day_number,
    article.first_seen_at AS first_seen_at,
    article.last_seen_at AS last_seen_at,
    article.gone_at AS gone_at,
    body.text AS body
FROM article
JOIN revision ON revision.article_id = article.id AND revision.is_current
JOIN body ON body.id = revision.body_id
LEFT JOIN outlet ON outlet.id = revision.outlet_id;

COMMENT ON VIEW v_article IS 'The articles as they are now';

COMMENT ON COLUMN v_article.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_article.title IS 'its heading';

COMMENT ON COLUMN v_article.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_article.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_article.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_article.published_zone IS 'as the page prints it (WIB)';

COMMENT ON COLUMN v_article.url IS 'its address';

COMMENT ON COLUMN v_article.authors IS 'a JSON list of names';

COMMENT ON COLUMN v_article.editors IS 'a JSON list of names';

COMMENT ON COLUMN v_article.agency IS 'whose copy it is (Reuters)';

COMMENT ON COLUMN v_article.revision IS 'its states count from 1';

COMMENT ON COLUMN v_article.n_chars IS 'code points of its body';

COMMENT ON COLUMN v_article.n_mentions IS 'names found in it';

COMMENT ON COLUMN v_article.n_quotes IS 'quotes found in it';

COMMENT ON COLUMN v_article.month IS 'month of published_on (2026-07)';

COMMENT ON COLUMN v_article.day_number IS 'published_on as days since 1970-01-01: the difference of two is in days';

COMMENT ON COLUMN v_article.first_seen_at IS 'when it was first read';

COMMENT ON COLUMN v_article.last_seen_at IS 'when it was last found, changed or not';

COMMENT ON COLUMN v_article.gone_at IS 'when its outlet was first seen to have taken it away; NULL: not gone';

COMMENT ON COLUMN v_article.body IS 'its text; every span counts its code points from 0, SQL''s substr from 1';

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

COMMENT ON VIEW v_article_history IS 'The articles over time: a row for each state of each; its quotes as they were found, decisions left aside';

COMMENT ON COLUMN v_article_history.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_article_history.revision IS 'its states count from 1';

COMMENT ON COLUMN v_article_history.is_current IS 'whether it is the newest one';

COMMENT ON COLUMN v_article_history.seen_at IS 'when it was read in';

COMMENT ON COLUMN v_article_history.cause IS 'who changed it: first, publisher, reader (kb''s own), both';

COMMENT ON COLUMN v_article_history.similarity IS 'to the text before, 0 to 1, by words; NULL for the first';

COMMENT ON COLUMN v_article_history.n_quotes IS 'quotes found in it';

COMMENT ON COLUMN v_article_history.n_quotes_new IS 'those that the state before does not have';

COMMENT ON COLUMN v_article_history.n_quotes_gone IS 'those of the state before that it does not have';

COMMENT ON COLUMN v_article_history.title IS 'its heading';

COMMENT ON COLUMN v_article_history.reader IS 'what took the bytes apart: format, version, hash';

COMMENT ON COLUMN v_article_history.outlet IS 'the medium; NULL where the page does not tell';

COMMENT ON COLUMN v_article_history.published_on IS 'the local calendar day; NULL where the page has none';

COMMENT ON COLUMN v_article_history.published_at IS 'in UTC; NULL where the page gives only a day';

COMMENT ON COLUMN v_article_history.url IS 'its address';

COMMENT ON COLUMN v_article_history.n_chars IS 'code points of its body';

COMMENT ON COLUMN v_article_history.body_sha256 IS 'of its text';

COMMENT ON COLUMN v_article_history.raw_sha256 IS 'of the bytes that were read';

COMMENT ON COLUMN v_article_history.gone_at IS 'when its outlet took the article away; NULL: not gone';

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

COMMENT ON VIEW v_provenance IS 'Where quotes come from, those of older states, older pipelines and rejected ones too: a row for each quote of each pipeline in each state that prints it';

COMMENT ON COLUMN v_provenance.article IS 'the id that the article was ingested under';

COMMENT ON COLUMN v_provenance.quote_id IS 'joins views of one base';

COMMENT ON COLUMN v_provenance.text IS 'the content, as printed';

COMMENT ON COLUMN v_provenance.start IS 'first code point of the content in the body, from 0';

COMMENT ON COLUMN v_provenance."end" IS 'code point after its last one; write p.end or "end"';

COMMENT ON COLUMN v_provenance.is_current IS 'whether it is of the newest state and pipeline';

COMMENT ON COLUMN v_provenance.speaker IS 'as it was found, whatever was decided';

COMMENT ON COLUMN v_provenance.rule IS 'the rule that found the speaker, likewise';

COMMENT ON COLUMN v_provenance.confidence IS '0 to 1, likewise';

COMMENT ON COLUMN v_provenance.rejected_by IS 'uid in v_curation of the decision that it is no quote';

COMMENT ON COLUMN v_provenance.speaker_by IS 'uid in v_curation of the decision about its speaker';

COMMENT ON COLUMN v_provenance.annotated_at IS 'when it was found';

COMMENT ON COLUMN v_provenance.pipeline IS 'digest of what found it: packages, models, rules';

COMMENT ON COLUMN v_provenance.rules IS 'version of the attribution rules';

COMMENT ON COLUMN v_provenance.run IS 'the run that found it, in v_run_health';

COMMENT ON COLUMN v_provenance.revision IS 'its states count from 1';

COMMENT ON COLUMN v_provenance.cause IS 'who changed the article: first, publisher, reader (kb''s own), both';

COMMENT ON COLUMN v_provenance.seen_at IS 'when that state was read in';

COMMENT ON COLUMN v_provenance.read_run IS 'the run that read it, in v_run_health';

COMMENT ON COLUMN v_provenance.reader IS 'what took the bytes apart: format, version, hash';

COMMENT ON COLUMN v_provenance.origin IS 'the file it was read from';

COMMENT ON COLUMN v_provenance.url IS 'its address';

COMMENT ON COLUMN v_provenance.body_sha256 IS 'of its text';

COMMENT ON COLUMN v_provenance.raw_sha256 IS 'of the bytes that were read';

COMMENT ON COLUMN v_provenance.address IS 'what was fetched or opened; NULL before fetches were kept';

COMMENT ON COLUMN v_provenance.final_url IS 'where redirects led; NULL where there were none';

COMMENT ON COLUMN v_provenance.status IS 'of HTTP; NULL for files';

COMMENT ON COLUMN v_provenance.fetched_at IS 'when';

COMMENT ON COLUMN v_provenance.feed IS 'address of the feed that led there';

CREATE VIEW v_curation AS
SELECT
    decision.uid AS uid,
    decision.verb AS verb,
    decision.decided_at AS at,
    decision.decided_by AS by,
    decision.why AS why,
    coalesce((decision.arguments #>> string_to_array('entity.uid', '.')), (decision.arguments #>> string_to_array('speaker.uid', '.'))) AS entity_uid,
    coalesce((decision.arguments #>> string_to_array('entity.name', '.')), (decision.arguments #>> string_to_array('speaker.name', '.'))) AS entity_name,
    coalesce((decision.arguments #>> string_to_array('into.uid', '.')), (decision.arguments #>> string_to_array('other.uid', '.'))) AS other_uid,
    coalesce((decision.arguments #>> string_to_array('into.name', '.')), (decision.arguments #>> string_to_array('other.name', '.'))) AS other_name,
    (decision.arguments #>> string_to_array('article', '.')) AS article,
    (decision.arguments #>> string_to_array('exact', '.')) AS text,
    (decision.arguments #>> string_to_array('decision', '.')) AS undoes,
    (SELECT min(undo.uid) FROM decision AS undo WHERE undo.verb = 'undo' AND (undo.arguments #>> string_to_array('decision', '.')) = decision.uid AND NOT EXISTS (SELECT 1 FROM decision AS again WHERE again.verb = 'undo' AND (again.arguments #>> string_to_array('decision', '.')) = undo.uid)) AS undone_by,
    (SELECT count(*) FROM quote_judgement AS judged WHERE judged.rejected_by_id = decision.id OR judged.speaker_by_id = decision.id) AS n_quotes,
    (SELECT count(*) FROM mention_judgement AS judged WHERE judged.rejected_by_id = decision.id) AS n_mentions,
    CAST(decision.arguments AS text) AS arguments
FROM decision;

COMMENT ON VIEW v_curation IS 'What people decided; whether a decision finds what it is about is what `kb curate log` tells';

COMMENT ON COLUMN v_curation.uid IS 'of the decision';

COMMENT ON COLUMN v_curation.verb IS 'merge, apart, split, alias, rename, retype, reject-mention, reject-quote, set-speaker, undo';

COMMENT ON COLUMN v_curation.at IS 'when; decisions apply in this order';

COMMENT ON COLUMN v_curation.by IS 'who';

COMMENT ON COLUMN v_curation.why IS 'in their words';

COMMENT ON COLUMN v_curation.entity_uid IS 'of whom it is about; of a speaker set: of the speaker';

COMMENT ON COLUMN v_curation.entity_name IS 'its name then';

COMMENT ON COLUMN v_curation.other_uid IS 'of the other one: merged into, kept apart from, split off';

COMMENT ON COLUMN v_curation.other_name IS 'its name then';

COMMENT ON COLUMN v_curation.article IS 'the id of the article that it is about';

COMMENT ON COLUMN v_curation.text IS 'the words there that it is about';

COMMENT ON COLUMN v_curation.undoes IS 'uid of the decision that it undoes';

COMMENT ON COLUMN v_curation.undone_by IS 'uid of the decision that undoes it and is not undone itself; NULL: it stands';

COMMENT ON COLUMN v_curation.n_quotes IS 'quotes that it decides on now';

COMMENT ON COLUMN v_curation.n_mentions IS 'mentions that it decides on now';

COMMENT ON COLUMN v_curation.arguments IS 'all that it is about, as JSON';

CREATE VIEW v_run_health AS
SELECT
    run.id AS run,
    run.command AS command,
    run.version AS version,
    run.state AS state,
    run.started_at AS started_at,
    run.finished_at AS finished_at,
    run.heartbeat_at AS heartbeat_at,
    CAST(extract(epoch FROM run.finished_at - run.started_at) AS integer) AS n_seconds,
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

COMMENT ON VIEW v_run_health IS 'How the runs went: a row for each call of a command that writes';

COMMENT ON COLUMN v_run_health.run IS 'its number in `kb runs`';

COMMENT ON COLUMN v_run_health.command IS 'what was asked for, as typed';

COMMENT ON COLUMN v_run_health.version IS 'kb''s version';

COMMENT ON COLUMN v_run_health.state IS 'running, ok, partial: some inputs failed, failed, interrupted: it was cut off';

COMMENT ON COLUMN v_run_health.started_at IS 'when it began';

COMMENT ON COLUMN v_run_health.finished_at IS 'NULL while it runs or when it was cut off';

COMMENT ON COLUMN v_run_health.heartbeat_at IS 'when it last wrote how far it had come';

COMMENT ON COLUMN v_run_health.n_seconds IS 'how long it took; NULL where it did not end';

COMMENT ON COLUMN v_run_health.host IS 'the machine it ran on';

COMMENT ON COLUMN v_run_health.n_new IS 'articles seen for the first time';

COMMENT ON COLUMN v_run_health.n_changed IS 'articles that got a new revision';

COMMENT ON COLUMN v_run_health.n_unchanged IS 'articles known as they are';

COMMENT ON COLUMN v_run_health.n_annotated IS 'texts annotated';

COMMENT ON COLUMN v_run_health.n_failed IS 'inputs kept as failures';

COMMENT ON COLUMN v_run_health.n_gone IS 'articles that their outlet took away';

COMMENT ON COLUMN v_run_health.n_open IS 'failures that last failed in it and are still to be mended';

COMMENT ON COLUMN v_run_health.error IS 'what ended it; NULL unless it failed';

COMMENT ON COLUMN v_run_health.pipeline IS 'digest of what it annotated with; NULL where it annotates nothing';

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

COMMENT ON VIEW v_failure IS 'What did not go through: a row for each input and each time that it had to be mended';

COMMENT ON COLUMN v_failure.stage IS 'where it failed: fetch, ingest, annotate, attribute, store, link, guard';

COMMENT ON COLUMN v_failure.subject IS 'the path, path:line, address or article that failed';

COMMENT ON COLUMN v_failure.error IS 'name of the error';

COMMENT ON COLUMN v_failure.message IS 'what was wrong, in one line';

COMMENT ON COLUMN v_failure.state IS 'open, resolved: it went through since, ignored: a person said so';

COMMENT ON COLUMN v_failure.attempts IS 'how often it failed';

COMMENT ON COLUMN v_failure.failed_at IS 'the last time';

COMMENT ON COLUMN v_failure.retry_at IS 'when its server wants to be asked again; NULL: it did not say';

COMMENT ON COLUMN v_failure.resolved_at IS 'when it went through';

COMMENT ON COLUMN v_failure.ignored_at IS 'when a person said that it need not be mended';

COMMENT ON COLUMN v_failure.run IS 'the run that it last failed in, in v_run_health';

COMMENT ON COLUMN v_failure.feed IS 'address of the feed that it came from';

COMMENT ON COLUMN v_failure.n_bytes IS 'kept of it, to try again; NULL where none were read';

CREATE VIEW v_contract AS
SELECT
    1 AS major,
    0 AS minor;

COMMENT ON VIEW v_contract IS 'The version of the views, in one row';

COMMENT ON COLUMN v_contract.major IS 'raised when a column or view goes or means something else';

COMMENT ON COLUMN v_contract.minor IS 'raised when a column or view is added';

