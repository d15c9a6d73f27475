"""Speakers without a name of their own: described, joint, houses and states, unnamed."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

DESCRIPTIONS = [
    example(
        "the short form of an office that is spelt out",
        "Menteri Keuangan [PER Rosmini Harahap] datang. Menkeu menegaskan kas cukup.",
        indirect("kas cukup", "Rosmini Harahap", mention="Menkeu"),
    ),
    example(
        "the short form in brackets",
        "Kepala Kepolisian Resor (Kapolres) [PER Yosep Kelen] datang. “Kota aman,” kata Kapolres.",
        direct("Kota aman", "Yosep Kelen", mention="Kapolres"),
    ),
    example(
        "the short form of another office",
        "Wakil Menteri Keuangan [PER Rosmini Harahap] datang. Menkeu menegaskan kas cukup.",
        indirect("kas cukup", "Menkeu"),
    ),
    example(
        "pria itu",
        "[PER Yosep Kelen] berlari ke sungai. “Anak saya selamat,” kata pria itu.",
        direct("Anak saya selamat", "Yosep Kelen", mention="pria itu"),
    ),
    example(
        "perempuan berusia 61 tahun itu",
        "[PER Rosmini Harahap] masih menenun setiap hari. “Mata saya masih awas,” ujar perempuan berusia 61 "
        "tahun itu.",
        direct("Mata saya masih awas", "Rosmini Harahap", mention="perempuan berusia 61 tahun itu"),
    ),
    example(
        "atlet kelahiran X itu",
        "[PER Boas Yigibalom] meraih medali perak. Atlet kelahiran [LOC Wamena] itu mengaku kurang tidur.",
        indirect("kurang tidur", "Boas Yigibalom", mention="Atlet kelahiran Wamena itu"),
    ),
    example(
        "politikus tersebut",
        "[PER Ludmila Horak] menang tipis. Politikus tersebut berjanji memangkas pajak rumah kaca.",
        indirect("memangkas pajak rumah kaca", "Ludmila Horak", mention="Politikus tersebut"),
    ),
    example(
        "ayah tiga anak itu",
        "[PER Ahmad Fauzan Lubis] kehilangan pekerjaan. “Saya jual motor,” tutur ayah tiga anak itu.",
        direct("Saya jual motor", "Ahmad Fauzan Lubis", mention="ayah tiga anak itu"),
    ),
    example(
        "perusahaan itu",
        "[ORG PT Bahari Jaya] menutup pabriknya. Perusahaan itu menyatakan kontrak sudah berakhir.",
        indirect("kontrak sudah berakhir", "PT Bahari Jaya", mention="Perusahaan itu", type="ORG"),
    ),
    example(
        "negara itu",
        "[LOC Tarvania] menutup perbatasannya. Negara itu menuduh tetangganya menyelundupkan senjata.",
        indirect("tetangganya menyelundupkan senjata", "Tarvania", mention="Negara itu", type="ORG"),
    ),
    example(
        "organisasi itu",
        "[ORG Perhimpunan Dokter Hewan] menerima ratusan laporan. Organisasi itu mengimbau warga memvaksin "
        "anjingnya.",
        indirect(
            "warga memvaksin anjingnya", "Perhimpunan Dokter Hewan", mention="Organisasi itu", type="ORG"
        ),
    ),
]

JOINT = [
    example(
        "before a verb",
        "[PER Sahat Nainggolan] dan [PER Ayu Puspita] menyatakan mereka siap menikah tahun depan.",
        indirect("mereka siap menikah tahun depan", "Sahat Nainggolan dan Ayu Puspita"),
    ),
    example(
        "behind a tag",
        "“Kami saudara sepupu,” kata [PER Sahat Nainggolan] dan [PER Ayu Puspita].",
        direct("Kami saudara sepupu", "Sahat Nainggolan dan Ayu Puspita"),
    ),
    example(
        "two organisations",
        "[ORG Serikat Nelayan] serta [ORG Serikat Buruh] menyerukan agar pelabuhan tidak dijual.",
        indirect("agar pelabuhan tidak dijual", "Serikat Nelayan serta Serikat Buruh"),
    ),
    example(
        "baik maupun",
        "Baik [PER Sahat Nainggolan] maupun [PER Ayu Puspita] membantah kabar bahwa mereka berpisah.",
        indirect("mereka berpisah", "Baik Sahat Nainggolan maupun Ayu Puspita", polarity="denies"),
    ),
    example(
        "three",
        "[LOC Tarvania], [LOC Beldora], dan [LOC Velmora] mengatakan blokade itu melanggar hukum laut.",
        indirect("blokade itu melanggar hukum laut", "Tarvania, Beldora, dan Velmora"),
    ),
]

HOUSES = [
    example(
        "a state accuses another",
        "[LOC Tarvania] menuduh [LOC Beldora] melanggar perbatasan lautnya.",
        indirect("Beldora melanggar perbatasan lautnya", "Tarvania", type="ORG"),
    ),
    example(
        "a capital speaks for its state",
        "Duta besar [LOC Tarvania] diusir. [LOC Selma Baru] memperingatkan bahwa tindakan itu akan dibalas.",
        indirect("tindakan itu akan dibalas", "Selma Baru", type="ORG"),
    ),
    example(
        "the government of a state",
        "Pemerintah [LOC Tarvania] mengumumkan sekolah diliburkan selama gelombang panas.",
        indirect(
            "sekolah diliburkan selama gelombang panas",
            "Pemerintah Tarvania",
            mention="Pemerintah Tarvania",
            type="ORG",
        ),
    ),
    example(
        "the government alone",
        "Pemerintah menegaskan, impor garam dihentikan mulai Juli.",
        indirect("impor garam dihentikan mulai Juli", "Pemerintah", type="ORG"),
    ),
    example(
        "in its statement",
        "Dalam keterangan tertulisnya, [ORG Maskapai Lintas Timur] menyatakan bahwa seluruh penumpang "
        "selamat.",
        indirect("seluruh penumpang selamat", "Maskapai Lintas Timur", type="ORG"),
    ),
    example(
        "demikian pernyataan",
        "“Tidak ada kebocoran gas,” demikian pernyataan [ORG Pupuk Bahari].",
        direct("Tidak ada kebocoran gas", "Pupuk Bahari", cue="pernyataan", type="ORG"),
    ),
]

UNNAMED = [
    example(
        "an official who hides",
        "“Perintahnya datang dari atas,” kata seorang pejabat yang menolak disebut namanya.",
        direct(
            "Perintahnya datang dari atas",
            "seorang pejabat yang menolak disebut namanya",
            type="OTHER",
        ),
    ),
    example(
        "many, and how they say it",
        "“Upah harus dibayar,” seru para buruh serempak.",
        direct("Upah harus dibayar", "para buruh", type="OTHER"),
        fails="an adverb behind a description (para buruh serempak) is taken into it",
    ),
    example(
        "several of them",
        "Sejumlah warga mengaku mendengar ledakan keras menjelang subuh.",
        indirect("mendengar ledakan keras menjelang subuh", "Sejumlah warga", type="OTHER"),
    ),
    example(
        "one of many, with a name",
        "“Kapalnya miring,” ujar salah satu penumpang, [PER Indra Lesnussa].",
        direct("Kapalnya miring", "Indra Lesnussa", type="PER"),
    ),
    example(
        "a witness called by name",
        "Seorang saksi bernama [PER Arie Lumban] mengatakan, truk itu melaju tanpa lampu.",
        indirect("truk itu melaju tanpa lampu", "Arie Lumban", type="PER"),
    ),
    example(
        "a diplomat before the verb",
        "Seorang diplomat yang ikut berunding mengatakan pintu belum tertutup.",
        indirect("pintu belum tertutup", "Seorang diplomat yang ikut berunding", type="OTHER"),
    ),
    example(
        "sources",
        "Menurut dua sumber yang mengetahui perundingan itu, kesepakatan hampir tercapai.",
        indirect("kesepakatan hampir tercapai", "dua sumber yang mengetahui perundingan itu", type="OTHER"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), DESCRIPTIONS)
def test_definite_descriptions_point_back(text: str, wanted: tuple[Said, ...]) -> None:
    """`pria itu` and its like are the one spoken of."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), JOINT)
def test_joint_speakers_are_one(text: str, wanted: tuple[Said, ...]) -> None:
    """Names joined as the speaker of one cue are one string, as printed."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), HOUSES)
def test_organisations_and_states_speak(text: str, wanted: tuple[Said, ...]) -> None:
    """Organisations, and countries and capitals that speak, are speakers of type ORG."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), UNNAMED)
def test_unnamed_speakers_keep_their_description(text: str, wanted: tuple[Said, ...]) -> None:
    """Somebody described and not named speaks under the description, as printed."""
    assert found(text, wanted) == [*wanted]
