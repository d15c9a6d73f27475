"""The seed entities and the sample articles are what their README says."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kb.model import EntityType
from kb.names import name_key

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


def test_every_line_has_the_fields_of_a_seed(entities: list[dict[str, Any]]) -> None:
    """Type, name, aliases, Wikidata id, and at most a note: nothing else, nothing empty."""
    assert len(entities) >= 300
    for row in entities:
        assert row.keys() - {"note"} == {"type", "name", "aliases", "wikidata"}
        assert row["type"] in {*EntityType}
        assert all(text and text == " ".join(text.split()) for text in (row["name"], *row["aliases"]))
        assert row["name"] not in row["aliases"]
        assert len(set(row["aliases"])) == len(row["aliases"])


def test_no_name_stands_for_two_entities_of_a_type(entities: list[dict[str, Any]]) -> None:
    """Within a type, a name key names one entity."""
    owners: Counter[tuple[str, str]] = Counter()
    for row in entities:
        owners.update({(row["type"], name_key(name)) for name in (row["name"], *row["aliases"])})
    assert [owner for owner, n in owners.items() if n > 1] == []


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
    names = [
        {name_key(n) for n in (row["name"], *row["aliases"])} for row in entities if row["type"] == type_
    ]
    assert any({name_key(one), name_key(other)} <= keys for keys in names)


@pytest.mark.parametrize("capital", ["Moskow", "Washington", "Pyongyang", "Beijing", "Seoul"])
def test_a_capital_is_no_alias_of_its_state(entities: list[dict[str, Any]], capital: str) -> None:
    """Moscow is a city of its own, though it speaks for Russia."""
    assert [row["name"] for row in entities if capital in (row["name"], *row["aliases"])] == [capital]


def test_all_provinces_are_there(entities: list[dict[str, Any]]) -> None:
    """The 38 provinces are seeds."""
    wanted = set(" ".join(PROVINCES.split()).split(", "))
    assert len(wanted) == 38
    assert wanted <= {row["name"] for row in entities if row["type"] == "LOC"}


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
