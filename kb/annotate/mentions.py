"""Tagged tokens -> mentions: decode the tags, then trim what the guideline keeps out of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kb.annotate.sentences import TaggedToken
from kb.lexicon import word_list, word_set
from kb.model import EntityType, Mention, Span
from kb.names import is_degree, role_short_forms, strip_titles

_OUTER = re.compile(r"[\s\"“”„‘’'`«»,;:!?()\[\]{}–—\-_*•/|]")
_GOVERNMENT = re.compile(
    r"Pemerintah(?:an)?\s+(?!(?:Provinsi|Prov|Kota|Kabupaten|Kab|Daerah|Pusat|Desa|Kecamatan|Kelurahan|Nagari|DKI)\b)(?=[A-Z])"
)
_CLOSES = {")": "(", "]": "["}


def find_mentions(body: str, tagged: Sequence[Sequence[TaggedToken]]) -> tuple[Mention, ...]:
    """Return the names in text order; they do not overlap and none crosses a paragraph."""
    found: list[Mention] = []
    for tokens in tagged:
        for mention in _decode(tokens):
            for trimmed in _trim(body, mention.span):
                span = _without_title(body, trimmed) if mention.type is EntityType.PER else trimmed
                if mention.type is EntityType.PER and not _can_name_person(span.of(body)):
                    continue
                if not found or found[-1].span.end <= span.start:
                    found.append(_without_government(body, Mention(span, mention.type)))
    return tuple(found)


def _can_name_person(text: str) -> bool:
    """Whether a text can be a person's name: no editor's initials (`rhm`), bare office, day, pronoun or degree."""
    written = any(c.isupper() or c == "@" for c in text)
    folded = text.casefold()
    office = folded in word_set("never_people") or folded in role_short_forms()
    return written and not office and not ("." in text and is_degree(text))


def _decode(tokens: Sequence[TaggedToken]) -> Iterator[Mention]:
    """Yield the names of a BIOES tagging; a broken one is read as far as it goes."""
    start: int | None = None
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        place, _, kind = token.tag.partition("-")
        if not kind:
            start = None
            continue
        if start is None or place in {"B", "S"}:
            start = token.span.start
        goes_on = following is not None and following.tag in {f"I-{kind}", f"E-{kind}"}
        if not goes_on or place in {"E", "S"}:
            yield Mention(Span(start, token.span.end), EntityType(kind))
            start = None


def _trim(body: str, span: Span) -> Iterator[Span]:
    """Yield the span without outer marks, cut at the end of its paragraph; nothing if none is left."""
    line_end = body.find("\n", span.start, span.end)
    start, end = span.start, line_end if line_end > span.start else span.end
    while start < end and _OUTER.match(body[start]):
        start += 1
    while start < end and _OUTER.match(body[end - 1]) and not _is_balanced(body, start, end):
        end -= 1
    if any(c.isalnum() for c in body[start:end]):
        yield Span(start, end)


def _without_title(body: str, span: Span) -> Span:
    """Return the span of a person's name without leading titles; a nickname keeps its own (``Gus Dur``)."""
    name = span.of(body)
    bare = strip_titles(name)
    if bare == name or not name.endswith(bare):
        return span
    title, *others = name.split()
    if len(others) == 1 and title in _nickname_titles():
        return span
    return Span(span.end - len(bare), span.end)


def _without_government(body: str, mention: Mention) -> Mention:
    """Return the country of `Pemerintah Indonesia`, a place; a government of a lower level is an organisation."""
    match = _GOVERNMENT.match(body, mention.span.start, mention.span.end)
    if mention.type is EntityType.ORG and match:
        return Mention(Span(match.end(), mention.span.end), EntityType.LOC)
    return mention


@cache
def _nickname_titles() -> frozenset[str]:
    return frozenset(word_list("nickname_titles"))


def _is_balanced(body: str, start: int, end: int) -> bool:
    """Whether the last character closes a bracket that was opened inside the span (``PT Satu (Persero)``)."""
    opening = _CLOSES.get(body[end - 1])
    return opening is not None and opening in body[start:end]
