"""Pictures: the same rows make the same bytes, and no two names meet."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import BinaryIO
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from kb.pictures.frame import Caption
from kb.pictures.network import Node, draw_network
from kb.pictures.timeline import Bar, draw_timeline

CAPTION = Caption("Seberapa sering", "Kutipan per bulan.", "Sumber: contoh.")
LONG = "Perkumpulan Nelayan dan Pembudidaya Ikan Seluruh Pesisir Rantau Bagian Timur"
BARS = [
    Bar(date(2024, month, 1), f"2024-{month:02}", (month % 5, month % 3), month) for month in range(1, 13)
]


def timeline(stream: BinaryIO) -> None:
    """Draw a year by month."""
    draw_timeline(stream, BARS, ["langsung", "tidak"], CAPTION, behind="disebut")


def network(stream: BinaryIO, n: int = 20) -> None:
    """Draw somebody among so many others, half of them with names that are too long."""
    around = [
        Node(LONG if place % 2 else f"Sari {place}", ("PER", "ORG", "LOC")[place % 3], n - place)
        for place in range(n)
    ]
    ties = {(a, b): 1 + (a * b) % 7 for a, b in combinations(range(n), 2) if (a + b) % 4 == 0}
    draw_network(stream, Node(LONG, "PER", 40), around, ties, CAPTION)


@pytest.mark.parametrize("draw", [timeline, network])
def test_same_rows_make_the_same_bytes(draw: Callable[[BinaryIO], None]) -> None:
    """A picture has no date and no chance in it; it is XML, and tells its title and source."""
    first, second = io.BytesIO(), io.BytesIO()
    draw(first)
    draw(second)
    assert first.getvalue() == second.getvalue()
    words = " ".join(ElementTree.fromstring(first.getvalue()).itertext())
    assert CAPTION.title in words
    assert CAPTION.source in words


@pytest.mark.parametrize("n", [0, 1, 2, 5, 15, 20, 30])
def test_no_two_names_meet(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names around somebody keep clear of each other and stay on the page, however long they are."""
    boxes: list[tuple[float, float, float, float]] = []

    def measure(figure: Figure, *_stream: object, **_options: object) -> None:
        figure.draw_without_rendering()
        names = [
            text
            for text in figure.axes[0].texts
            if isinstance(text, Annotation) and text.get_ha() != "center"
        ]
        boxes.extend(text.get_window_extent().extents for text in names)
        width = figure.bbox.width
        assert all(left >= 0 and right <= width for left, _, right, _ in boxes)

    monkeypatch.setattr(Figure, "savefig", measure)
    network(io.BytesIO(), n)
    assert len(boxes) >= n
    for (left, low, right, high), (left_, low_, right_, high_) in combinations(boxes, 2):
        assert right < left_ or right_ < left or high < low_ or high_ < low


def test_one_line_says_what_is_missing() -> None:
    """Without matplotlib a picture is refused in one line that says how to install it."""
    program = (
        "import sys, io; sys.modules['matplotlib'] = None\n"
        "from kb.errors import NotInstalled\n"
        "from kb.pictures.frame import Caption, drawing\n"
        "try:\n"
        "    with drawing(io.BytesIO(), Caption('', '', ''), size=(1, 1)): pass\n"
        "except NotInstalled as error:\n"
        "    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "pictures: matplotlib is not installed; pip install 'kb-indonesia[pictures]'\n"
