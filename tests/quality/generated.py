"""A base of invented articles of any size, as ingesting and linking them would have made it, for benchmarks.

Words, names and texts are put together from syllables, all from one seed: the same seed and size make the same base
(moments of writing apart). How often an entity is named falls with its rank (Zipf-Mandelbrot). A body has about ten
entities and seven quotes; every twentieth article reprints the body before it. No short name stands alone in a text,
so that each text's entity is the one of its own name (rule ``name_key``), which is what makes linking while writing
possible (`generated_base`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate, count
from random import Random

from kb.model import (
    Annotation,
    Article,
    Attribution,
    Candidate,
    EntityType,
    LocalEntity,
    Mention,
    Polarity,
    Precision,
    Published,
    QuoteKind,
    Seed,
    Sentence,
    Span,
    SpeakerType,
)
from kb.names import block_of, strip_titles

FIRST_DAY = date(2020, 1, 1)
QUOTES_A_BODY = 7
QUOTES_AN_ENTITY = 10  # 100,000 entities at a million quotes
REPRINTED = 20  # every so manieth article

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
