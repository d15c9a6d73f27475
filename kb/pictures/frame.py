"""The page of a picture: a title, what is shown, the drawing, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any, BinaryIO

from kb import __version__
from kb.errors import NotInstalled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY, PALE = "#222222", "#6b6b6b", "#d0d0d0"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#aa4499"
"""Told apart by the colour-blind too: Okabe and Ito, https://jfly.uni-koeln.de/color/, and Tol's purple."""

MARGIN = 0.3
"""Inches that are left free at both sides."""

_STYLE = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same everywhere
    "font.size": 10,
    "svg.fonttype": "path",
    "svg.hashsalt": "kb",
    "axes.edgecolor": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "text.color": INK,
}


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a drawing; `shown` says what is drawn, `source` where it comes from."""

    title: str
    shown: str
    source: str


@contextmanager
def drawing(
    stream: BinaryIO, caption: Caption, *, size: tuple[float, float]
) -> Iterator[tuple[Figure, Axes]]:
    """Give a page with its caption to draw on, and write it as SVG; `size` is in inches. NotInstalled if it cannot."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415  (an extra, and slow to load)
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "pictures", "matplotlib is not installed", "pip install 'kb-indonesia[pictures]'"
        ) from error
    with rc_context(_STYLE):  # type: ignore[arg-type]
        figure = Figure(figsize=size)
        axes = figure.add_axes(_room(size))
        _caption(figure, caption, size)
        yield figure, axes
        _write(figure, stream, caption)


def write_key(axes: Axes, words: Sequence[tuple[str, str]], *, height: float) -> None:
    """Write words in their colours in a row, as high as this share of the drawing: nothing to look up."""
    last = None
    for word, colour in words:
        first = ("figure points", "axes fraction")
        last = axes.annotate(
            word,
            xy=(72 * MARGIN, height) if last is None else (1, 0),
            xycoords=first if last is None else last,
            xytext=(72 * MARGIN, height) if last is None else (14, 0),
            textcoords=first if last is None else "offset points",
            color=colour,
            weight="bold",
            fontsize=9,
            va="bottom",
            annotation_clip=False,
        )


def _room(size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return where the drawing is: left, bottom, width, height as shares of the page."""
    width, height = size
    return 0.6 / width, 0.9 / height, 1 - 0.9 / width, 1 - 2.15 / height


def _caption(figure: Figure, caption: Caption, size: tuple[float, float]) -> None:
    width, height = size
    left = MARGIN / width
    room = 72 * (width - 2 * MARGIN)  # in points
    title_size = min(15, room / (0.72 * len(caption.title)))  # a bold letter is up to 0.72 of its size wide
    figure.text(left, 1 - 0.42 / height, caption.title, fontsize=title_size, weight="bold")
    shown = fill(caption.shown, int(room / 5.6))
    figure.text(left, 1 - 0.55 / height, shown, color=GREY, va="top", linespacing=1.3)
    figure.text(left, 0.2 / height, caption.source, color=GREY, fontsize=8)


def _write(figure: Any, stream: BinaryIO, caption: Caption) -> None:
    told = {"Title": caption.title, "Description": caption.shown, "Source": caption.source}
    figure.savefig(stream, format="svg", metadata={**told, "Creator": f"kb {__version__}", "Date": None})
