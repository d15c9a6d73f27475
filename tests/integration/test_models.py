"""The packaged models, as an installed kb uses them."""

from __future__ import annotations

import hashlib
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_annotate import load_plain, read_document, read_tagged
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.annotate import Annotator, load_annotator
from kb.annotate.files import MODEL_NAMES, find_model_folder
from kb.annotate.tagger import load_tagger
from kb.errors import ModelMissing
from kb.model import Article, Dateline, Document, EntityType, Span

LIMIT = 45_000_000  # bytes, all models together
STORY = (
    "KUPANG, WARTA SAMUDRA - Wali Kota Kupang Yohana Taneo mengatakan, Dinas Kelautan akan menutup pelabuhan "
    "Tenau mulai Senin (3/2). “Kami tidak punya pilihan,” kata Yohana.\n\n"
    "“Apakah nelayan sudah diberi tahu?” tanya anggota DPRD Markus Bessie. Ia meminta Pemerintah Provinsi "
    "Nusa Tenggara Timur turun tangan."
)


def make_article(body: str, *, dateline: Dateline | None = None) -> Article:
    sha256 = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id="satu", body=body, raw_text=body, raw_sha256=sha256, dateline=dateline)


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return load_annotator()


@pytest.fixture(scope="session")
def read(annotator: Annotator) -> Callable[[str], Document]:
    return lambda body: annotator.annotate([make_article(body)])[0]


def names(document: Document, kind: EntityType) -> set[str]:
    return {m.span.of(document.body) for m in document.mentions if m.type == kind}


def test_names_of_a_story_are_found(annotator: Annotator) -> None:
    """People, organisations and places of a plain news story are found, titles left out."""
    dateline = Dateline(Span(0, 23), "KUPANG", "Warta Samudra")
    (document,) = annotator.annotate([make_article(STORY, dateline=dateline)])
    assert names(document, EntityType.PER) == {"Yohana Taneo", "Yohana", "Markus Bessie"}
    assert names(document, EntityType.LOC) >= {"KUPANG", "Kupang"}
    assert names(document, EntityType.ORG) >= {"WARTA SAMUDRA", "Dinas Kelautan", "DPRD"}


def test_sentences_of_a_story_are_found(read: Callable[[str], Document]) -> None:
    """A quoted question and its tag are one sentence; a paragraph ends one."""
    document = read(STORY)
    assert [s.span.of(document.body)[-20:] for s in document.sentences][-2:] == [
        " DPRD Markus Bessie.",
        " Timur turun tangan.",
    ]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Kami dibantu dr. Ani Lestari.|Ia tiba pagi tadi.", id="dr."),
        pytest.param("Prof. Dr. H. Ahmad Rifai, M.Si. hadir.|Ia didampingi Ir. Budi.", id="degrees"),
        pytest.param("Harga beras naik menjadi Rp 1.250 per ons.|Warga mengeluh.", id="money"),
        pytest.param(
            "Harganya Rp1,5 miliar (naik 2,5 persen).|“Mahal!” kata Ani.", id="a mark opens the next"
        ),
        pytest.param("KUPANG, KOMPAS.com - Wali Kota Kupang datang.|Ia bicara singkat.", id="dateline"),
        pytest.param("“Kami siap.|Kami akan datang,” kata Budi.|Ia lalu pergi.", id="inside a quotation"),
        pytest.param('"Apa benar?" tanya Ani.|"Benar," jawab Budi.', id="a tag behind a question"),
        pytest.param("Kata dia, 'Saya setuju.'|Lalu ia diam.", id="a closing mark belongs to its sentence"),
        pytest.param(
            "Sidang digelar Rabu (12/3/2025) pukul 10.30 WIB.|Hakim menunda sidang.", id="date and hour"
        ),
        pytest.param("PT Maju Jaya Tbk. untung besar.|Sahamnya naik.", id="Tbk."),
        pytest.param("Ia lahir di Solo, 3 Mei 1970...|Kini ia tinggal di Bali.", id="three dots"),
    ],
)
def test_sentences_end_where_news_ends_them(read: Callable[[str], Document], marked: str) -> None:
    """Abbreviations, numbers, datelines and quotation marks end no sentence that goes on."""
    document = read(marked.replace("|", " "))
    assert [s.span.of(document.body) for s in document.sentences] == marked.split("|")


def test_a_lost_space_parts_sentences(read: Callable[[str], Document]) -> None:
    """A full stop glued to the next sentence's first word still ends a sentence."""
    document = read("Ia pulang.Kemudian Ani datang lagi.")
    assert [s.span.of(document.body) for s in document.sentences] == [
        "Ia pulang.",
        "Kemudian Ani datang lagi.",
    ]


