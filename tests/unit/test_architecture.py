"""The house's own rules: where libraries live, how long things may get, what may not be there.

Which room may import which is held by import-linter (``make check``).
"""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import kb
import kb.names
import kb.query

PACKAGE = Path(kb.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

HOMES = {
    "alembic": {"store"},
    "datasette": {"serve"},
    "dateparser": {"ingest"},
    "fastwarc": {"ingest"},
    "feedparser": {"ingest"},
    "gensim": {"training"},
    "lxml": {"ingest"},
    "matplotlib": {"pictures"},
    "protego": {"fetch"},
    "psycopg": {"store"},
    "py3langid": {"ingest"},
    "pyarrow": {"export"},
    "rapidfuzz": {"names"},
    "rich": {"cli"},
    "sqlalchemy": {"store", "query"},
    "stanza": {"annotate", "training"},
    "torch": {"annotate", "training"},
    "trafilatura": {"ingest"},
    "typer": {"cli"},
    "urllib3": {"fetch"},
    "uvicorn": {"serve"},
}


def room_of(module: Path) -> str:
    """Return the room (folder or top-level module) that a file belongs to."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports_of(module: Path) -> frozenset[str]:
    """Return the top-level names that a file imports, wherever in it, but those for type hints only."""
    return frozenset(_find_imports(module))


def _find_imports(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text("utf-8"))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and is_type_checking(node))]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def is_type_checking(node: ast.If) -> bool:
    """Whether this is an ``if TYPE_CHECKING:``."""
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("library", HOMES)
def test_library_has_one_home(library: str) -> None:
    """A third-party library is imported in its home only."""
    rooms = {room_of(module) for module in MODULES if library in imports_of(module)}
    assert rooms <= HOMES[library]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(module: Path) -> None:
    """No file is over 400 lines and no function over 40 (docstring not counted)."""
    source = module.read_text("utf-8")
    assert source.count("\n") <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            n_lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert n_lines <= 40, f"{node.name} has {n_lines} lines"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_things_say_what_they_do(module: Path) -> None:
    """Every module, public class and public function has a docstring."""
    tree = ast.parse(module.read_text("utf-8"))
    if not tree.body:
        return
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert ast.get_docstring(tree) is not None
    assert [node.name for node in public if ast.get_docstring(node) is None] == []


def test_no_drawer_for_everything() -> None:
    """There is no module for things that found no place."""
    assert not {"utils", "helpers", "common", "misc"} & {module.stem for module in MODULES}


def test_packages_that_load_lazily_give_all_they_promise() -> None:
    """Each name of such a package is had, from the module said, and is not hidden by a module of the same name."""
    for package in (kb.names, kb.query):
        modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
        assert modules.isdisjoint(package.__all__)
        assert not [name for name in package.__all__ if isinstance(getattr(package, name), ModuleType)]


def test_questions_load_no_models() -> None:
    """The question commands import neither torch nor stanza nor the readers' libraries."""
    check = (
        "import sys, kb.query, kb.cli.ask\n"
        "[getattr(kb.query, name) for name in kb.query.__all__]\n"
        "heavy = {'torch', 'stanza', 'numpy', 'dateparser', 'py3langid', 'alembic', 'trafilatura', 'lxml'}\n"
        "print(*heavy & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
