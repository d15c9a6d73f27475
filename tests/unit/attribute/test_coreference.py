"""The mentions of one article are grouped to its own entities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import document

from kb.attribute.coreference import Entities, find_entity, group_mentions


def entities_of(marked: str) -> Entities:
    """Return the entities of a marked-up text."""
    read = document(marked)
    return group_mentions(read.body, read.mentions)


def names(marked: str) -> list[str]:
    """Return the fullest names of a text's entities, in text order."""
    return [row.name for row in entities_of(marked).rows]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        pytest.param("[PER Sari Wangi] pulang. [PER Sari Wangi] tidur.", "Sari Wangi", id="printed alike"),
        pytest.param("[PER Sari Ayu Wangi] pulang. [PER Sari] tidur.", "Sari Ayu Wangi", id="first name"),
        pytest.param("[PER Sari Ayu Wangi] pulang. [PER Ayu] tidur.", "Sari Ayu Wangi", id="middle name"),
        pytest.param("[PER Sari Ayu Wangi] pulang. [PER Wangi] tidur.", "Sari Ayu Wangi", id="last name"),
        pytest.param(
            "[PER Sari Ayu Wangi] pulang. [PER Sari Wangi] tidur.", "Sari Ayu Wangi", id="two of three"
        ),
        pytest.param("[PER Sari] pulang. [PER Sari Wangi] tidur.", "Sari Wangi", id="the short one first"),
        pytest.param(
            "[PER Sari] dan [PER Sari Wangi] dan [PER Sari Ayu Wangi].",
            "Sari Ayu Wangi",
            id="each in the next",
        ),
        pytest.param("[PER SARI WANGI] pulang. [PER Sari Wangi] tidur.", "Sari Wangi", id="capitals"),
        pytest.param("[PER Zoë Brücke] pulang. [PER Zoe Brucke] tidur.", "Zoë Brücke", id="diacritics"),
        pytest.param("[PER Kim Dae Sung] pulang. [PER Kim Dae-sung] tidur.", "Kim Dae Sung", id="hyphens"),
        pytest.param("[PER Syafi'i Lubis] pulang. [PER Syafi’i] tidur.", "Syafi'i Lubis", id="apostrophes"),
        pytest.param("[PER Dr. Sari Wangi] pulang. [PER Bu Sari] tidur.", "Sari Wangi", id="titles"),
        pytest.param("[PER Sari Wangi, M.Si.] pulang. [PER Sari] tidur.", "Sari Wangi", id="degrees"),
        pytest.param(
            "[PER Sari Wangi] pulang. [PER S. Wangi] tidur.",
            "Sari Wangi",
            id="initial",
            marks=pytest.mark.xfail(strict=True, reason="an initial makes a name no shorter in words"),
        ),
        pytest.param(
            "[PER Rahmatullah Siregar] pulang. [PER Rahmat] tidur.", "Rahmatullah Siregar", id="clipped"
        ),
        pytest.param(
            "[PER Kusnadiyanto] pulang. [PER Kus] tidur.", "Kusnadiyanto", id="a single name clipped"
        ),
        pytest.param(
            "[PER M Aditama Bagus] pulang. [PER Adit] tidur.",
            "M Aditama Bagus",
            id="clipped behind an initial",
        ),
        pytest.param(
            "[PER Zulhaimin Lubis] pulang. Cak [PER Imin] tidur.", "Zulhaimin Lubis", id="clipped in front"
        ),
        pytest.param(
            "[PER Samuel Pangaribuan] pulang. [PER Semuel] tidur.", "Samuel Pangaribuan", id="misprinted"
        ),
        pytest.param(
            "[PER Haitham Abdulkarim] pulang. [PER Haitham Abdulkareem] tidur.",
            "Haitham Abdulkarim",
            id="spelt otherwise",
            marks=pytest.mark.xfail(strict=True, reason="two letters differ"),
        ),
        pytest.param(
            "[PER Putri Kirana Wardani] pulang. [PER Putri KW] tidur.",
            "Putri Kirana Wardani",
            id="with initials",
        ),
        pytest.param(
            "[PER Saiful Anwar] (Gus [PER Pul]) pulang. Gus [PER Pul] tidur.", "Saiful Anwar", id="Gus"
        ),
        pytest.param(
            "[PER Krisnawati] ([PER KW]) pulang. [PER KW] tidur.", "Krisnawati", id="letters of one name"
        ),
        pytest.param(
            "[PER Wati], sapaan akrab [PER Sulastri Kencana], pulang.", "Sulastri Kencana", id="sapaan akrab"
        ),
        pytest.param(
            "[PER Hadi Sucipto] atau [PER FX Hadi] pulang. [PER FX Hadi] tidur. [PER FX Hadi] bangun.",
            "Hadi Sucipto",
            id="the form that others join, not the more frequent",
        ),
        pytest.param(
            "[ORG PT Samudra Jaya Tbk] ([ORG SMJY]) naik. [ORG SMJY] turun.",
            "PT Samudra Jaya Tbk",
            id="ticker",
        ),
        pytest.param(
            "[ORG Kementerian Luar Negeri] berduka. [ORG Kemlu RI] diam.",
            "Kementerian Luar Negeri",
            id="an abbreviation with the state",
        ),
        pytest.param("[PER Sugeng Wardoyo] alias [PER Gendon] kabur.", "Sugeng Wardoyo", id="alias"),
        pytest.param(
            "[PER Sugeng Wardoyo], akrab disapa [PER Gendon], kabur.", "Sugeng Wardoyo", id="akrab disapa"
        ),
        pytest.param("[PER Sugeng Wardoyo] atau [PER Gendon] kabur.", "Sugeng Wardoyo", id="atau"),
        pytest.param("[PER Setyo Novaldi] menang. [PER Setnov] tersenyum.", "Setyo Novaldi", id="blend"),
        pytest.param("[ORG KPK RI] rapat. [ORG KPK] bubar.", "KPK RI", id="a known body of the state"),
        pytest.param("[ORG Dewan Garam] ([ORG DG]) rapat. [ORG DG] bubar.", "Dewan Garam", id="brackets"),
        pytest.param(
            "[ORG Serikat Guru Mandiri] rapat. [ORG SGM] bubar.", "Serikat Guru Mandiri", id="initials"
        ),
        pytest.param(
            "[ORG Perserikatan Bangsa-Bangsa] rapat. [ORG PBB] bubar.",
            "Perserikatan Bangsa-Bangsa",
            id="known short form",
        ),
        pytest.param(
            "[LOC Papua Nugini] merdeka. [LOC PNG] kaya emas.", "Papua Nugini", id="known short place"
        ),
        pytest.param(
            "[ORG Partai Bahari] menang. [ORG Bahari] bersorak.", "Partai Bahari", id="without its kind"
        ),
    ],
)
def test_forms_of_one_name_are_one_entity(marked: str, name: str) -> None:
    """Parts, capitals, titles, nicknames and abbreviations join their fullest form."""
    assert names(marked) == [name]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("[PER Sulaiman] lahir di [LOC Sulaiman].", id="person and place"),
        pytest.param("[PER Budi] bertemu [PER Budiman Sudrajat].", id="part of a word"),
        pytest.param("[PER Sari Wangi] bertemu [PER Sari Ningsih].", id="same first name"),
        pytest.param("[PER Surya Kesuma] bertemu [PER Bima Kesuma].", id="same last name"),
        pytest.param("[PER Sari Wangi] dan [PER Dewi Lestari].", id="joined by dan"),
        pytest.param("[LOC Aceh] dan [LOC Aceh Besar].", id="a place inside another's name"),
        pytest.param("[ORG Bank Bahari] dan [ORG Bank Bahari Syariah].", id="a daughter company"),
        pytest.param(
            "[ORG TNI Angkatan Sungai] latihan. [ORG TNI] mengamati.", id="a branch of a known body"
        ),
        pytest.param(
            "[ORG Dewan Air Perserikatan Bangsa-Bangsa] ([ORG PBB]) rapat.",
            id="a bracket that is short for its end",
        ),
        pytest.param("[LOC Papua] dan [LOC Papua Barat].", id="a province and its neighbour"),
        pytest.param("[PER Andi] bertemu [PER Andika Sitepu].", id="a short name that stands first"),
        pytest.param("[PER Budi Santoso] bertemu [PER Budi Susanto].", id="two letters apart"),
        pytest.param("[PER Rina] bertemu [PER Rini].", id="short names one letter apart"),
    ],
)
def test_different_names_stay_apart(marked: str) -> None:
    """Likeness of names alone joins nobody."""
    assert len(entities_of(marked).rows) == 2


