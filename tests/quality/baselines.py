"""What simple programs reach: ``python tests/quality/baselines.py BENCH [--gold NAME]``.

- ``curly``: every “…” pair of four words or more, spoken by the nearest person named before it;
- ``toggle``: the same with every double mark of any shape opening and closing in turn, article by article;
- ``cue``: a regular expression for `“…,” kata S`, `“…,” katanya` and `S mengatakan …`, spoken by the name beside the
  cue, or the last such name for a cue without one;
- ``nearest``: kb's own stretches, spoken by the nearest person named before them;
- ``kb``: kb.

All are given the same names, those of kb's tagger, each under the fullest form of its article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise

import bench
from bench import Row, Rows

from kb.attribute import attribute
from kb.attribute.coreference import Entities, group_mentions
from kb.model import Document, EntityType

MIN_WORDS = 4
CURLY = re.compile(r"“([^”\n]+)”")
MARK = re.compile('[“”"]')
TAGGED = re.compile(
    r"[“”\"](?P<direct>[^“”\"\n]+[,.?!])\s*[“”\"]\s*"
    r"(?P<tag>(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|imbuh|papar|lanjut|tambah|terang)(?:nya)?)\b"
)
VERB = re.compile(
    r"\b(?P<verb>mengatakan|menyatakan|menambahkan|menjelaskan|menegaskan|mengungkapkan|menyebutkan?|menilai|"
    r"meminta|mengaku|menuturkan)\s*,?\s*(?:bahwa\s+)?(?P<indirect>[^“”\"\n]+?)(?=[.]\s|[.]?$|\n)",
    re.MULTILINE,
)

Baseline = Callable[[Document, Entities], Iterator[Row]]


def find_curly(document: Document, entities: Entities) -> Iterator[Row]:
    """Yield every stretch between curly marks."""
    for match in CURLY.finditer(document.body):
        yield row(document, match.span(1), "direct", person_before(document, entities, match.start()))


def find_toggled(document: Document, entities: Entities) -> Iterator[Row]:
    """Yield every second stretch between marks."""
    marks = [match.start() for match in MARK.finditer(document.body)]
    for start, end in list(pairwise(marks))[::2]:
        yield row(document, (start + 1, end), "direct", person_before(document, entities, start))


def find_cued(document: Document, entities: Entities) -> Iterator[Row]:
    """Yield what stands before a tag and behind a verb; a name beside the cue speaks, else the last that did."""
    last = None
    matches = [*TAGGED.finditer(document.body), *VERB.finditer(document.body)]
    for match in sorted(matches, key=re.Match.start):
        kind = "direct" if "direct" in match.groupdict() else "indirect"
        beside = match.end("tag") + 60 if kind == "direct" else match.start("verb")
        named = person_before(document, entities, beside, since=beside - 80)
        last = named or last
        yield row(document, match.span(kind), kind, last)


def find_nearest(document: Document, entities: Entities) -> Iterator[Row]:
    """Yield kb's stretches with the nearest person before each."""
    for found in attribute(document).attributions:
        name = person_before(document, entities, found.content.start)
        yield row(document, (found.content.start, found.content.end), str(found.kind), name)


def person_before(document: Document, entities: Entities, position: int, *, since: int = 0) -> str | None:
    """Return the fullest name of the last person named between two positions."""
    starts = [mention.span.start for mention in document.mentions]
    for i in range(bisect_left(starts, position) - 1, -1, -1):
        if starts[i] < since:
            return None
        if document.mentions[i].type is EntityType.PER:
            return entities.rows[entities.of[i]].name
    return None


def row(document: Document, span: tuple[int, int], kind: str, speaker: str | None) -> Row:
    """Return what the judge reads."""
    start, end = span
    text = document.body[start:end]
    return {
        "kind": kind,
        "text": text,
        "start": start,
        "end": end,
        "speaker": speaker,
        "speaker_mention": None,
    }


def predict(documents: dict[str, Document], baseline: Baseline) -> Rows:
    """Return each document's rows of `MIN_WORDS` words or more."""
    rows: Rows = {}
    for id_, document in documents.items():
        entities = group_mentions(document.body, document.mentions)
        found = baseline(document, entities)
        rows[id_] = [r | {"article": id_} for r in found if len(r["text"].split()) >= MIN_WORDS]
    return rows


def main() -> None:
    """Score the baselines and kb on one gold file."""
    args = bench.parse_gold(__doc__)
    golds, judge = bench.read_golds(args.bench, args.gold), bench.load_judge(args.bench)
    documents = bench.read_documents(golds)
    ways = {"curly": find_curly, "toggle": find_toggled, "cue": find_cued, "nearest": find_nearest}
    found = {name: predict(documents, way) for name, way in ways.items()}
    found["kb"] = {id_: bench.rows_of(id_, d.body, attribute(d)) for id_, d in documents.items()}
    print(f"{'':10}direct exact  direct e2e  indirect e2e  all e2e  wrong names")
    for name, rows in found.items():
        scores = bench.scores_of(judge, golds.values(), rows)
        exact = scores["direct"]["exact"]["f1"] * 100
        direct, indirect, all_ = (scores[kind]["e2e"]["f1"] * 100 for kind in ("direct", "indirect", "all"))
        wrong = scores["wrong_name_rate"] * 100
        print(f"{name:10}{exact:12.1f}  {direct:10.1f}  {indirect:12.1f}  {all_:7.1f}  {wrong:11.1f}")


if __name__ == "__main__":
    main()
