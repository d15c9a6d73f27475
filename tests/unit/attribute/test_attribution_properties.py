"""What holds for any text at all: spans are slices, nothing raises, neighbours do not matter, time is linear."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marked_text import document

from kb.attribute import attribute
from kb.model import Annotation, Attribution, Document, Span

NAMES = [
    "[PER Rina Wulan]",
    "[PER Rina]",
    "[PER Bima Kesuma]",
    "[PER Surya Kesuma]",
    "[PER Kesuma]",
    "[ORG Badan Pangan]",
    "[LOC Tarvania]",
]
CUES = [
    "kata",
    "katanya,",
    "ujar",
    "mengatakan",
    "mengatakan,",
    "menurut",
    "Menurut",
    "menurutnya",
    "membantah",
    "menyebut",
    "meminta",
    "disampaikan",
    "disebutkan,",
    "dikutip dari",
    "berbunyi,",
    "Demikian",
    "menulis:",
]
WORDS = [
    "dia",
    "Ia",
    "mereka",
    "pihaknya",
    "kami",
    "bahwa",
    "dan",
    "yang",
    "itu",
    "ketua",
    "seorang warga",
    "pria itu",
    "Rabu",
    "di Ambon",
    "harga beras naik",
    "jalan ditutup",
    "tidak",
    "nya",
    "Ōsaka",
    "1.250",
]
MARKS = ["“", "”", '"', "'", "‘", "’", "«", "»", ",", ".", "?", "!", ":", "(", ")", "—", "…", "\n\n"]

SENTENCES = st.lists(st.sampled_from(NAMES + CUES + WORDS + MARKS), min_size=1, max_size=60).map(" ".join)
"""News-like heaps of names, cues, words and marks."""

TEMPLATES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "“{c},” kata {s}. ",
                "”{c},” ujarnya. ”{c}.” ",
                '{s} mengatakan, {c}. "{c}," tambahnya. ',
                "Menurut {s}, {c}. ",
                "{c}, kata {s}, Rabu. ",
                "{s} bertemu {s}. ",
                "“{c}.\n\n“{c},” tutur {s}.\n\n",
                "Dia menyebut {c} “{c}”. ",
                "“{c},” kata {s}, “{c}.” ",
                "{c}.\n\n",
            ]
        ),
        st.sampled_from(NAMES),
        st.sampled_from(
            ["harga beras sudah naik", "Jalan itu akan ditutup", "kami tidak tahu", "Siapa yang datang"]
        ),
    ),
    min_size=1,
    max_size=8,
).map(lambda rows: "".join(t.format(s=s, c=c) for t, s, c in rows))
"""Texts of whole sentences that report speech."""

FRONT = "Hujan turun merata di lereng utara sejak pagi."
"""A paragraph with no name, no mark and no cue."""


def spans_of(a: Attribution) -> list[Span]:
    """Return all spans of an attribution."""
    return [s for s in (a.content, a.cue, a.speaker_mention, *a.evidence) if s is not None]


def check(read: Document, annotation: Annotation) -> None:
    """Assert all that is true of every annotation."""
    for a in annotation.attributions:
        assert all(0 <= s.start < s.end <= len(read.body) for s in spans_of(a))
        assert a.content.of(read.body) == a.content.of(read.body).strip()
        assert 0 <= a.confidence <= 1
        assert a.rule
        assert (a.speaker is None) == (a.speaker_type is None)
        assert a.speaker_entity is None or annotation.entities[a.speaker_entity].name == a.speaker
        assert all(0 <= c.score <= 1 and annotation.entities[c.entity] for c in a.candidates)
        for words in (a.medium, a.addressee, a.occasion):
            assert words is None or words in [span.of(read.body) for span in a.evidence]
    contents = [a.content for a in annotation.attributions]
    assert contents == sorted(contents)
    assert not any(one.overlaps(other) for one, other in pairwise(contents))


@example("“ [PER Rina Wulan] ” [PER Rina Wulan] menulis:")
@given(SENTENCES)
@example("menurut Menurut : [PER Rina Wulan] [PER Rina Wulan] membantah")
def test_spans_are_slices_in_any_heap_of_words(marked: str) -> None:
    """Every span is a non-empty slice of the body, and contents lie apart, in text order."""
    read = document(marked)
    check(read, attribute(read))


@given(TEMPLATES)
def test_spans_are_slices_in_reported_speech(marked: str) -> None:
    """Every span is a non-empty slice of the body, and contents lie apart, in text order."""
    read = document(marked.strip())
    check(read, attribute(read))


@given(st.one_of(st.text(), st.text(alphabet="“”\"'‘’«», .\nkataRina(:—")))
def test_no_text_is_too_strange(body: str) -> None:
    """Any text at all is read without an error, with sentences and without."""
    read = document(body.translate({ord("<"): "‹", ord(">"): "›"}))
    check(read, attribute(read))
    check(Document(body), attribute(Document(body)))


@given(TEMPLATES)
def test_the_same_text_is_read_the_same(marked: str) -> None:
    """Attribution is a function of its document."""
    assert attribute(document(marked)) == attribute(document(marked))


@given(TEMPLATES)
def test_a_paragraph_in_front_only_shifts_offsets(marked: str) -> None:
    """A paragraph without names, marks and cues changes nothing in what follows it."""
    alone = attribute(document(marked.strip()))
    behind = attribute(document(f"{FRONT}\n\n{marked.strip()}"))
    by = len(FRONT) + 2
    assert len(behind.attributions) == len(alone.attributions)
    for one, other in zip(alone.attributions, behind.attributions, strict=True):
        assert [Span(s.start + by, s.end + by) for s in spans_of(one)] == spans_of(other)
        assert (one.kind, one.rule, one.speaker, one.confidence) == (
            other.kind,
            other.rule,
            other.speaker,
            other.confidence,
        )


HEAPS = [
    pytest.param('"', id="straight marks"),
    pytest.param("“", id="opening marks"),
    pytest.param("”", id="closing marks"),
    pytest.param("' ", id="single marks"),
    pytest.param(",", id="commas"),
    pytest.param("ada, ", id="words and commas"),
    pytest.param("kata ", id="kata"),
    pytest.param("katanya, ", id="katanya"),
    pytest.param("menurut ", id="menurut"),
    pytest.param("dia mengatakan ", id="dia mengatakan"),
    pytest.param("[PER Rina] ", id="names"),
    pytest.param("[PER Rina] dan ", id="joined names"),
    pytest.param("“Ya, benar sekali,” kata [PER Rina]. ", id="quotations"),
    pytest.param("[PER Rina] mengatakan, harga naik. ", id="clauses"),
    pytest.param("“Ya, kata [PER Rina], ", id="marks never closed"),
    pytest.param("(a ", id="brackets"),
    pytest.param("“Ya.\n\n", id="paragraphs left open"),
]


def seconds(heap: Document) -> float:
    """Return the least processor time that reading a document takes, of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        attribute(heap)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HEAPS)
def test_time_grows_with_the_length(unit: str) -> None:
    """Four times a heap of anything takes far less than the sixteen times of a quadratic reader."""
    small, large = (document((unit * (n // len(unit))).strip()) for n in (4_000, 16_000))
    assert seconds(large) < 8 * seconds(small) + 0.05


@pytest.mark.slow
@pytest.mark.parametrize("unit", HEAPS)
def test_a_hundred_kilobytes_are_read_in_seconds(unit: str) -> None:
    """The longest article of repetitions that anybody pastes does not hang the reader."""
    start = time.process_time()
    attribute(document((unit * (100_000 // len(unit))).strip()))
    assert time.process_time() - start < 15
