"""The model files that the package carries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from kb.errors import ModelMissing

MODEL_NAMES = ("tokenize.pt", "vectors.pt", "ner.pt")
MANIFEST = "sha256.txt"  # one `HASH  NAME` a line
_MEND = "install the package again"


def find_model_folder() -> Path:
    """Return the folder of the packaged models."""
    return Path(str(files("kb.annotate"))) / "models"


def read_hashes(folder: Path) -> Mapping[str, str]:
    """Return the sha256 of each model file.

    Raises ModelMissing where a file is absent or is not the one that the manifest names.
    """
    expected = _read_manifest(folder)
    found = {name: _hash_file(folder / name) for name in MODEL_NAMES}
    for name, digest in found.items():
        if expected.get(name) != digest:
            raise ModelMissing(str(folder / name), "the model file is damaged", _MEND)
    return found


def write_manifest(folder: Path) -> None:
    """Write the manifest of the model files as they are; to be done when a newly trained one is put in."""
    lines = [f"{_hash_file(folder / name)}  {name}\n" for name in MODEL_NAMES]
    (folder / MANIFEST).write_text("".join(lines), encoding="ascii")


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / MANIFEST).read_text(encoding="ascii").splitlines()
    except FileNotFoundError as error:
        raise ModelMissing(str(folder / MANIFEST), "the list of model files is not there", _MEND) from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _hash_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelMissing(str(path), "the model file is not there", _MEND) from error
