"""Whether a text is Indonesian."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kb.lexicon import word_set

FEWEST_WORDS = 8
"""A shorter text gives a language guesser too little to refuse it by."""

FUNCTION_WORDS = 0.05
"""Share of Indonesian function words from which on a text is Indonesian or Malay, whatever it quotes. The
lowest of 318 Indonesian news articles has 0.10; Javanese and Sundanese have under 0.03."""

MARGIN = 1.5
"""Nats a word by which another language must be likelier; tables of names reach 0.2, Sundanese 3."""

MALAY_WORDS = 2
"""Words that only Malay writes that a text must have to be called Malay."""

_WORD = re.compile(r"[^\W\d_]+")


def is_indonesian(text: str) -> bool:
    """Whether `text` is Indonesian, or too short to tell.

    py3langid takes some Indonesian for Malay and back, so words that only one of the two writes decide
    between them.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return True
    if _count(words, "language_id") < FUNCTION_WORDS * len(words) and _is_foreign(text, len(words)):
        return False
    return not _is_malay(words)


def _is_malay(words: list[str]) -> bool:
    malay, indonesian = _count(words, "language_ms"), _count(words, "language_only_id")
    return malay >= MALAY_WORDS and malay > indonesian


def _is_foreign(text: str, n_words: int) -> bool:
    ranks: list[tuple[str, float]] = _identifier().rank(text)
    scores = dict(ranks)
    return ranks[0][1] - max(scores["id"], scores["ms"]) > MARGIN * n_words


def _count(words: list[str], name: str) -> int:
    listed = word_set(name)
    return sum(word in listed for word in words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (loads a model)

    return LanguageIdentifier.from_model_file(MODEL_FILE)
