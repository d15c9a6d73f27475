"""Score attribution on articles of other outlets: ``python tests/quality/outlets.py BENCH DATA``.

``gold/outlets.tsv`` holds reported speech that we annotated by reading, with the benchmark's guideline, in 1,026
articles of the corpora in DATA (``corpus.txt.xz``, ``ner/kbnews.train.jsonl``): places only, no text. A line is one
article:

    GROUP <TAB> corpus:LINE+N or kbnews:LINE <TAB> ITEM ITEM ...
    ITEM = KIND,CONTENT,TYPE,SPEAKER,MENTION,CUE      d,299+129,P,451+17,451+17,430+4

Lines count from 0; each place is START+LENGTH in code points of the article (N paragraphs joined by line feeds), ``-``
for none; KIND is direct, indirect or mixed, TYPE is PER, ORG or other (X). Groups 0 to 4 were read while the rules
were written. Group 5 was scored before any of it was read.

The figures are of the program's parts in one process; names of corpus articles have no list of forms, so that an
abbreviation in a speaker's place counts as wrong unless the article's fullest name is given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import bench
from bench import Row

from kb.attribute import attribute

PATH = Path(__file__).parent / "gold" / "outlets.tsv"
KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
TYPES = {"P": "PER", "O": "ORG", "X": "OTHER", "-": None}


def read_golds(data: Path) -> dict[str, Row]:
    """Return the annotated articles as the benchmark has them, with their ``group``.

    Raises ValueError where a corpus is not the one that was annotated.
    """
    corpus = lzma.decompress((data / "corpus.txt.xz").read_bytes())
    kbnews = (data / "ner" / "kbnews.train.jsonl").read_bytes()
    head, *rows = PATH.read_text("ascii").splitlines()
    sums = [head, rows.pop(0)]
    for line, content in zip(sums, (corpus, kbnews), strict=True):
        if hashlib.sha256(content).hexdigest() not in line:
            raise ValueError(f"{data} does not hold the corpora that {PATH.name} belongs to")
    lines = [line.rstrip("\n") for line in corpus.decode("utf-8").split("\n")]
    articles = [json.loads(line) for line in kbnews.decode("utf-8").split("\n") if line.strip()]
    golds = (_read_row(row, lines, articles) for row in rows)
    return {gold["id"]: gold for gold in golds}


def _read_row(row: str, lines: list[str], articles: list[Row]) -> Row:
    group, source, items = row.split("\t")
    corpus, place = source.split(":")
    if corpus == "corpus":
        first, n_paragraphs = map(int, place.split("+"))
        text, entities = "\n".join(lines[first : first + n_paragraphs]), []
    else:
        text, entities = articles[int(place)]["text"], articles[int(place)]["entities"]
    return {
        "id": source,
        "group": int(group),
        "text": text,
        "entities": entities,
        "attributions": list(_read_items(items, text)),
    }


def _read_items(items: str, text: str) -> Iterator[Row]:
    for item in items.split():
        kind, content, type_, *others = item.split(",")
        start, end = _read_place(content)
        speaker, mention, cue = (
            None if place == "-" else text[slice(*_read_place(place))] for place in others
        )
        yield {
            "kind": KINDS[kind],
            "content": text[start:end],
            "start": start,
            "end": end,
            "speaker": speaker,
            "speaker_type": TYPES[type_],
            "speaker_mention": mention,
            "cue": cue,
        }


def _read_place(place: str) -> tuple[int, int]:
    start, length = map(int, place.split("+"))
    return start, start + length


def main() -> None:
    """Print the judge's figures for each group and for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    judge, golds = bench.load_judge(args.bench), read_golds(args.data)
    documents = bench.read_documents(golds)
    rows = {id_: bench.rows_of(id_, d.body, attribute(d)) for id_, d in documents.items()}
    print(f"{'group':6}{'articles':>9}{'gold':>6}  direct  indirect    all  back  wrong names")
    groups = sorted({gold["group"] for gold in golds.values()})
    for name, wanted in [*((str(g), {g}) for g in groups), ("all", set(groups))]:
        chosen = [gold for gold in golds.values() if gold["group"] in wanted]
        scores = bench.scores_of(judge, chosen, rows)
        direct, indirect, all_ = (scores[kind]["e2e"]["f1"] * 100 for kind in ("direct", "indirect", "all"))
        n, back, wrong = (
            scores["all"]["gold"],
            scores["back_accuracy"] * 100,
            scores["wrong_name_rate"] * 100,
        )
        print(
            f"{name:6}{len(chosen):9}{n:6}  {direct:6.1f}  {indirect:8.1f}  {all_:5.1f}  {back:4.1f}  {wrong:11.1f}"
        )


if __name__ == "__main__":
    main()
