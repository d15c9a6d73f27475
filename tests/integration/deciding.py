"""Stories to decide about, what a base answers, and decisions on them as the commands make them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from stories import Said, Story, tell

from kb import query
from kb.curation import decide, find_states
from kb.model import Decision, EntityType, QuoteKind, Seed, Verb
from kb.names import entity_uid
from kb.query import EntityPage
from kb.store import tables

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC

HARBOUR = Story(
    "dermaga",
    "Bupati Rantau Budi Santoso mengatakan dermaga selesai tahun depan. “Kami menambah kapal,” kata Budi. "
    "Siti Aminah hadir di Rantau.",
    {"Budi Santoso": ("PER", "Budi"), "Siti Aminah": ("PER",), "Rantau": ("LOC",)},
    [
        Said("dermaga selesai tahun depan", "Budi Santoso", "Budi Santoso", "mengatakan"),
        Said("Kami menambah kapal,", "Budi Santoso", "Budi", "kata", QuoteKind.DIRECT),
    ],
    on=date(2024, 3, 1),
    outlet="Warta Rantau",
)
FARM = Story(
    "panen",
    "Petani Budi Santoso mengatakan panen gagal karena hama. Dinas Tani Rantau akan membantu, kata Siti.",
    {"Budi Santoso": ("PER",), "Dinas Tani Rantau": ("ORG",), "Siti": ("PER",)},
    [
        Said("panen gagal karena hama", "Budi Santoso", "Budi Santoso", "mengatakan"),
        Said("Dinas Tani Rantau akan membantu", "Siti", "Siti", "kata"),
    ],
    on=date(2024, 3, 2),
    outlet="Kabar Tani",
)
MARKET = Story(
    "pasar",
    "Budi Susanto mengatakan harga cabai turun. Menurut Siti Aminah, stok aman. Pasar Rantau ramai.",
    {"Budi Susanto": ("PER",), "Siti Aminah": ("PER",), "Pasar Rantau": ("LOC",)},
    [
        Said("harga cabai turun", "Budi Susanto", "Budi Susanto", "mengatakan"),
        Said("stok aman", "Siti Aminah", "Siti Aminah", "Menurut"),
    ],
    on=date(2024, 3, 3),
)
STORIES = (HARBOUR, FARM, MARKET)
SEEDS = (Seed(LOC, "Kota Rantau", ("Rantau",)),)


def uid(name: str, of_type: EntityType = PER) -> str:
    """Return the uid of a name's entity."""
    return entity_uid(of_type, name)


def known(name: str, of_type: EntityType = PER) -> dict[str, str]:
    """Return an entity as decisions name it."""
    return {"uid": uid(name, of_type), "type": of_type.value, "name": name}


Making = Callable[[Connection], Decision]


def _decided(verb: Verb, arguments: Callable[[Connection], Mapping[str, Any]]) -> Making:
    return lambda connection: decide(connection, verb, arguments(connection), by="uji", why="karena")


def _split(connection: Connection) -> Mapping[str, Any]:  # noqa: ARG001
    target = {"uid": entity_uid(PER, "Budi Santoso", "petani"), "type": "PER", "name": "Budi Santoso"}
    return {
        "entity": known("Budi Santoso"),
        "into": target,
        "articles": ["panen"],
        "is_new": True,
        "told_by": "petani",
    }


DECISIONS: Mapping[str, Making] = {
    "merge": _decided(Verb.MERGE, lambda _: {"entity": known("Budi Susanto"), "into": known("Budi Santoso")}),
    "apart": _decided(
        Verb.APART, lambda _: {"entity": known("Budi Susanto"), "other": known("Budi Santoso")}
    ),
    "split": _decided(Verb.SPLIT, _split),
    "alias": _decided(Verb.ALIAS, lambda _: {"entity": known("Siti Aminah"), "name": "Siti"}),
    "rename": _decided(Verb.RENAME, lambda _: {"entity": known("Budi Santoso"), "name": "Haji Budi"}),
    "retype": _decided(Verb.RETYPE, lambda _: {"entity": known("Dinas Tani Rantau", ORG), "type": "LOC"}),
    "reject-mention": _decided(
        Verb.REJECT_MENTION,
        lambda connection: query.mentions_meant(connection, "dermaga", "Siti Aminah", None),
    ),
    "reject-quote": _decided(
        Verb.REJECT_QUOTE, lambda connection: query.quote_meant(connection, "dermaga", "menambah kapal")[1]
    ),
    "set-speaker": _decided(
        Verb.SET_SPEAKER,
        lambda connection: (
            query.quote_meant(connection, "pasar", "stok aman")[1] | {"speaker": known("Budi Susanto")}
        ),
    ),
}
"""One decision of each verb."""


