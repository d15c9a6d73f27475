"""Mentions to the article's own entities: short names, nicknames and abbreviations join their fullest form.

Short names are the first word of the full name in 60 % of Indonesian cases, a middle or last one in 19 % (PFSA-ID):
any part of a full name is accepted when it is a part of one full name only. A form that fits two people stays an
entity of its own; a wrong name is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kb.lexicon import word_list, word_set
from kb.model import EntityType, LocalEntity, Mention
from kb.names import fold, name_words, strip_titles

_BRACKET = re.compile(r"\s*\(\s*$")
_LISTED = re.compile(r"\s*Tbk\.?\s*\(\s*$|\s*\(\s*$")
_TICKER = re.compile(r"[A-Z]{4}")
_NICKNAME = re.compile(
    r"(?:alias|atau|panggilan|sapaan(?: akrab)?|(?:akrab|karib|biasa|kerap|sering)\s+(?:di)?(?:sapa|panggil|sebut)\w*|"
    r"disapa|dipanggil|dikenal (?:sebagai|dengan))\b[\w\s,]{0,40}$"
)


Key = tuple[EntityType, str]
"""A type and a folded name."""


@dataclass(frozen=True, slots=True)
class Entities:
    """The article's entities: `of[i]` is the place of mention i's entity, `rivals` who an ambiguous form may be."""

    rows: tuple[LocalEntity, ...]
    of: tuple[int, ...]
    rivals: dict[int, tuple[int, ...]]


def group_mentions(body: str, mentions: tuple[Mention, ...]) -> Entities:
    """Group the mentions of one article into its entities; a pure function of both."""
    joined: dict[Key, Key] = {}
    keys = [(m.type, _key(m, body)) for m in mentions]
    order = list(dict.fromkeys(keys))
    for one, other in _defined(body, mentions, keys):
        joined.setdefault(one, other)
    rivals_of: dict[Key, list[Key]] = {}
    for key in order:
        if key in joined:
            continue
        fuller = _fuller_forms(key, order)
        if len(fuller) == 1:
            joined[key] = fuller[0]
        elif len(fuller) > 1:
            rivals_of[key] = fuller
    return _entities(
        body,
        mentions,
        [_root(key, joined) for key in keys],
        {k: [_root(f, joined) for f in v] for k, v in rivals_of.items()},
    )


def _key(mention: Mention, body: str) -> str:
    text = mention.span.of(body)
    return " ".join(name_words(text)) if mention.type is EntityType.PER else fold(text)


def _root(key: Key, joined: dict[Key, Key]) -> Key:
    seen = {key}
    while key in joined and joined[key] not in seen:
        key = joined[key]
        seen.add(key)
    return key


def _defined(body: str, mentions: tuple[Mention, ...], keys: list[Key]) -> Iterable[tuple[Key, Key]]:
    """Yield (short, full) for forms that the text itself defines: `Komisi … (KPK)`, `Joko Widodo alias Jokowi`."""
    for i in range(1, len(mentions)):
        before, mention = mentions[i - 1], mentions[i]
        gap = body[before.span.end : mention.span.start]
        if "\n" in gap or before.type is not mention.type or keys[i - 1] == keys[i]:
            continue
        closes = body[mention.span.end : mention.span.end + 1] == ")"
        short_form, full_form = mention.span.of(body), before.span.of(body)
        known = _abbreviations().get(fold(short_form))
        if closes and known and fold(full_form).endswith(f" {known}"):
            continue  # `Majelis Umum Perserikatan Bangsa-Bangsa (PBB)`: short for its end only
        defined = closes and (
            (_BRACKET.fullmatch(gap) and is_short_for(short_form, full_form))
            or _is_ticker(short_form, full_form, gap)
            or (mention.type is EntityType.PER and _is_titled_bracket(gap))
        )
        named = mention.type is EntityType.PER and len(gap) < 60 and _NICKNAME.search(gap)
        if defined or named:
            short, full = sorted((keys[i], keys[i - 1]), key=lambda key: len(key[1]))
            yield short, full


def _is_ticker(short: str, full: str, gap: str) -> bool:
    """Whether a form in brackets is a stock exchange's code for a company (`PT Samudra Jaya Tbk (SMJY)`)."""
    listed = full.endswith("Tbk") or "Tbk" in gap
    return listed and bool(_LISTED.fullmatch(gap) and _TICKER.fullmatch(short))


