"""Put a generated base into a database: in bulk, linked as it is written, or text by text as the pipeline does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from generated import Text, World, make_world, write_texts
from sqlalchemy import Connection, Engine, Table, func, select

from kb.linking import relink
from kb.model import (
    Annotation,
    Article,
    EntityType,
    LocalEntity,
    Pipeline,
    Seed,
)
from kb.names import entity_key, entity_uid, fold, strip_titles
from kb.store import annotations, tables, write
from kb.store.bulk import insert_rows
from kb.store.database import writing
from kb.store.reports import make_all
from kb.store.seed import save_seeds
from kb.store.words import described_words

PIPELINE = Pipeline({}, {}, "generated")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 1000  # articles in one transaction


def fill(
    engine: Engine,
    n_quotes: int,
    *,
    seed: int = 1,
    seeds: Sequence[Seed] = (),
    tell: Callable[[int], None] = lambda _: None,
) -> World:
    """Fill an empty base at the newest schema and return its world; `tell` hears how many quotes it has so far."""
    world = make_world(n_quotes, seed=seed, known=seeds)
    with writing(engine) as connection:
        save_seeds(connection, seeds)
        relink(connection)  # the seeds' entities, and the version of the rules
        writer = _Writer(connection)
    texts = write_texts(world, n_quotes, seed=seed)
    while part := list(islice(texts, BATCH)):
        with writing(engine) as connection:
            writer.save(connection, part)
        tell(writer.last["quote"])
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
        make_all(connection)
        _end(connection, writer)
    return world


def save_texts(connection: Connection, texts: Iterable[Text]) -> None:
    """Save texts one by one as the pipeline does, not linked yet."""
    run_id = write.begin_run(connection, "generate")
    pipeline_id = write.save_pipeline(connection, PIPELINE)
    for article, annotation in texts:
        body_id = write.save_article(connection, article, run_id).body_id
        if not write.is_annotated(connection, body_id, pipeline_id):
            write.save_annotation(
                connection, annotation, body_id=body_id, pipeline_id=pipeline_id, run_id=run_id
            )
    write.end_run(connection, run_id, write.RunCounts())


class _Writer:
    """Makes the rows of texts and of who is who in them, with row numbers of its own, and inserts them in bulk."""

    def __init__(self, connection: Connection) -> None:
        self.run_id = write.begin_run(connection, "generate")
        self.pipeline_id = write.save_pipeline(connection, PIPELINE)
        self.last = {table.name: _last_id(connection, table) for table in _NUMBERED}
        self.outlets: dict[str, int] = {}
        self.keys: dict[tuple[EntityType, str], dict[str, Any]] = {}  # by type and printed name
        self.entities: dict[tuple[EntityType, str], int] = {}  # likewise
        self.aliases: set[tuple[int, str]] = set()
        self.body = ("", 0)  # the one before: its sha256 and id
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def save(self, connection: Connection, texts: Iterable[Text]) -> None:
        """Insert these texts and all that follows from them."""
        for text in texts:
            self.add(*text)
        for table in _WRITTEN:
            if rows := self.rows.pop(table.name, None):
                insert_rows(connection, table, rows)

    def add(self, article: Article, annotation: Annotation) -> None:
        """Make the rows of a text."""
        self._add_article(article)
        if self.body[0] != article.raw_sha256:
            self._add_body(article, annotation)
        self.rows["revision"][-1]["body_id"] = self.body[1]

    def _add(self, table: str, row: dict[str, Any]) -> int:
        self.last[table] += 1
        self.rows[table].append({"id": self.last[table], **row})
        return self.last[table]

    def _add_article(self, article: Article) -> None:
        name = article.outlet or ""
        if name not in self.outlets:
            self.outlets[name] = self._add("outlet", {"name": name, "name_key": fold(name)})
        seen = {"ref": article.id, "first_seen_at": NOW, "last_seen_at": NOW}
        head = {
            "article_id": self._add("article", seen),
            "number": 1,
            "cause": "first",
            "is_current": True,
            "run_id": self.run_id,
            "outlet_id": self.outlets[name],
            "digest": write._digest(write._content(article)),
            "seen_at": NOW,
        }
        self._add("revision", {**head, **write._page(article), **write._times(article)})

    def _add_body(self, article: Article, annotation: Annotation) -> None:
        sha256, body = article.raw_sha256, article.body
        self.body = (
            sha256,
            self._add("body", {"sha256": sha256, "text": body, "folded": fold(body), "n_chars": len(body)}),
        )
        sentences = [[s.span.start, s.span.end] for s in annotation.sentences]
        head = {"body_id": self.body[1], "pipeline_id": self.pipeline_id, "run_id": self.run_id}
        made = {"is_current": True, "made_at": NOW, "sentences": sentences}
        id_ = self._add("annotation", {**head, **made})
        locals_ = [self._add_local(id_, n, local) for n, local in enumerate(annotation.entities)]
        for row in annotations._mention_rows(annotation, id_, body, locals_):
            self._add("mention", row)
        rows = annotations._quote_rows(annotation, id_, body, locals_)
        quotes = [self._add("quote", row) for row in rows]
        self.rows["speaker_word"] += (
            {"quote_id": row, "word": word} for row, word in described_words(quotes, rows)
        )
        self.rows["speaker_candidate"] += annotations._candidate_rows(annotation, quotes, locals_)
        for row_id, local in zip(locals_, annotation.entities, strict=True):
            self._add_link(row_id, local)

    def _add_local(self, annotation_id: int, ordinal: int, local: LocalEntity) -> int:
        name = local.type, local.name
        if name not in self.keys:  # keying a name costs more than writing the row
            self.keys[name] = annotations._entity_row(local)
        lists = {"forms": list(local.forms), "roles": list(local.roles)}
        return self._add(
            "local_entity", {"annotation_id": annotation_id, "ordinal": ordinal, **self.keys[name], **lists}
        )

    def _add_link(self, row_id: int, local: LocalEntity) -> None:
        """Link to the entity of the name without titles: it goes by that and by all that texts print."""
        if (local.type, local.name) not in self.entities:
            self._add_entity(local)
        entity_id = self.entities[local.type, local.name]
        self.rows["link"].append({"local_entity_id": row_id, "entity_id": entity_id, "rule": "name_key"})
        for form in (local.name, *local.forms):
            self._add_alias(entity_id, local.type, form)

    def _add_entity(self, local: LocalEntity) -> None:
        name = strip_titles(local.name) if local.type is EntityType.PER else local.name
        if (local.type, name) not in self.entities:
            head = {"uid": entity_uid(local.type, name), "type": local.type, "name": name, "origin": "text"}
            row = {**head, "name_key": entity_key(local.type, name)}
            self.entities[local.type, name] = self._add("entity", row)
            self._add_alias(self.entities[local.type, name], local.type, name)
        self.entities[local.type, local.name] = self.entities[local.type, name]

    def _add_alias(self, entity_id: int, of_type: EntityType, form: str) -> None:
        if (entity_id, form) not in self.aliases:
            self.aliases.add((entity_id, form))
            key = entity_key(of_type, form)
            row = self._add(
                "alias", {"entity_id": entity_id, "name": form, "name_key": key, "origin": "text"}
            )
            self.rows["alias_word"] += ({"alias_id": row, "word": word} for word in sorted(set(key.split())))


_NUMBERED = (
    tables.outlet,
    tables.article,
    tables.body,
    tables.revision,
    tables.annotation,
    tables.local_entity,
    tables.mention,
    tables.quote,
    tables.entity,
    tables.alias,
)
_HANGING = (tables.speaker_candidate, tables.speaker_word, tables.alias_word, tables.link)
_WRITTEN = (*_NUMBERED, *_HANGING)  # parents first


def _last_id(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()


def _end(connection: Connection, writer: _Writer) -> None:
    """Let the run end, and PostgreSQL number the next rows after ours."""
    write.end_run(
        connection, writer.run_id, write.RunCounts(writer.last["article"], annotated=writer.last["body"])
    )
    if connection.dialect.name == "postgresql":
        for table, last in writer.last.items():
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table, "id"), last)))
