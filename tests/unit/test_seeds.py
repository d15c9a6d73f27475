"""The seed entities and the sample articles are what their README says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb.model import EntityType
from kb.names import entity_key, role_short_forms

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "quality" / "gold" / "sample.jsonl"
SHARED = ROOT.parent / "shared" / "seeds"

PROVINCES = """
Aceh, Sumatra Utara, Sumatra Barat, Riau, Kepulauan Riau, Jambi, Bengkulu,
Sumatra Selatan, Kepulauan Bangka Belitung, Lampung, Banten, Jakarta, Jawa Barat,
Jawa Tengah, Daerah Istimewa Yogyakarta, Jawa Timur, Bali, Nusa Tenggara Barat,
Nusa Tenggara Timur, Kalimantan Barat, Kalimantan Tengah, Kalimantan Selatan,
Kalimantan Timur, Kalimantan Utara, Sulawesi Utara, Gorontalo, Sulawesi Tengah,
Sulawesi Barat, Sulawesi Selatan, Sulawesi Tenggara, Maluku, Maluku Utara, Papua,
Papua Barat, Papua Barat Daya, Papua Selatan, Papua Tengah, Papua Pegunungan
"""

CITY_STATES = {"Monako", "Singapura"}
# The states' own offices are given with the state; these are held in Indonesia only.
OFFICES_WITHOUT_A_NAME = {
    "kapolri",
    "paus",
    "sekretaris kabinet",
    "kepala staf kepresidenan",
    "menteri sekretaris negara",
    "hakim konstitusi",
    "hakim agung",
    "jaksa agung muda bidang tindak pidana khusus",
    "direktur jenderal pendidikan tinggi",
    "juara dunia tinju kelas berat",
}


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def entities() -> list[dict[str, Any]]:
    return read_lines(SEEDS / "entities.jsonl")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The sample articles' texts by id."""
    folder = SEEDS / "articles"
    records = (record for path in sorted(folder.glob("*.jsonl")) for record in read_lines(path))
    plain = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    return plain | {record["id"]: record["text"] for record in records}


def names_of(row: dict[str, Any]) -> set[str]:
    return {row["name"], *row["aliases"]}


def keys_of(row: dict[str, Any]) -> set[str]:
    return {entity_key(EntityType(row["type"]), name) for name in names_of(row)}


def first_day(date: str | None) -> str:
    """The first day a date can mean; the beginning of time for None."""
    return "0000" if date is None else date + "-01-01"[len(date) - 4 :]


def last_day(date: str | None) -> str:
    return "9999" if date is None else date + "-12-31"[len(date) - 4 :]


def test_every_line_has_the_fields_of_a_seed(entities: list[dict[str, Any]]) -> None:
    """Type, name, aliases, Wikidata id, and at most the optional fields: nothing else, nothing empty."""
    optional = {"note", "discriminator", "offices", "source"}
    assert len(entities) >= 2500
    for row in entities:
        assert row.keys() - optional == {"type", "name", "aliases", "wikidata"}
        assert row["type"] in {*EntityType}
        texts = [
            *row["aliases"],
            *(row[key] for key in ("name", "note", "discriminator", "source") if key in row),
        ]
        assert all(text and text == " ".join(text.split()) for text in texts)
        assert row["name"] not in row["aliases"]
        assert len(set(row["aliases"])) == len(row["aliases"])


def test_seeds_that_share_a_name_can_be_told_apart(entities: list[dict[str, Any]]) -> None:
    """A name key of a type stands for one entity, or each has a discriminator of its own and an office."""
    owners: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in entities:
        for key in keys_of(row):
            owners[row["type"], key].append(row)
    shared = [rows for rows in owners.values() if len(rows) > 1]
    for rows in shared:
        told = {row.get("discriminator") for row in rows}
        assert None not in told, rows
        assert len(told) == len(rows), rows
        terms = [(office["role"], office["since"]) for row in rows for office in row["offices"]]
        assert len(set(terms)) == len(terms), rows
    assert {id(row) for rows in shared for row in rows} == {id(r) for r in entities if "discriminator" in r}


def test_titles_leave_no_bare_given_name(entities: list[dict[str, Any]]) -> None:
    """A person's name of several words keeps two in its key, but for titles with a name that is rare."""
    kept = {"Gus Dur", "Cak Imin", "Habib Rizieq", "Paus Fransiskus", "Sheikh Hasina", "Syekh Hasina"}
    names = {name for row in entities if row["type"] == "PER" for name in names_of(row) if " " in name}
    assert {name for name in names if " " not in entity_key(EntityType.PER, name)} == kept


def test_offices_are_well_formed(entities: list[dict[str, Any]]) -> None:
    """Only people hold offices; an office has a role and two dates, and ends no earlier than it began."""
    written = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
    for row in entities:
        assert "offices" not in row or (row["type"] == "PER" and row["offices"] and row["source"])
        for office in row.get("offices", []):
            assert office.keys() == {"role", "since", "until"}
            dates = [text for text in (office["since"], office["until"]) if text is not None]
            assert all(written.fullmatch(text) for text in dates), row
            assert all(date.fromisoformat(first_day(text)) for text in dates)
            assert first_day(office["since"]) <= last_day(office["until"]), row
        held = [tuple(office.items()) for office in row.get("offices", [])]
        assert len(set(held)) == len(held), row


