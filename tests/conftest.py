"""What every ring of tests stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of seed entities and sample articles."""
    return ROOT / "seeds"
