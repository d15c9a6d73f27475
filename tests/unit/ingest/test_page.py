"""What of a pasted page is headline, body and furniture. All pages, people and events are invented."""

from __future__ import annotations

import pytest

from kb.ingest.page import read_page

P1 = "Bupati Muara Lintang Arman Sagara meninjau tanggul yang jebol di Desa Talang Bungur pada Senin pagi."
P2 = "“Kami akan menutup tanggul itu dalam dua hari,” kata Arman kepada warga yang mengungsi di balai desa."
P3 = "Ia mengatakan, bantuan beras dan selimut sudah dikirim ke empat desa yang terendam sejak akhir pekan."
TITLE = "Bupati Muara Lintang Tinjau Tanggul Jebol"
BODY = (P1, P2, P3)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


HEADS = {
    "headline": (TITLE,),
    "headline twice": (TITLE, TITLE),
    "headline around the byline": (TITLE, "Ani Wijaya , Jurnalis-Senin, 10 Juni 2024 |11:51 WIB", TITLE),
    "menu and kicker": ("BERANDA BERITA NUSANTARA", "Muara Lintang", TITLE, "Senin, 10 Juni 2024 - 08:19"),
    "kicker": ("Banjir Sumatera", TITLE, "Senin, 10 Juni 2024 | 08.19 WIB"),
    "breadcrumb": ("Home > News > Nusantara > Banjir", TITLE, "Senin, 10 Juni 2024 | 08.19 WIB"),
    "breadcrumb with outlet": (TITLE, "Nusantara | okezone | Senin, 10 Juni 2024 - 08:19", "share"),
    "names and dates": (TITLE, "Penulis: Ani Wijaya", "Editor: Budi", "Kompas.com - 10/06/2024, 11:51 WIB"),
    "labels on lines of their own": (TITLE, "Penulis", "Ani Wijaya", "Editor", "Budi Santoso"),
    "outlet, date, buttons": ("CNN Indonesia", TITLE, "Senin, 10 Jun 2024 08:19 WIB", "Bagikan:", "A A A"),
    "teaser above the byline": (TITLE, "Tanggul itu jebol setelah hujan tiga hari.", "Editor: Budi Santoso"),
    "caption": (TITLE, "Senin, 10 Juni 2024", "Warga melewati jalan yang terendam (Foto: Kabar Laut/Ani)"),
    "photo line": (TITLE, "Senin, 10 Juni 2024", "Foto: Ani Wijaya/Kabar Laut"),
    "agency credit": (TITLE, "Senin, 10 Juni 2024", "Tanggul jebol di Muara Lintang. ANTARA FOTO/Ani Wijaya"),
    "share row": (
        TITLE,
        "Ani Wijaya - detikNews",
        "Senin, 10 Jun 2024 08:19 WIB",
        "Facebook Twitter WhatsApp",
    ),
    "reading time": (TITLE, "10 Juni 2024 11:51 WIB · waktu baca 3 menit", "0", "Komentar (12)"),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=list(HEADS))
@pytest.mark.parametrize("join", ["\n", "\n\n"], ids=["single lines", "blank lines"])
def test_the_head_of_a_page_is_not_body(head: tuple[str, ...], join: str) -> None:
    """Whatever stands above the body, the headline is found, the rest is furniture, no paragraph is lost."""
    read = read_page(join.join((*head, *BODY)))
    assert read.paragraphs == BODY
    assert read.title == TITLE
    assert sorted((*read.furniture, read.title)) == sorted(head)


INSIDE = {
    "link": ("Baca juga: Tiga Kapal Tertahan di Labuan Seraya",),
    "link in capitals": ("BACA JUGA: Tiga Kapal Tertahan di Labuan Seraya",),
    "link in brackets": ("[Baca juga: Tiga Kapal Tertahan di Labuan Seraya]",),
    "link on the next line": ("Baca Juga:", "Tiga Kapal Tertahan di Labuan Seraya"),
    "other link": ("Lihat Juga : Tiga Kapal Tertahan di Labuan Seraya",),
    "advertisement": ("ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT"),
    "video": ("[Gambas:Video 20detik]",),
    "watch": ("Simak Video: Tanggul Jebol di Muara Lintang",),
    "editor's choice": ("Pilihan Editor: Tiga Kapal Tertahan",),
    "next page": ("Halaman Selanjutnya",),
    "pages": ("Halaman: 1 2 3 Show All",),
    "continued": ("Bersambung ke halaman berikutnya...",),
    "caption": ("Warga mengungsi ke balai desa. (Foto: Dok. Kabar Laut)",),
    "post": ("A post shared by Kabar Laut (@kabarlaut)",),
}


@pytest.mark.parametrize("lines", INSIDE.values(), ids=list(INSIDE))
def test_furniture_inside_a_body_is_taken_out(lines: tuple[str, ...]) -> None:
    """Links, buttons and captions between paragraphs are furniture; the paragraphs around them stay."""
    read = read_page(page(TITLE, P1, *lines, P2, P3))
    assert read.paragraphs == BODY
    assert read.furniture == lines


