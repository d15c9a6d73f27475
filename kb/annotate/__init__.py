"""Article -> Document: words, sentences and names, found by our own Stanza pipeline.

The only room that knows torch and stanza, and `load_annotator` is its door: importing this package loads
neither; loading takes some seconds, so load once and annotate many.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kb.annotate.annotator import Annotator, Tag, TaggedBody
from kb.annotate.files import find_model_folder, read_hashes

__all__ = ["Annotator", "load_annotator"]

_PACKAGES = ("stanza", "torch")


def load_annotator(folder: Path | None = None) -> Annotator:
    """Return the annotator of the models in `folder`, by default those that the package carries.

    The files are checked now (ModelMissing if one is absent or damaged) and loaded with the first body, so
    that asking what the annotator is costs nothing. Works on one thread, touches no network.
    """
    folder = folder or find_model_folder()
    return Annotator(
        tag=_make_lazy_tag(folder),
        packages={name: version(name) for name in _PACKAGES},
        models=read_hashes(folder),
    )


def _make_lazy_tag(folder: Path) -> Tag:
    @cache
    def tagger() -> Tag:
        from kb.annotate.tagger import load_tagger  # noqa: PLC0415  torch takes seconds to import

        return load_tagger(folder)

    def tag(bodies: Sequence[str]) -> Sequence[TaggedBody]:
        return tagger()(bodies)

    return tag
