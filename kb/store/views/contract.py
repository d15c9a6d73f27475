"""The number of the contract, where SQL can read it."""

from __future__ import annotations

from kb.store.views.view import View, ViewColumn

CONTRACT = (1, 0)
"""Major: a column or view went, or means something else. Minor: something was added."""


def contract_view() -> View:
    """Return the view of one row that tells the number."""
    major, minor = CONTRACT
    columns = (
        ViewColumn(
            "major", "integer", "raised when a column or view goes or means something else", str(major)
        ),
        ViewColumn("minor", "integer", "raised when a column or view is added", str(minor)),
    )
    return View("v_contract", "The version of the views, in one row", columns, "")
