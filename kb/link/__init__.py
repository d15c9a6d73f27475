"""Which entities of different articles are the same one in the world."""

from kb.link.entities import choose_name, link_entities
from kb.link.pairs import Named, Pair, find_pairs

__all__ = ["Named", "Pair", "choose_name", "find_pairs", "link_entities"]
