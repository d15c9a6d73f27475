"""A base of invented articles of any size, as ingesting and linking them would have made it, for benchmarks.

Words, names and texts are put together from syllables, all from one seed: the same seed and size make the same base
(moments of writing apart). How often an entity is named falls with its rank (Zipf-Mandelbrot). A body has about ten
entities and seven quotes; every twentieth article reprints the body before it. Rows go to the tables in bulk, their
links, entities and aliases with them. No short name stands alone in a text, so that each text's entity is the one
of its own name (rule ``name_key``), which is what makes linking while writing possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate, count, islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select

from kb.linking import relink
from kb.model import (
    Annotation,
    Article,
    Attribution,
    Candidate,
    EntityType,
    LocalEntity,
    Mention,
    Pipeline,
    Polarity,
    Precision,
    Published,
    QuoteKind,
    Seed,
    Sentence,
    Span,
    SpeakerType,
)
from kb.names import block_of, entity_key, entity_uid, fold, strip_titles
from kb.store import annotations, tables, write
from kb.store.database import writing
from kb.store.seed import save_seeds

PIPELINE = Pipeline({}, {}, "generated")
FIRST_DAY = date(2020, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUOTES_A_BODY = 7
QUOTES_AN_ENTITY = 10  # 100,000 entities at a million quotes
REPRINTED = 20  # every so manieth article
BATCH = 1000  # articles in one transaction

_SMALL = ("yang", "dan", "di", "itu", "akan", "dengan", "untuk", "dari", "tidak", "pada")
_TAILS = ("diundang", "hadir di sana", "ikut bertemu", "disebut dalam laporan")
_DESCRIBED = ("seorang warga", "seorang pejabat", "kantor berita negara", "juru bicara kementerian")
_HEADS = ("Yayasan", "Dinas", "Badan", "Serikat", "Komisi", "Perkumpulan")
_WATERS = ("Teluk", "Tanjung", "Lembah")

Text = tuple[Article, Annotation]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody or something of a name: `printed` are the full names that texts print, `short` what they print next."""

    type: EntityType
    name: str
    printed: tuple[str, ...]
    short: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What the texts are about and written in; the weights are cumulative."""

    bearers: Sequence[Bearer]
    bearer_weights: Sequence[float]
    words: Sequence[str]
    word_weights: Sequence[float]


def make_world(n_quotes: int, *, seed: int = 1, known: Iterable[Seed] = ()) -> World:
    """Return a world for so many quotes; no name of it is one of the seeds that are `known`."""
    random = Random(f"world {seed}")
    taken = {block_of(type_, name) for s in known for name in (s.name, *s.aliases) for type_ in EntityType}
    bearers: list[Bearer] = []
    while len(bearers) < max(n_quotes // QUOTES_AN_ENTITY, 30):
        bearer = _make_bearer(random)
        block = block_of(bearer.type, bearer.name)
        if block not in taken and strip_titles(bearer.name) == bearer.name:
            taken.add(block)
            bearers.append(bearer)
    words = [*_SMALL, *dict.fromkeys(_make_word(random, 2, 4).lower() for _ in range(6000))]
    return World(bearers, _weights(len(bearers), 10), words, _weights(len(words), 3))


def _weights(n: int, offset: int) -> list[float]:
    return list(accumulate(1 / (rank + offset) for rank in range(n)))


def _make_word(random: Random, least: int, most: int) -> str:
    syllables = (
        random.choice("bdgjklmnprstw") + random.choice("aeiou") for _ in range(random.randint(least, most))
    )
    return ("".join(syllables) + random.choice(("", "", "n", "r", "ng"))).capitalize()


def _make_bearer(random: Random) -> Bearer:
    of_type = random.choices((EntityType.PER, EntityType.ORG, EntityType.LOC), (11, 5, 4))[0]
    first, last = _make_word(random, 2, 2), _make_word(random, 2, 3)
    if of_type is EntityType.PER:
        name = f"{first} {last}"
        roles = (f"bupati {_make_word(random, 3, 3).lower()}",) if random.random() < 0.3 else ()
        return Bearer(of_type, name, (name, f"Dr. {name}") if random.random() < 0.1 else (name,), last, roles)
    if of_type is EntityType.ORG:
        name = f"{random.choice(_HEADS)} {first} {last}"
        short = "".join(word[0] for word in name.split()) if random.random() < 0.5 else name
        return Bearer(of_type, name, (name,), short)
    name = _make_word(random, 3, 4) if random.random() < 0.6 else f"{random.choice(_WATERS)} {last}"
    return Bearer(of_type, name, (name,), name)


def write_texts(world: World, n_quotes: int, *, seed: int = 1, prefix: str = "karang") -> Iterator[Text]:
    """Yield articles with what annotation and attribution would have found in them, so many quotes in all."""
    random = Random(f"{prefix} {seed}")
    left, numbers = n_quotes, count(1)
    while left:
        n = min(left, random.randint(QUOTES_A_BODY - 3, QUOTES_A_BODY + 3))
        body, annotation = _Page(world, random).write(n)
        left -= n
        number = next(numbers)
        yield _article(random, f"{prefix}-{number:07}", body), annotation
        if number % REPRINTED == 0:
            yield _article(random, f"{prefix}-{number:07}-ulang", body), annotation


def _article(random: Random, ref: str, body: str) -> Article:
    day = FIRST_DAY + timedelta(days=random.randrange(6 * 365))
    at = datetime(day.year, day.month, day.day, random.randrange(17), random.randrange(60), tzinfo=UTC)
    dated = (
        Published(day, Precision.MINUTE, at, "WIB")
        if random.random() < 0.7
        else Published(day, Precision.DAY)
    )
    outlet = f"Kabar {random.randint(1, 40)}"
    title = body.split("\n", 1)[0][:60]
    return Article(ref, body, body, sha256(body.encode()).hexdigest(), title, outlet, published=dated)


@dataclass(slots=True)
class _Local:
    """An entity of one text: `name` is its full form there."""

    bearer: Bearer
    name: str
    short: str
    forms: dict[str, None] = field(default_factory=dict)
    mentions: list[int] = field(default_factory=list)


class _Page:
    """A body in the making, with the spans of what is put into it."""

    def __init__(self, world: World, random: Random) -> None:
        self.world, self.random = world, random
        self.parts: list[str] = []
        self.at = 0
        self.mentions: list[Mention] = []
        self.locals = self._draw_locals()

    def write(self, n_quotes: int) -> tuple[str, Annotation]:
        """Return a body that names all its entities, then has so many quotes, a sentence in each paragraph."""
        speakers = [n for n, e in enumerate(self.locals) if e.bearer.type is not EntityType.LOC][:3]
        sentences, found = [self._open()], []
        for _ in range(n_quotes):
            start = self._put("\n\n").end
            found.append(self._quote(speakers))
            sentences.append(Span(start, self._put(".").end))
        entities = (
            LocalEntity(e.name, e.bearer.type, tuple(e.forms), tuple(e.mentions), e.bearer.roles)
            for e in self.locals
        )
        cut = tuple(Sentence(span, ()) for span in sentences)
        return "".join(self.parts), Annotation(cut, tuple(self.mentions), tuple(entities), tuple(found))

    def _draw_locals(self) -> list[_Local]:
        n = self.random.randint(8, 12)
        drawn = self.random.choices(self.world.bearers, cum_weights=self.world.bearer_weights, k=n + 2)
        bearers = list({bearer.name: bearer for bearer in drawn}.values())[:n]
        shorts = [bearer.short for bearer in bearers]
        return [
            _Local(b, self.random.choice(b.printed), b.short if shorts.count(b.short) == 1 else b.name)
            for b in bearers
        ]

    def _put(self, words: str) -> Span:
        self.parts.append(words)
        self.at += len(words)
        return Span(self.at - len(words), self.at)

    def _put_name(self, number: int, form: str) -> Span:
        local, span = self.locals[number], self._put(form)
        local.forms[form] = None
        local.mentions.append(len(self.mentions))
        self.mentions.append(Mention(span, local.bearer.type))
        return span

    def _words(self) -> str:
        n = self.random.randint(8, 18)
        return " ".join(self.random.choices(self.world.words, cum_weights=self.world.word_weights, k=n))

    def _open(self) -> Span:
        for number, local in enumerate(self.locals):
            self._put_name(number, local.name)
            self._put(", " if number < len(self.locals) - 1 else " ")
        return Span(0, self._put(f"{self.random.choice(_TAILS)}.").end)

    def _quote(self, speakers: Sequence[int]) -> Attribution:
        drawn = self.random.random()
        if drawn < 0.08 or not speakers:
            return self._described()
        if drawn < 0.15:
            return self._unclear(speakers)
        return self._named(self.random.choice(speakers), direct=drawn < 0.6)

    def _described(self) -> Attribution:
        content, cue, speaker = self._spoken(), self._cue("kata "), self._put(self.random.choice(_DESCRIBED))
        who = (Polarity.ASSERTS, self.parts[-1], SpeakerType.OTHER, speaker)
        return Attribution(QuoteKind.DIRECT, content, "described", 0.7, cue, *who, evidence=(cue, speaker))

    def _unclear(self, speakers: Sequence[int]) -> Attribution:
        content, cue = self._spoken(), self._put("katanya")
        perhaps = tuple(Candidate(number, 0.6 - 0.1 * rank) for rank, number in enumerate(speakers))
        return Attribution(
            QuoteKind.DIRECT, content, "unclear", 0.4, cue, candidates=perhaps, evidence=(cue,)
        )

    def _named(self, number: int, *, direct: bool) -> Attribution:
        bearer = self.locals[number].bearer
        if direct:
            kind, content, cue = QuoteKind.DIRECT, self._spoken(), self._cue("kata ")
            speaker = self._name_again(number)
        else:
            kind, speaker = QuoteKind.INDIRECT, self._name_again(number)
            self._put(" ")
            cue, content = self._cue("mengatakan "), self._put(self._words())
        of_type = SpeakerType.PER if bearer.type is EntityType.PER else SpeakerType.ORG
        who = (Polarity.ASSERTS, self.locals[number].name, of_type, speaker, number, *bearer.roles)
        return Attribution(kind, content, "named", 0.9, cue, *who, evidence=(cue, speaker))

    def _name_again(self, number: int) -> Span:
        local = self.locals[number]
        return self._put_name(number, local.short if self.random.random() < 0.7 else local.name)

    def _cue(self, words: str) -> Span:
        return Span(self.at, self._put(words).end - 1)

    def _spoken(self) -> Span:
        self._put("“")
        content = self._put(self._words())
        self._put(",” ")
        return content


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
        for article, annotation in texts:
            self._add_article(article)
            if self.body[0] != article.raw_sha256:
                self._add_body(article, annotation)
            self.rows["revision"][-1]["body_id"] = self.body[1]
        for table in _WRITTEN:
            if rows := self.rows.pop(table.name, None):
                _insert(connection, table, rows)

    def _add(self, table: str, row: dict[str, Any]) -> int:
        self.last[table] += 1
        self.rows[table].append({"id": self.last[table], **row})
        return self.last[table]

    def _add_article(self, article: Article) -> None:
        name = article.outlet or ""
        if name not in self.outlets:
            self.outlets[name] = self._add("outlet", {"name": name, "name_key": fold(name)})
        head = {
            "article_id": self._add("article", {"ref": article.id, "first_seen_at": NOW}),
            "number": 1,
            "is_current": True,
            "run_id": self.run_id,
            "outlet_id": self.outlets[name],
            "digest": write._digest(write._content(article)),
            "seen_at": NOW,
        }
        self._add("revision", {**head, **write._page(article), **write._times(article)})

    def _add_body(self, article: Article, annotation: Annotation) -> None:
        sha256, body = article.raw_sha256, article.body
        self.body = sha256, self._add("body", {"sha256": sha256, "text": body, "n_chars": len(body)})
        sentences = [[s.span.start, s.span.end] for s in annotation.sentences]
        head = {"body_id": self.body[1], "pipeline_id": self.pipeline_id, "run_id": self.run_id}
        made = {"is_current": True, "made_at": NOW, "sentences": sentences}
        id_ = self._add("annotation", {**head, **made})
        locals_ = [self._add_local(id_, n, local) for n, local in enumerate(annotation.entities)]
        for row in annotations._mention_rows(annotation, id_, body, locals_):
            self._add("mention", row)
        rows = annotations._quote_rows(annotation, id_, body, locals_)
        quotes = [self._add("quote", row) for row in rows]
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
            self._add("alias", {"entity_id": entity_id, "name": form, "name_key": key, "origin": "text"})


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
_WRITTEN = (*_NUMBERED, tables.speaker_candidate, tables.link)  # parents first


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of the same columns; on PostgreSQL by COPY, three times as fast."""
    dialect = connection.dialect
    if dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    binders = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in rows[0]]
    copy_in = f"COPY {table.name} ({', '.join(rows[0])}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        for row in rows:
            values = zip(binders, row.values(), strict=True)
            copy.write_row([bind(value) if bind else value for bind, value in values])


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
