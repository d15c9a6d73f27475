"""Whether a text is Indonesian."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kb.lexicon import word_set

SHORT_TEXT = 25
"""Words; a shorter text gives a language guesser too little to refuse it by."""

FUNCTION_WORDS = 0.08
"""Share of Indonesian function words from which on a text is Indonesian or Malay, whatever else it quotes.
Indonesian news has 0.12 to 0.35 of them (318 articles, 2026-01)."""

_WORD = re.compile(r"[^\W\d_]+")


def is_indonesian(text: str) -> bool:
    """Whether `text` is Indonesian, or too short to tell.

    py3langid alone takes some Indonesian for Malay and back, so words that only one of the two writes decide
    between them.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < SHORT_TEXT:
        return True
    share = _count(words, "language_id") / len(words)
    if share < FUNCTION_WORDS and _guess(text) not in ("id", "ms"):
        return False
    return not _is_malay(words, text)


def _is_malay(words: list[str], text: str) -> bool:
    malay, indonesian = _count(words, "language_ms"), _count(words, "language_only_id")
    return malay > indonesian and (malay > 2 * indonesian + 2 or _guess(text) == "ms")


def _count(words: list[str], name: str) -> int:
    listed = word_set(name)
    return sum(word in listed for word in words)


def _guess(text: str) -> str:
    language: str = _identifier().classify(text)[0]
    return language


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (loads a model)

    return LanguageIdentifier.from_model_file(MODEL_FILE)
