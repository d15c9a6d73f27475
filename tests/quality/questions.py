"""Answer the worked questions of docs/questions.md anew: ``python tests/quality/questions.py`` (``make questions``).

The page is its own source: a table below a question is replaced by what the question answers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from kb.store.database import open_database, reading

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "questions.md"

_QUESTION = re.compile(
    r"^## (?P<title>\d+\. .*?)\n\n.*?```sql\n(?P<sql>.*?)\n```\n(?P<answer>(?:\n\|[^\n]*(?:\n\|[^\n]*)*\n)?)"
    r"(?:\nServed by (?P<served>[^\n]*)\.\n)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A worked question; `served` are the indexes that the page says it uses."""

    title: str
    sql: str
    served: tuple[str, ...]


def read_questions(page: str) -> list[Question]:
    """Return the questions of a page, in their order."""
    return [
        Question(found["title"], found["sql"], tuple(re.findall(r"`(\w+)`", found["served"] or "")))
        for found in _QUESTION.finditer(page)
    ]


def make_sample(folder: Path) -> Engine:
    """Do in a folder what the page says that makes the sample, and return the base."""
    (commands,) = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "seeds").symlink_to(ROOT / "seeds")
    kb = folder / "kb"
    kb.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kb "$@"\n')
    kb.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    subprocess.run(
        ["sh", "-e"], input=commands, cwd=folder, env=environment, text=True, check=True, capture_output=True
    )
    return open_database(str(folder / "sample.sqlite3"))


def answer_page(connection: Connection) -> str:
    """Return the page as this base answers it."""
    return _QUESTION.sub(lambda found: _answered(connection, found), PAGE.read_text(encoding="utf-8"))


def _answered(connection: Connection, found: re.Match[str]) -> str:
    whole, begins = found[0], found.start()
    start, end = found.start("answer") - begins, found.end("answer") - begins
    table = "\n".join(answer(connection, found["sql"]))
    return f"{whole[:start]}\n{table}\n{whole[end:]}"


def answer(connection: Connection, sql: str) -> Iterator[str]:
    """Yield the lines of a table of what a question answers."""
    rows = connection.execute(text(sql.replace(":", "\\:")))
    names = list(rows.keys())
    yield f"| {' | '.join(names)} |"
    yield "|---" * len(names) + "|"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Make the sample and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_sample(Path(folder))
        with reading(engine) as connection:
            page = answer_page(connection)
        engine.dispose()
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