def _is_titled_bracket(gap: str) -> bool:
    """Whether only a form of address stands before a name in brackets (`Saiful Anwar (Gus Iful)`)."""
    words = gap.split()
    return (
        len(words) == 1 and words[0].startswith("(") and words[0][1:].lower() in word_set("nickname_titles")
    )


def is_short_for(short: str, full: str) -> bool:
    """Whether a form in brackets can be short for the name before it: its initials, pieces, or letters in order."""
    s, words = fold(short).replace(" ", ""), fold(full).split()
    if not s or not words or s[0] not in {w[0] for w in words}:
        return False
    letters = iter("".join(words))
    if len(words) == 1:
        return short.isupper() and len(s) <= 3 and all(c in letters for c in s)  # `Krisdaya (KD)`
    return _is_initials(s, words) or _is_blend(s, words) or all(c in letters for c in s)


def _taken(rest: str, word: str) -> int:
    """How many letters of `rest` a word can give: its first letter, then others in order."""
    if not rest or rest[0] != word[0]:
        return 0
    i, n = 0, 0
    for n in range(len(rest)):
        i = word.find(rest[n], i) + 1
        if i == 0:
            return n
    return n + 1


def _fuller_forms(key: Key, order: list[Key]) -> list[Key]:
    """Return the fullest forms in the article that a form can be short for; several mean that it is open.

    Where it is a part of none, it may be a clipped or misprinted form of one that stands before it.
    """
    kind, text = key
    found = [k for k in order if k[0] is kind and k != key and _is_form_of(kind, text, k[1])]
    if not found and kind is EntityType.PER:
        before = order[: order.index(key)]
        found = [k for k in before if k[0] is kind and _is_loose_form_of(text.split(), k[1].split())]
    return [f for f in found if not any(g != f and _is_form_of(kind, f[1], g[1]) for g in found)]


def _is_form_of(kind: EntityType, short: str, full: str) -> bool:
    """Whether one folded form can stand for the other, fuller one within an article."""
    known = _abbreviations().get(short)
    if known == full:
        return True
    a, b = short.split(), full.split()
    if kind is EntityType.PER:
        return known is None and (_is_part_of_name(a, b) or (len(a) == 1 < len(b) and _is_nickname(short, b)))
    if a[-1] == "ri" and a[:-1] and kind is EntityType.ORG and _is_form_of(kind, " ".join(a[:-1]), full):
        return True  # `Kemenlu RI` for `Kementerian Luar Negeri`
    if [w for w in b if w not in word_set("name_generics")] == a and len(b) > len(a):
        return True
    begins = b[: len(a)] == a and len(b) > len(a) and kind is EntityType.ORG
    if begins and len(a) == 1 and len(short) <= 5 and short not in word_set("org_heads") | {"bank"}:
        # `KPK`, `KPK RI`; but `Bank Bahari Syariah` is not `Bank Bahari`, nor is `TNI AU` all of the army
        return known is None or b[1:] == ["ri"]
    return (
        known is None
        and len(a) == 1
        and (_is_initials(short, b) or (kind is EntityType.ORG and _is_blend(short, b)))
    )


def _is_part_of_name(a: list[str], b: list[str]) -> bool:
    """Whether the words of one name stand in the other in order, initials for their words (`Putri KW`, `M Rizal`)."""
    at = 0
    for short in a:
        found = next(((i, n) for i in range(at, len(b)) if (n := _stands_for(short, b[i:]))), None)
        if found is None:
            return False
        at = sum(found)
    return len(a) < len(b)


def _stands_for(short: str, words: list[str]) -> int:
    """How many words, from the first on, a word of a short form stands for."""
    if short == words[0] or (len(short) == 1 and words[0].startswith(short)):
        return 1
    return len(short) if len(short) > 1 and short == "".join(w[0] for w in words[: len(short)]) else 0


CLIPPED = 3
"""Fewest letters of a clipped name (`Kus` for `Kuseryanto`)."""
MISPRINTED = 5
"""Fewest letters of a word that may be another with one slip (`Samuel`, `Semuel`)."""


