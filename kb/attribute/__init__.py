"""Who is reported as saying what: cues, quotations, clauses, speakers. Pure; no model, no database."""

from kb.attribute.quotes import attribute

RULES_VERSION = "1"

__all__ = ["RULES_VERSION", "attribute"]
