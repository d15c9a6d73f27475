"""Make a trained model file fit to ship: half precision, no paths of the machine it was trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch


def pack_model(path: Path) -> None:
    """Rewrite a Stanza model file in place with 16-bit floats and without file and folder names.

    Stanza casts the weights back to 32 bits when it loads them.
    """
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    checkpoint["model"] = {name: _halve(value) for name, value in checkpoint["model"].items()}
    checkpoint["config"] = {name: None if _is_path(name) else v for name, v in checkpoint["config"].items()}
    torch.save(checkpoint, path)


def _halve(value: Any) -> Any:
    is_float = isinstance(value, torch.Tensor) and value.is_floating_point()
    return value.half().contiguous() if is_float else value


def _is_path(name: str) -> bool:
    return name.endswith(("_file", "_dir", "_path", "_name")) or name in {"conll_file", "dev_conll_gold"}
