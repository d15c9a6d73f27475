"""Who a pronoun, -nya or a short name stands for; nobody where it may be two."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

PRONOUNS = [
    example(
        "dia is the subject before",
        "[PER Hasanuddin Gassing] memimpin panitia. Dia mengatakan, pasar apung dibuka sore hari.",
        indirect("pasar apung dibuka sore hari", "Hasanuddin Gassing", mention="Dia"),
    ),
    example(
        "ia in the next paragraph",
        "[PER Eliana Costa] mendarat di [LOC Dili] Ahad malam.\n\n"
        "Ia menjelaskan bahwa lawatannya bersifat pribadi.",
        indirect("lawatannya bersifat pribadi", "Eliana Costa", mention="Ia"),
    ),
    example(
        "beliau",
        "Uskup [PER Fransiskus Amsikan] menutup doa bersama. Beliau berpesan agar umat menjaga kerukunan.",
        indirect("agar umat menjaga kerukunan", "Fransiskus Amsikan", mention="Beliau"),
    ),
    example(
        "ujar dia",
        "[PER Vikram Nair] membuka pabrik tekstil pertamanya. “Separuh buruhnya ibu-ibu desa,” ujar dia.",
        direct("Separuh buruhnya ibu-ibu desa", "Vikram Nair", mention="dia"),
    ),
    example(
        "menurut dia",
        "[PER Vikram Nair] membuka pabrik tekstil pertamanya. Menurut dia, benang sutra tetap dicari "
        "pembeli.",
        indirect("benang sutra tetap dicari pembeli", "Vikram Nair", mention="dia"),
    ),
    example(
        "-nya over a paragraph without speech",
        "“Kami tanam bakau dari ujung ke ujung,” kata [PER Lidia Waromi].\n\n"
        "Pantai itu pernah dihantam abrasi.\n\n"
        "“Sekarang kepitingnya kembali,” ujarnya.",
        direct("Kami tanam bakau dari ujung ke ujung", "Lidia Waromi"),
        direct("Sekarang kepitingnya kembali", "Lidia Waromi"),
    ),
    example(
        "-nya is the subject, not the object",
        "[PER Silvia Marpaung] menegur [PER Anton Wibisono] di depan kelas. “Jangan terlambat lagi,” "
        "katanya.",
        direct("Jangan terlambat lagi", "Silvia Marpaung"),
    ),
    example(
        "-nya follows the last speaker",
        "“Kita bertahan,” kata [PER Samuel Ondo]. “Kita menyerang,” kata [PER Ruben Mote]. “Lawan sudah "
        "lelah,” lanjutnya.",
        direct("Kita bertahan", "Samuel Ondo"),
        direct("Kita menyerang", "Ruben Mote"),
        direct("Lawan sudah lelah", "Ruben Mote"),
    ),
    example(
        "-nya skips those who are many",
        "“Lapak baru sudah siap,” kata Camat [PER Haris Tubaka]. Para pedagang tetap bertahan di trotoar. "
        "“Kami beri waktu sepekan,” ujarnya.",
        direct("Lapak baru sudah siap", "Haris Tubaka"),
        direct("Kami beri waktu sepekan", "Haris Tubaka"),
    ),
    example(
        "-nya with two guests and no subject is open",
        "Peresmian itu dihadiri [PER Nilam Cahyani] dan [PER Oscar Leimena]. “Gedungnya megah sekali,” "
        "katanya.",
        direct("Gedungnya megah sekali", None, candidates={"Nilam Cahyani", "Oscar Leimena"}),
    ),
    example(
        "-nya with nobody at all",
        "Pasar itu sepi sejak pagi. “Pembeli takut banjir,” katanya.",
        direct("Pembeli takut banjir", None, mention="katanya", candidates=set()),
    ),
    example(
        "mereka are two joined by dan",
        "[PER Lena Sorong] dan [PER Kobe Tuasela] mengatakan perahu mereka bocor. Mereka menuturkan, "
        "mesinnya mati di tengah laut.",
        indirect("perahu mereka bocor", "Lena Sorong dan Kobe Tuasela"),
        indirect("mesinnya mati di tengah laut", "Lena Sorong dan Kobe Tuasela", mention="Mereka"),
    ),
    example(
        "mereka are described",
        "Para nelayan di [LOC Namlea] mengatakan ikan makin jarang. Mereka menuduh kapal besar menguras "
        "laut.",
        indirect("ikan makin jarang", "Para nelayan di Namlea", type="OTHER"),
        indirect("kapal besar menguras laut", "Para nelayan di Namlea", mention="Mereka"),
    ),
    example(
        "mereka are an organisation",
        "[ORG Aliansi Petani Sagu] menyatakan harga patokan terlalu rendah. Mereka mendesak pemerintah "
        "menaikkannya.",
        indirect("harga patokan terlalu rendah", "Aliansi Petani Sagu"),
        indirect("pemerintah menaikkannya", "Aliansi Petani Sagu", mention="Mereka", type="ORG"),
    ),
    example(
        "dia skips an organisation",
        "[PER Greta Solheim] menyebut banjir itu akibat tanggul jebol. [ORG Dinas Air Bersih] menutup jalan "
        "menuju bendungan. Dia menambahkan, pompa cadangan rusak.",
        indirect("banjir itu akibat tanggul jebol", "Greta Solheim"),
        indirect("pompa cadangan rusak", "Greta Solheim", mention="Dia"),
    ),
    example(
        "pihaknya speaks for a house",
        "[ORG Perusahaan Air Bentala] memasang pipa baru. Pihaknya menjanjikan air mengalir sebelum puasa.",
        indirect("air mengalir sebelum puasa", "Perusahaan Air Bentala", mention="Pihaknya", type="ORG"),
    ),
]

SHORT_NAMES = [
    example(
        "first name",
        "[PER Ratna Dewi Kusuma] memimpin sidang. “Palu sudah diketuk,” kata [PER Ratna].",
        direct("Palu sudah diketuk", "Ratna Dewi Kusuma", mention="Ratna"),
    ),
    example(
        "middle name",
        "[PER Ratna Dewi Kusuma] memimpin sidang. “Palu sudah diketuk,” kata [PER Dewi].",
        direct("Palu sudah diketuk", "Ratna Dewi Kusuma", mention="Dewi"),
    ),
    example(
        "last name",
        "[PER Ratna Dewi Kusuma] memimpin sidang. “Palu sudah diketuk,” kata [PER Kusuma].",
        direct("Palu sudah diketuk", "Ratna Dewi Kusuma", mention="Kusuma"),
    ),
    example(
        "family name first",
        "Duta besar [PER Park Ji-hoon] menanam pohon. “Semoga rindang,” kata [PER Park].",
        direct("Semoga rindang", "Park Ji-hoon", mention="Park"),
    ),
    example(
        "title before the short name",
        "Bidan desa itu bernama [PER Yuliana Maubuthy]. “Bayinya kembar tiga,” ujar Bu [PER Yuliana].",
        direct("Bayinya kembar tiga", "Yuliana Maubuthy"),
    ),
    example(
        "short in the lead, full later",
        "[PER Ratna] mengaku kecewa dengan putusan itu.\n\n"
        "Menurut [PER Ratna Dewi Kusuma], hakim mengabaikan saksi.",
        indirect("kecewa dengan putusan itu", "Ratna Dewi Kusuma", mention="Ratna"),
        indirect("hakim mengabaikan saksi", "Ratna Dewi Kusuma"),
    ),
    example(
        "alias",
        "[PER Sugeng Wardoyo] alias [PER Gendon] menyerahkan diri. “Saya lelah bersembunyi,” kata [PER "
        "Gendon].",
        direct("Saya lelah bersembunyi", "Sugeng Wardoyo", mention="Gendon"),
    ),
    example(
        "akrab disapa",
        "[PER Nyoman Artawan] yang akrab disapa [PER Kolok] melatih penari. “Mereka cepat belajar,” ujar "
        "[PER Kolok].",
        direct("Mereka cepat belajar", "Nyoman Artawan", mention="Kolok"),
    ),
    example(
        "abbreviation in brackets",
        "[ORG Badan Pangan Nusantara] ([ORG BPN]) membuka gudang baru. [ORG BPN] menyatakan harga gula "
        "tidak berubah.",
        indirect("harga gula tidak berubah", "Badan Pangan Nusantara", mention="BPN", type="ORG"),
    ),
    example(
        "abbreviation in brackets, not of initials",
        "[ORG Kementerian Kelautan] ([ORG Kemenlaut]) mencabut izin itu. [ORG Kemenlaut] menegaskan tidak "
        "ada ganti rugi.",
        indirect("tidak ada ganti rugi", "Kementerian Kelautan", mention="Kemenlaut"),
    ),
    example(
        "abbreviation without brackets",
        "[ORG Serikat Guru Mandiri] turun ke jalan. Menurut [ORG SGM], tunjangan mereka tertahan empat "
        "bulan.",
        indirect("tunjangan mereka tertahan empat bulan", "Serikat Guru Mandiri", mention="SGM"),
    ),
    example(
        "two who share it",
        "[PER Agus Salim Hasan] dan [PER Agus Priyadi] bersaing ketat. “Saya yakin menang,” kata [PER Agus].",
        direct("Saya yakin menang", None, candidates={"Agus Salim Hasan", "Agus Priyadi"}),
    ),
    example(
        "two who share one, told apart by the other",
        "[PER Agus Salim Hasan] dan [PER Agus Priyadi] bersaing ketat. “Saya yakin menang,” kata [PER "
        "Priyadi].",
        direct("Saya yakin menang", "Agus Priyadi", mention="Priyadi"),
    ),
    example(
        "husband and wife",
        "[PER Robert Sondakh] datang bersama istrinya, [PER Maya Sondakh]. [PER Sondakh] mengatakan, "
        "lukisan itu palsu.",
        indirect("lukisan itu palsu", None, mention="Sondakh", candidates={"Robert Sondakh", "Maya Sondakh"}),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), PRONOUNS)
def test_pronouns_stand_for_who_has_the_floor(text: str, wanted: tuple[Said, ...]) -> None:
    """-nya, dia, ia and beliau are the one who speaks or acts, mereka the many; where two may be, nobody."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), SHORT_NAMES)
def test_short_names_stand_for_their_fullest_form(text: str, wanted: tuple[Said, ...]) -> None:
    """Any part of a name, a nickname or an abbreviation is its bearer; where two bear it, nobody."""
    assert found(text, wanted) == [*wanted]