def test_roles_are_spelt_out_in_lower_case(entities: list[dict[str, Any]]) -> None:
    """A role opens in lower case, has no short form of an office, and names whose office it is."""
    short = role_short_forms().keys()
    for row in entities:
        for role in (office["role"] for office in row.get("offices", [])):
            assert role[0].islower(), role
            assert role == " ".join(role.split()), role
            assert not short & set(role.split()), role
            unique = role in OFFICES_WITHOUT_A_NAME or "menteri koordinator" in role
            assert unique or re.search(r"[A-Z]", role), role


def test_terms_of_one_person_in_one_office_do_not_overlap(entities: list[dict[str, Any]]) -> None:
    """Who held an office twice left it in between."""
    for row in entities:
        terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for office in row.get("offices", []):
            terms[office["role"]].append((last_day(office["since"]), first_day(office["until"] or "9999")))
        for spans in terms.values():
            assert all(left[1] <= right[0] for left, right in pairwise(sorted(spans))), row


def test_an_office_of_one_holder_has_one_holder_at_a_time(entities: list[dict[str, Any]]) -> None:
    """No two people are president, minister or governor of one state or province on the same day."""
    single = re.compile(
        r"(presiden|wakil presiden|perdana menteri) [A-Z].*|menteri .*|(gubernur|wali kota|raja|kanselir) .*|kapolri"
        r"|paus|panglima TNI|jaksa agung Indonesia|(ketua|sekretaris|kepala|direktur utama) [A-Z].*"
    )
    terms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in entities:
        for office in row.get("offices", []):
            if single.fullmatch(office["role"]):
                span = (last_day(office["since"]), first_day(office["until"] or "9999"))
                terms[office["role"]].append((*span, row["name"]))
    for role, spans in terms.items():
        for left, right in pairwise(sorted(spans)):
            assert left[1] <= right[0], (role, left, right)


def test_wikidata_ids_are_well_formed_and_unique(entities: list[dict[str, Any]]) -> None:
    """An id is Q and a number, and stands once."""
    ids = [row["wikidata"] for row in entities if row["wikidata"] is not None]
    assert [id_ for id_ in ids if not re.fullmatch(r"Q[1-9]\d*", id_)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("PER", "Sergei Lavrov", "Sergey Lavrov"),
        ("PER", "Kim Jong Un", "Kim Jong-un"),
        ("PER", "Joko Widodo", "Jokowi"),
        ("PER", "Retno Marsudi", "Retno LP Marsudi"),
        ("LOC", "Korut", "Korea Utara"),
        ("LOC", "AS", "Amerika Serikat"),
        ("LOC", "Tiongkok", "China"),
        ("LOC", "Jabar", "Jawa Barat"),
        ("ORG", "PBB", "Perserikatan Bangsa-Bangsa"),
        ("ORG", "DK PBB", "Dewan Keamanan PBB"),
        ("ORG", "PDIP", "PDI Perjuangan"),
    ],
)
def test_spellings_share_an_entity(entities: list[dict[str, Any]], type_: str, one: str, other: str) -> None:
    """The spellings that news mixes are names of one seed."""
    wanted = {entity_key(EntityType(type_), name) for name in (one, other)}
    assert any(wanted <= keys_of(row) for row in entities if row["type"] == type_)


def test_every_state_has_its_capital_as_a_place_of_its_own(entities: list[dict[str, Any]]) -> None:
    """The 193 members of the United Nations are there; the note of a capital names its state."""
    places = {row["name"]: row for row in entities if row["type"] == "LOC"}
    states = {name for name, row in places.items() if row.get("source") == "UN member states"}
    notes = ((row, re.match(r"the capital of ([^;]+)", row.get("note", ""))) for row in places.values())
    capitals = {note[1]: row for row, note in notes if note}
    assert len(states) == 193
    assert states - capitals.keys() == CITY_STATES
    assert all(not keys_of(capital) & keys_of(places[state]) for state, capital in capitals.items())


@pytest.mark.parametrize(
    ("capital", "state"),
    [
        ("Moskow", "Rusia"),
        ("Washington", "Amerika Serikat"),
        ("Pyongyang", "Korea Utara"),
        ("Beijing", "China"),
        ("Seoul", "Korea Selatan"),
        ("Kota Kuwait", "Kuwait"),
        ("Havana", "Kuba"),
    ],
)
def test_a_capital_is_no_alias_of_its_state(entities: list[dict[str, Any]], capital: str, state: str) -> None:
    """Moscow is a city of its own, though it speaks for Russia."""
    rows = [row for row in entities if capital in names_of(row)]
    assert [row["name"] for row in rows] == [capital]
    assert rows[0]["note"].startswith(f"the capital of {state}")