def test_many_articles_are_read_as_one_by_one(annotator: Annotator) -> None:
    """What is found in an article depends on its body alone, and the order is kept."""
    bodies = [STORY, "Putri pulang ke Solo.", "", STORY.replace("Kupang", "Ende")]
    together = annotator.annotate([make_article(body) for body in bodies])
    assert together == [annotator.annotate([make_article(body)])[0] for body in bodies]
    assert [document.body for document in together] == bodies


def test_the_dateline_is_carried_over(annotator: Annotator) -> None:
    """A document knows the span of its article's dateline."""
    (document,) = annotator.annotate([make_article(STORY, dateline=Dateline(Span(0, 23), "KUPANG"))])
    assert document.dateline == Span(0, 23)


@pytest.mark.parametrize("body", ["", " ", "\n\n", "\u200b"])
def test_a_body_without_words_has_no_mentions(read: Callable[[str], Document], body: str) -> None:
    """Nothing is found in nothing."""
    assert read(body).mentions == ()


ODD = st.text(
    alphabet=st.sampled_from("aBé .,!?\"“”’'-–/()0 \n\u0097\u00a0\u200b\ufeff漢字😀\u0301\u202e")
    | st.characters(),
    max_size=80,
)


@settings(max_examples=100, deadline=None)
@given(body=ODD)
def test_tokens_cover_any_body(read: Callable[[str], Document], body: str) -> None:
    """On any text tokens are slices in order, not empty, with nothing but white space between."""
    assert_covered(read(body))


def assert_covered(document: Document) -> None:
    body, end = document.body, 0
    for token in (token for sentence in document.sentences for token in sentence.tokens):
        assert token.start >= end
        assert token.of(body).strip()
        assert not body[end : token.start].strip()
        end = token.end
    assert not body[end:].strip()
    for mention in document.mentions:
        assert mention.span.of(body).strip() == mention.span.of(body) != ""
        assert "\n" not in mention.span.of(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("a" * 3_000, id="no space"),
        pytest.param("?!.," * 500, id="only marks"),
        pytest.param("Budi pergi ke Solo. " * 1_000, id="one long paragraph"),
        pytest.param("Budi dan Ani " * 600, id="no sentence end"),
    ],
)
def test_unlikely_bodies_are_covered(read: Callable[[str], Document], body: str) -> None:
    """Length and shape of a body do not matter."""
    assert_covered(read(body))


SHAPES = [
    "Budi pergi ke Solo.\n\n“Saya senang.”\n\nIa pulang  ke\u00a0Kupang (NTT).",
    "Kirim ke redaksi@kabarpagi.com atau https://kabarpagi.com/kirim?id=3, kata Ani.",
    " ".join(["Wali Kota Kupang Yohana Taneo bicara di Tenau."] * 40),  # more than a window
    "Tanpa titik " * 100,
    "x" * 1_200 + " dan Budi",
    "Mata uang €, huruf 漢字, emoji 😀 dan tanda ½.",
    "A.\n \n\u0085\nB.",
]


@pytest.mark.slow
def test_tags_are_those_of_plain_stanza() -> None:
    """However bodies are batched, words, sentences and tags are what a `stanza.Pipeline` gives for each alone."""
    folder = find_model_folder()
    plain, ours = load_plain(folder), load_tagger(folder)
    samples = sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.txt"))
    bodies = [*SHAPES, STORY, *(path.read_text("utf-8") for path in samples)]
    assert list(map(read_tagged, ours(bodies))) == [read_document(plain(body)) for body in bodies]


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading and annotating open no socket."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    (document,) = load_annotator().annotate([make_article("Putri pulang ke Solo.")])
    assert document.sentences


def test_the_models_are_named_by_their_hashes(annotator: Annotator) -> None:
    """An annotator says which packages and which files are behind it."""
    folder = find_model_folder()
    assert set(annotator.packages) == {"stanza", "torch"}
    for name in MODEL_NAMES:
        assert annotator.models[name] == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_the_models_are_small() -> None:
    """The package stays light enough to install anywhere."""
    assert sum((find_model_folder() / name).stat().st_size for name in MODEL_NAMES) < LIMIT


def test_the_models_tell_no_path() -> None:
    """A model file names no folder of the machine it was trained on."""
    for name in MODEL_NAMES:
        content = (find_model_folder() / name).read_bytes()
        assert not any(root in content for root in (b"/work", b"/home", b"/root", b"/tmp", b"saved_models"))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """A damaged file is told in one line when the annotator is asked for."""
    folder = shutil.copytree(find_model_folder(), tmp_path / "models")
    (folder / "ner.pt").write_bytes(b"no model")
    with pytest.raises(ModelMissing, match=r"ner\.pt: the model file is damaged"):
        load_annotator(folder)
