"""Which entities of different articles are the same one in the world."""

from kb.link.entities import choose_name, link_entities

__all__ = ["choose_name", "link_entities"]
