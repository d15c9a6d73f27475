"""The wheel: it carries all that the program needs, and works from any folder."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from program import ROOT, environment

pytestmark = pytest.mark.slow

CARRIED = (
    "kb/annotate/models/ner.pt",
    "kb/annotate/models/resources.json",
    "kb/annotate/models/tokenize.pt",
    "kb/annotate/models/vectors.pt",
    "kb/migrations/env.py",
    "kb/seeds/entities.jsonl",
    "kb/serve/static/kb.css",
    "kb/serve/templates/start.html",
    "kb/wordlists/titles.txt",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a fresh environment, which borrows the other packages, and return `kb`.

    The borrowed folder is only searched: its own .pth files, the editable install's among them, are not read.
    """
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    site = next((folder / "lib").glob("python*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder / "bin" / "kb"


def test_wheel_carries_what_the_program_needs(wheel: Path) -> None:
    """Migrations, word lists, seeds and models are in the wheel; tests and training data are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names.issuperset(CARRIED)
    assert any(name.startswith("kb/migrations/versions/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") or "__pycache__" in name for name in names)


def test_every_word_list_is_carried(wheel: Path) -> None:
    """No data file of the package is left out of the wheel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "kb").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here <= names


def test_installed_program_works_from_the_root(command: Path, tmp_path: Path, seeds: Path) -> None:
    """Installed from the wheel and called in ``/``, the program ingests an article and answers."""

    def call(*args: str) -> str:
        run = [str(command), "--db", str(tmp_path / "base.sqlite3"), *args]
        return subprocess.run(
            run, cwd="/", env=environment(), check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    sample = min((seeds / "articles").glob("*.txt"))
    assert call("ingest", str(sample)) == ""
    quotes = [json.loads(line) for line in call("export", "quotes", "--format", "jsonl").splitlines()]
    speaker = next(quote["speaker"] for quote in quotes if quote["speaker_type"] == "PER")
    assert quotes[0]["article"] == sample.stem
    assert speaker in call("who-said", speaker)
