"""Cut Indonesian news into words and sentences by rule, as UD Indonesian CSUI cuts them.

The neural tokenizer learns news from what this cutter makes of it. Words: inner hyphens, apostrophes and
decimal marks are kept (``negara-negara``, ``Ma'ruf``, ``9.000``, ``6,5``), ``No.`` and ``S.`` keep their full
stop; ranges, currency, ``-nya`` behind a hyphen and two names joined by a hyphen or slash are taken apart.
Sentences: closing quotation marks belong to the sentence they end, and a reporting tag in lower case after
``?"`` goes on with it (``"Apakah ini benar?" tanya Budi.`` is one sentence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.lexicon import word_set
from kb.model import Sentence, Span

_TOP_LEVEL = r"(?:com|id|co|go|net|org|tv|info|news|ac|or|gov|io|my|sg|uk|au|ru)"
_TOKEN = re.compile(
    rf"""
    https?://[^\s"”’)>]*[^\s"”’)>.,]             # an address on the web
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                  # of mail
  | (?i:[^\W_][\w-]*(?:\.[^\W_][\w-]*)*\.{_TOP_LEVEL})\b  # an outlet: KONTAN.CO.ID, jpnn.com
  | [A-Za-z](?:\.[A-Za-z]{{1,3}})+\.              # S.H., M.Si., a.n.
  | \d+(?:/\d+)+(?![.,]?\d)                       # 18/6/2024
  | \d+(?:[.,:]\d+)*(?:-an\b)?                    # 9.000  6,5  11.51  1970-an
  | Rp(?=\d) | US(?=\$)
  | [Kk]e-\d+
  | [^\W\d_]\w*(?:['’‘`][^\W\d_]\w*)*(?:-\w+(?:['’‘`]\w+)*)*(?:/\w{{1,2}}\b)?
  | \w+
  | \.{{2,}} | -{{2,}} | `` | ''
  | [^\w\s]
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_TERMINAL = re.compile(r"[.!?…]+")
_CLOSING = "\"”’')]»"
_OPENING = "\"“‘'([«”"
_STRAIGHT = "\"'”’"  # marks that some pages print on both sides
_SUFFIXES = ("nya", "Nya", "ku", "mu")
_PREFIXES = frozenset({"anti", "Anti", "pro", "Pro", "non", "eks", "Eks", "se", "Se"})
_LAST_WORDS = frozenset({"dll.", "dsb.", "dst.", "dkk.", "tsb."})  # abbreviations that may end a sentence


def find_tokens(text: str) -> Iterator[Span]:
    """Yield the words and punctuation marks of a paragraph in order; nothing but white space lies between."""
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() < end:
            continue  # its full stop was taken by the word before
        for start, stop in _parts(match.group(), match.start()):
            end = stop + (text[stop : stop + 1] == "." and _keeps_stop(text, start, stop))
            yield Span(start, end)


def find_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph with their tokens."""
    tokens = list(find_tokens(text))
    first = 0
    for last in range(len(tokens)):
        if last + 1 == len(tokens) or _ends_sentence(text, tokens, first, last):
            yield Sentence(Span(tokens[first].start, tokens[last].end), tuple(tokens[first : last + 1]))
            first = last + 1


def _parts(word: str, at: int) -> Iterator[tuple[int, int]]:
    """Take apart what is joined by a hyphen without being one word."""
    cut = _joint(word)
    if cut is None:
        yield at, at + len(word)
        return
    yield at, at + cut
    yield at + cut, at + cut + 1
    yield from _parts(word[cut + 1 :], at + cut + 1)


def _joint(word: str) -> int | None:
    """Where the hyphen stands that joins two words (``Widodo-Jusuf``, ``APBD-nya``); None without one."""
    if "-" not in word or "." in word or "@" in word:
        return None
    for hyphen in (i for i, c in enumerate(word) if c == "-"):
        left, right = word[:hyphen].rsplit("-", 1)[-1], word[hyphen + 1 :].split("-", 1)[0]
        if left and right and _are_two_words(left, right):
            return hyphen
    return None


def _are_two_words(left: str, right: str) -> bool:
    """Whether a hyphen joins two words: a name and ``-nya``, two names, ``anti`` and a name."""
    if right in _SUFFIXES:
        return left[0].isupper()
    if not right[0].isupper() or left.casefold() == right.casefold():
        return False
    if left.isupper() or right.isupper():
        return min(len(left), len(right)) > 1 and left[0].isupper()
    return left in _PREFIXES or (left.istitle() and min(len(left), len(right)) > 3)


def _keeps_stop(text: str, start: int, end: int) -> bool:
    """Whether the full stop after ``text[start:end]`` is part of it."""
    word = text[start:end]
    if text[end + 1 : end + 2] == "." or not _WORD.fullmatch(word):
        return False
    if len(word) == 1 and word.isupper():  # an initial, before or after a name
        before, after = text[:start].rstrip()[-1:], text[end + 1 : end + 3].strip()[:1]
        return (after.isalpha() or after == ",") and (before.isalpha() or before in {"", ".", '"', "“", "("})
    return word.lower() in word_set("stopped") and word not in {"H", "NO", "HAL", "ST"}


def _ends_sentence(text: str, tokens: list[Span], first: int, last: int) -> bool:
    """Whether the sentence that began with token `first` ends with token `last`; another token follows."""
    here, following = tokens[last].of(text), tokens[last + 1]
    if not _is_terminal(text, tokens, first, last):
        return False
    glued = tokens[last].end == following.start
    mark = following.of(text)
    if glued and mark in _CLOSING and _closes(text, following.start):
        return False  # the closing mark still belongs to it
    if _TERMINAL.fullmatch(mark) and glued:
        return False
    return _may_begin(text, tokens, last + 1) and not (glued and here[-1] in ".…" and mark[0].isdigit())


def _is_terminal(text: str, tokens: list[Span], first: int, last: int) -> bool:
    """Whether token `last` is a sentence's mark, or a closing mark glued to one."""
    at = last
    while at > first and tokens[at].of(text) in _CLOSING and tokens[at - 1].end == tokens[at].start:
        if not _closes(text, tokens[at].start):
            break
        at -= 1
    word = tokens[at].of(text)
    if word in _LAST_WORDS:
        return True
    if not _TERMINAL.fullmatch(word):
        return False
    numbering = at == first + 1 and tokens[first].of(text).isdigit() and len(tokens[first]) < 3
    loose = (
        word[0] in ".…"
        and len(word) + (word == "…") > 1
        and at > first
        and tokens[at - 1].end < tokens[at].start
    )
    return not numbering and not loose


def _may_begin(text: str, tokens: list[Span], at: int) -> bool:
    """Whether a sentence may begin with token `at`: a capital or digit, marks before it left out."""
    while at < len(tokens) and tokens[at].of(text) in {*_OPENING, "-", "–", "—", "•", "*", "#", "@"}:
        at += 1
    if at == len(tokens):
        return False
    initial = tokens[at].of(text)[0]
    marked = at > 0 and tokens[at - 1].of(text) == "("
    return initial.isupper() or initial.isdigit() or marked


def _closes(text: str, at: int) -> bool:
    """Whether the mark at `at`, glued to what is before it, closes: by shape, what follows, parity."""
    mark = text[at]
    if mark not in _STRAIGHT:
        return True
    following = text[at + 1 : at + 2]
    if not following or following.isspace() or not following.isalnum():
        return True
    if mark in "”’":
        return "“" in text or "‘" in text or text[: at + 1].count(mark) % 2 == 0
    return text[: at + 1].count(mark) % 2 == 0
