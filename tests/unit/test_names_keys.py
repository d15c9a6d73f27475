"""Which printings of a name are one entity without asking anybody: a wrong merge is worse than a miss."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lexicon import word_list
from kb.model import EntityType
from kb.names import block_key, entity_key, entity_uid
from kb.names.spelling import respell, variants
from kb.store.seed import read_seeds

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC
SEEDS = Path(__file__).parents[2] / "seeds" / "entities.jsonl"

ONE_PERSON = [
    ("capitals", "Budi Santoso", "BUDI SANTOSO"),
    ("titles and degrees", "Prof. Dr. H. Budi Santoso, S.H., M.Si.", "Budi Santoso"),
    ("apostrophe", "Sa'id Aqil", "Said Aqil"),
    ("diacritics", "José Ramos-Horta", "Jose Ramos Horta"),
    ("letters that Unicode does not take apart", "Łukasz Nowak", "Lukasz Nowak"),
    ("Vietnamese", "Đặng Văn Lâm", "Dang Van Lam"),
    ("Russian given name", "Sergei Lavrov", "Sergey Lavrov"),
    ("Russian given name in -y", "Yuri Ushakov", "Yuriy Ushakov"),
    ("four systems", "Dmitriy Peskov", "Dmitrii Peskov"),
    ("ks and x", "Aleksandr Novak", "Alexander Novak"),
    ("e and ye", "Evgeny Prigozhin", "Yevgeniy Prigozhin"),
    ("-skyy", "Volodymyr Zelenskyy", "Volodymyr Zelensky"),
    ("-skiy", "Volodymyr Zelenskiy", "Volodimir Zelenski"),
    ("-skaya", "Maria Butinskaia", "Mariya Butinskaya"),
    ("-ny", "Valerii Zaluzhnyi", "Valeriy Zaluzhny"),
    ("-ey in no list", "Sharofiddin Matvey", "Sharofiddin Matvei"),
    ("-yev behind a vowel", "Shavkat Mirziyoyev", "Shavkat Mirziyoev"),
    ("-iyev", "Ilham Aliyev", "Ilham Aliev"),
    ("-yeva", "Zamira Sergeyeva", "Zamira Sergeeva"),
    ("-ych", "Viktor Yanukovych", "Viktor Yanukovich"),
    ("-yuk", "Arseniy Yatsenyuk", "Arsenii Yatseniuk"),
    ("Muhammad of other countries", "Mohamed Salah", "Mohammed Salah"),
    ("Malay", "Mahathir Mohamad", "Mahathir Mohammad"),
    ("Arabic vowels", "Mahmoud Abbas", "Mahmud Abbas"),
    ("Arabic doubled letters", "Hassan Nasrallah", "Hasan Nasrallah"),
    ("Arabic article", "Abdel Fattah el-Sisi", "Abdul Fattah Al Sisi"),
    ("Abdul run together", "Abdelfattah al-Sisi", "Abdel Fattah el-Sisi"),
    ("Persian", "Ebrahim Raisi", "Ibrahim Raeisi"),
    ("inside a run-together word", "Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
    ("Libyan", "Muammar Gaddafi", "Moammar Qaddafi"),
    ("Hebrew", "Yaakov Lapid", "Yaacov Lapid"),
    ("hyphen", "Kim Jong-un", "Kim Jong Un"),
    ("run together", "Kim Jongun", "Kim Jong Un"),
    ("Korean vowels", "Yoon Suk-yeol", "Yun Suk Yeol"),
    ("Chinese given name", "Wang Yi-bo", "Wang Yibo"),
    ("Japanese long vowel", "Shinzō Abe", "Shinzou Abe"),
    ("initials", "B.J. Habibie", "B. J. Habibie"),
    ("initials inside", "Retno L. P. Marsudi", "Retno LP Marsudi"),
    ("bin", "Anwar bin Ibrahim", "Anwar Ibrahim"),
    ("binti", "Siti binti Rahmat", "Siti Rahmat"),
    ("bin with Muhammad", "Mohammed bin Salman", "Mohammad bin Salman"),
]

TWO_PEOPLE = [
    ("near surname", "Budi Santoso", "Budi Susanto"),
    ("his and hers", "Lavrov Sergei", "Lavrova Sergei"),
    ("Javanese endings", "Agus Susanto", "Agus Susanti"),
    ("order", "Agus Budi", "Budi Agus"),
    ("brothers", "Kim Jong Un", "Kim Jong Il"),
    ("an initial", "George Bush", "George W. Bush"),
    ("an initial for a word", "George W. Bush", "George Walker Bush"),
    ("father and son", "Ferdinand Marcos", "Ferdinand Marcos Jr"),
    ("numbers", "Hamengku Buwono IX", "Hamengku Buwono X"),
    ("a part", "Lavrov", "Sergei Lavrov"),
    ("old Indonesian spelling", "Djoko Susanto", "Joko Susanto"),
    ("oe and u", "Soekarno Hatta", "Sukarno Hatta"),
    ("h", "Budhi Santoso", "Budi Santoso"),
    ("y and i of Indonesians", "Rudy Hartono", "Rudi Hartono"),
    ("-sky that is no ending", "Risky Pratama", "Riski Pratama"),
    ("Mochamad, as Javanese write", "Mochamad Iriawan", "Muhammad Iriawan"),
    ("a short form", "Moh Mahfud", "Mohammad Mahfud"),
    ("two frequent names", "Muhammad Yusuf", "Mohamed Youssef"),
    ("bin that tells apart", "Mohammed bin Salman", "Muhammad Salman"),
    ("a single word and two", "Susi Lo", "Susilo"),
    ("Abdul and its word", "Abdul Rahman", "Abdulrahman"),
    ("single words", "Sergei", "Sergey"),
    ("where the first word ends", "Tang An", "Tan Gan"),
    ("an initial and a syllable", "M Ali", "Ma Li"),
    ("an initial inside", "Andi M Ali", "Andi Mali"),
    ("two Korean syllables", "Kim Young Suk", "Kim Yong Suk"),
    ("Ivan and Iwan", "Iwan Setiawan", "Ivan Setiawan"),
    ("two languages' forms", "Volodymyr Putin", "Vladimir Putin"),
    ("nickname", "Jokowi", "Joko Widodo"),
    ("particle", "Bashar Assad", "Bashar al-Assad"),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(*row[1:], id=row[0]) for row in ONE_PERSON])
def test_one_person(one: str, other: str) -> None:
    """These printings are one person's, and have one uid."""
    assert block_key(PER, one) == block_key(PER, other)
    assert entity_uid(PER, one) == entity_uid(PER, other)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*row[1:], id=row[0]) for row in TWO_PEOPLE])
