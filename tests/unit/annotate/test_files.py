"""The model files are checked before they are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.annotate.files import MODEL_NAMES, read_hashes, write_manifest
from kb.errors import ModelMissing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in MODEL_NAMES:
        (tmp_path / name).write_bytes(name.encode())
    write_manifest(tmp_path)
    return tmp_path


def test_whole_files_are_named_by_their_hash(folder: Path) -> None:
    """Every model file has its sha256."""
    assert {name: len(digest) for name, digest in read_hashes(folder).items()} == dict.fromkeys(
        MODEL_NAMES, 64
    )


@pytest.mark.parametrize("name", [*MODEL_NAMES, "sha256.txt"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """The error is one line with the path of what is not there."""
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=rf"{name}: .* is not there; install the package again"):
        read_hashes(folder)


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_a_damaged_file_is_named(folder: Path, name: str) -> None:
    """A file cut short is told from a whole one before anything loads it."""
    (folder / name).write_bytes(b"")
    with pytest.raises(ModelMissing, match=rf"{name}: the model file is damaged"):
        read_hashes(folder)
