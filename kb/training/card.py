"""Write the model card and seal the models: ``python -m kb.training.card DATA``.

To be run when a newly trained file was put in: it renews the manifest that the annotator checks its files
against, and ``docs/model-card.md`` with the scores as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from kb.annotate.files import MODEL_NAMES, find_model_folder, read_hashes, write_manifest
from kb.training.evaluate import make_table, score_cuts, score_names

CARD_PATH = Path("docs", "model-card.md")
TEMPLATE_PATH = Path(__file__).with_name("card.md")


def write_card(data_path: Path, card_path: Path) -> None:
    """Write the card of the packaged models, scored on the data."""
    folder = find_model_folder()
    card = TEMPLATE_PATH.read_text(encoding="utf-8").format(
        stanza=version("stanza"),
        torch=version("torch").partition("+")[0],
        files="\n".join(_describe_files(folder)),
        names=make_table(list(score_names(data_path, folder))),
        cuts=make_table(list(score_cuts(data_path, folder))),
    )
    card_path.write_text(card, encoding="utf-8")


def _describe_files(folder: Path) -> Iterator[str]:
    yield "| file | bytes | sha256 |\n|---|---|---|"
    hashes = read_hashes(folder)
    for name in MODEL_NAMES:
        yield f"| `{name}` | {(folder / name).stat().st_size:,} | `{hashes[name]}` |"


def main() -> None:
    """Parse the command line, seal and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=CARD_PATH)
    args = parser.parse_args()
    write_manifest(find_model_folder())
    write_card(args.data, args.out)


if __name__ == "__main__":
    main()
