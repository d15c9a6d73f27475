"""Who is reported as saying what: cues, quotations, clauses, speakers. Pure; no model, no database."""

from kb.attribute.quotes import attribute

__all__ = ["attribute"]
