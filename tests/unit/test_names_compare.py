"""What two names can be to each other: the examples are the specification, with the traps that must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import EntityType
from kb.names import NameRelation, block_key, compare_names
from kb.names.relations import NameRelation as R

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC

PEOPLE = [
    ("Anwar Ibrahim", "Anwar bin Ibrahim", R.SAME),
    ("Sergei Lavrov", "Menlu Sergey Lavrov", R.SAME),
    ("Agus Budi", "Budi Agus", R.REORDERED),
    ("Kim Jong Un", "Jong Un Kim", R.REORDERED),
    ("Hamengku Buwono X", "Hamengkubuwono X", R.RUN_TOGETHER),
    ("Susi Lo", "Susilo", R.RUN_TOGETHER),
    ("Bashar Assad", "Bashar al-Assad", R.PARTICLE),
    ("Ursula Leyen", "Ursula von der Leyen", R.PARTICLE),
    ("Djoko Susanto", "Joko Susanto", R.SPELLING),
    ("Budhi Santoso", "Budi Santoso", R.SPELLING),
    ("Rudy Hartono", "Rudi Hartono", R.SPELLING),
    ("Megawati Soekarnoputri", "Megawati Sukarnoputri", R.SPELLING),
    ("Jusuf Kalla", "Yusuf Kalla", R.SPELLING),
    ("Fachri Hamzah", "Fakhri Hamzah", R.SPELLING),
    ("Luhut Pandjaitan", "Luhut Panjaitan", R.SPELLING),
    ("Mochamad Iriawan", "Muhammad Iriawan", R.SPELLING),
    ("Viktor Orban", "Victor Orban", R.SPELLING),
    ("Erick Thohir", "Erik Tohir", R.SPELLING),
    ("Abdul Rahman Wahid", "Abdurrahman Wahid", R.SPELLING),
    ("Muhammad Yusuf", "Mohamed Youssef", R.SPELLING),
    ("Samuel Wattimena", "Semuel Wattimena", R.SPELLING),
    ("Patrick Kluivert", "Patrick Kluviert", R.SPELLING),
    ("Soeharto", "Suharto", R.SPELLING),
    ("SBY", "Susilo Bambang Yudhoyono", R.ABBREVIATION),
    ("George Bush", "George W. Bush", R.INITIALS),
    ("George W. Bush", "George Walker Bush", R.INITIALS),
    ("B.J. Habibie", "Bacharuddin Jusuf Habibie", R.INITIALS),
    ("V. Putin", "Vladimir Putin", R.INITIALS),
    ("M. Rizal", "Muhammad Rizal", R.INITIALS),
    ("Moh. Mahfud", "Mohammad Mahfud", R.INITIALS),
    ("Retno LP Marsudi", "Retno Lestari Priansari Marsudi", R.INITIALS),
    ("Lavrov", "Sergei Lavrov", R.PART),
    ("Megawati", "Megawati Soekarnoputri", R.PART),
    ("Sri Mulyani", "Sri Mulyani Indrawati", R.PART),
    ("Jusuf Kalla", "Muhammad Jusuf Kalla", R.PART),
    ("Ferdinand Marcos", "Ferdinand Marcos Jr", R.PART),
    ("I Made Mangku", "Made Mangku", R.PART),
]

TWO_PEOPLE = [
    ("Budi Santoso", "Budi Susanto"),
    ("Budi Santoso", "Budi Santosa"),
    ("Agus Susanto", "Agus Susanti"),
    ("Sergei Lavrov", "Sergei Lavrova"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Hamengku Buwono IX", "Hamengku Buwono X"),
    ("Ferdinand Marcos Jr", "Ferdinand Marcos Sr"),
    ("George W. Bush", "George H.W. Bush"),
    ("George W. Bush", "George H. Bush"),
    ("Hadi Wijaya", "Hedi Wijaya"),
    ("Andi Wijaya", "Andri Wijaya"),
    ("Ratna Wiyasa", "Rahmat Wiyasa"),
    ("Budi Santoso", "Budi Hartono"),
    ("Joko Widodo", "Jokowi"),
    ("Muhammad", "Muhammad Rizki"),
    ("M. Ali", "Muhammad Ali"),
    ("Putri", "Putra"),
    ("Denny", "Deni"),
    ("Muhammad", "Mohammed"),
    ("Aan", "Malia Ann Wiyasa"),
    ("Samuel Wattimena", "Semuel Watimenna Putra"),
]

BODIES = [
    (ORG, "KPK", "Komisi Pemberantasan Korupsi", R.SPELT_OUT),
    (ORG, "Kemenkes RI", "Kementerian Kesehatan", R.SPELT_OUT),
    (ORG, "Polda Jateng", "Polda Jawa Tengah", R.SPELT_OUT),
    (ORG, "Pemkot Bogor", "Pemerintah Kota Bogor", R.SPELT_OUT),
    (ORG, "SMPN 1 Rantau", "SMP Negeri 1 Rantau", R.SPELT_OUT),
    (ORG, "Bawaslu", "Badan Pengawas Pemilu", R.SPELT_OUT),
    (ORG, "YLH", "Yayasan Lentera Hati", R.ABBREVIATION),
    (ORG, "Lemhannas", "Lembaga Ketahanan Nasional", R.ABBREVIATION),
    (ORG, "PT Bank Mandiri Tbk", "Bank Mandiri", R.KIND),
    (ORG, "Partai Golkar", "Golkar", R.KIND),
    (ORG, "Bank Mandiri", "Bank Mandiri Syariah", R.PART),
    (ORG, "Muhammadiyah", "Muhamadiyah", R.SPELLING),
    (LOC, "Jawa Tengah", "Jateng", R.SPELT_OUT),
    (LOC, "Tanah Bumbu", "Tanbu", R.ABBREVIATION),
    (LOC, "Kab. Bogor", "Kabupaten Bogor", R.SPELT_OUT),
    (LOC, "Kota Bogor", "Bogor", R.KIND),
    (LOC, "Hong Kong", "Hongkong", R.RUN_TOGETHER),
    (LOC, "Hong Kong", "Hong-Kong", R.SAME),
]

TWO_BODIES = [
    (ORG, "Polda Jateng", "Polda Jabar"),
    (ORG, "Pemkot Bogor", "Pemkab Bogor"),
    (ORG, "DPRD Jabar", "DPR Jabar"),
    (ORG, "Dinas Pertanian", "Dinas Pertanahan"),
    (ORG, "Universitas Indonesia", "Universitas Islam Indonesia"),
    (ORG, "SMPN 1 Rantau", "SMPN 2 Rantau"),
    (ORG, "Komisi I DPR", "Komisi II DPR"),
    (ORG, "KSG", "KSGG"),
    (ORG, "KPK", "Komite Pedagang Kopi"),
    (ORG, "Bank Utara", "Bank Utama"),
    (LOC, "Kabupaten Bogor", "Kota Bogor"),
    (LOC, "Jawa Barat", "Jawa Tengah"),
    (LOC, "Sumatera Utara", "Sumatera Selatan"),
    (LOC, "Jakarta", "Jakarta Selatan"),
    (LOC, "Sulteng", "Sulawesi Tenggara"),
    (LOC, "Austria", "Australia"),
    (LOC, "Niger", "Nigeria"),
    (LOC, "Mali", "Bali"),
    (LOC, "Sunda", "Sungai Yordan"),
]


@pytest.mark.parametrize(("one", "other", "relation"), PEOPLE)
def test_perhaps_one_person(one: str, other: str, relation: NameRelation) -> None:
    """These names may be one person's, for this reason."""
    likeness = compare_names(PER, one, other)
    assert likeness is not None
    assert likeness.relation is relation


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_clearly_two_people(one: str, other: str) -> None:
    """Nobody has to be asked about these."""
    assert compare_names(PER, one, other) is None


