"""The ways in which Indonesian news reports speech, P1 to P24.

Q is a quotation, V the cue, S the speaker, C a clause, M a medium.
"""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found

MARKED_TAGS = [
    example(
        "P1 kata S",
        "“Hasil panen kali ini lebih baik daripada tahun lalu,” kata [PER Made Suardana].",
        direct(
            "Hasil panen kali ini lebih baik daripada tahun lalu",
            "Made Suardana",
            cue="kata",
            mention="Made Suardana",
            type="PER",
        ),
    ),
    example(
        "P1 seru S behind an exclamation mark",
        "“Air bersih sudah mengalir lagi ke semua rumah!” seru [PER Yosefa Rumbiak].",
        direct("Air bersih sudah mengalir lagi ke semua rumah", "Yosefa Rumbiak", cue="seru"),
    ),
    example(
        "P1 straight marks, place and day behind",
        '"Saya tidak menyangka penontonnya sebanyak ini," ujar [PER Hiroshi Tanabe] di [LOC Makassar], '
        "Sabtu (14/3).",
        direct("Saya tidak menyangka penontonnya sebanyak ini", "Hiroshi Tanabe", mention="Hiroshi Tanabe"),
    ),
    example(
        "P1 unmarked first person",
        "Kami tidak pernah menerima surat itu, kata [PER Farida Nasution].",
        direct("Kami tidak pernah menerima surat itu", "Farida Nasution"),
    ),
    example(
        "P2 katanya",
        "[PER Nurhayati Lubis] membuka rapat itu dengan doa. “Kita mulai dari jalan desa,” katanya.",
        direct("Kita mulai dari jalan desa", "Nurhayati Lubis", cue="katanya", mention="katanya", type="PER"),
    ),
    example(
        "P2 ujarnya sambil",
        "[PER Karel Mambrasar] menjual sagu sejak remaja. “Dulu pembelinya hanya tetangga,” ujarnya sambil "
        "tersenyum.",
        direct("Dulu pembelinya hanya tetangga", "Karel Mambrasar", cue="ujarnya"),
    ),
    example(
        "P2 tuturnya singkat",
        "Sidang dipimpin [PER Laila Basalamah]. “Putusan dibacakan besok,” tuturnya singkat.",
        direct("Putusan dibacakan besok", "Laila Basalamah", mention="tuturnya"),
    ),
    example(
        "P2 -nya of an organisation",
        "[ORG Perkumpulan Guru Pesisir] mengeluarkan sikap pada Selasa. “Gaji kami belum dibayar,” tulisnya.",
        direct("Gaji kami belum dibayar", "Perkumpulan Guru Pesisir", type="ORG"),
    ),
    example(
        "P3 S, ROLE, TIME",
        "“Dua jembatan harus dibangun ulang,” kata [PER Stefanus Manalu], kepala dinas pekerjaan umum "
        "setempat, Senin (9/2).",
        direct("Dua jembatan harus dibangun ulang", "Stefanus Manalu", mention="Stefanus Manalu"),
    ),
    example(
        "P3 S, ROLE on an institution",
        "“Terumbu karang pulih lebih cepat,” ujar [PER Aisyah Ramadhani], peneliti pada [ORG Lembaga Kajian "
        "Pesisir], dalam diskusi daring, Kamis.",
        direct("Terumbu karang pulih lebih cepat", "Aisyah Ramadhani"),
    ),
    example(
        "P4 ROLE AFFIL NAME",
        "“Solar tidak boleh langka lagi,” kata Ketua [ORG Serikat Nelayan Arafura] [PER Markus Wenda].",
        direct(
            "Solar tidak boleh langka lagi",
            "Markus Wenda",
            mention="Markus Wenda",
            role="Ketua Serikat Nelayan Arafura",
        ),
    ),
    example(
        "P4 ROLE AFFIL, NAME",
        "“Perjanjian itu masih dibahas,” ujar juru bicara [ORG Kementerian Luar Negeri] [LOC Tarvania], "
        "[PER Elena Markovic], Jumat.",
        direct("Perjanjian itu masih dibahas", "Elena Markovic", mention="Elena Markovic"),
    ),
    example(
        "P4 rank and name",
        "“Pelaku masih kami kejar,” tegas Komisaris Besar [PER Oktavianus Bere].",
        direct("Pelaku masih kami kejar", "Oktavianus Bere", cue="tegas"),
    ),
    example(
        "P5 tanya S",
        "“Apakah dana itu sudah cair?” tanya [PER Dewi Kartikasari] kepada panitia.",
        direct("Apakah dana itu sudah cair", "Dewi Kartikasari", cue="tanya", polarity="asks"),
    ),
    example(
        "P5 tanya ROLE NAME",
        '"Siapa yang bertanggung jawab atas kebocoran ini?" tanya anggota dewan [PER Ferry Sitompul].',
        direct("Siapa yang bertanggung jawab atas kebocoran ini", "Ferry Sitompul", polarity="asks"),
    ),
    example(
        "P6 a quotation goes on behind its tag",
        "“Sekolah itu retak sejak gempa,” kata [PER Theodorus Lake]. “Anak-anak belajar di tenda.”",
        direct("Sekolah itu retak sejak gempa", "Theodorus Lake", cue="kata"),
        direct("Anak-anak belajar di tenda", "Theodorus Lake", cue=None, mention=None),
    ),
    example(
        "P6 it goes on with a question",
        "“Kami menunggu tiga jam,” keluh [PER Ningsih]. “Kapan busnya datang?”",
        direct("Kami menunggu tiga jam", "Ningsih", cue="keluh"),
        direct("Kapan busnya datang", "Ningsih", cue=None),
    ),
    example(
        "P7 split by its tag",
        "“Kami akan membayar semua utang,” kata [PER Lim Siok Hwa], “asal diberi waktu dua bulan.”",
        direct("Kami akan membayar semua utang", "Lim Siok Hwa"),
        direct("asal diberi waktu dua bulan", "Lim Siok Hwa"),
    ),
    example(
        "P7 split by -nya",
        "[PER Andreas Koroh] menolak mundur. “Selama rakyat percaya,” katanya, “saya tetap bekerja.”",
        direct("Selama rakyat percaya", "Andreas Koroh", cue="katanya"),
        direct("saya tetap bekerja", "Andreas Koroh"),
    ),
    example(
        "P11 Kata S first",
        "Kata [PER Sulaiman Daeng Ngalle], “Ombak setinggi itu belum pernah kami lihat.”",
        direct("Ombak setinggi itu belum pernah kami lihat", "Sulaiman Daeng Ngalle", cue="Kata"),
    ),
    example(
        "P11 Ujarnya first",
        "[PER Sri Hartini] menolak tawaran itu. Ujarnya, “Rumah ini tidak dijual.”",
        direct("Rumah ini tidak dijual", "Sri Hartini", cue="Ujarnya", mention="Ujarnya"),
    ),
]

