"""How sure an attribution is: the share of right ones among those made the same way.

Both tables are what `make shares` prints for the 120 dev articles (824 attributions, 2026-11-21), pulled towards the
mean where a rule made fewer than 20: how often the rule's stretch is a gold one (overlap of half), and how often the
speaker is right where it is.
"""

from __future__ import annotations

from kb.attribute.drafts import Draft
from kb.attribute.floor import Speaker

_STRETCH = {
    "direct-floating": 0.98,
    "direct": 0.98,
    "indirect-according": 1.0,
    "indirect-verb": 0.92,
    "indirect": 0.91,
}
_SPEAKER = {
    "name": 0.99,
    "floor": 0.92,
    "carried": 0.95,
    "described": 0.89,
    "definite": 0.8,
    "bearer": 0.9,
    "nearest": 0.75,
    "rival-spoke": 0.85,
    "joint": 0.9,
    "untagged": 0.7,
    "nobody": 0.9,
    "open": 0.5,
    "rivals": 0.5,
}


def score_confidence(draft: Draft, speaker: Speaker) -> float:
    """Return 0 to 1, two decimals; for an open speaker, how sure the stretch alone is, halved."""
    family = draft.rule.split("-")[0]
    return round(_STRETCH.get(draft.rule, _STRETCH[family]) * _SPEAKER[speaker.how], 2)
