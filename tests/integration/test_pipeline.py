"""The whole way on real databases, with a fake tagger: what is kept when things go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from kb import pipeline
from kb.annotate import Annotator
from kb.annotate.sentences import TaggedToken
from kb.cli.progress import summary
from kb.curation import import_decisions
from kb.errors import ModelMissing
from kb.link import line_of, make_decision
from kb.model import Annotation, Document, Span, Verb
from kb.pipeline import ingest, reingest
from kb.store.columns import metadata
from kb.store.database import reading, writing
from kb.store.failures import load_failures
from kb.store.runs import load_runs
from kb.store.seed import read_seeds
from kb.way import workers
from kb.way.run import Outcome

STORY = (
    "Warga desa menanam padi di sawah pada hari Senin.\n\nMereka berharap panen tahun ini akan lebih baik.\n"
)


class Heard:
    """A report that remembers what it was told."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, str]] = []
        self.n_inputs = 0

    def began(self, run_id: int, command: str) -> None:
        self.begun = (run_id, command)

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        self.failures.append((stage, f"{subject}: {error}"))

    def planned(self, n_inputs: int) -> None:
        self.n_planned = n_inputs

    def advanced(self, n_inputs: int) -> None:
        self.n_inputs += n_inputs


def tag_nothing(body: str) -> Sequence[Sequence[TaggedToken]]:
    """Tag each word as no name, one sentence a paragraph."""
    words = [TaggedToken(Span(*word.span()), "O") for word in re.finditer(r"\S+", body)]
    return [words]


def attribute_nothing(document: Document) -> Annotation:
    """Attribute nothing."""
    return Annotation(sentences=document.sentences, mentions=document.mentions)


@pytest.fixture(autouse=True)
def _no_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave kb's list of seeds out: a second a base, and nothing here is about it."""
    monkeypatch.setattr("kb.way.run.find_seed_file", lambda: None)


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts other rooms into the way: a tagger and an attributor."""

    def put(
        tag: Callable[[str], Sequence[Sequence[TaggedToken]]] = tag_nothing,
        attribute: Callable[[Document], Annotation] = attribute_nothing,
        model: str = "1",
    ) -> None:
        annotator = Annotator(
            tag=lambda bodies: [tag(b) for b in bodies], packages={"fake": "1"}, models={"fake.pt": model}
        )
        monkeypatch.setattr(pipeline, "load_annotator", lambda: annotator)
        monkeypatch.setattr(workers, "attribute", attribute)

    put()
    return put


@pytest.fixture
def base(migrated_database: Engine) -> Engine:
    """Return a fresh base."""
    return migrated_database


@pytest.fixture
def stories(tmp_path: Path) -> list[str]:
    """Return the paths of three articles."""
    paths = [tmp_path / f"{name}.txt" for name in ("padi", "jagung", "kopi")]
    for path in paths:
        path.write_text(STORY.replace("padi", path.stem), "utf-8")
    return [str(path) for path in paths]


def run(base: Engine, inputs: Sequence[str]) -> tuple[Outcome, Heard]:
    """Ingest and return what came of it and what was told."""
    heard = Heard()
    return ingest(base, inputs, report=heard), heard


def count(base: Engine, table: str) -> int:
    """Count a table's rows."""
    with reading(base) as connection:
        rows = select(func.count()).select_from(metadata.tables[table])
        return int(connection.execute(rows).scalar_one())


def break_on(word: str, error: type[BaseException]) -> Callable[[str], Sequence[Sequence[TaggedToken]]]:
    """Return a tagger that breaks on bodies with `word`."""

    def tag(body: str) -> Sequence[Sequence[TaggedToken]]:
        if word in body:
            raise error(word)
        return tag_nothing(body)

    return tag


@pytest.mark.usefixtures("way")
def test_second_run_annotates_nothing(base: Engine, stories: list[str]) -> None:
    """What this pipeline has annotated is not annotated again."""
    first, heard = run(base, stories)
    second, _ = run(base, stories)
    assert (first.articles.new, first.articles.annotated, heard.n_inputs) == (3, 3, 3)
    assert (second.articles.unchanged, second.articles.annotated) == (3, 0)


def test_another_model_annotates_again(base: Engine, stories: list[str], way: Callable[..., None]) -> None:
    """Another model file leaves a base stale, and re-ingestion replaces what the old one derived."""
    run(base, stories)
    way(model="2")
    outcome, _ = run(base, stories)
    assert (outcome.articles.unchanged, outcome.articles.annotated, outcome.is_stale) == (3, 0, True)
    outcome = reingest(base, report=Heard())
    assert (outcome.articles.annotated, outcome.is_stale) == (3, False)
    assert reingest(base, report=Heard()).articles.annotated == 0


def test_text_of_the_past_is_not_stale(base: Engine, stories: list[str], way: Callable[..., None]) -> None:
    """What only an old revision printed is not annotated again, and leaves no base stale."""
    run(base, stories)
    Path(stories[0]).write_text(STORY.replace("padi", "tebu"), "utf-8")
    run(base, stories)
    way(model="2")
    assert reingest(base, report=Heard()).n_stale == 0


