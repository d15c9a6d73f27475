"""What is reported, and what only looks like it: commitments, relays, sentences told by nobody, whole sentences."""

from __future__ import annotations

import pytest
from marked_text import Said, example, found, indirect, mixed

CONTENTS = [
    example(
        "a readiness and what it is to",
        "[PER Lee Jaeho] menyatakan kesediaannya untuk membuka dialog.",
        indirect("kesediaannya untuk membuka dialog", "Lee Jaeho"),
    ),
    example(
        "a predicate that is no verb, behind mengatakan",
        "[PER Said Abdul] mengatakan dukungan jalan tol seperti itu penting bagi petani kopi.",
        indirect("dukungan jalan tol seperti itu penting bagi petani kopi", "Said Abdul"),
    ),
    example(
        "a hope that is uttered",
        "[PER Said Abdul] menyampaikan harapannya agar jalan tol selesai.",
        indirect("agar jalan tol selesai", "Said Abdul"),
    ),
    example(
        "what somebody insists on",
        "[LOC Tarvania] tetap bersikeras bahwa perbatasan ditutup.",
        indirect("perbatasan ditutup", "Tarvania"),
    ),
    example(
        "-nya for whom an accusation is about",
        "[PER Rina Wulan] menuduhnya menggelapkan uang arisan.",
        indirect("menggelapkan uang arisan", "Rina Wulan"),
    ),
    example(
        "saat ini begins a clause, no occasion",
        "Dalam membangun pasar, kata [PER Adi Karyo], saat ini sudah ada tiga investor.",
        indirect("saat ini sudah ada tiga investor", "Adi Karyo"),
    ),
    example(
        "yang menurut S begins what S says",
        "Pagar itu dibongkar dengan alasan keamanan, yang menurut [PER Rina Wulan] tidak pernah terbukti.",
        indirect("tidak pernah terbukti", "Rina Wulan"),
    ),
    example(
        "what a noun is urged to do",
        "[PER Dave Loka] mendorong warga untuk menanam bakau.",
        indirect("warga untuk menanam bakau", "Dave Loka"),
    ),
    example("a thing urged is no content", "[PER Dave Loka] mendorong gerobak sayur."),
    example("pointing back with -nya", "Hal itu diutarakannya usai rapat di [LOC Ambon]."),
    example("apologies say nothing", "[PER Dave Loka] menyampaikan permohonan maaf atas keterlambatan itu."),
]

RELAYED = [
    example(
        "no comma behind the medium",
        "Mengutip [ORG Harian Teluk] harga emas naik sepanjang pekan ini.",
        indirect("harga emas naik sepanjang pekan ini", "Harian Teluk"),
    ),
    example(
        "a relay in front, behind another word",
        "Pasalnya, seperti dikutip dari [ORG Harian Teluk], klub itu menggoda penyerang lama.",
        indirect("klub itu menggoda penyerang lama", "Harian Teluk"),
    ),
    example(
        "cues only inside what a medium reports",
        "Dilansir [ORG Harian Teluk], kasus itu bermula saat [PER Lisa Mar] menuduh bendahara menggelapkan uang.",
        indirect(
            "kasus itu bermula saat Lisa Mar menuduh bendahara menggelapkan uang",
            "Harian Teluk",
            cue="Dilansir",
        ),
    ),
    example(
        "a speaker of its own behind the medium",
        "Dilansir [ORG Harian Teluk], [PER Lisa Mar] mengatakan uang itu kembali.",
        indirect("uang itu kembali", "Lisa Mar", medium="Harian Teluk"),
    ),
    example(
        "said by nobody",
        "Sebelumnya diberitakan, seorang petani bernama [PER Mujito] terluka diserang beruang.",
        indirect("seorang petani bernama Mujito terluka diserang beruang", None),
    ),
    example(
        "said by nobody, with bahwa",
        "Dikabarkan bahwa jembatan itu akan ditutup besok.",
        indirect("jembatan itu akan ditutup besok", None),
    ),
    example(
        "another tells the whole sentence",
        "[ORG Arsela] meminta [ORG Westam] membayar penuh jika ingin meminjam penyerang, menurut [ORG Bintang Pagi].",
        indirect(
            "Arsela meminta Westam membayar penuh jika ingin meminjam penyerang",
            "Bintang Pagi",
            cue="menurut",
        ),
    ),
    example(
        "the same person tells it twice",
        "Pelatih [PER Ronal Herbi] mengatakan anak asuhnya siap, kata [PER Ronal].",
        indirect("anak asuhnya siap", "Ronal Herbi", cue="mengatakan"),
    ),
    example(
        "part of a paraphrase as said",
        "[PER Rina Wulan] menyebut rapat, pesta, dan kunjungan itu sebagai “pemborosan”.",
        mixed("rapat, pesta, dan kunjungan itu sebagai “pemborosan”", "Rina Wulan"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CONTENTS + RELAYED)
def test_what_is_reported_is_told_from_what_is_not(text: str, wanted: tuple[Said, ...]) -> None:
    """A content says something, ends where it ends, and belongs to the outermost teller."""
    assert found(text, wanted) == [*wanted]
