"""How a name is folded, parsed, keyed and compared; attribution and linking both stand on it.

words     what a printed name consists of: titles, words, initials, degrees
spelling  which spellings of one word are one name
keys      when two printings are one entity without asking anybody, and its uid
compare   what makes two names likely to be one, for a person to decide
"""

from typing import TYPE_CHECKING

from kb.lazily import find_lazily

if TYPE_CHECKING:
    from kb.names.compare import compare_names, likeness, nearest
    from kb.names.keys import block_key, block_of, entity_key, entity_uid, seed_uid, seeds_by_name
    from kb.names.relations import Likeness, NameRelation
    from kb.names.words import (
        PersonName,
        fold,
        is_degree,
        name_key,
        name_words,
        parse_name,
        role_short_forms,
        strip_titles,
    )

__getattr__ = find_lazily(
    __name__,
    {
        "compare": "compare_names likeness nearest",
        "keys": "block_key block_of entity_key entity_uid seed_uid seeds_by_name",
        "relations": "Likeness NameRelation",
        "words": "PersonName fold is_degree name_key name_words parse_name role_short_forms strip_titles",
    },
)


__all__ = [
    "Likeness",
    "NameRelation",
    "PersonName",
    "block_key",
    "block_of",
    "compare_names",
    "entity_key",
    "entity_uid",
    "fold",
    "is_degree",
    "likeness",
    "name_key",
    "name_words",
    "nearest",
    "parse_name",
    "role_short_forms",
    "seed_uid",
    "seeds_by_name",
    "strip_titles",
]
