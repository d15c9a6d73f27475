"""The command line itself: help, exit codes, errors in one line, nothing heavy loaded for a question."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from program import ROOT, Door, Program, environment

CURATING = (
    *("queue", "merge", "apart", "split", "alias", "rename", "retype", "reject-mention", "reject-quote"),
    *("set-speaker", "undo", "log", "export", "import"),
)
COMMANDS = (
    ["ingest"],
    ["sync"],
    ["reingest"],
    *(["feed", verb] for verb in ("add", "list", "remove", "pause", "resume")),
    ["schedule", "print"],
    ["runs"],
    ["doctor"],
    *(["failures", verb] for verb in ("list", "show", "retry", "ignore")),
    ["who-said"],
    ["entities"],
    ["entity"],
    ["quotes"],
    ["articles"],
    *(["article", verb] for verb in ("show", "history", "diff", "forget")),
    ["quote"],
    ["pipeline", "list"],
    ["pipeline", "diff"],
    ["timeline"],
    ["network"],
    ["export"],
    ["sql"],
    ["seed"],
    *(["curate", verb] for verb in CURATING),
    ["db", "upgrade"],
    *(["db", verb] for verb in ("status", "copy", "backup", "check", "stats", "reader")),
    ["serve"],
)
GROUPS = {command[0] for command in COMMANDS if len(command) > 1}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example(kb: Program, command: list[str]) -> None:
    """Every command's help says what it does and shows an example."""
    answer = Door(kb.folder)(*command, "--help")
    assert answer.code == 0
    assert f"Example: kb {' '.join(command)}" in " ".join(answer.stdout.split())


def test_all_commands_are_tested_here(kb: Program) -> None:
    """The list above has every command that the program has."""
    for group in ([], *([name] for name in GROUPS)):
        listed = Door(kb.folder)(*group, "--help").stdout.partition("Commands:")[2].split("\n  ")[1:]
        named = {command[len(group)] for command in COMMANDS if command[: len(group)] == group}
        assert {line.split()[0] for line in listed if line.strip()} >= named
        assert {line.split()[0] for line in listed if not line.startswith(" ")} == named


def test_all_commands_stand_in_the_readme() -> None:
    """Each command stands in the README, alone or as one of several verbs of its group (``kb feed add|list``)."""
    readme = (ROOT / "README.md").read_text("utf-8").replace("\\|", "|")
    for group, *verb in COMMANDS:
        named = re.findall(rf"`kb {group}((?: [a-z|-]+)?)\b", readme)
        assert named, group
        assert not verb or any(verb[0] in one.strip().split("|") for one in named), f"{group} {verb}"


def test_version(kb: Program) -> None:
    """``kb --version`` says the version."""
    assert kb("--version").stdout.startswith("kb ")


def test_wrong_usage_is_2(kb: Program) -> None:
    """A call that the program does not know ends with exit code 2 and says nothing on stdout."""
    answer = kb("who-said")
    assert (answer.code, answer.stdout) == (2, "")


@pytest.mark.parametrize(
    "command",
    [
        *(["who-said", "Siapa"], ["failures"], ["db", "status"], ["articles"], ["curate", "log"]),
        *(["sync"], ["reingest"], ["runs"], ["feed", "list"], ["failures", "retry", "1"]),
    ],
    ids=" ".join,
)
def test_no_database_is_one_line(kb: Program, command: list[str]) -> None:
    """A question without a database is one line on stderr, exit code 1, and makes no database."""
    answer = Door(kb.folder)(*command)
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert list(kb.folder.iterdir()) == []


def test_other_schema_is_6(kb: Program) -> None:
    """A database without our tables ends with exit code 6, in one line that says how to mend it."""
    (kb.folder / "kb.sqlite3").touch()
    answer = kb("who-said", "Siapa")
    assert (answer.code, answer.stderr.count("\n")) == (6, 1)
    assert "kb db upgrade" in answer.stderr


@pytest.mark.slow  # the program is started, more than once
def test_upgrade_makes_a_base(kb: Program) -> None:
    """``kb db upgrade`` makes the base; after it questions are answered."""
    assert kb("db", "upgrade").code == 0
    assert kb("db", "status").code == 0
    assert kb("articles", "--format", "jsonl").stdout == ""


@pytest.mark.slow  # the program is started, more than once
@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_database_is_named(kb: Program, where: str) -> None:
    """--db stands before or after the command; KB_DATABASE does the same."""
    name = ("--db", "lain.sqlite3")
    call = {
        "before": [*name, "db", "upgrade"],
        "after": ["db", "upgrade", *name],
        "environment": ["db", "upgrade"],
    }
    variables = {"KB_DATABASE": "lain.sqlite3"} if where == "environment" else {}
    assert kb(*call[where], variables=variables).code == 0
    assert (kb.folder / "lain.sqlite3").exists()
    assert not (kb.folder / "kb.sqlite3").exists()


@pytest.mark.slow
def test_reader_that_goes_away_is_no_error(sample_kb: Program) -> None:
    """``kb export quotes | head -1`` ends quietly."""
    call = f"{sys.executable} -m kb export quotes --format jsonl | head -1"
    run = subprocess.run(
        call, shell=True, cwd=sample_kb.folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        *(["who-said", "Ushakov"], ["entities"], ["articles"], ["export", "quotes"]),
        *(["runs"], ["failures"], ["feed", "list"], ["schedule", "print", "--cron"]),
    ],
    ids=" ".join,
)
def test_question_loads_no_models(sample_kb: Program, question: list[str]) -> None:
    """A question imports neither torch nor stanza, nor what only reading and migrating need."""
    answer = sample_kb(*question, variables={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines()}
    assert answer.code == 0
    assert "sqlalchemy" in imported
    assert imported.isdisjoint({"torch", "stanza", "numpy", "dateparser", "py3langid", "alembic"})


@pytest.mark.slow  # the program is started, more than once
def test_missing_model_is_7(kb: Program, tmp_path: Path, copied_package: Callable[[Path], Path]) -> None:
    """A package without its model files ends with exit code 7, in one line."""
    package = copied_package(tmp_path / "site")
    (package / "annotate" / "models" / "ner.pt").unlink()
    (kb.folder / "a.txt").write_text("Warga desa menanam padi.", "utf-8")
    answer = kb("ingest", "a.txt", variables={"PYTHONPATH": str(package.parent)})
    assert (answer.code, answer.stderr.count("\n")) == (7, 1)