def _is_loose_form_of(a: list[str], b: list[str]) -> bool:
    """Whether a form is a name's first word clipped (`Enggar`, `Kus`), or one of its words with one slip."""
    if len(a) == 1:
        first = next((w for w in b if len(w) > 1), b[0])
        clipped = CLIPPED <= len(a[0]) < len(first) and first.startswith(a[0])
        called = len(a[0]) > CLIPPED and any(w.endswith(a[0]) and len(w) > len(a[0]) + 1 for w in b)
        return clipped or called or any(_is_slip(a[0], word) for word in b)
    wrong = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(wrong) == 1 and _is_slip(*wrong[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed behind the first."""
    if min(len(one), len(other)) < MISPRINTED or one[0] != other[0] or one == other:
        return False
    short, long = sorted((one, other), key=len)
    same = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) == len(long):
        return short[same + 1 :] == long[same + 1 :]
    return len(long) - len(short) == 1 and short[same:] == long[same + 1 :]


def _is_nickname(short: str, words: list[str]) -> bool:
    """Whether one word is a nickname of a name: its initials, or the beginnings of two words (`Jokowi`)."""
    if _is_initials(short, words):
        return True
    if len(short) > CLIPPED and short[0] == words[0][0] and any(w.startswith(short[1:]) for w in words[1:]):
        return True  # `Aher` for `Ahmad Heri`
    for n in range(2, len(short) - 1):
        rest = short[n:]
        if words[0].startswith(short[:n]) and any(_taken(rest, w) == len(rest) for w in words[1:]):
            return True
    return False


def _is_initials(short: str, words: list[str]) -> bool:
    return len(words) > 1 and short == "".join(w[0] for w in words if w not in word_set("small_words"))


def _is_blend(short: str, words: list[str]) -> bool:
    """Whether one word is made of pieces of the words in order, the first a beginning (`Kemendikbud`, `Bawaslu`)."""
    if len(short) < 6 or len(words) < 2:
        return False
    return any(
        words[0].startswith(short[:n]) and _has_pieces(short[n:], words[1:]) for n in range(2, len(short) - 1)
    )


def _has_pieces(rest: str, words: list[str]) -> bool:
    """Whether letters can be cut into pieces of two or more that stand in the words, in order."""
    if not rest:
        return True
    return any(
        rest[:n] in word and _has_pieces(rest[n:], words[i + 1 :])
        for i, word in enumerate(words)
        for n in range(2, min(len(rest), len(word)) + 1)
    )


@cache
def _abbreviations() -> dict[str, str]:
    pairs = (line.split(" = ") for line in word_list("abbreviations"))
    return {fold(short): fold(full) for short, full in pairs}


def _entities(
    body: str, mentions: tuple[Mention, ...], roots: list[Key], rivals: dict[Key, list[Key]]
) -> Entities:
    order = list(dict.fromkeys(roots))
    place = {root: i for i, root in enumerate(order)}
    rows = []
    for root in order:
        members = tuple(i for i, r in enumerate(roots) if r == root)
        forms = Counter(mentions[i].span.of(body) for i in members)
        rows.append(LocalEntity(_fullest(root, forms), root[0], tuple(dict.fromkeys(forms)), members))
    open_forms = {
        place[k]: tuple(place[r] for r in dict.fromkeys(v) if r in place)
        for k, v in rivals.items()
        if k in place
    }
    return Entities(tuple(rows), tuple(place[r] for r in roots), open_forms)


def _fullest(root: Key, forms: Counter[str]) -> str:
    """Return the form with most words; of equals the one that the others join, the more frequent, the first."""
    kind, key = root
    first = {form: n for n, form in enumerate(forms)}

    def rank(form: str) -> tuple[bool, int, bool, bool, int, int]:
        plain = strip_titles(form) if kind is EntityType.PER else form
        glued = re.search(r"[a-z][A-Z]", plain) is not None  # `VenezuelaNicolas Maduro`, a space lost
        loud = form.isupper() and len(form) > 5
        joined = fold(plain) == key
        return not glued, len(plain.split()), not loud, joined, forms[form], -first[form]

    best = max(forms, key=rank)
    return strip_titles(best) if kind is EntityType.PER else best


def find_entity(entities: Entities, text: str) -> int | None:
    """Return the person that an untagged name is a form of; None if nobody or several."""
    words = " ".join(name_words(text))
    fits = [
        i
        for i, row in enumerate(entities.rows)
        if any(fold(form) == fold(text) for form in row.forms)
        or (row.type is EntityType.PER and _is_form_of(EntityType.PER, words, " ".join(name_words(row.name))))
    ]
    return fits[0] if len(fits) == 1 else None
