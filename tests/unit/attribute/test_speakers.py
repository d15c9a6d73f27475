"""Whom a role stands for, and what may stand beside a name without hiding it."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

ROLES = [
    example(
        "its bearer is named before",
        "Bupati [PER Yustinus Ndolu] meninjau bendungan. “Airnya surut,” ujar Bupati.",
        direct("Airnya surut", "Yustinus Ndolu", mention="Bupati", type="PER"),
    ),
    example(
        "its bearer is named with a comma",
        "[PER Obed Kirihio], kepala puskesmas, menunggu vaksin. “Lemari esnya mati,” kata kepala puskesmas "
        "itu.",
        direct("Lemari esnya mati", "Obed Kirihio", mention="kepala puskesmas itu"),
    ),
    example(
        "two chairs, told apart by their houses",
        "Ketua [ORG Serikat Nelayan] [PER Markus Wenda] duduk di samping Ketua [ORG Serikat Buruh] [PER "
        "Dewi Anjani]. “Kami bersatu,” kata Ketua [ORG Serikat Buruh].",
        direct("Kami bersatu", "Dewi Anjani"),
    ),
    example(
        "police and whom they caught",
        "Polisi menangkap [PER Dino Manuputty]. “Dia tidak melawan,” kata polisi.",
        direct("Dia tidak melawan", "polisi", type="OTHER"),
    ),
    example(
        "a governor and whom he met",
        "Gubernur menemui [PER Rosa Kbarek] di kantornya. “Kami bicara soal sekolah,” kata Gubernur.",
        direct("Kami bicara soal sekolah", "Gubernur", type="OTHER"),
    ),
    example(
        "a judge and whom he finds guilty",
        "Hakim menyatakan [PER Dino Manuputty] bersalah.",
        indirect("Dino Manuputty bersalah", "Hakim", type="OTHER"),
    ),
    example(
        "an investigator and whom he questions",
        "Penyidik memeriksa [PER Dino Manuputty]. Menurut penyidik, tersangka bekerja sendiri.",
        indirect("tersangka bekerja sendiri", "penyidik", type="OTHER"),
    ),
    example(
        "a coach and whom he fields",
        "Pelatih [ORG Persatuan Sepak Bola Tual] menurunkan [PER Yance Rumbiak]. “Dia lincah,” kata sang "
        "pelatih.",
        direct("Dia lincah", "sang pelatih", type="OTHER"),
        fails="the object of a verb is taken for the bearer of its subject's role",
    ),
    example(
        "a president and whom he swears in",
        "Presiden melantik [PER Rosa Kbarek] sebagai menteri. “Selamat bekerja,” kata Presiden.",
        direct("Selamat bekerja", "Presiden", type="OTHER"),
    ),
    example(
        "nobody bears it",
        "Kecelakaan itu menewaskan dua orang. “Remnya blong,” kata kepala terminal.",
        direct("Remnya blong", "kepala terminal", type="OTHER", mention="kepala terminal"),
    ),
    example(
        "the regent and his deputy",
        "Bupati [PER Yustinus Ndolu] dan Wakil Bupati [PER Sahrul Tika] berbeda pendapat. “Jalan dulu,” "
        "kata Bupati. “Sekolah dulu,” kata Wakil Bupati.",
        direct("Jalan dulu", "Yustinus Ndolu"),
        direct("Sekolah dulu", "Sahrul Tika"),
        fails="a deputy bears the role of the one he stands in for (Bupati, Wakil Bupati)",
    ),
    example(
        "two ministers, told apart by their offices",
        "Menteri Keuangan [PER Sultan Hidayat] hadir bersama Menteri Pertanian [PER Dewi Anjani]. “Pupuk "
        "cukup,” kata Menteri Pertanian.",
        direct("Pupuk cukup", "Dewi Anjani", mention="Menteri Pertanian"),
    ),
    example(
        "the chairwoman of a house",
        "[ORG Serikat Buruh] mogok kerja. Ketuanya, [PER Dewi Anjani], mengatakan upah belum dibayar.",
        indirect("upah belum dibayar", "Dewi Anjani"),
    ),
    example(
        "a spokesman without a name",
        "Latihan perang itu dibatalkan, kata juru bicara [ORG Angkatan Laut] [LOC Tarvania].",
        indirect("Latihan perang itu dibatalkan", "juru bicara Angkatan Laut Tarvania", type="OTHER"),
    ),
    example(
        "the wife of somebody named",
        "[PER Tono Sihombing] dirawat sejak Senin. “Dia belum sadar,” kata istri [PER Tono].",
        direct("Dia belum sadar", "istri Tono", type="OTHER"),
    ),
    example(
        "the lawyer of somebody named",
        "[PER Kim Dae-sung] ditahan sejak Senin. “Klien kami tidak bersalah,” kata kuasa hukum [PER Kim].",
        direct("Klien kami tidak bersalah", "kuasa hukum Kim", type="OTHER"),
    ),
    example(
        "a lawyer with a name",
        "[PER Kim Dae-sung] ditahan sejak Senin. “Klien kami tidak bersalah,” kata kuasa hukumnya, [PER "
        "Novia Rahmat].",
        direct("Klien kami tidak bersalah", "Novia Rahmat"),
    ),
    example(
        "the client's name before the lawyer's",
        "Kuasa hukum [PER Kim Dae-sung], [PER Novia Rahmat], mengatakan berkas kliennya sudah lengkap.",
        indirect("berkas kliennya sudah lengkap", "Novia Rahmat", mention="Novia Rahmat"),
    ),
]

APPOSITIONS = [
    example(
        "age without brackets before the name",
        "Aktor berusia 30 tahun, [PER Rio Bramantyo], mengaku gugup menjelang pemutaran perdana.",
        indirect("gugup menjelang pemutaran perdana", "Rio Bramantyo"),
    ),
    example(
        "age without brackets, one word said",
        "Aktor berusia 30 tahun, [PER Rio Bramantyo], mengaku gugup.",
        indirect("gugup", "Rio Bramantyo"),
        fails="a description before the name is taken for the content",
    ),
    example(
        "the lawyer behind her own name",
        "[PER Novia Rahmat], kuasa hukum [PER Kim Dae-sung], mengatakan banding akan diajukan.",
        indirect("banding akan diajukan", "Novia Rahmat"),
    ),
    example(
        "the son behind his father's name",
        "Putra sulung [PER Kim Dae-sung], [PER Kim Min-jae], mengaku tidak tahu.",
        indirect("tidak tahu", "Kim Min-jae"),
    ),
    example(
        "through a lawyer",
        "[PER Rio Bramantyo] melalui kuasa hukumnya, [PER Novia Rahmat], mengatakan gugatan itu salah "
        "alamat.",
        indirect("gugatan itu salah alamat", "Novia Rahmat"),
    ),
    example(
        "a victim named in the role of the speaker",
        "[PER Ucok Damanik], sopir truk yang menabrak rumah [PER Mama Orpa], mengaku mengantuk malam itu.",
        indirect("mengantuk malam itu", "Ucok Damanik"),
    ),
    example(
        "the doctor of somebody named",
        "Dokter yang merawat [PER Mama Orpa] menjelaskan bahwa lukanya ringan.",
        indirect("lukanya ringan", "Dokter yang merawat Mama Orpa", type="OTHER"),
        fails="the object of a verb is taken for the bearer of its subject's role",
    ),
    example(
        "role, name,",
        "Ketua koperasi, [PER Marten Ulukyanan], mengatakan harga pala naik dua kali lipat.",
        indirect("harga pala naik dua kali lipat", "Marten Ulukyanan", mention="Marten Ulukyanan"),
    ),
    example(
        "name, role,",
        "[PER Marten Ulukyanan], ketua koperasi, mengatakan harga pala naik dua kali lipat.",
        indirect("harga pala naik dua kali lipat", "Marten Ulukyanan", mention="Marten Ulukyanan"),
    ),
    example(
        "age in brackets",
        "[PER Thuy Nguyen] (34) mengatakan restorannya ramai sejak dibuka.",
        indirect("restorannya ramai sejak dibuka", "Thuy Nguyen"),
    ),
    example(
        "selaku",
        "[PER Marten Ulukyanan] selaku ketua panitia menegaskan bahwa hadiah tidak dipotong pajak.",
        indirect("hadiah tidak dipotong pajak", "Marten Ulukyanan"),
    ),
    example(
        "relative clause",
        "[PER Thuy Nguyen] yang hadir bersama ibunya menuturkan bahwa resep itu berumur seabad.",
        indirect("resep itu berumur seabad", "Thuy Nguyen"),
    ),
    example(
        "relative clause between commas, with place and day",
        "[PER Thuy Nguyen], yang ditemui di dapurnya, Kamis (2/4), mengatakan cabangnya akan dibuka di [LOC "
        "Medan].",
        indirect("cabangnya akan dibuka di Medan", "Thuy Nguyen"),
    ),
    example(
        "from where",
        "[PER Isaac Mensah], dari [ORG Lembaga Iklim Benua], memperkirakan kemarau berakhir bulan November.",
        indirect("kemarau berakhir bulan November", "Isaac Mensah"),
    ),
    example(
        "an answer to somebody named",
        "Menanggapi [PER Thuy Nguyen], [PER Isaac Mensah] mengatakan bahwa izin restoran itu sah.",
        indirect("izin restoran itu sah", "Isaac Mensah"),
    ),
    example(
        "the addressee has a name",
        "[PER Isaac Mensah] mengatakan kepada [PER Thuy Nguyen] bahwa izin restoran itu sah.",
        indirect("izin restoran itu sah", "Isaac Mensah"),
    ),
    example(
        "asked about something",
        "Saat ditanya soal tarif, [PER Isaac Mensah] menjawab bahwa keputusannya ada di tangan dewan.",
        indirect("keputusannya ada di tangan dewan", "Isaac Mensah"),
    ),
    example(
        "a long title with commas",
        "“Arsip itu aman,” kata Kepala Biro Hukum, Data, dan Arsip, [PER Tiurma Sinaga], Jumat.",
        direct("Arsip itu aman", "Tiurma Sinaga", mention="Tiurma Sinaga"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ROLES)
def test_roles_stand_for_their_bearers(text: str, wanted: tuple[Said, ...]) -> None:
    """A role is the person whom this article calls so, and else only a description."""
    assert found(text, wanted) == [*wanted]


def test_a_role_that_two_bear_is_nobodys_name() -> None:
    """`kata menteri` in an article of two ministers is neither."""
    text = (
        "Menteri Keuangan [PER Sultan Hidayat] hadir bersama Menteri Pertanian [PER Dewi Anjani]. "
        "“Pupuk cukup,” kata menteri."
    )
    (row,) = found(text, (direct("", None, type=None),))
    assert row["type"] != "PER"


@pytest.mark.parametrize(("text", "wanted"), APPOSITIONS)
def test_what_stands_beside_a_name_does_not_hide_it(text: str, wanted: tuple[Said, ...]) -> None:
    """Roles, ages, relative clauses and addressees around the speaker leave the name the speaker."""
    assert found(text, wanted) == [*wanted]
