"""The columns of the small diagram on a person's page."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytest.importorskip("datasette", reason="the extra web is not installed")

from kb.serve.chart import HEIGHT, WIDTH, columns_of


def test_months_between_are_there() -> None:
    """Every month from the first to the last has a column, over the turn of a year; most is highest."""
    columns = columns_of({"2023-11": 2, "2024-02": 4})
    assert [(column.month, column.n) for column in columns] == [
        ("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 4)
    ]  # fmt: skip
    assert [column.height for column in columns] == [HEIGHT / 2, 0, 0, HEIGHT]
    assert all(column.y + column.height == HEIGHT for column in columns)


def test_many_months_stay_within() -> None:
    """Of many years the newest five are drawn, side by side within the drawing."""
    columns = columns_of({"1999-01": 1, "2026-06": 3})
    assert (len(columns), columns[0].month, columns[-1].month) == (60, "2021-07", "2026-06")
    assert all(one.x + one.width <= two.x for one, two in pairwise(columns))
    assert columns[-1].x + columns[-1].width <= WIDTH


def test_nothing_to_draw() -> None:
    """Without a month there is no column."""
    assert columns_of({}) == ()
