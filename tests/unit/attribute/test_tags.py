"""The reporting words beside a quotation: common, rare, with -nya, with more behind them; and look-alikes."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

Q = "Sumur itu tidak pernah kering"


@pytest.mark.parametrize(
    "tag",
    [
        *("aku", "bantah", "beber", "canda", "celetuk", "cetus", "cuit", "imbuh", "jawab", "jelas", "kata"),
        *(
            "kelakar",
            "keluh",
            "kenang",
            "kilah",
            "klaim",
            "komentar",
            "lanjut",
            "papar",
            "puji",
            "pungkas",
            "sambung",
        ),
        *(
            "sebut",
            "seloroh",
            "sergah",
            "simpul",
            "sindir",
            "tambah",
            "tandas",
            "tegas",
            "terang",
            "timpal",
            "tukas",
        ),
        *("tulis", "tutup", "tutur", "ucap", "ujar", "ulas", "ungkap", "urai"),
    ],
)
def test_every_tag_is_read_bare_and_with_nya(tag: str) -> None:
    """`“Q,” V S` and `“Q,” V-nya` hold for frequent tags and for the long tail alike."""
    bare = direct(Q, "Rahayu Sitanggang", cue=tag, mention="Rahayu Sitanggang")
    assert found(f"“{Q},” {tag} [PER Rahayu Sitanggang].", (bare,)) == [bare]
    suffixed = direct(Q, "Rahayu Sitanggang", cue=f"{tag}nya", mention=f"{tag}nya")
    assert found(f"[PER Rahayu Sitanggang] menimba air. “{Q},” {tag}nya.", (suffixed,)) == [suffixed]


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("kata [PER Rahayu Sitanggang] sambil menunjuk sumur.", id="sambil"),
        pytest.param("kata [PER Rahayu Sitanggang] seraya tersenyum.", id="seraya"),
        pytest.param(
            "kata [PER Rahayu Sitanggang] saat ditemui di rumahnya, Selasa (7/4).", id="saat ditemui"
        ),
        pytest.param("kata [PER Rahayu Sitanggang] ketika dihubungi lewat telepon.", id="ketika"),
        pytest.param("kata [PER Rahayu Sitanggang] usai menimba.", id="usai"),
        pytest.param("kata [PER Rahayu Sitanggang] kepada wartawan, Selasa.", id="kepada"),
        pytest.param("kata [PER Rahayu Sitanggang] lewat pesan singkat.", id="lewat"),
        pytest.param("kata [PER Rahayu Sitanggang] yang lahir di kampung itu.", id="yang"),
        pytest.param("kata [PER Rahayu Sitanggang], yang lahir di kampung itu.", id="comma yang"),
        pytest.param("kata [PER Rahayu Sitanggang] (57).", id="age"),
        pytest.param("kata [PER Rahayu Sitanggang] lagi.", id="lagi"),
        pytest.param("kata [PER Rahayu Sitanggang] tentang sumur tua itu.", id="tentang"),
        pytest.param("kata [PER Rahayu Sitanggang] menirukan ucapan neneknya.", id="menirukan"),
        pytest.param("kata [PER Rahayu Sitanggang] soal [PER Ucok Damanik].", id="about somebody"),
        pytest.param("kata [PER Rahayu Sitanggang] kepada [PER Ucok Damanik].", id="to somebody"),
        pytest.param("kata [PER Rahayu Sitanggang], istri [PER Ucok Damanik].", id="wife of somebody"),
        pytest.param("kata [PER Rahayu Sitanggang], didampingi [PER Ucok Damanik].", id="beside somebody"),
        pytest.param("begitu kata [PER Rahayu Sitanggang].", id="begitu"),
        pytest.param("demikian kata [PER Rahayu Sitanggang].", id="demikian"),
        pytest.param("kata sang pemilik, [PER Rahayu Sitanggang].", id="sang"),
        pytest.param("kata Ibu [PER Rahayu Sitanggang].", id="title"),
        pytest.param("kata perempuan bernama [PER Rahayu Sitanggang] itu.", id="bernama"),
        pytest.param(
            "kata juru kunci sumur itu, [PER Rahayu Sitanggang].",
            id="role and comma",
        ),
        pytest.param("[PER Rahayu Sitanggang] menambahkan.", id="name and verb"),
        pytest.param("ujar pengurus [ORG Koperasi Mata Air] [PER Rahayu Sitanggang].", id="role of a house"),
        pytest.param("tulis [PER Rahayu Sitanggang] di akun media sosialnya.", id="tulis di akun"),
    ],
)
def test_more_behind_a_tag_does_not_hide_the_speaker(behind: str) -> None:
    """Manner, time, addressee, subject matter, kin and titles behind a tag leave the named one the speaker."""
    wanted = direct(Q, "Rahayu Sitanggang", mention="Rahayu Sitanggang")
    assert found(f"“{Q},” {behind}", (wanted,)) == [wanted]


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param("katanya lagi.", id="lagi"),
        pytest.param("katanya lirih.", id="manner"),
        pytest.param("katanya kepada wartawan di [LOC Balige].", id="addressee"),
        pytest.param("katanya, Selasa (7/4).", id="day"),
        pytest.param("katanya saat ditanya [PER Ucok Damanik].", id="asked by somebody"),
        pytest.param("ujarnya sembari menimba.", id="sembari"),
        pytest.param("tambahnya panjang lebar.", id="adverb"),
        pytest.param("kata dia.", id="kata dia"),
        pytest.param("ujar dia lagi.", id="ujar dia lagi"),
        pytest.param("dia menambahkan.", id="dia and verb"),
    ],
)
def test_more_behind_nya_does_not_hide_the_speaker(behind: str) -> None:
    """Manner, time and addressee behind `katanya` or `kata dia` leave it whoever has the floor."""
    wanted = direct(Q, "Rahayu Sitanggang")
    assert found(f"[PER Rahayu Sitanggang] menimba air. “{Q},” {behind}", (wanted,)) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        example(
            "the tag opens a new sentence by mistake",
            f"“{Q}.” Kata [PER Rahayu Sitanggang].",
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "the comma stands outside the marks",
            f"“{Q}”, kata [PER Rahayu Sitanggang].",
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "no comma at all",
            f'"{Q}" kata [PER Rahayu Sitanggang].',
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "a dash before the tag",
            f"“{Q}” — [PER Rahayu Sitanggang].",
            direct(Q, "Rahayu Sitanggang", cue=None),
            fails="a name behind a dash is no tag",
        ),
        example(
            "the tag in a paragraph of its own",
            f"“{Q},”\n\nkata [PER Rahayu Sitanggang].",
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "the next sentence is no tag",
            f"“{Q},” kata [PER Rahayu Sitanggang]. [PER Ucok Damanik] mengatakan, airnya keruh.",
            direct(Q, "Rahayu Sitanggang"),
            indirect("airnya keruh", "Ucok Damanik"),
        ),
        example(
            "a tag and the next clause's subject",
            f"“{Q},” kata [PER Rahayu Sitanggang], sementara [PER Ucok Damanik] hanya mengangguk.",
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "an answer in one word",
            "“Tidak,” jawab [PER Ucok Damanik].",
            direct("Tidak", "Ucok Damanik", cue="jawab"),
        ),
        example(
            "a question with its answer",
            "“Berapa dalamnya?” tanya [PER Ucok Damanik]. “Tujuh meter,” jawab [PER Rahayu Sitanggang].",
            direct("Berapa dalamnya", "Ucok Damanik", polarity="asks"),
            direct("Tujuh meter", "Rahayu Sitanggang", polarity="asserts"),
        ),
        example(
            "demikian S, with no word of saying",
            f"“{Q},” demikian [PER Rahayu Sitanggang].",
            direct(Q, "Rahayu Sitanggang"),
        ),
        example(
            "the crowd shouts",
            "“Hidup nelayan!” teriak massa di depan kantor gubernur.",
            direct("Hidup nelayan", "massa", type="OTHER"),
        ),
        example(
            "jelas as an adjective",
            "Air sumur itu jelas [PER Ucok Damanik] yang mengeruhkan.",
        ),
        example(
            "lanjut as an adjective",
            "Kakek [PER Ucok Damanik] berusia lanjut, tetapi masih kuat menimba.",
        ),
        example(
            "harapnya as a noun",
            "Besar harapnya air sumur itu kembali jernih.",
        ),
        example(
            "sebut saja",
            "Perempuan itu, sebut saja Mawar, menimba air setiap subuh.",
        ),
    ],
)
def test_tags_are_told_from_their_neighbours(text: str, wanted: tuple[Said, ...]) -> None:
    """Odd punctuation leaves a tag a tag; nouns, adjectives and asides that look like tags are none."""
    assert found(text, wanted) == [*wanted]