LED_QUOTATIONS = [
    example(
        "P8 mengatakan, Q",
        "[PER Rashid Al-Harbi] mengatakan, “Pintu perundingan selalu terbuka.”",
        direct("Pintu perundingan selalu terbuka", "Rashid Al-Harbi", cue="mengatakan"),
    ),
    example(
        "P8 no comma",
        "[PER Agnes Tumbelaka] menegaskan “Tidak ada bangunan yang akan digusur tanpa ganti rugi.”",
        direct("Tidak ada bangunan yang akan digusur tanpa ganti rugi", "Agnes Tumbelaka"),
    ),
    example(
        "P8 an addressee between",
        'Direktur [ORG Pabrik Gula Sentosa] [PER Haryono Subekti] mengatakan kepada wartawan, "Tidak ada '
        'buruh yang dirumahkan."',
        direct("Tidak ada buruh yang dirumahkan", "Haryono Subekti"),
    ),
    example(
        "P8 an adverb between",
        "[PER Elena Markovic] hanya berujar singkat, “Tunggu saja.”",
        direct("Tunggu saja", "Elena Markovic"),
    ),
    example(
        "P8 one word",
        "Ketika ditanya apakah akan mundur, [PER Elena Markovic] menjawab, “Tidak.”",
        direct("Tidak", "Elena Markovic", cue="menjawab"),
        fails="a quotation of one word behind its verb is none",
    ),
    example(
        "P8 a short answer",
        "[PER Elena Markovic] menjawab, “Tidak ada.”",
        direct("Tidak ada", "Elena Markovic", cue="menjawab"),
    ),
    example(
        "P9 berkata: Q",
        "Dalam sidang itu [PER Bambang Prakoso] berkata: “Saya siap diperiksa kapan saja.”",
        direct("Saya siap diperiksa kapan saja", "Bambang Prakoso", cue="berkata"),
    ),
    example(
        "P9 menjawab: Q",
        "[PER Amara Okafor] menjawab: “Kontraknya berakhir bulan Juni.”",
        direct("Kontraknya berakhir bulan Juni", "Amara Okafor", cue="menjawab"),
    ),
    example(
        "P10 label",
        "[PER Clara Hutagalung]: “Sejak kecil saya suka menggambar.”",
        direct("Sejak kecil saya suka menggambar", "Clara Hutagalung", cue=None),
    ),
    example(
        "P10 label with a role",
        "Pelatih [PER Sven Lindqvist]: “Para pemain hanya butuh istirahat.”",
        direct("Para pemain hanya butuh istirahat", "Sven Lindqvist", mention="Sven Lindqvist"),
    ),
    example(
        "P20 hal senada",
        "Hal senada disampaikan [PER Ratih Purbasari]. “Guru honorer harus diprioritaskan,” katanya.",
        direct("Guru honorer harus diprioritaskan", "Ratih Purbasari", mention="katanya"),
    ),
    example(
        "P20 another speaker before",
        "“Anggaran pendidikan perlu ditambah,” kata [PER Teguh Wicaksana].\n\n"
        "Hal serupa diungkapkan Ketua [ORG Ikatan Guru Mandiri] [PER Ratih Purbasari]. “Guru honorer harus "
        "diprioritaskan,” ujarnya.",
        direct("Anggaran pendidikan perlu ditambah", "Teguh Wicaksana"),
        direct("Guru honorer harus diprioritaskan", "Ratih Purbasari"),
    ),
    example(
        "P21 each paragraph opens, the last closes",
        "“Jalan ini dibangun ayah saya.\n\n“Sekarang cucunya yang merawat,” kata [PER Petrus Kafiar].",
        direct("Jalan ini dibangun ayah saya", "Petrus Kafiar"),
        direct("Sekarang cucunya yang merawat", "Petrus Kafiar"),
    ),
    example(
        "P21 the tag stands in the first paragraph",
        "“Kebun itu warisan keluarga,” kata [PER Ida Ayu Sasmita]. “Kami tidak akan menjualnya.\n\n"
        "“Kalau perlu, kami tempuh jalur hukum.”",
        direct("Kebun itu warisan keluarga", "Ida Ayu Sasmita"),
        direct("Kami tidak akan menjualnya", "Ida Ayu Sasmita"),
        direct("Kalau perlu, kami tempuh jalur hukum", "Ida Ayu Sasmita"),
    ),
    example(
        "P22 menulis di X",
        "[PER Gilang Mahardika] menulis di akun X miliknya, “Konser diundur demi keselamatan penonton.”",
        direct("Konser diundur demi keselamatan penonton", "Gilang Mahardika", cue="menulis"),
    ),
    example(
        "P22 mencuit",
        "Penyanyi [PER Noa Ben-Ami] mencuit, “Album baru terbit musim semi nanti.”",
        direct("Album baru terbit musim semi nanti", "Noa Ben-Ami", cue="mencuit"),
    ),
    example(
        "P24 a quotation inside a quotation",
        "“Ibu selalu berpesan ‘jangan pulang terlalu malam’ kepada saya,” kata [PER Yuni Astari].",
        direct("Ibu selalu berpesan ‘jangan pulang terlalu malam’ kepada saya", "Yuni Astari"),
    ),
    example(
        "P24 nested in double marks",
        "“Kepala desa bilang “semua warga akan dapat ganti rugi” di depan kami,” tutur [PER La Ode Hasan].",
        direct("Kepala desa bilang “semua warga akan dapat ganti rugi” di depan kami", "La Ode Hasan"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MARKED_TAGS)
def test_a_tag_beside_a_quotation_names_its_speaker(text: str, wanted: tuple[Said, ...]) -> None:
    """What stands in marks is one item a pair, its speaker the one whom the tag beside it names."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), LED_QUOTATIONS)
def test_words_that_lead_to_a_quotation_name_its_speaker(text: str, wanted: tuple[Said, ...]) -> None:
    """A verb, a colon or a sentence that gives the floor tells who says the quotation behind it."""
    assert found(text, wanted) == [*wanted]
