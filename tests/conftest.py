"""How thorough the tests of properties are: a few examples in a bare `pytest`, many in `make test`."""

from __future__ import annotations

import pytest
from hypothesis import settings

BARE = "not slow"
"""What a bare `pytest` selects (pyproject.toml)."""


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a property is tried with; no deadline, since a busy machine says nothing of the code."""
    settings.register_profile("bare", max_examples=25, deadline=None)
    settings.register_profile("all", max_examples=100, deadline=None)
    settings.load_profile("bare" if config.getoption("markexpr") == BARE else "all")
