"""When two printings are one entity without asking anybody, and the uid that follows from it.

A wrong merge mixes two people's quotes and nobody sees it; a miss is a pair that a person can decide. So the
key is blind only to what says nothing about who somebody is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache

from kb.errors import BadSeeds
from kb.lexicon import word_set
from kb.model import EntityType, Seed
from kb.names.spelling import respell
from kb.names.words import fold, name_key


@lru_cache(maxsize=1 << 16)  # the same few names stand in most articles
def entity_key(entity_type: EntityType, name: str) -> str:
    """Return the key of an entity's name: only a person's titles are no part of it.

    ``BPK`` is a form of address in ``BPK Budi Santoso``, but the audit board in ``BPK RI``, and ``Ibu Kota
    Nusantara`` is nobody's mother.
    """
    return name_key(name) if entity_type is EntityType.PER else fold(name) or name.strip()


@lru_cache(maxsize=1 << 16)
def block_key(entity_type: EntityType, name: str) -> str:
    """Return the key that all texts' entities of this type and one person, place or body share.

    The entity key; for people of two words or more also blind to romanisation (``Sergey``, ``Sergei``), to
    spaces and hyphens behind the first word (``Jong-un``, ``Jongun``) and to ``bin`` inside. A single word
    stays as it is (``Susi Lo`` is not ``Susilo``), and so do two of the most frequent names. The first word
    keeps its end, since ``Tang An`` is not ``Tan Gan``; initials stay apart, since ``Andi M Ali`` is not
    ``Andi Mali``; ``Mohammed bin Salman`` keeps his ``bin``, since ``Muhammad Salman`` is somebody else.
    """
    key = entity_key(entity_type, name)
    printed = key.split()
    if entity_type is not EntityType.PER or len(printed) < 2:
        return key
    words = [respell(word) for word in printed]
    bare = [words[0], *(w for w in words[1:-1] if w not in word_set("patronymic_words")), words[-1]]
    if not _is_telling(bare):
        bare = words if len(words) > 2 else printed
    first, *rest = join_openers(bare)
    return " ".join([first, *_join(rest)])


@lru_cache(maxsize=1 << 16)
def entity_uid(entity_type: EntityType, name: str, discriminator: str | None = None) -> str:
    """Return the uid of an entity: the same in every base and for all printings of its name.

    `discriminator` parts two entities of one key. 64 bits of a SHA-256, so that a million entities collide with
    a chance of 3 in 100 million.
    """
    key = "\n".join(filter(None, (entity_type, block_key(entity_type, name), discriminator)))
    return f"{entity_type}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def seed_uid(seed: Seed) -> str:
    """Return the uid of the entity that a seed is."""
    return entity_uid(seed.type, seed.name, seed.discriminator)


def block_of(entity_type: EntityType, name: str) -> str:
    """Return the block of an entity of a text, as a base keeps it: its type and block key."""
    return f"{entity_type} {block_key(entity_type, name)}"


def seeds_by_name(seeds: Iterable[Seed]) -> dict[tuple[EntityType, str], tuple[Seed, ...]]:
    """Return the seeds that each type and block key may stand for.

    Raises BadSeeds if one stands for two that have no discriminators, or the same.
    """
    by_name: dict[tuple[EntityType, str], tuple[Seed, ...]] = {}
    for seed in seeds:
        for name in dict.fromkeys(block_key(seed.type, name) for name in (seed.name, *seed.aliases)):
            others = by_name.get((seed.type, name), ())
            told = {other.discriminator for other in others} | {seed.discriminator}
            if others and (None in told or len(told) <= len(others)):
                both = f"stands for both {others[0].name} and {seed.name} ({seed.type})"
                raise BadSeeds(name, both, "take the name from one of them, or give each a discriminator")
            by_name[seed.type, name] = (*others, seed)
    return by_name


def _is_telling(words: list[str]) -> bool:
    """Whether there is more in a name than the most frequent ones: ``Muhammad Yusuf`` is no ``Mohamed Youssef``."""
    return any(word not in frequent_names() for word in words)


@cache
def frequent_names() -> frozenset[str]:
    """Return the names that tell nobody apart, respelt."""
    return frozenset(map(respell, word_set("frequent_names")))


def join_openers(words: list[str]) -> list[str]:
    """Join leading initials (``B J Habibie``) and ``Abdul`` with its word, while another word follows."""
    n = 0
    while n < len(words) - 1 and len(words[n]) == 1:
        n += 1
    if n > 1:
        return ["".join(words[:n]), *words[n:]]
    if words[:1] == ["abdul"] and len(words) > 2:
        return ["".join(words[:2]), *words[2:]]
    return words


def _join(words: list[str]) -> list[str]:
    """Run neighbours together, initials with initials and words with words."""
    joined: list[str] = []
    for n, word in enumerate(words):
        if n and is_initials(word) == is_initials(words[n - 1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def is_initials(word: str) -> bool:
    """Whether a folded word is letters for words, as far as letters tell."""
    return len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy"))
