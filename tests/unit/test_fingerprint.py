"""Annotations carry the version of the rules that made them: what they read counts, nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import fingerprint, pipeline

PLACES = ("rules", "names.py", "wordlists")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small package, with no hash of it kept."""
    for name in ("rules/verbs.py", "names.py", "wordlists/cues.txt", "rules/weights.pt", "errors.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("kata\n")
    monkeypatch.setattr(fingerprint, "files", lambda _package: tmp_path)
    monkeypatch.setattr(fingerprint, "hash_code", fingerprint.hash_code.__wrapped__)
    return tmp_path


@pytest.mark.parametrize("name", ["rules/verbs.py", "names.py", "wordlists/cues.txt", "rules/new.py"])
def test_another_rule_is_another_version(package: Path, name: str) -> None:
    """A module, a word list, a file by itself: each one's text is part of the version."""
    before = fingerprint.hash_code(*PLACES)
    (package / name).write_text("ujar\n")
    assert fingerprint.hash_code(*PLACES) != before


@pytest.mark.parametrize("name", ["errors.py", "rules/weights.pt"])
def test_what_is_no_rule_leaves_the_version(package: Path, name: str) -> None:
    """The rest of the program, and model files (which have hashes of their own), change nothing."""
    before = fingerprint.hash_code(*PLACES)
    (package / name).write_text("ujar\n")
    assert fingerprint.hash_code(*PLACES) == before


def test_every_place_of_the_rules_is_there() -> None:
    """A place that is renamed and not named anew here would silently leave the version."""
    for place in pipeline._RULES:
        assert (Path(pipeline.__file__).parent / place).exists()
