"""The joiner: one document in, its entities and attributions out.

reading      words, paragraphs, quotations, sentences that respect them
entities     the article's own entities
drafts       direct speech first, then reported clauses around it
conversation each draft's speaker, in text order
confidence   how sure each attribution is
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.attribute.bearers import Bearer
from kb.attribute.confidence import score_confidence
from kb.attribute.coreference import group_mentions
from kb.attribute.direct import find_direct
from kb.attribute.drafts import Draft
from kb.attribute.floor import Speaker
from kb.attribute.indirect import find_indirect
from kb.attribute.interviews import find_interviews
from kb.attribute.occasions import choose_addressee, choose_occasion
from kb.attribute.phrases import PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.relays import choose_medium
from kb.attribute.speakers import Conversation
from kb.model import Annotation, Attribution, Document, EntityType, LocalEntity, Span


def attribute(document: Document) -> Annotation:
    """Find who is reported as saying what in a document. Pure; linear in the body's length."""
    reading = Reading(document)
    entities = group_mentions(document.body, document.mentions)
    direct = [*find_direct(reading), *find_interviews(reading)]
    drafts = _apart([*direct, *find_indirect(reading, direct)])
    conversation = Conversation(reading, entities)
    found = _attributions(reading, conversation, drafts)
    n_people = sum(row.type is EntityType.PER for row in entities.rows)
    sure = (replace(one, confidence=score_confidence(one, reading.body, n_people)) for one in found)
    called = _with_roles(reading, entities.rows, conversation.bearers)
    return Annotation(document.sentences, document.mentions, called, tuple(sure))


def _with_roles(
    reading: Reading, rows: Sequence[LocalEntity], bearers: Iterable[Bearer]
) -> tuple[LocalEntity, ...]:
    """Return the article's entities with what it calls them, each role once, in text order.

    Words that name another person are that person's (`Rina, Bupati Rantau Budi`).
    """
    roles: dict[int, dict[str, None]] = {}
    for bearer in sorted(bearers, key=lambda bearer: bearer.position):
        named = (reading.mentions[i] for i in reading.mentions_in(bearer.span))
        if any(mention.type is EntityType.PER for mention in named):
            continue
        roles.setdefault(bearer.entity, {})[" ".join(bearer.role)] = None
    return tuple(replace(row, roles=tuple(roles.get(i, ()))) for i, row in enumerate(rows))


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts in text order, without those whose content runs into the one before."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.content.start, d.content.end)):
        if not kept or kept[-1].content.end <= draft.content.start:
            kept.append(draft)
    return kept


def _attributions(reading: Reading, conversation: Conversation, drafts: list[Draft]) -> list[Attribution]:
    found, waiting = [], []
    for draft in sorted(drafts, key=_order):
        if draft.leads:
            waiting.append(draft)
            continue
        speaker = conversation.resolve(draft)
        conversation.tell(draft, speaker)
        if draft.phrase is not None:
            found += [_attribution(reading, one, speaker) for one in waiting]
            waiting = []
        found.append(_attribution(reading, draft, speaker))
    found += [_attribution(reading, one, conversation.resolve(one)) for one in waiting]
    return sorted(found, key=lambda a: (a.content.start, a.content.end))


def _order(draft: Draft) -> tuple[int, int]:
    """Drafts are resolved in the order in which a reader meets them."""
    return draft.anchor, draft.content.start


def _attribution(reading: Reading, draft: Draft, speaker: Speaker) -> Attribution:
    phrase = draft.phrase
    mention = phrase.span if phrase and phrase.kind is not PhraseKind.NONE else None
    medium = choose_medium(reading, draft)
    addressee, occasion = choose_addressee(reading, draft), choose_occasion(reading, draft)
    evidence = [span for span in (draft.cue, mention, medium, addressee, occasion) if span is not None]
    return Attribution(
        kind=draft.kind,
        content=draft.content,
        rule=f"{draft.rule}/{speaker.how}",
        confidence=0.0,  # `attribute` sets it when the whole article is known
        cue=draft.cue,
        polarity=draft.polarity,
        speaker=speaker.name,
        speaker_type=speaker.type,
        speaker_mention=mention,
        speaker_entity=speaker.entity,
        role=speaker.role,
        medium=_text(reading, medium),
        addressee=_text(reading, addressee),
        occasion=_text(reading, occasion),
        candidates=speaker.candidates,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _text(reading: Reading, span: Span | None) -> str | None:
    return None if span is None else span.of(reading.body)
