"""Who is who and what is the same across articles, and what people decided about it."""

from kb.link.clusters import Cluster, cluster_statements, grow
from kb.link.entities import Knowledge, choose_name, gather, link_entities
from kb.link.judgements import judge
from kb.link.log import leave_out_article, line_of, make_decision, parse_line
from kb.link.pairs import Named, Pair, find_pairs
from kb.link.relations import Relation, Statement, choose_relation
from kb.link.rulings import Rulings, read_rulings
from kb.link.sketches import sketch

__all__ = [
    "Cluster",
    "Knowledge",
    "Named",
    "Pair",
    "Relation",
    "Rulings",
    "Statement",
    "choose_name",
    "choose_relation",
    "cluster_statements",
    "find_pairs",
    "gather",
    "grow",
    "judge",
    "leave_out_article",
    "line_of",
    "link_entities",
    "make_decision",
    "parse_line",
    "read_rulings",
    "sketch",
]