@pytest.mark.parametrize(
    ("marked", "rivals"),
    [
        pytest.param(
            "[PER Surya Kesuma] dan [PER Bima Kesuma]. [PER Kesuma] pulang.",
            {"Surya Kesuma", "Bima Kesuma"},
            id="last name",
        ),
        pytest.param(
            "[PER Sari Wangi] dan [PER Sari Ningsih]. [PER Sari] pulang.",
            {"Sari Wangi", "Sari Ningsih"},
            id="first name",
        ),
        pytest.param(
            "[PER Wahyu] pulang. [PER Wahyu Hidayat] dan [PER Tri Wahyu] tidur.",
            {"Wahyu Hidayat", "Tri Wahyu"},
            id="the short one first",
        ),
    ],
)
def test_a_form_of_two_names_is_nobodys(marked: str, rivals: set[str]) -> None:
    """A form that fits two people stays apart and keeps both as who it may be."""
    entities = entities_of(marked)
    (open_form,) = entities.rivals
    assert {entities.rows[i].name for i in entities.rivals[open_form]} == rivals
    assert entities.rows[open_form].name not in rivals


def test_an_entity_keeps_its_forms_and_places() -> None:
    """Each entity lists the forms that the text prints, once, and where its mentions stand."""
    (row,) = entities_of("[PER Sari Wangi] pulang. [PER Sari] tidur. [PER Sari] bangun.").rows
    assert (set(row.forms), row.mentions) == ({"Sari Wangi", "Sari"}, (0, 1, 2))


