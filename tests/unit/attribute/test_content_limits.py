"""Where a reported clause begins and ends: without bahwa, time, place and occasion, one item a cue."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect, mixed

BEGINNINGS = [
    example(
        "the day of speaking between commas",
        "[PER Jamilah Tuanaya], Rabu (4/3), mengatakan pabrik es itu beroperasi lagi.",
        indirect("pabrik es itu beroperasi lagi", "Jamilah Tuanaya"),
    ),
    example(
        "place and day between commas",
        "Kepala dinas perikanan [PER Jamilah Tuanaya] di [LOC Tual], Senin, mengatakan bantuan jaring sudah "
        "dibagikan.",
        indirect("bantuan jaring sudah dibagikan", "Jamilah Tuanaya"),
    ),
    example(
        "pada and a day before the verb",
        "[PER Goran Petrovik] pada Senin mengatakan bahwa terowongan itu akan ditutup setahun.",
        indirect("terowongan itu akan ditutup setahun", "Goran Petrovik"),
    ),
    example(
        "a day behind the verb",
        "[PER Goran Petrovik] mengatakan pada Senin bahwa terowongan itu akan ditutup setahun.",
        indirect("terowongan itu akan ditutup setahun", "Goran Petrovik"),
    ),
    example(
        "an addressee behind the verb",
        "[PER Goran Petrovik] mengatakan kepada para wali murid bahwa terowongan itu akan ditutup setahun.",
        indirect("terowongan itu akan ditutup setahun", "Goran Petrovik"),
    ),
    example(
        "an addressee, then a comma",
        "[PER Jamilah Tuanaya] menjelaskan kepada wartawan, pabrik es itu dikelola koperasi.",
        indirect("pabrik es itu dikelola koperasi", "Jamilah Tuanaya"),
    ),
    example(
        "the occasion opens the sentence",
        "Dalam jumpa pers, Rabu (4/3), [PER Jamilah Tuanaya] menyebutkan, dua kapal patroli sudah "
        "diperbaiki.",
        indirect("dua kapal patroli sudah diperbaiki", "Jamilah Tuanaya"),
    ),
    example(
        "adverbs before the verb",
        "[PER Goran Petrovik] juga sempat kembali menegaskan bahwa tidak ada korban dalam longsor itu.",
        indirect("tidak ada korban dalam longsor itu", "Goran Petrovik", cue="menegaskan"),
    ),
    example(
        "pun before the verb",
        "[PER Jamilah Tuanaya] pun mengakui, lelang itu dua kali gagal.",
        indirect("lelang itu dua kali gagal", "Jamilah Tuanaya", cue="mengakui"),
    ),
    example(
        "a demand keeps its untuk",
        "[PER Goran Petrovik] meminta para pendaki untuk menunda perjalanan.",
        indirect("para pendaki untuk menunda perjalanan", "Goran Petrovik", polarity="demands"),
    ),
    example(
        "a promise keeps its akan",
        "[PER Jamilah Tuanaya] berjanji akan membangun dermaga sebelum musim barat.",
        indirect("akan membangun dermaga sebelum musim barat", "Jamilah Tuanaya", polarity="promises"),
    ),
    example(
        "an order",
        "[PER Igor Vlasic] memerintahkan pasukannya mundur.",
        indirect("pasukannya mundur", "Igor Vlasic", polarity="demands"),
    ),
    example(
        "a commitment and what it is to",
        "[PER Igor Vlasic] menegaskan komitmennya untuk membuka kembali sekolah-sekolah.",
        indirect("komitmennya untuk membuka kembali sekolah-sekolah", "Igor Vlasic"),
    ),
    example(
        "a threat",
        "Kelompok [ORG Tapal Batas] mengancam akan memblokade jalan selama sepekan.",
        indirect("akan memblokade jalan selama sepekan", "Tapal Batas", polarity="promises"),
    ),
    example(
        "menyebut X sebagai Y",
        "[PER Goran Petrovik] menyebut tanggul itu sebagai karya terburuk pemerintah kota.",
        indirect("tanggul itu sebagai karya terburuk pemerintah kota", "Goran Petrovik"),
    ),
    example(
        "menuduh X and what X did",
        "[PER Inaya Balqis] menuduh suaminya menggadaikan rumah tanpa izin.",
        indirect("suaminya menggadaikan rumah tanpa izin", "Inaya Balqis"),
    ),
    example(
        "a noun of saying with bahwa",
        "[PER Inaya Balqis] memberi isyarat bahwa ia akan maju lagi sebagai ketua.",
        indirect("ia akan maju lagi sebagai ketua", "Inaya Balqis"),
    ),
    example(
        "a passive with its agent",
        "Disampaikan oleh [PER Inaya Balqis] bahwa lomba dayung diundur sampai Ahad.",
        indirect("lomba dayung diundur sampai Ahad", "Inaya Balqis"),
    ),
    example(
        "a passive with -nya",
        "[PER Inaya Balqis] memimpin panitia lomba. Dikatakannya, tiket terjual habis dalam sejam.",
        indirect("tiket terjual habis dalam sejam", "Inaya Balqis", mention="Dikatakannya"),
    ),
    example(
        "an impersonal passive",
        "Dalam surat itu disebutkan, seluruh pedagang wajib pindah sebelum tanggal lima.",
        indirect("seluruh pedagang wajib pindah sebelum tanggal lima", None, cue="disebutkan"),
    ),
]

ENDS = [
    example(
        "place and day",
        "Retribusi pasar naik bulan depan, kata [PER Jamilah Tuanaya] di [LOC Tual], Kamis (5/3).",
        indirect("Retribusi pasar naik bulan depan", "Jamilah Tuanaya"),
    ),
    example(
        "the occasion",
        "Retribusi pasar naik bulan depan, kata [PER Jamilah Tuanaya] dalam rapat bersama pedagang.",
        indirect("Retribusi pasar naik bulan depan", "Jamilah Tuanaya"),
    ),
    example(
        "the day closes the clause",
        "[PER Jamilah Tuanaya] mengatakan retribusi pasar akan dinaikkan bulan depan, Kamis (5/3).",
        indirect("retribusi pasar akan dinaikkan bulan depan", "Jamilah Tuanaya"),
    ),
    example(
        "the medium closes the clause",
        "[PER Goran Petrovik] mengatakan pencarian korban dihentikan, seperti dikutip [ORG Kantor Berita "
        "Samudra].",
        indirect("pencarian korban dihentikan", "Goran Petrovik"),
    ),
    example(
        "the agency's signature",
        "[PER Goran Petrovik] mengatakan pencarian korban dihentikan besok. (ant/rsl)",
        indirect("pencarian korban dihentikan besok", "Goran Petrovik"),
    ),
    example(
        "the next sentence has no cue",
        "[PER Jamilah Tuanaya] menjelaskan bahwa dermaga itu panjangnya dua ratus meter. Lantainya dari "
        "kayu ulin.",
        indirect("dermaga itu panjangnya dua ratus meter", "Jamilah Tuanaya"),
    ),
    example(
        "two things said with one cue",
        "[PER Jamilah Tuanaya] mengatakan bahwa dermaga itu ditutup dan bahwa nelayan pindah ke pantai "
        "timur.",
        indirect("dermaga itu ditutup dan bahwa nelayan pindah ke pantai timur", "Jamilah Tuanaya"),
    ),
    example(
        "he admits and accuses",
        "[PER Goran Petrovik] mengakui anggarannya membengkak dan menuduh kontraktor bekerja lamban.",
        indirect("anggarannya membengkak", "Goran Petrovik", cue="mengakui"),
        indirect("kontraktor bekerja lamban", "Goran Petrovik", cue="menuduh"),
    ),
    example(
        "she admits but denies",
        "[PER Inaya Balqis] mengakui menerima hadiah, tetapi membantah uang itu terkait proyek.",
        indirect("menerima hadiah", "Inaya Balqis", polarity="asserts"),
        indirect("uang itu terkait proyek", "Inaya Balqis", polarity="denies"),
    ),
    example(
        "while another says otherwise",
        "[PER Inaya Balqis] mengatakan listrik sudah menyala, sedangkan [PER Goran Petrovik] menyebut "
        "kampungnya masih gelap.",
        indirect("listrik sudah menyala", "Inaya Balqis"),
        indirect("kampungnya masih gelap", "Goran Petrovik"),
    ),
    example(
        "the fragment does not cut the clause",
        "Menurut [PER Inaya Balqis], gosip itu “sampah” yang tidak perlu ditanggapi.",
        mixed("gosip itu “sampah” yang tidak perlu ditanggapi", "Inaya Balqis"),
    ),
    example(
        "she goes on to do something else",
        "[PER Elena Markovic] mengatakan ia “sangat kecewa”. Ia lalu meninggalkan ruangan.",
        mixed("ia “sangat kecewa”", "Elena Markovic"),
    ),
    example(
        "she does not say why",
        "[PER Elena Markovic] menyebut keputusan itu “kesalahan besar”, tetapi tidak merinci alasannya.",
        mixed("keputusan itu “kesalahan besar”", "Elena Markovic"),
    ),
    example(
        "then she leaves",
        "[PER Elena Markovic] mengatakan bahwa “tidak ada jalan lain”, lalu meninggalkan ruangan.",
        mixed("“tidak ada jalan lain”", "Elena Markovic"),
        fails="what the speaker does besides (, tetapi tidak …; , lalu …) stays in the content",
    ),
    example(
        "not denying is asserting",
        "[PER Inaya Balqis] tidak membantah bahwa ia menerima hadiah itu.",
        indirect("ia menerima hadiah itu", "Inaya Balqis", polarity="asserts"),
    ),
    example(
        "a paraphrase, then the words",
        "[PER Jamilah Tuanaya] mengatakan, dermaga itu aman. “Tiangnya baru semua,” katanya.",
        indirect("dermaga itu aman", "Jamilah Tuanaya"),
        direct("Tiangnya baru semua", "Jamilah Tuanaya"),
    ),
]

NO_CONTENT = [
    example("refuses comment", "[PER Inaya Balqis] menolak berkomentar mengenai perceraiannya."),
    example("discusses", "[PER Goran Petrovik] membahas kerja sama maritim dengan tamunya."),
    example("thanks", "[PER Inaya Balqis] berterima kasih kepada para penonton."),
    example("praises", "[PER Goran Petrovik] menyampaikan apresiasi kepada para relawan."),
    example("condemns", "[LOC Tarvania] mengecam serangan terhadap kapal dagangnya."),
    example("gives a reason, untold", "[PER Inaya Balqis] mengungkapkan alasan pengunduran dirinya."),
    example(
        "denies that",
        "[PER Goran Petrovik] membantah hal tersebut.",
        fails="hal tersebut is taken for what is denied",
    ),
    example("names", "[PER Goran Petrovik] menyebut tiga nama dalam sidang itu."),
    example("asks for protection", "[PER Inaya Balqis] meminta perlindungan kepada polisi."),
    example("apologises", "[PER Goran Petrovik] meminta maaf kepada keluarga korban."),
    example("claims damages", "[PER Inaya Balqis] menuntut ganti rugi seratus juta rupiah."),
    example("thinks otherwise", "[PER Goran Petrovik] berpendapat lain."),
    example("finds out", "[PER Inaya Balqis] menemukan bahwa pintu gudang tidak terkunci."),
    example("knows", "[PER Goran Petrovik] mengetahui bahwa rumahnya sudah dijual."),
    example("believes", "[PER Inaya Balqis] percaya bahwa hujan membawa berkah."),
    example("decides", "[PER Goran Petrovik] memutuskan pulang lebih awal karena sakit."),
    example("agrees", "Kedua pihak sepakat berunding lagi bulan depan."),
    example("is said to", "[PER Goran Petrovik] disebut melarikan diri ke luar negeri."),
    example("is reported to", "Tiga penumpang dilaporkan hilang sejak Ahad malam."),
    example("a finding", "Hasil pemeriksaan menunjukkan rem truk itu blong."),
    example(
        "according to data", "Berdasarkan data [ORG Dinas Kesehatan], penderita malaria berkurang separuh."
    ),
    example("a plan", "Menurut rencana, jembatan itu dibuka tahun depan."),
    example("writes a book", "[PER Inaya Balqis] menulis novel tentang kampung halamannya."),
    example("answers an examiner", "[PER Goran Petrovik] menjawab semua pertanyaan penyidik dengan tenang."),
    example("reports somebody", "[PER Inaya Balqis] melaporkan tetangganya ke polisi."),
    example("asks for something", "[PER Goran Petrovik] meminta segelas air sebelum duduk."),
]


@pytest.mark.parametrize(("text", "wanted"), BEGINNINGS)
def test_a_content_begins_behind_what_announces_it(text: str, wanted: tuple[Said, ...]) -> None:
    """The cue, its adverbs, addressee, time, bahwa and comma are outside; untuk, agar and akan are inside."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), ENDS)
def test_a_content_ends_where_the_saying_ends(text: str, wanted: tuple[Said, ...]) -> None:
    """Time, place, medium and signature are outside; one cue gives one item, two cues two."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), NO_CONTENT)
def test_no_content_is_no_item(text: str, wanted: tuple[Said, ...]) -> None:
    """Who thanks, condemns, refuses, thinks, decides or is spoken of says nothing that is reported."""
    assert found(text, wanted) == [*wanted]