@pytest.mark.parametrize(("type_", "one", "other", "relation"), BODIES)
def test_perhaps_one_body(type_: EntityType, one: str, other: str, relation: NameRelation) -> None:
    """These names may be one organisation's or one place's, for this reason."""
    likeness = compare_names(type_, one, other)
    assert likeness is not None
    assert likeness.relation is relation


@pytest.mark.parametrize(("type_", "one", "other"), TWO_BODIES)
def test_clearly_two_bodies(type_: EntityType, one: str, other: str) -> None:
    """Two kinds, numbers, regions or words are two things."""
    assert compare_names(type_, one, other) is None


@pytest.mark.parametrize(
    ("names", "likelier"),
    [
        (("Sri Mulyani", "Sri Mulyani Indrawati"), ("Mulyani", "Sri Mulyani")),
        (("Jusuf Kalla", "Muhammad Jusuf Kalla"), ("Sri Mulyani", "Sri Mulyani Indrawati")),
        (("Kim Jong Un", "Jong Un Kim"), ("Agus Budi", "Budi Agus")),
        (("Djoko Susanto", "Joko Susanto"), ("Soeharto", "Suharto")),
        (("George W. Bush", "George Walker Bush"), ("George Bush", "George W. Bush")),
        (("Patrick Kluivert", "Patrick Kluviert"), ("Samuel Wattimena", "Semuel Wattimena")),
    ],
)
def test_what_says_more_scores_more(names: tuple[str, str], likelier: tuple[str, str]) -> None:
    """The first two are likelier one person than the second two."""
    first, second = compare_names(PER, *names), compare_names(PER, *likelier)
    assert first is not None
    assert second is not None
    assert 0 < second.score < first.score < 1


NAMES = st.sampled_from(sorted({name for row in PEOPLE + TWO_PEOPLE for name in row[:2]}))
BODY_NAMES = st.sampled_from(sorted({name for row in BODIES + TWO_BODIES for name in row[1:3]}))
TEXT = st.text(alphabet="aiIvxXbB. -'k1,", max_size=12)


@given(NAMES | TEXT, NAMES | TEXT)
def test_order_of_people_makes_no_difference(one: str, other: str) -> None:
    """A relation is one of both names, and `same` is what the key says."""
    likeness = compare_names(PER, one, other)
    assert likeness == compare_names(PER, other, one)
    same = likeness is not None and likeness.relation is R.SAME
    assert same == (block_key(PER, one) == block_key(PER, other))


@given(st.sampled_from([ORG, LOC]), BODY_NAMES | TEXT, BODY_NAMES | TEXT)
def test_order_of_bodies_makes_no_difference(type_: EntityType, one: str, other: str) -> None:
    """A relation is one of both names."""
    assert compare_names(type_, one, other) == compare_names(type_, other, one)