def undo(connection: Connection, decision: Decision) -> Decision:
    """Take a decision back."""
    return decide(connection, Verb.UNDO, {"decision": decision.uid}, by="uji")


def fill(connection: Connection, stories: Iterable[Story] = STORIES, seeds: Sequence[Seed] = SEEDS) -> None:
    """Save the stories one by one, as many runs would."""
    for story in stories:
        tell(connection, story, seeds=seeds)


def answers(connection: Connection) -> dict[str, Any]:
    """Return all that a base answers, row numbers and those of revisions being of no account."""
    listed = list(query.entities(connection))
    return {
        "entities": listed,
        "quotes": list(query.all_quotes(connection)),
        "mentions": list(query.all_mentions(connection)),
        "pages": [_unnumbered(query.entity_page(connection, row)) for row in listed],
    }


def _unnumbered(page: EntityPage) -> EntityPage:
    return replace(page, articles=tuple(replace(row, revision=0) for row in page.articles))


def states(connection: Connection) -> list[tuple[str, str, str | None]]:
    """Return what has become of each decision."""
    return [(row.decision.uid, row.state, row.because) for row in find_states(connection)]


def clusters(connection: Connection) -> set[tuple[str, str, str]]:
    """Return each quote's cluster and relation."""
    member = tables.quote_cluster_member
    rows = (
        select(tables.quote_cluster.c.uid, tables.quote.c.text, member.c.relation)
        .join(member, member.c.quote_cluster_id == tables.quote_cluster.c.id)
        .join(tables.quote, tables.quote.c.id == member.c.quote_id)
    )
    return set(connection.execute(rows).tuples())


REPRINT = Story(
    "cetak-ulang",
    "“Kami menambah kapal cepat untuk melayani warga pulau kecil,” kata Budi Santoso. Siti Aminah setuju.",
    {"Budi Santoso": ("PER",), "Siti Aminah": ("PER",)},
    [
        Said(
            "Kami menambah kapal cepat untuk melayani warga pulau kecil,",
            "Budi Santoso",
            "Budi Santoso",
            "kata",
            QuoteKind.DIRECT,
        )
    ],
    on=date(2024, 3, 4),
    outlet="Harian Dermaga",
)
ELSEWHERE = replace(
    REPRINT,
    id="kutipan",
    body=REPRINT.body.replace("Siti Aminah setuju", "Warga senang"),
    names={"Budi Santoso": ("PER",)},
    on=date(2024, 3, 5),
    outlet="Kabar Tani",
)
CALLED = Story(
    "julukan",
    "Komisi Air Rantau (KAR) rapat. KAR mengatakan air cukup. Gubernur Rantau Budi Santoso hadir.",
    {"Komisi Air Rantau": ("ORG", "KAR"), "Budi Santoso": ("PER",)},
    [Said("air cukup", "Komisi Air Rantau", "KAR", "mengatakan")],
)
SHORT = Story(
    "singkatan",
    "KAR mengatakan sungai surut. Siti mengatakan sawah kering.",
    {"KAR": ("ORG",), "Siti": ("PER",)},
    [Said("sungai surut", "KAR", "KAR", "mengatakan"), Said("sawah kering", "Siti", "Siti", "mengatakan")],
)

VARIANTS: Mapping[str, tuple[Story, ...]] = {
    "dermaga": (
        HARBOUR,
        replace(HARBOUR, body=f"Kabar baru. {HARBOUR.body}", roles={"Budi Santoso": ("bupati rantau",)}),
        Story("dermaga", "Siti Aminah hadir di Rantau.", {"Siti Aminah": ("PER",), "Rantau": ("LOC",)}),
    ),
    "panen": (
        FARM,
        Story(
            "panen",
            "Panen gagal, kata Siti.",
            {"Siti": ("PER",)},
            [Said("Panen gagal,", "Siti", "Siti", "kata")],
        ),
    ),
    "pasar": (MARKET, Story("pasar", "Harga turun.", {})),
    "cetak-ulang": (REPRINT, Story("cetak-ulang", "Budi Santoso pergi.", {"Budi Santoso": ("PER",)})),
    "kutipan": (ELSEWHERE, replace(ELSEWHERE, roles={"Budi Santoso": ("mantan bupati kendala",)})),
    "julukan": (
        CALLED,
        Story("julukan", "Komisi Api Raya (KAR) rapat.", {"Komisi Api Raya": ("ORG", "KAR")}),
    ),
    "singkatan": (SHORT,),
}
"""What each article may say, one state after the other in any order."""
