"""Which entities of different articles are the same one in the world, and what people decided about it."""

from kb.link.entities import Knowledge, choose_name, gather, link_entities
from kb.link.judgements import judge
from kb.link.log import line_of, make_decision, parse_line
from kb.link.pairs import Named, Pair, find_pairs
from kb.link.rulings import Rulings, read_rulings

__all__ = [
    "Knowledge",
    "Named",
    "Pair",
    "Rulings",
    "choose_name",
    "find_pairs",
    "gather",
    "judge",
    "line_of",
    "link_entities",
    "make_decision",
    "parse_line",
    "read_rulings",
]
