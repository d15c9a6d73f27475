"""The buckets of a content: few, the same for ever, and blind to the forms of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link import sketch
from kb.link.sketches import N_BUCKETS, stems
from kb.names import fold

TEXT = "kami akan membangun dermaga baru di pulau karang kecil lalu mengajak koperasi mengelola gudang ikan nelayan"


def test_buckets_do_not_change_between_versions() -> None:
    """A store keeps buckets: they are a function of the words alone, on every machine."""
    assert sketch("kapal nelayan rantau") == (
        -3809684795160604044,
        -14979072297642288,
        6125253737467396302,
    )


@given(st.text() | st.lists(st.sampled_from(TEXT.split()), max_size=60).map(" ".join))
def test_buckets_are_few_and_fit_a_column(text: str) -> None:
    """Any text has at most twelve buckets, no two the same, each a signed 64-bit number."""
    buckets = sketch(fold(text))
    assert len(buckets) == len(set(buckets)) <= N_BUCKETS
    assert all(-(1 << 63) <= bucket < 1 << 63 for bucket in buckets)


@pytest.mark.parametrize(
    "text", ["saya tidak tahu soal itu", "terima kasih banyak", "itu saja dulu ya", "2 3 4 5"]
)
def test_what_says_little_has_no_bucket(text: str) -> None:
    """Phrases that thousands share are not looked up by."""
    assert sketch(text) == ()


@pytest.mark.parametrize(
    "forms",
    [
        "kirim mengirim dikirim pengiriman mengirimkan kirimannya",
        "bangun membangun pembangunan dibangun",
        "kembang mengembangkan berkembang perkembangan pengembangan",
        "tolak menolak penolakan ditolak",
        "pungut memungut pungutan dipungut",
        "main bermain pemain permainan memainkan",
        "nilai menilai penilaian dinilai",
        "tunjuk menunjukkan ditunjukkan penunjukan",
        "janji menjanjikan perjanjian berjanji",
        "kerja bekerja pekerja pekerjaan mengerjakan",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    """Prefixes and suffixes, and the letters that meN- swallows, make no difference."""
    assert len({stems(form) for form in forms.split()}) == 1