FEET = {
    "search link": ("Telusuri berita nusantara lainnya",),
    "topics": ("Topik Menarik", "Banjir Muara Lintang", "Arman Sagara"),
    "tags": ("Tag: banjir, tanggul",),
    "follow": ("Ikuti berita KABAR-LAUT.COM di GOOGLE NEWS",),
    "related": ("Berita Terkait", "Tiga Kapal Tertahan", "Harga Cabai Turun", "Berita Terkini"),
    "comments": ("Tinggalkan Balasan", "Alamat email Anda tidak akan dipublikasikan. Ruas wajib ditandai *"),
    "comment texts": ("Tulis Komentar", "Budi: semoga lekas surut, kasihan warga di sana yang kebanjiran."),
    "copyright": ("© 2024 KabarLaut.com, bagian dari Jaringan Laut.", "All Right Reserved"),
    "names": ("Penulis: Ani Wijaya", "Editor: Budi Santoso"),
    "source": ("(kabarlaut.com)",),
    "republished": ("Artikel ini telah tayang di KabarLaut.com dengan judul Tanggul Jebol",),
}


@pytest.mark.parametrize("foot", FEET.values(), ids=list(FEET))
def test_the_foot_of_a_page_is_not_body(foot: tuple[str, ...]) -> None:
    """Tags, links, forms, names and copyright lines below the body are furniture, in page order."""
    read = read_page(page(TITLE, *BODY, *foot))
    assert read.paragraphs == BODY
    assert read.furniture == foot


GLUED = {
    "(kl/ant)Jangan Lewatkan Video Terbaru:": "(kl/ant)",
    "kata dia. Baca juga: Tiga Kapal Tertahan di Labuan Seraya": "kata dia.",
    "kata dia. [Gambas:Instagram]": "kata dia.",
    "kata dia. ADVERTISEMENT": "kata dia.",
}


@pytest.mark.parametrize(("end", "kept"), GLUED.items(), ids=list(GLUED))
def test_furniture_glued_to_a_paragraph_is_cut(end: str, kept: str) -> None:
    """What a page glues to the end of a paragraph is cut and kept as furniture."""
    read = read_page(page(P1, P2, f"Air mulai surut, {end}"))
    assert read.paragraphs == (P1, P2, f"Air mulai surut, {kept}")
    assert (
        " ".join((read.paragraphs[-1], *read.furniture)).split()
        == f"Air mulai surut, {end}".replace(kept, f"{kept} ").split()
    )


def test_body_may_go_on_after_links() -> None:
    """A list of links in the middle of a page ends where the paragraphs go on."""
    read = read_page(page(TITLE, P1, "Berita Terkait", "Tiga Kapal Tertahan", "Harga Cabai Turun", P2, P3))
    assert read.paragraphs == BODY


def test_what_stands_above_a_dateline_is_not_body() -> None:
    """Teaser and caption above the dateline are furniture, even where they are sentences."""
    teaser = "Tanggul itu jebol setelah hujan deras selama tiga hari."
    caption = "Bupati Arman Sagara (kiri) di tanggul yang jebol, 10 Juni 2024."
    read = read_page(
        page("Banjir Sumatera", TITLE, teaser, "REUTERS", caption, f"KABARLAUT.COM - {P1}", P2, P3)
    )
    assert read.title == TITLE
    assert read.paragraphs == (f"KABARLAUT.COM - {P1}", P2, P3)
    assert read.furniture == ("Banjir Sumatera", teaser, "REUTERS", caption)


PLAIN = {
    "paragraphs": BODY,
    "one sentence": ("Hujan turun di Muara Lintang.",),
    "a few words": ("Hujan turun",),
    "broken paragraph": (
        "Calon pimpinan (capim) Komisi Air Daerah (KAD)",
        "Rizal Pandawa hadir di sana kemarin pagi.",
    ),
    "lower case": ("rupanya memberi isyarat bahwa ia akan kembali ke", P1, P2),
    "list": (P1, "1. Arif Darma - Tim Satu", "2. Bima Putra - Tim Dua", P2),
    "subheading": (P1, "Sanksi", P2, "Bantuan Datang", P3),
    "interview": (P1, "Kapan tanggul selesai?", "Dua hari lagi.", P2),
    "day inside": (P1, "Senin, 10 Juni 2024", P2, P3),
    "initials": (P1, P2, P3, "(abc/xyz)"),
    "short quote": (P1, "“Setuju,” jawab warga.", P2),
    "a dateline late": (P1, P2, P3, "JAKARTA, KOMPAS.com - Hujan juga turun di Jakarta kemarin sore."),
}


@pytest.mark.parametrize("paragraphs", PLAIN.values(), ids=list(PLAIN))
@pytest.mark.parametrize("join", ["\n", "\n\n"], ids=["single lines", "blank lines"])
def test_a_text_without_page_shape_is_all_body(paragraphs: tuple[str, ...], join: str) -> None:
    """Where nothing says that a page begins, every line is body and there is no headline."""
    read = read_page(join.join(paragraphs))
    assert read.paragraphs == paragraphs
    assert (read.title, read.furniture) == (None, ())


def test_a_known_headline_is_not_body() -> None:
    """A headline that the record gives is furniture where the page repeats it, full stop or not."""
    read = read_page(
        page("Tanggul jebol, Arman turun tangan.", *BODY), title="Tanggul Jebol, Arman Turun Tangan"
    )
    assert read.paragraphs == BODY
    assert read.title is None
