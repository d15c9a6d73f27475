"""How sure an attribution is: a logistic sum over what it was made from.

The weights stand in ``wordlists/confidence.txt``; ``make calibrate`` fits them and prints how often each degree of
confidence is right. A feature without a weight counts nothing, so that an unknown rule is as sure as the average.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from kb.lexicon import word_list
from kb.model import Attribution

_WORD = re.compile(r"\w+")
SHORT, BRIEF, LONG = 5, 8, 40
"""Words of a content below, below and above which it is short, brief and long."""


def find_features(attribution: Attribution, body: str, n_people: int) -> Iterator[tuple[str, float]]:
    """Yield what an attribution's confidence rests on: names of features with their values.

    `n_people` is how many persons the article names: the more, the likelier that a pronoun is another's.
    """
    rule, _, way = attribution.rule.partition("/")
    n_words = len(_WORD.findall(attribution.content.of(body)))
    yield "bias", 1.0
    yield f"rule={rule}", 1.0
    yield f"speaker={way}", 1.0
    yield f"type={attribution.speaker_type}", 1.0
    if attribution.cue is not None:
        yield f"cue={attribution.cue.of(body).lower().replace(' ', '_')}", 1.0
    yield "people", math.log1p(n_people)
    if way in ("floor", "carried"):
        yield "people-pointed-back", math.log1p(n_people)
    for name, holds in (("short", n_words < SHORT), ("brief", n_words < BRIEF), ("long", n_words > LONG)):
        if holds:
            yield name, 1.0


def score_confidence(attribution: Attribution, body: str, n_people: int) -> float:
    """Return how likely content and speaker are both right, 0 to 1, with two decimals.

    Of an open speaker it says how likely the article leaves it unnamed.
    """
    weights = _weights()
    total = sum(weights.get(name, 0.0) * x for name, x in find_features(attribution, body, n_people))
    return round(1 / (1 + math.exp(-total)), 2)


@cache
def _weights() -> dict[str, float]:
    rows = (line.split() for line in word_list("confidence"))
    return {name: float(weight) for name, weight in rows}
