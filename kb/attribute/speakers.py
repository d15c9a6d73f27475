"""Who a speaker phrase stands for, by the state of the article's conversation.

A name is one of the article's entities, a description its bearer, and what points back stands for whoever has the
floor (`kb.attribute.floor`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from kb.attribute.bearers import choose_bearer, find_bearers, role_before, role_beside
from kb.attribute.coreference import Entities, find_entity
from kb.attribute.drafts import Draft
from kb.attribute.floor import NOBODY, Floor, Row, Speaker, Wanted
from kb.attribute.introductions import Standing, find_introduced
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.subjects import sentence_subject
from kb.lexicon import word_list, word_set
from kb.model import Candidate, EntityType, QuoteKind, Span, SpeakerType

REACH = 3
"""How many sentences back a person who never spoke is looked for."""


@dataclass
class Conversation:
    """Who has the floor at each place of one article; speakers are told to it in text order."""

    reading: Reading
    entities: Entities

    def __post_init__(self) -> None:
        self._sentence_starts = [s.start for s in self.reading.sentences]
        self._floor = Floor(self._sentence_starts)
        self.bearers = tuple(find_bearers(self.reading, self.entities.of))
        for phrase, standing in find_introduced(self.reading):
            speaker = self._introduced(phrase)
            if speaker.name is not None:
                self._floor.enter(Row(phrase.span.start, standing, speaker))

    def _introduced(self, phrase: Phrase) -> Speaker:
        if phrase.kind is PhraseKind.JOINT:
            return self._joint(phrase)
        if phrase.mention is not None:
            return self._named(phrase)
        speaker = self._described(phrase, phrase.span.start)
        return replace(speaker, many=speaker.many or speaker.type is SpeakerType.OTHER)

    def _joint(self, phrase: Phrase) -> Speaker:
        return Speaker(phrase.span.of(self.reading.body), SpeakerType.OTHER, how="joint", many=True)

    def tell(self, draft: Draft, speaker: Speaker) -> None:
        """Give the floor to a draft's speaker from its cue on."""
        if speaker.name is not None and not draft.rule.endswith(("-relay", "-noun-first")):
            position = draft.cue.start if draft.cue else draft.content.start
            quoted = replace(speaker, quoted=draft.kind is QuoteKind.DIRECT)
            self._floor.enter(Row(position, Standing.SPOKE, quoted))

    def resolve(self, draft: Draft) -> Speaker:
        """Return who speaks in a draft."""
        phrase = draft.phrase
        if phrase is None:
            return self._carried(draft) if draft.carries or draft.leads else NOBODY
        if phrase.kind is PhraseKind.SUFFIX:
            return self._pointed_back(draft)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._pronoun(phrase, draft.anchor)
        if phrase.kind is PhraseKind.JOINT:
            return self._joint(phrase)
        if phrase.kind is PhraseKind.ROLE:
            return self._described(phrase, draft.anchor)
        return self._named(phrase)

    def _pointed_back(self, draft: Draft) -> Speaker:
        """Return whom -nya stands for; behind words as said rather a person than an organisation only paraphrased."""
        wanted = self._wanted(draft)
        if draft.kind is QuoteKind.DIRECT:
            person = self._holder(draft.anchor, replace(wanted, quoted_organisations=True))
            if person.how == "floor" or self._says_i(draft):
                return person
        return self._holder(draft.anchor, replace(wanted, organisations=True))

    def _carried(self, draft: Draft) -> Speaker:
        wanted = self._wanted(draft)
        opens = wanted.opens and draft.rule == "direct-floating"
        wanted = replace(wanted, many=None, organisations=not self._says_i(draft), opens=opens)
        speaker = self._holder(draft.anchor, wanted)
        how = "carried" if speaker.name is not None else speaker.how
        return replace(speaker, role=None, how=how)

    def _wanted(self, draft: Draft) -> Wanted:
        """Return whom the words of a draft leave possible: not those whom they name, if they stand as said."""
        inside = self.reading.mentions_in(draft.content) if draft.kind is QuoteKind.DIRECT else ()
        return Wanted(
            opens=self._follows_on(draft), others_than=frozenset(self.entities.of[i] for i in inside)
        )

    def _says_i(self, draft: Draft) -> bool:
        """Whether the words as said are those of one person, not of an organisation (`saya`)."""
        words = self.reading.words
        places = self.reading.words_in(draft.content) if draft.kind is QuoteKind.DIRECT else ()
        return any(words[i].lower in ("saya", "aku") for i in places)

    def _follows_on(self, draft: Draft) -> bool:
        """Whether a sentence of its own paragraph stands before a draft (`Rina mengambil pelantang. “…,” katanya`)."""
        n = bisect_left(self._sentence_starts, draft.anchor)
        number = self.reading.paragraph_number
        return n > 0 and number(self._sentence_starts[n - 1]) == number(draft.anchor)

    def _holder(self, position: int, wanted: Wanted) -> Speaker:
        """Return who has the floor at a position; where nobody has, the only one named in the last sentences."""
        holder = next(self._floor.holders(position, wanted), None)
        if holder is None and wanted.others_than:
            holder = next(self._floor.holders(position, replace(wanted, others_than=frozenset())), None)
        if holder is not None:
            return replace(holder, role=None, how="floor")
        if wanted.many:
            return NOBODY
        nearest = self._nearest(position)
        organisation = self._organisation_before(position, EntityType.ORG) if wanted.organisations else None
        return organisation if organisation and nearest.name is None and not nearest.candidates else nearest

    def _nearest(self, position: int) -> Speaker:
        """Return the only person named in the last sentences; several leave it open."""
        sentences = self.reading.sentences
        n = bisect_left(self._sentence_starts, position)
        low = sentences[max(0, n - REACH)].start if sentences else 0
        people = [
            self.entities.of[i]
            for i in self.reading.mentions_in(Span(low, position))
            if self.reading.mentions[i].type is EntityType.PER
            and not self.reading.quoted_over(self.reading.mentions[i].span.start)
            and not self.reading.in_credit(self.reading.mentions[i].span.start)
        ]
        near = list(dict.fromkeys(reversed(people)))
        if len(near) == 1:
            row = self.entities.rows[near[0]]
            return Speaker(row.name, SpeakerType.PER, near[0], how="nearest")
        return Speaker(
            None, candidates=tuple(Candidate(e, round(0.6 / len(near), 2)) for e in near), how="open"
        )

    def _pronoun(self, phrase: Phrase, anchor: int) -> Speaker:
        lower = phrase.span.of(self.reading.body).lower()
        number = next((line.split()[1] for line in word_list("pronouns") if line.split()[0] == lower), "one")
        if number == "house":
            return self._holder(anchor, Wanted(many=None, organisations=True))
        opens = phrase.span.start == anchor
        return self._holder(anchor, Wanted(many=number == "many", opens=opens))

    def _named(self, phrase: Phrase) -> Speaker:
        body = self.reading.body
        place = phrase.role or self._role_beside(phrase)
        role = place.of(body) if place else None
        if self._is_possessor(phrase):
            whole = Span(phrase.role.start if phrase.role else phrase.span.start, phrase.span.end)
            return Speaker(whole.of(body), SpeakerType.OTHER, how="described")
        if phrase.mention is None:
            text = phrase.span.of(body)
            entity = find_entity(self.entities, text)
            if entity is None:
                return Speaker(text, SpeakerType.PER, role=role, how="untagged")
        else:
            entity = self.entities.of[phrase.mention]
        rivals = self.entities.rivals.get(entity)
        if rivals and phrase.mention is not None:
            bearer = self._bearing_rival(phrase, rivals)
            entity, rivals = (entity, rivals) if bearer is None else (bearer, None)
        heard = self._heard(len(body) + 1)
        spoken = [e for e in rivals or () if e in heard]
        if rivals and len(spoken) == 1:
            row = self.entities.rows[spoken[0]]
            return Speaker(row.name, SpeakerType.PER, spoken[0], role, "rival-spoke")
        if rivals:
            share = round(1 / len(rivals), 2)
            return Speaker(
                None, role=role, candidates=tuple(Candidate(e, share) for e in rivals), how="rivals"
            )
        row = self.entities.rows[entity]
        kind = SpeakerType.PER if row.type is EntityType.PER else SpeakerType.ORG
        return Speaker(row.name, kind, entity, role)

    def _role_beside(self, phrase: Phrase) -> Span | None:
        person = phrase.mention is not None and self.reading.mentions[phrase.mention].type is EntityType.PER
        return role_beside(self.reading, phrase.span) if person else None

    def _bearing_rival(self, phrase: Phrase, rivals: tuple[int, ...]) -> int | None:
        """Return the one of several bearers of a short name who bears the role before it (`Presiden Kesuma`)."""
        called = role_before(self.reading, phrase.span.start)
        bearer = choose_bearer(self.bearers, called, phrase.span.start) if called else None
        return bearer if bearer in rivals else None

    def _is_possessor(self, phrase: Phrase) -> bool:
        """Whether the name in `kuasa hukum Rina` is the client's: a short form of somebody known before."""
        if phrase.role is None or phrase.mention is None:
            return False
        role = phrase.role.of(self.reading.body).lower().split()
        if not {" ".join(role[-2:]), role[-1], " ".join(role[:2]), role[0]} & word_set("relations"):
            return False
        form = phrase.span.of(self.reading.body)
        row = self.entities.rows[self.entities.of[phrase.mention]]
        return row.mentions[0] < phrase.mention and form != row.name

    def _described(self, phrase: Phrase, anchor: int) -> Speaker:
        """Resolve a description: its bearer in this article, the floor for `pria itu`, else the description itself."""
        text = phrase.span.of(self.reading.body)
        words = text.lower().split()
        heads = word_set("org_heads") | word_set("media_heads")
        if words[0] in heads and (
            words[-1] in word_set("definite") or (len(words) == 1 and text[1:].islower())
        ):
            organisation = self._last_organisation(words, phrase.span.start)
            if organisation is not None:
                return organisation
            holder = self._holder(anchor, Wanted(many=None, organisations=True))
            if holder.type is SpeakerType.ORG and words[-1] in word_set("definite"):
                return replace(holder, role=text, how="definite")
        if words[0] in word_set("org_heads"):
            return Speaker(text, SpeakerType.ORG, how="described")
        if words[0] in word_set("unnamed") or words[0] in word_set("plurals"):
            return Speaker(
                text, SpeakerType.OTHER, how="described", many=words[0] not in ("seorang", "salah")
            )
        before = self._described_before(words, phrase.span.start)
        if before is not None:
            return before
        bearer = None if "yang" in words else choose_bearer(self.bearers, words, phrase.span.start)
        if bearer is not None:
            row = self.entities.rows[bearer]
            return Speaker(row.name, SpeakerType.PER, bearer, text, "bearer")
        known = text.split()[0] in word_set("persons") and len(words) > 1
        aged = words[-1] == "tahun" and words[-2].isdigit()  # `Gelandang 26 tahun menilai`
        if words[-1] in word_set("definite") or known or aged:
            opens = phrase.span.start == anchor
            holder = self._holder(anchor, Wanted(opens=opens))
            if holder.name is not None:
                return Speaker(holder.name, holder.type, holder.entity, text, "definite")
        return Speaker(text, SpeakerType.OTHER, how="described")

    def _described_before(self, words: list[str], position: int) -> Speaker | None:
        """Return whom `petugas tersebut` stands for: the last unnamed speaker whose description has the word."""
        if words[-1] not in word_set("definite"):
            return None
        for speaker in self._floor.heard(position):
            unnamed = speaker.name if speaker.entity is None else None
            if unnamed and words[0] in unnamed.lower().split():
                return Speaker(speaker.name, speaker.type, how="definite", many=speaker.many)
        return None

    def _heard(self, position: int) -> set[int | None]:
        """Return the entities that spoke before a position."""
        return {speaker.entity for speaker in self._floor.heard(position)}

    def _last_organisation(self, words: list[str], position: int) -> Speaker | None:
        """Return what `kementerian itu` stands for: the last organisation that spoke, or whose name has the word."""
        head = words[0]
        spoken = self._heard(position)
        for i in reversed(self.reading.mentions_in(Span(0, position))):
            entity = self.entities.of[i]
            row = self.entities.rows[entity]
            spoke = entity in spoken
            state = head == "negara" and row.type is EntityType.LOC and spoke
            named = row.type is EntityType.ORG and (spoke or head in row.name.lower().split())
            if state or named:
                return Speaker(row.name, SpeakerType.ORG, entity, how="definite")
        if words[-1] not in word_set("definite"):
            return None
        return self._organisation_before(position, EntityType.LOC if head == "negara" else EntityType.ORG)

    def _organisation_before(self, position: int, kind: EntityType) -> Speaker | None:
        """Return the organisation (or state) that is the subject of the sentence before a position's own."""
        n = bisect_right(self._sentence_starts, position) - 2
        phrase = sentence_subject(self.reading, self.reading.sentences[n]) if n >= 0 else None
        if phrase is None or phrase.mention is None or self.reading.mentions[phrase.mention].type is not kind:
            return None
        entity = self.entities.of[phrase.mention]
        return Speaker(self.entities.rows[entity].name, SpeakerType.ORG, entity, how="definite")
