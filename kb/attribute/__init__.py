"""Who is reported as saying what: cues, quotations, clauses, speakers. Pure; no model, no database."""

from kb.attribute.quotes import attribute
from kb.attribute.version import rules_version

__all__ = ["attribute", "rules_version"]