def test_states_that_speak_through_a_house_keep_it_apart(entities: list[dict[str, Any]]) -> None:
    """The Kremlin, the White House and the Pentagon are organisations, and no place goes by their names."""
    houses = {"Kremlin", "Gedung Putih", "Pentagon"}
    assert {(row["type"], row["name"]) for row in entities if names_of(row) & houses} == {
        ("ORG", house) for house in houses
    }


@pytest.mark.parametrize(
    ("short", "province"),
    [
        ("Jateng", "Jawa Tengah"),
        ("Sumut", "Sumatra Utara"),
        ("NTB", "Nusa Tenggara Barat"),
        ("DIY", "Daerah Istimewa Yogyakarta"),
        ("Kaltara", "Kalimantan Utara"),
        ("Babel", "Kepulauan Bangka Belitung"),
        ("Sultra", "Sulawesi Tenggara"),
    ],
)
def test_provinces_go_by_their_short_forms(entities: list[dict[str, Any]], short: str, province: str) -> None:
    """News writes the short form, the seed has the name."""
    assert [row["name"] for row in entities if row["type"] == "LOC" and short in names_of(row)] == [province]


def test_all_provinces_are_there(entities: list[dict[str, Any]]) -> None:
    """The 38 provinces are seeds, each with a governor or the deputy of one among the people."""
    wanted = set(" ".join(PROVINCES.split()).split(", "))
    assert len(wanted) == 38
    assert wanted <= {row["name"] for row in entities if row["type"] == "LOC"}
    roles = {office["role"] for row in entities for office in row.get("offices", [])}
    assert {province for province in wanted if f"gubernur {province}" not in roles} <= {"Kalimantan Selatan"}


@pytest.mark.parametrize(
    ("role", "day", "name"),
    [
        ("presiden Indonesia", "2024-06-19", "Joko Widodo"),
        ("presiden Indonesia", "2025-06-01", "Prabowo Subianto"),
        ("menteri luar negeri Rusia", "2024-06-19", "Sergei Lavrov"),
        ("presiden Amerika Serikat", "1991-01-01", "George HW Bush"),
        ("presiden Amerika Serikat", "2003-03-20", "George W Bush"),
        ("menteri keuangan Indonesia", "2013-12-01", "Chatib Basri"),
        ("menteri keuangan Indonesia", "2025-10-01", "Purbaya Yudhi Sadewa"),
        ("kapolri", "2019-12-01", "Idham Azis"),
        ("gubernur Jawa Tengah", "2020-01-01", "Ganjar Pranowo"),
        ("sekretaris jenderal PBB", "2005-01-01", "Kofi Annan"),
    ],
)
def test_the_holder_of_an_office_on_a_day(
    entities: list[dict[str, Any]], role: str, day: str, name: str
) -> None:
    """A role and a day name one person."""
    holders = [
        row["name"]
        for row in entities
        for office in row.get("offices", [])
        if office["role"] == role and first_day(office["since"]) <= day <= last_day(office["until"])
    ]
    assert holders == [name]


def test_gold_covers_every_sample_article(texts: dict[str, str]) -> None:
    """Each article has one gold line, and each paragraph of the gold stands in the page as printed."""
    gold = {row["id"]: row["text"] for row in read_lines(GOLD)}
    assert gold.keys() == texts.keys()
    for id_, body in gold.items():
        assert set(body.split("\n\n")) <= set(texts[id_].split("\n")), id_


def test_gold_spans_hold() -> None:
    """A content is the text of its span; cues, mentions and names of entities stand in the text."""
    for row in read_lines(GOLD):
        text, names = row["text"], {entity["name"] for entity in row["entities"]}
        for item in row["attributions"]:
            assert text[item["start"] : item["end"]] == item["content"]
            assert all(item[field] is None or item[field] in text for field in ("cue", "speaker_mention"))
            assert (item["speaker"] is None) == (item["speaker_type"] is None)
            assert item["speaker_type"] != "PER" or item["speaker"] in names
        for entity in row["entities"]:
            assert all(form in text for form in (entity["name"], *entity["surface"]))


def test_gold_shows_every_kind_of_attribution() -> None:
    """The samples hold every kind of item, every type of speaker, and the cues that decide them."""
    items = [item for row in read_lines(GOLD) for item in row["attributions"]]
    assert {item["kind"] for item in items} == {"direct", "indirect", "mixed"}
    assert {item["speaker_type"] for item in items} == {"PER", "ORG", "OTHER", None}
    cues = {(item["cue"] or "").casefold() for item in items}
    assert cues >= {
        "kata",
        "katanya",
        "menurut",
        "mengatakan",
        "membantah",
        "meminta",
        "berjanji",
        "tanya",
        "mengutip",
    }
    assert {item["speaker_mention"] for item in items} >= {"Dia", "Ia", "Beliau", "Mereka", "ujarnya"}


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the user's own five articles, which are not in the project"
)
def test_samples_share_no_run_of_words_with_the_articles_they_are_shaped_after(texts: dict[str, str]) -> None:
    """No eight words in a row of a sample stand in an article of the user's."""
    theirs = {run for path in SHARED.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    assert theirs
    assert [run for text in texts.values() for run in runs(text) if run in theirs] == []


def runs(text: str, n: int = 8) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
