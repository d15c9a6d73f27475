"""Somebody in the middle, those around them at both sides, each with room for a name: no two names can meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from textwrap import wrap
from typing import TYPE_CHECKING, BinaryIO

from kb.pictures.frame import BLUE, GREEN, ORANGE, Caption, drawing, write_key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKS = {
    "PER": ("o", "●", BLUE, "person"),
    "ORG": ("s", "■", ORANGE, "organisation"),
    "LOC": ("^", "▲", GREEN, "place"),
}
"""How each type is marked, told apart without colour: matplotlib's name of the mark, the sign, the colour, the word."""
_WIDEST_NAME = 30  # characters of a line
_ACROSS, _DOWN = 1.0, 1.0  # half axes of the ring
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody: `type` is PER, ORG or LOC, `n` how many articles name them with the one in the middle."""

    name: str
    type: str
    n: int


def draw_network(
    stream: BinaryIO,
    centre: Node,
    around: Sequence[Node],
    ties: Mapping[tuple[int, int], int],
    caption: Caption,
) -> None:
    """Draw a network; `ties` are those between the ones around, by their places, with how many articles name both."""
    with drawing(stream, caption, size=(10, max(5.0, 2.4 + 0.21 * len(around) * 1.45))) as (_, axes):
        axes.set_axis_off()
        axes.set_xlim(-2.15, 2.15)
        axes.set_ylim(-1.12, 1.12)
        order = _order(len(around), ties)
        points = dict(zip(order, _ring(len(around)), strict=True))
        most = max([*(node.n for node in around), *ties.values()], default=1)
        _draw_between(axes, points, ties, most)
        for place, node in enumerate(around):
            _draw_spoke(axes, points[place], node, most)
        _draw_centre(axes, centre)
        shown = {node.type for node in (centre, *around)}
        words = [
            (f"{sign} {word}", colour) for kind, (_, sign, colour, word) in _MARKS.items() if kind in shown
        ]
        write_key(axes, words, height=-0.05)


def _order(n: int, ties: Mapping[tuple[int, int], int]) -> list[int]:
    """Return the places around, each beside the one that it is tied to most: fewer lines cross."""
    strength = {**ties, **{(b, a): weight for (a, b), weight in ties.items()}}
    left, order = list(range(n)), list[int]()
    while left:
        last = order[-1] if order else None
        best = max(
            left, key=lambda place: (strength.get((last, place), 0) if last is not None else 0, -place)
        )
        order.append(best)
        left.remove(best)
    return order


def _ring(n: int) -> list[_Point]:
    """Return points around, down the right side and up the left one, all rows of a side equally far apart."""
    n_right = (n + 1) // 2
    right = [_on_ring(row, n_right, side=1) for row in range(n_right)]
    return right + [_on_ring(row, n - n_right, side=-1) for row in reversed(range(n - n_right))]


def _on_ring(row: int, n_rows: int, *, side: int) -> _Point:
    height = 0.0 if n_rows == 1 else 1 - 2 * row / (n_rows - 1)
    return side * _ACROSS * sqrt(1 - (0.93 * height) ** 2), _DOWN * height


def _draw_between(
    axes: Axes, points: Mapping[int, _Point], ties: Mapping[tuple[int, int], int], most: int
) -> None:
    """Draw the ties of those around, bent towards the middle, the strongest on top."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415
    from matplotlib.path import Path as Curve  # noqa: PLC0415

    for (a, b), n in sorted(ties.items(), key=lambda tie: (tie[1], tie[0])):
        (ax, ay), (bx, by) = points[a], points[b]
        near = 0.5 - 0.17 * hypot(
            ax - bx, ay - by
        )  # half way where they are neighbours, else towards the middle
        bend = ((ax + bx) * near, (ay + by) * near)
        curve = Curve([(ax, ay), bend, (bx, by)], [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3])
        axes.add_patch(
            PathPatch(curve, fill=False, edgecolor="#b9c3cb", linewidth=_width(n, most) / 2.5, zorder=1)
        )


def _draw_spoke(axes: Axes, point: _Point, node: Node, most: int) -> None:
    x, y = point
    mark, _, colour, _ = _MARKS[node.type]
    axes.plot([0, x], [0, y], color=colour, alpha=0.55, linewidth=_width(node.n, most), zorder=2)
    axes.plot([x], [y], marker=mark, color=colour, markersize=8, markeredgecolor="white", zorder=4)
    *names, last = _lines(node.name)
    axes.annotate(
        "\n".join([*names, f"{last}  {node.n:,}"]),
        point,
        xytext=(10 if x >= 0 else -10, 0),
        textcoords="offset points",
        ha="left" if x >= 0 else "right",
        va="center",
        fontsize=9,
        zorder=5,
    )


def _draw_centre(axes: Axes, node: Node) -> None:
    mark, _, colour, _ = _MARKS[node.type]
    axes.plot([0], [0], marker=mark, color=colour, markersize=15, markeredgecolor="white", zorder=4)
    axes.annotate(
        "\n".join(_lines(node.name)),
        (0, 0),
        xytext=(0, -13),
        textcoords="offset points",
        ha="center",
        va="top",
        weight="bold",
        fontsize=11,
        zorder=6,
        bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
    )


def _width(n: int, most: int) -> float:
    """Return a line's width in points: 0.6 for next to nothing, 6 for the most."""
    return 0.6 + 5.4 * n / most


def _lines(name: str) -> list[str]:
    """Return a name in at most two lines; what is longer ends in an ellipsis."""
    return wrap(name, _WIDEST_NAME, max_lines=2, placeholder="…")
