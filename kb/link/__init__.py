"""Which entities of different articles are the same one in the world, and what people decided about it."""

from kb.link.entities import Knowledge, choose_name, gather, link_entities
from kb.link.judgements import judge
from kb.link.log import line_of, make_decision, parse_line
from kb.link.rulings import Rulings, read_rulings
from kb.link.short_forms import is_short_for

__all__ = [
    "Knowledge",
    "Rulings",
    "choose_name",
    "gather",
    "is_short_for",
    "judge",
    "line_of",
    "link_entities",
    "make_decision",
    "parse_line",
    "read_rulings",
]
