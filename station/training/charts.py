"""Small drawings as SVG text: curves in a unit square, two-sided histograms, bars of shares.

Every text is escaped here; colours and fonts come from the page's own style sheet by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from station.training.costs import Histogram
from station.training.figures import Point

WIDTH, HEIGHT = 340, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 36
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Series:
    """One curve; `style` is its class in the style sheet."""

    points: tuple[Point, ...]
    style: str
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit on the score axis."""

    at: float
    style: str
    name: str


def unit_chart(series: Sequence[Series], x_name: str, y_name: str, diagonal: bool = False) -> str:
    """Curves over 0 … 1 in both directions."""
    drawn = [_frame(x_name, y_name), *(_grid(tick) for tick in TICKS)]
    if diagonal:
        drawn.append(_line(_x(0), _y(0), _x(1), _y(1), "hint"))
    for one in series:
        places = " ".join(f"{_x(p.x):.1f},{_y(p.y):.1f}" for p in one.points)
        title = f"<title>{escape(one.name)}</title>"
        drawn.append(f'<polyline class="{one.style}" points="{places}">{title}</polyline>')
    return _svg(drawn, f"{y_name} / {x_name}")


def score_chart(scores: Histogram, marks: Sequence[Mark], x_name: str, y_name: str) -> str:
    """Good parts up, bad parts down from the middle, on a root scale so that single parts show."""
    most = max(1, *scores.good, *scores.bad)
    middle = (_y(0) + _y(1)) / 2
    drawn = [_frame(x_name, y_name), *(_x_tick(tick) for tick in TICKS)]
    for edge, good, bad in zip(scores.edges, scores.good, scores.bad, strict=False):
        wide = (_x(1) - _x(0)) / len(scores.good)
        for count, style, up in ((good, "good", True), (bad, "bad", False)):
            high = (middle - _y(1)) * (count / most) ** 0.5
            top = middle - high if up else middle
            if count:
                drawn.append(_bar(_x(edge), top, wide, high, style, str(count)))
    drawn.append(_line(_x(0), middle, _x(1), middle, "axis"))
    for place, mark in enumerate(marks):
        x = _x(mark.at)
        drawn.append(_line(x, _y(0), x, _y(1), mark.style))
        high = _y(1) + 10 if place == 0 else _y(0) - 4
        anchor = "end" if mark.at > 0.5 else "start"
        shift = -4 if mark.at > 0.5 else 4
        drawn.append(_text(x + shift, high, mark.name, anchor))
    return _svg(drawn, f"{y_name} / {x_name}")


def share_bar(rate: float | None, low: float, high: float) -> str:
    """A share of 0 … 1 as a dot on a line, with its interval; without a rate the interval alone."""
    wide, tall = 150, 14
    x0, x1 = low * (wide - 8) + 4, high * (wide - 8) + 4
    dot = ""
    if rate is not None:
        dot = f'<circle class="dot" cx="{rate * (wide - 8) + 4:.1f}" cy="7" r="3.5"/>'
    return (
        f'<svg class="share" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        f'aria-hidden="true"><line class="axis" x1="4" y1="7" x2="{wide - 4}" y2="7"/>'
        f'<line class="range" x1="{x0:.1f}" y1="7" x2="{x1:.1f}" y2="7"/>{dot}</svg>'
    )


def _svg(drawn: Sequence[str], label: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _x(value: float) -> float:
    return LEFT + value * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)


def _frame(x_name: str, y_name: str) -> str:
    middle = (_y(0) + _y(1)) / 2
    return (
        _line(_x(0), _y(0), _x(1), _y(0), "axis")
        + _line(_x(0), _y(0), _x(0), _y(1), "axis")
        + _text((_x(0) + _x(1)) / 2, HEIGHT - 5, x_name, "middle")
        + f'<text class="name" text-anchor="middle" '
        f'transform="translate(12 {middle:.1f}) rotate(-90)">{escape(y_name)}</text>'
    )


def _grid(tick: float) -> str:
    return (
        _line(_x(0), _y(tick), _x(1), _y(tick), "grid")
        + _text(_x(0) - 5, _y(tick) + 4, f"{tick:g}", "end")
        + _x_tick(tick)
    )


def _x_tick(tick: float) -> str:
    return _text(_x(tick), _y(0) + 14, f"{tick:g}", "middle")


def _bar(x: float, y: float, wide: float, high: float, style: str, title: str) -> str:
    return (
        f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}">'
        f"<title>{escape(title)}</title></rect>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text class="name" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )
