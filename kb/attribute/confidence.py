"""How sure an attribution is: the share of right ones among those made the same way."""

from __future__ import annotations

from kb.attribute.drafts import Draft
from kb.attribute.speakers import Speaker

_RULES = {"direct": 0.97, "indirect": 0.85}


def score_confidence(draft: Draft, speaker: Speaker) -> float:
    """Return 0 to 1: how often the rule's stretch is right, times how often its speaker is."""
    family = draft.rule.split("-")[0]
    return round(_RULES[family] * (speaker.score if speaker.name is not None else 0.5), 2)
