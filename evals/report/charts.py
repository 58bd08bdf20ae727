"""Lines over runs as SVG that stands in a page: text stays text, colours are the page's own, light or dark."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Colours that matplotlib writes and the page knows by name. They differ, so that each can be told from the others.
_INK, _GRID = "#010101", "#020202"
_SERIES = ("#030303", "#040404", "#050505", "#060606", "#070707")
_NAMES = {_INK: "--muted", _GRID: "--line"} | {code: f"--c{n}" for n, code in enumerate(_SERIES, start=1)}
_WIDTH, _HEIGHT = 4.6, 2.3
_MOST_TICKS = 6
_SVG = re.compile(r"<svg.*</svg>", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One value a run, None where there is none; `low` and `high` are drawn as a band."""

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()


@dataclass(frozen=True)
class Chart:
    """`name` is unique in its page. `bounded`: values are between 0 and 1."""

    name: str
    title: str
    ticks: Sequence[str]
    lines: Sequence[Line]
    bounded: bool = True


def draw(chart: Chart) -> str:
    """The chart as one `<svg>` element."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Names inside a drawing come from the salt: several of them stand in one page.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": chart.name, "font.size": 9}):
        figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
        axes = figure.add_subplot()
        for line, colour in zip(chart.lines, _SERIES, strict=False):
            _add(axes, line, colour, wide=line is chart.lines[0])
        _dress(axes, chart)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _own_colours(written.getvalue(), chart)


def _add(axes: "Axes", line: Line, colour: str, *, wide: bool) -> None:
    points = [(n, value) for n, value in enumerate(line.values) if value is not None]
    axes.plot(
        [n for n, _ in points],
        [value for _, value in points],
        color=colour,
        linewidth=2 if wide else 1.2,
        marker="o",
        markersize=4 if wide else 3,
        zorder=3 if wide else 2,
        label=line.name,
    )
    band = [
        (n, a, b) for n, (a, b) in enumerate(zip(line.low, line.high, strict=True)) if a is not None and b is not None
    ]
    if len(band) == 1:
        axes.vlines(band[0][0], band[0][1], band[0][2], color=colour, linewidth=6, alpha=0.18)
    elif band:
        at, low, high = zip(*band, strict=True)
        axes.fill_between(at, low, high, color=colour, alpha=0.15, linewidth=0)


def _dress(axes: "Axes", chart: Chart) -> None:
    count = len(chart.ticks)
    step = -(-count // _MOST_TICKS)
    shown = list(range(count - 1, -1, -step))
    axes.set_xticks(shown, [chart.ticks[n] for n in shown])
    axes.set_xlim(-0.4, max(count - 0.6, 0.4))
    if chart.bounded:
        axes.set_ylim(-0.03, 1.03)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    else:
        axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    axes.tick_params(length=0, labelcolor=_INK)


def _own_colours(written: str, chart: Chart) -> str:
    found = _SVG.search(written)
    assert found is not None
    svg = found.group()
    for code, name in _NAMES.items():
        svg = svg.replace(code, f"var({name})")
    svg = re.sub(r"font(-family)?: ([^;\"]*)sans-serif[^;\"]*", r"font-family: inherit; font-size: 9px", svg)
    told = f"{chart.title}: " + "; ".join(f"{line.name} {_last(line)}" for line in chart.lines)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(told)}" ', 1)


def _last(line: Line) -> str:
    known = [value for value in line.values if value is not None]
    return f"{known[-1]:.3g}" if known else "none"