def test_an_untagged_name_finds_its_bearer() -> None:
    """A name that the tagger missed is looked up among the article's people; one of two is nobody."""
    entities = entities_of("[PER Sari Wangi], [PER Surya Kesuma] dan [PER Bima Kesuma].")
    assert [find_entity(entities, name) for name in ("Sari", "Bima", "Kesuma", "Joko")] == [0, 2, None, None]


WORDS = st.sampled_from(
    ["Sari", "Wangi", "Budi", "Lestari", "SARI", "Al-Hasan", "dr.", "M.Si.", "S.", "Ō", "B"]
)
MARKED = st.lists(
    st.tuples(st.sampled_from(["PER", "ORG", "LOC"]), st.lists(WORDS, min_size=1, max_size=3).map(" ".join)),
    max_size=12,
).map(lambda rows: " dan ".join(f"[{kind} {name}]" for kind, name in rows))


@given(MARKED)
def test_every_mention_has_one_entity_of_its_type(marked: str) -> None:
    """The entities part the mentions among them: none is lost, none is in two, types do not mix."""
    read, entities = document(marked), entities_of(marked)
    assert sorted(i for row in entities.rows for i in row.mentions) == list(range(len(read.mentions)))
    for i, mention in enumerate(read.mentions):
        row = entities.rows[entities.of[i]]
        assert i in row.mentions
        assert row.type is mention.type
        assert mention.span.of(read.body) in row.forms


@given(MARKED)
def test_names_are_printed_forms(marked: str) -> None:
    """An entity's name is never empty, and nobody is his own rival."""
    entities = entities_of(marked)
    assert all(row.name.strip() for row in entities.rows)
    assert all(i not in others and len(others) > 1 for i, others in entities.rivals.items())