@pytest.mark.parametrize("stage", ["annotate", "attribute", "store"])
def test_article_that_breaks_a_room_is_kept(
    base: Engine, stories: list[str], way: Callable[..., None], stage: str
) -> None:
    """The article that a room breaks on becomes a failure of that stage; the others are annotated."""

    def attribute(document: Document) -> Annotation:
        if "jagung" not in document.body:
            return attribute_nothing(document)
        if stage == "attribute":
            raise ValueError("jagung")
        return Annotation(mentions=document.mentions, sentences=document.sentences, entities=(None,))  # type: ignore[arg-type]

    way(tag=break_on("jagung", ValueError) if stage == "annotate" else tag_nothing, attribute=attribute)
    outcome, heard = run(base, stories)
    assert (outcome.articles.annotated, outcome.articles.failed) == (2, 1)
    assert [told for told, _ in heard.failures] == [stage]
    with reading(base) as connection:
        assert [(f.stage, f.subject) for f in load_failures(connection)] == [(stage, stories[1])]


def test_mended_article_settles_its_failure(
    base: Engine, stories: list[str], way: Callable[..., None]
) -> None:
    """A failure is settled by the run in which its article goes through."""
    way(tag=break_on("jagung", ValueError))
    run(base, stories)
    way()
    outcome, _ = run(base, stories)
    assert (outcome.articles.annotated, outcome.articles.failed) == (1, 0)
    with reading(base) as connection:
        assert load_failures(connection) == []


def test_interrupted_run_is_taken_up(
    base: Engine, stories: list[str], way: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C leaves whole articles only, and the same command again does the rest, and no more."""
    monkeypatch.setattr(pipeline, "BATCH", 1)

    def stop_at_coffee(document: Document) -> Annotation:
        if "kopi" in document.body:
            raise KeyboardInterrupt
        return attribute_nothing(document)

    way(attribute=stop_at_coffee)
    with pytest.raises(KeyboardInterrupt):
        run(base, stories)
    assert (count(base, "revision"), count(base, "annotation")) == (2, 2)
    with reading(base) as connection:
        assert [run.state for run in load_runs(connection)] == ["interrupted"]
    way()
    outcome, _ = run(base, stories)
    assert (outcome.articles.unchanged, outcome.articles.annotated) == (2, 1)


def test_missing_model_ends_the_run(base: Engine, stories: list[str], way: Callable[..., None]) -> None:
    """A missing model is the program's trouble, not an article's: no failure is kept for it."""

    def tag(_body: str) -> Sequence[Sequence[TaggedToken]]:
        raise ModelMissing("ner.pt", "is not there")

    way(tag=tag)
    with pytest.raises(ModelMissing):
        run(base, stories)
    assert count(base, "failure") == 0


@pytest.mark.usefixtures("way")
def test_one_text_in_two_articles_is_annotated_once(base: Engine, tmp_path: Path) -> None:
    """Two articles that print the same text share its body and its annotation."""
    for name in ("padi", "salinan"):
        (tmp_path / f"{name}.txt").write_text(STORY, "utf-8")
    outcome, _ = run(base, [str(tmp_path / "padi.txt"), str(tmp_path / "salinan.txt")])
    assert (outcome.articles.new, outcome.articles.annotated, count(base, "body")) == (2, 1, 1)


@pytest.mark.usefixtures("way")
def test_a_decision_that_does_not_fit_is_told_of(base: Engine, stories: list[str]) -> None:
    """A run says how many decisions do not apply to the base as it left it."""
    place = {"article": "padi", "exact": "tak ada", "prefix": "", "suffix": "", "hash": "0" * 16}
    lost = make_decision(Verb.REJECT_QUOTE, place, by="uji", at=datetime(2024, 1, 1, tzinfo=UTC))
    with writing(base) as connection:
        import_decisions(connection, [line_of(lost)], subject="log")
    outcome, _ = run(base, stories)
    assert outcome.n_waiting == 1
    assert "1 decision not applied" in summary(outcome)


@pytest.mark.usefixtures("way")
def test_seeds_are_read_when_their_list_changes(
    base: Engine, stories: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of entities that kb brings is taken in by the first run that meets it, and not parsed by the next."""
    seeds = tmp_path / "entities.jsonl"
    seeds.write_text('{"type": "LOC", "name": "Karangsari", "aliases": []}\n', "utf-8")
    read: list[Path] = []
    monkeypatch.setattr("kb.way.run.find_seed_file", lambda: seeds)
    monkeypatch.setattr("kb.way.run.read_seeds", lambda path: read.append(path) or read_seeds(path))
    for _ in range(2):
        run(base, stories)
    assert (len(read), count(base, "seed")) == (1, 1)
    seeds.write_text('{"type": "LOC", "name": "Rantau", "aliases": ["Muara Rantau"]}\n', "utf-8")
    run(base, stories)
    assert (len(read), count(base, "seed"), count(base, "entity")) == (2, 1, 1)
