"""Short forms of organisations and places that hold across articles: stricter than what one article can prove."""

from __future__ import annotations

from kb.lexicon import word_set
from kb.names import fold


def is_short_for(short: str, full: str) -> bool:
    """Whether one word is made of the words of a name: of their initials, or of pieces of two letters and more.

    `Komisi Pemberantasan Korupsi`: ``KPK``; `Kementerian Keuangan`: ``Kemenkeu``. A word of the name itself is not.
    """
    letters, words = fold(short).replace(" ", ""), fold(full).split()
    if len(words) < 2 or letters in words:  # `Komisi` names nobody in another article
        return False
    return _is_initials(letters, words) or _is_blend(letters, words)


def _is_initials(letters: str, words: list[str]) -> bool:
    return len(letters) > 1 and letters in {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in word_set("small_words")),
    }


def _is_blend(letters: str, words: list[str]) -> bool:
    """Whether letters are beginnings or pieces of the words in order, the first word's beginning first."""
    return len(letters) > 5 and any(
        words[0].startswith(letters[:n]) and _has_pieces(letters[n:], words[1:])
        for n in range(2, len(letters) - 1)
    )


def _has_pieces(rest: str, words: list[str]) -> bool:
    if not rest:
        return True
    return any(
        rest[:n] in word and _has_pieces(rest[n:], words[i + 1 :])
        for i, word in enumerate(words)
        for n in range(2, min(len(rest), len(word)) + 1)
    )
