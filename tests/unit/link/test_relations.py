"""Whether two reports are the same statement: reprinted, trimmed, in other words; or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kb.link import Relation, Statement, choose_relation, cluster_statements
from kb.model import QuoteKind
from kb.names import fold

DAY = date(2025, 3, 10)
LONG = (
    "Kami akan membangun dermaga baru di pulau ini dengan dana nelayan sendiri, "
    "lalu mengajak koperasi kampung mengelola gudang ikan bersama para istri."
)


def say(
    content: str,
    *,
    speaker: str | None = None,
    on: date | None = DAY,
) -> Statement:
    """Make a statement."""
    return Statement(0, "a", fold(content), QuoteKind.DIRECT, speaker and fold(speaker), on)


REPRINTS = [
    pytest.param(
        say("Jembatan ini harus selesai sebelum musim hujan."),
        say("jembatan ini harus selesai sebelum musim hujan,"),
        id="case and punctuation",
    ),
    pytest.param(
        say("Jembatan gantung harus segera diperbaiki", speaker="Rina Wiyasa"),
        say("Jembatan gantung harus segera diperbaiki", speaker="Rina"),
        id="five words of one speaker",
    ),
    pytest.param(
        say("Bahwa jembatan ini harus selesai sebelum musim hujan"),
        say("Jembatan ini harus selesai sebelum musim hujan juga"),
        id="function words at the ends",
    ),
    pytest.param(
        say(LONG, speaker="Kantor Berita Teluk"), say(LONG, speaker="Rina Wiyasa"), id="told by its medium"
    ),
    pytest.param(
        say("Harga ikan di pasar Rantau naik 5%"),
        say("Harga ikan di pasar Rantau naik 5 persen"),
        id="a sign of percent",
    ),
    pytest.param(say(LONG, on=None), say(LONG), id="no day"),
]

TRIMS = [
    pytest.param(say(LONG), say("membangun dermaga baru di pulau ini dengan dana nelayan"), id="a run"),
    pytest.param(
        say(LONG, speaker="Rina Wiyasa"),
        say("mengelola gudang ikan bersama para istri", speaker="Wiyasa"),
        id="five words of one speaker",
    ),
    pytest.param(
        say(LONG),
        say("Kami akan membangun dermaga baru, lalu mengajak koperasi kampung mengelola gudang ikan"),
        id="the middle left out",
    ),
    pytest.param(
        say(LONG, on=None), say("dermaga baru di pulau ini dengan dana nelayan sendiri", on=None), id="no day"
    ),
]

RETRANSLATIONS = [
    pytest.param(
        say(
            "Sekolah kami akan menyusun kurikulum laut sendiri, maka guru muda tidak perlu menunggu kapal dari kota "
            "dan buku pelajaran dicetak di kampung",
            speaker="Rina Wiyasa",
        ),
        say(
            "Murid pulau karang akan memakai “kurikulum laut” buatan warga sebab “guru muda tidak perlu menunggu kapal "
            "dari kota”, sementara alat tulis dibeli",
            speaker="Rina Wiyasa",
            on=None,
        ),
        id="half retold, with a run of words in common, without day",
    ),
    pytest.param(
        say(
            "Anak-anak tidak boleh bermain layangan di landasan, lebih baik pindah ke lapangan masjid",
            speaker="Budi",
        ),
        say(
            "Anak-anak jangan bermain layangan di landasan, pindahlah ke lapangan masjid",
            speaker="Budi Santoso",
        ),
        id="another negation",
    ),
    pytest.param(
        say("Pengrajin rotan menolak pengiriman bahan mentah lewat pelabuhan lama", speaker="Rina"),
        say("kiriman bahan rotan yang mentah via pelabuhan lama ditolak para pengrajin", speaker="Rina"),
        id="other forms of the words",
    ),
    pytest.param(
        say(
            "Kami akan mencari pemilik akun yang mengunggah foto perahu karam di dermaga Teluk Rantau sebab meresahkan"
        ),
        say(
            "Kami akan cari pemilik akun yg mengunggah foto perahu karam di dermaga Teluk Rantau karena meresahkan",
            speaker="Rina",
            on=None,
        ),
        id="another spelling, whoever speaks and whenever",
    ),
    pytest.param(
        say("Pembangunan dermaga utama di Teluk Rantau ditunda sebab batu karang kurang pekan ini"),
        say("Dermaga utama Teluk Rantau pembangunannya ditunda lantaran kekurangan batu karang pekan ini"),
        id="speakers unknown, nearly all words",
    ),
    pytest.param(
        say("Perahu nelayan Korut terdampar di dermaga Teluk Rantau membawa ikan asin", speaker="Budi"),
        say(
            "ada perahu dari Korea Utara terdampar dekat dermaga Teluk Rantau, isinya ikan asin",
            speaker="Budi",
        ),
        id="a short form of a name",
    ),
]

APART = [
    pytest.param(
        say("Saya tidak tahu soal itu."), say("Saya tidak tahu soal itu."), id="what everybody says"
    ),
    pytest.param(
        say("Jembatan gantung harus segera diperbaiki"),
        say("Jembatan gantung harus segera diperbaiki"),
        id="five words, speakers unknown",
    ),
    pytest.param(
        say("Jembatan ini harus selesai sebelum musim hujan", speaker="Rina Wiyasa"),
        say("Jembatan ini harus selesai sebelum musim hujan", speaker="Budi Santoso"),
        id="short words of two speakers",
    ),
    pytest.param(say(LONG), say(LONG, on=DAY + timedelta(days=32)), id="a month apart"),
    pytest.param(
        say("Tidak benar bahwa pasar ikan di teluk akan ditutup pekan depan"),
        say("pasar ikan di teluk akan ditutup pekan depan"),
        id="a trim without the negation before it",
    ),
    pytest.param(
        say("Pasar ikan di teluk besar itu tidak akan ditutup pekan depan oleh pemerintah desa"),
        say("Pasar ikan di teluk besar itu akan ditutup pekan depan oleh pemerintah desa"),
        id="a trim that leaves the negation out",
    ),
    pytest.param(
        say(
            "Kampung pesisir kami punya pasar ikan dan koperasi, gudang es, sekolah terapung, juga perahu",
            speaker="Rina",
        ),
        say(
            "Kampung pesisir miskin itu punya pasar ikan dan koperasi, masjid, sekolah, lapangan, "
            "balai warga, sumur bor dan perahu",
            speaker="Rina",
        ),
        id="half of the words, in no long run",
    ),
    pytest.param(
        say("Koperasi nelayan bangun dermaga kayu di Teluk Rantau", speaker="Rina"),
        say("Dermaga kayu di Teluk Rantau bukan swasta, tapi koperasi nelayan yang bangun", speaker="Rina"),
        id="a negation of something else",
    ),
    pytest.param(
        say("Nelayan di pulau itu menjual ikan asin kepada pedagang kota setiap akhir pekan"),
        say(
            "Nelayan di pulau itu sudah lama menanam rumput laut, mengasap cakalang, membuat garam, menenun jaring, "
            "merawat karang, mengajar anak, lalu menjual ikan asin kepada pedagang kota setiap akhir pekan"
        ),
        id="too much left out of a trim",
    ),
    pytest.param(
        say("Harga ikan di pasar Rantau naik karena ombak tinggi", speaker="Rina"),
        say("Harga ikan di pasar Rantau turun karena ombak tinggi", speaker="Rina"),
        id="opposites",
    ),
    pytest.param(
        say("Warga desa menerima bantuan 20 karung beras dari koperasi nelayan", speaker="Rina"),
        say("Warga desa menerima bantuan 30 karung beras dari koperasi nelayan", speaker="Rina"),
        id="numbers",
    ),
    pytest.param(
        say("Warga desa menerima bantuan dua karung beras dari koperasi nelayan", speaker="Rina"),
        say("Warga desa menerima bantuan tiga karung beras dari koperasi nelayan", speaker="Rina"),
        id="words of number",
    ),
    pytest.param(
        say("Pasar malam di teluk dibuka lagi bulan Maret bagi pedagang ikan", speaker="Rina"),
        say("Pasar malam di teluk dibuka lagi bulan April bagi pedagang ikan", speaker="Rina"),
        id="months",
    ),
    pytest.param(
        say(
            "Anak-anak tidak boleh bermain layangan di landasan dan harus pindah ke lapangan masjid",
            speaker="Budi",
        ),
        say(
            "Anak-anak boleh bermain layangan di landasan dan tidak harus pindah ke lapangan masjid",
            speaker="Budi",
        ),
        id="another word is negated",
    ),
    pytest.param(
        say(
            "Anak-anak jangan bermain layangan di landasan, pindahlah ke lapangan masjid",
            speaker="Budi Santoso",
        ),
        say(
            "Anak-anak tidak boleh bermain layangan di landasan, lebih baik pindah ke lapangan masjid",
            speaker="Rina Wiyasa",
        ),
        id="other words by another speaker",
    ),
    pytest.param(
        say(
            "Anak-anak jangan bermain layangan di landasan, pindahlah ke lapangan masjid",
            speaker="Kim Yo Jong",
        ),
        say(
            "Anak-anak tidak boleh bermain layangan di landasan, lebih baik pindah ke lapangan masjid",
            speaker="Kim Jong Un",
        ),
        id="two speakers with words in common",
    ),
    pytest.param(
        say("Pembangunan dermaga utama di Teluk Rantau ditunda sebab batu karang kurang pekan ini", on=None),
        say("Dermaga utama Teluk Rantau pembangunannya ditunda lantaran kekurangan batu karang pekan ini"),
        id="other words, neither speaker nor day known",
    ),
    pytest.param(
        say("Anak-anak jangan bermain layangan di landasan, pindahlah ke lapangan masjid dekat sungai"),
        say(
            "Anak-anak tidak boleh bermain layangan di landasan, nanti pesawat tergelincir, pindah ke lapangan"
        ),
        id="half of the words in common, speakers unknown",
    ),
    pytest.param(
        say("Anak-anak jangan bermain layangan di landasan, pindahlah ke lapangan masjid", speaker="Budi"),
        say(
            "Anak-anak tidak boleh bermain layangan di landasan, lebih baik pindah ke lapangan masjid",
            speaker="Budi",
            on=DAY + timedelta(days=11),
        ),
        id="other words on another occasion",
    ),
    pytest.param(
        say("Perahu dari Korea Utara terdampar di dermaga teluk membawa ikan asin", speaker="Budi"),
        say("Perahu dari Korea Selatan terdampar di dermaga teluk membawa ikan asin", speaker="Budi"),
        id="names that differ in one word of two",
    ),
]


@pytest.mark.parametrize(("one", "other"), REPRINTS)
def test_reprint(one: Statement, other: Statement) -> None:
    """These are the same words."""
    assert joined(one, other) is Relation.REPRINT


@pytest.mark.parametrize(("one", "other"), TRIMS)
def test_trim(one: Statement, other: Statement) -> None:
    """One of these is cut out of the other."""
    assert joined(one, other) is Relation.TRIM


@pytest.mark.parametrize(("one", "other"), RETRANSLATIONS)
def test_retranslation(one: Statement, other: Statement) -> None:
    """These say the same in other words."""
    assert joined(one, other) is Relation.RETRANSLATION


@pytest.mark.parametrize(("one", "other"), APART)
def test_apart(one: Statement, other: Statement) -> None:
    """These are two statements, as far as anybody can tell: a wrong join is worse than two clusters."""
    assert joined(one, other) is None


def joined(one: Statement, other: Statement) -> Relation | None:
    """Return the relation of the two, checked both ways and against what clustering makes of them."""
    relation = choose_relation(one, other)
    assert choose_relation(other, one) is relation
    found = cluster_statements([replace(one, id=1, key="1"), replace(other, id=2, key="2")])
    assert [m.relation for c in found for m in c.members[1:]] == [relation] * (relation is not None)
    return relation