def test_perhaps_two_people(one: str, other: str) -> None:
    """These may be two people, so that no key may make them one."""
    assert block_key(PER, one) != block_key(PER, other)
    assert entity_uid(PER, one) != entity_uid(PER, other)


@pytest.mark.parametrize("type_", [ORG, LOC])
@pytest.mark.parametrize("name", ["Bank Muhammad", "Sergey Posad", "Jong-un", "Binti bin Laut"])
def test_places_and_organisations_have_their_entity_key(type_: EntityType, name: str) -> None:
    """What is known of people's names is not true of other names."""
    assert block_key(type_, name) == entity_key(type_, name)


WORDS = "Budi AGUS Muhammad Mohamed bin al-Amin El W. BJ Sergey Zelenskyy Aliyev Dr. Abdel Jong-un X Ł ' ."
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)


@given(NAMES, st.sampled_from([str.upper, str.lower, str.title, lambda name: f"Pak {name}"]))
def test_the_key_is_blind_to_all_that_the_entity_key_is(name: str, printed) -> None:  # type: ignore[no-untyped-def]
    """Whatever shares an entity key shares a block key: the one only makes more printings one."""
    if entity_key(PER, name) == entity_key(PER, printed(name)):
        assert block_key(PER, name) == block_key(PER, printed(name))


@given(NAMES)
def test_a_name_of_several_words_has_no_key_of_a_single_one(name: str) -> None:
    """No spelling, joining or leaving out turns a full name into a name of one word."""
    assert (" " in block_key(PER, name)) == (" " in entity_key(PER, name))


def test_the_list_of_spellings_says_one_thing() -> None:
    """A spelling stands once in the list, folded, and the first of a line stands for itself."""
    words = [word for line in word_list("name_variants") for word in line.split()]
    assert len(words) == len(set(words)) > 300
    assert [word for word in words if not word.isascii() or not word.isalpha() or word != word.lower()] == []
    assert {first for first in variants().values() if respell(first) != first} == set()
    assert {word for word, first in variants().items() if respell(word) != first} == set()


def test_no_two_seeds_of_a_type_share_a_key() -> None:
    """What kb knows from the start is not made one by its spelling; namesakes have discriminators."""
    owners: dict[tuple[EntityType, str], set[str]] = {}
    for seed in (seed for seed in read_seeds(SEEDS) if not seed.discriminator):
        for name in (seed.name, *seed.aliases):
            owners.setdefault((seed.type, block_key(seed.type, name)), set()).add(seed.name)
    assert [names for names in owners.values() if len(names) > 1] == []


def test_a_discriminator_parts_two_entities_of_one_name() -> None:
    """Two people of one name can have uids of their own; none and an empty one are the same."""
    plain = entity_uid(PER, "Budi Santoso")
    assert plain == entity_uid(PER, "Budi Santoso", "") != entity_uid(PER, "Budi Santoso", "dokter")
    assert entity_uid(PER, "Budi Santoso", "dokter") == entity_uid(PER, "Dr. BUDI SANTOSO", "dokter")


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ((PER, "Sergey Lavrov"), "PER-7f4b524b257e73dc"),
        ((PER, "Kim Jong-un"), "PER-e9bcb596671a776c"),
        ((ORG, "Komisi Pemberantasan Korupsi"), "ORG-7a704a471dd23533"),
    ],
)
def test_a_uid_stays_for_ever(name: tuple[EntityType, str], uid: str) -> None:
    """A uid of today is the uid of every later version."""
    assert entity_uid(*name) == uid
