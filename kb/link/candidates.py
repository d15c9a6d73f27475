"""Which names are worth comparing: those that share a bucket, never all with all.

    alike   the same words to the ear, in any order, run together, spelt out, without the words for the kind
    slips   all words but one alike, and that one the same but for a letter (deletion neighbourhood)
    short   one may be short for the other: two of its words, its only word, its initials or pieces

Every bucket is a key that both names have. Which keys a name has depends on nothing but the name, except that
a short name is looked up by its two rarest words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.lexicon import word_set
from kb.model import EntityType
from kb.names.bodies import initials, spell_out, without_kind, without_style
from kb.names.keys import join_openers
from kb.names.spelling import SLIP_FROM, sound

MAX_BUCKET = 50
"""Names of one bucket that are compared, the first ones: what so many share tells nobody apart."""
MAX_LONGER = 10
"""Names of one bucket that a short name is compared with: enough to see that it can be short for several."""
MAX_WORDS = 8
"""Words of a name whose pairs are keys: longer ones are lists."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to find others for: its words, folded, and what each sounds like."""

    type: EntityType
    words: tuple[str, ...]
    sounds: tuple[str, ...]


def find_candidates(names: Iterable[tuple[EntityType, Sequence[str]]]) -> Iterator[tuple[int, int]]:
    """Yield the places of two names that may be one entity's; a pair may come more than once.

    A name is its type and the words of its entity key.
    """
    read = [_read(entity_type, words) for entity_type, words in names]
    yield from _find_alike(read)
    yield from _find_slips(read)
    yield from _find_short(read)


def _read(entity_type: EntityType, words: Sequence[str]) -> _Name:
    words = join_openers(list(words)) if entity_type is EntityType.PER else words
    return _Name(entity_type, tuple(words), tuple(map(sound, words)))


def _find_alike(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    buckets: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        for key in _alike_keys(name):
            buckets[key].append(n)
    for bucket in buckets.values():
        yield from combinations(bucket[:MAX_BUCKET], 2)


def _alike_keys(name: _Name) -> Iterable[str]:
    bare = [s for w, s in zip(name.words, name.sounds, strict=True) if w not in word_set("name_particles")]
    keys = {"".join(name.sounds), " ".join(sorted(bare))}
    if name.type is not EntityType.PER:
        spelt = spell_out(without_style(name.words))
        keys |= {"".join(words) for words in (spelt, without_kind(spelt), without_kind(name.words))}
    return (f"{name.type} {key}" for key in keys)


def _find_slips(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    buckets: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, name in enumerate(names):
        if name.type is EntityType.PER and len(name.words) == 1:
            continue
        for place, word in enumerate(name.words):
            if len(word) >= SLIP_FROM:
                others = " ".join((*name.sounds[:place], word[0], *name.sounds[place + 1 :]))
                buckets[f"{name.type} {place} {others}"].append((n, place))
    for bucket in buckets.values():
        if len(bucket) > 1:
            yield from _share_deletion(names, bucket)


def _share_deletion(names: Sequence[_Name], bucket: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield names whose words at these places are one when each loses a letter or none."""
    near: dict[str, list[int]] = defaultdict(list)
    for n, place in bucket:
        for form in _deletions(names[n].words[place]) | _deletions(names[n].sounds[place]):
            near[form].append(n)
    for alike in near.values():
        yield from combinations(alike[:MAX_BUCKET], 2)


def _deletions(word: str) -> set[str]:
    return {word} | {word[:n] + word[n + 1 :] for n in range(1, len(word))}


def _find_short(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    counts = Counter(word for name in names for word in set(name.sounds))
    asked = {n: tuple(_short_keys(name, counts)) for n, name in enumerate(names)}
    wanted = {key for keys in asked.values() for key in keys}
    buckets: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        for key in set(_long_keys(name)) & wanted:
            buckets[key].append(n)
    for n, keys in asked.items():
        for key in keys:
            yield from ((n, other) for other in buckets.get(key, [])[:MAX_LONGER] if other != n)


def _short_keys(name: _Name, counts: Counter[str]) -> Iterator[str]:
    """Yield the keys under which longer names are looked up that this one may be short for."""
    whole = sorted((s for s in name.sounds if len(s) > 1), key=lambda s: (counts[s], s))
    if name.type is not EntityType.PER:
        yield from (f"{name.type} {key}" for key in _short_body_keys(name))
        return
    if len(whole) > 1:
        yield f"PER two {' '.join(sorted(whole[:2]))}"
    if len(name.words) == 1:
        yield f"PER word {name.sounds[0]}"
        yield f"PER initials {name.words[0]}"
    elif any(len(word) <= 4 for word in name.words):
        yield from _lettered_keys(name)


def _short_body_keys(name: _Name) -> Iterator[str]:
    first = name.words[0] if name.words else ""
    if len(name.words) == 1:
        yield f"initials {first}"
    elif name.type is EntityType.ORG:
        yield f"begins {' '.join(name.words)}"
    yield f"blend {first[:2]} {first[-2:]} {' '.join(name.words[1:])}"


def _long_keys(name: _Name) -> Iterator[str]:
    """Yield the keys under which a name can be found by shorter ones."""
    words = name.sounds[:MAX_WORDS]
    if len(words) < 2:
        return
    if name.type is not EntityType.PER:
        yield from (f"{name.type} {key}" for key in _long_body_keys(name.words[:MAX_WORDS]))
        return
    yield from (f"PER two {' '.join(sorted(two))}" for two in combinations(words, 2))
    yield from (f"PER word {word}" for word in words)
    yield f"PER initials {''.join(word[0] for word in name.words)}"
    yield from _lettered_keys(name)


def _lettered_keys(name: _Name) -> Iterator[str]:
    """Yield each word with the letter that the first of the others begins with: ``bj habibie`` has `habibie b`."""
    for n, word in enumerate(name.sounds[:MAX_WORDS]):
        yield f"PER letter {word} {name.words[1 if n == 0 else 0][0]}"


def _long_body_keys(words: tuple[str, ...]) -> Iterator[str]:
    yield f"initials {initials(words)}"
    yield from (f"begins {' '.join(words[:n])}" for n in range(2, len(words)))
    for n in range(2, len(words) + 1):
        last, rest = words[n - 1], " ".join(words[n:])
        for at in range(len(last) - 1):
            yield f"blend {words[0][:2]} {last[at : at + 2]} {rest}"
