"""Charts on paper, from the numbers that the screen's are drawn from; each gives a Picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from station.gui.paper_blocks import Picture
from station.gui.paper_text import (
    STRONG,
    broken,
    colour,
    fitting,
    line_height,
    mm,
    paper_font,
    tone_colour,
    width_of,
    write_line,
    write_lines,
)
from station.gui.texts import number, percent

_AXIS = 7.2
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a chart's numbers lie: x by index of `count`, y from `low` to `high`."""

    box: QRectF
    count: int
    low: float
    high: float

    def x(self, index: float) -> float:
        """In the middle of the index's share of the width."""
        return self.box.left() + self.box.width() * (index + 0.5) / max(self.count, 1)

    def y(self, value: float) -> float:
        """Rising upwards, kept inside."""
        span = (self.high - self.low) or 1.0
        share = min(max((value - self.low) / span, 0.0), 1.0)
        return self.box.bottom() - share * self.box.height()

    def at(self, index: float, value: float) -> QPointF:
        """The point."""
        return QPointF(self.x(index), self.y(value))


@dataclass(frozen=True, slots=True)
class Shares:
    """The share that is bad of each subgroup, with limits of each one's own."""

    labels: tuple[str, ...]
    shares: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    centre: float


def p_chart(chart: Shares, marks: Mapping[int, str] | None = None, height: float = 58) -> Picture:
    """Shares, their limits, and what is written at a signal; at least one subgroup.

    marks: by index; a mark makes the point a signal.
    """
    return Picture(height, partial(_draw_p, chart, dict(marks or {})))


def drift(
    labels: Sequence[str],
    values: Sequence[float | None],
    low: float | None,
    high: float | None,
    height: float = 36,
    digits: int = 2,
) -> Picture:
    """A quantity over time above the band of what it was; without a band, where it lies itself."""
    band = None if low is None or high is None else (low, high)
    return Picture(height, partial(_draw_drift, tuple(labels), tuple(values), band, digits))


def pareto(bars_: Sequence[tuple[str, int]], height: float = 52) -> Picture:
    """How many of each, as they come, and which share of all these are up to there."""
    return Picture(height, partial(_draw_pareto, tuple(bars_)))


def bars(rows: Sequence[tuple[str, float, str]], pitch: float = 6.0) -> Picture:
    """Lying bars: a name, its length as a share of 1, words at its end."""
    return Picture(max(pitch * len(rows), pitch), partial(_draw_bars, tuple(rows), pitch))


def ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Round numbers from `low` to `high`, some four of them."""
    span = high - low
    if span <= 0:
        return (low,)
    raw = span / about
    power = 10.0 ** _exponent(raw)
    step = next(power * one for one in _STEPS if power * one >= raw * 0.999)
    first = int(low / step + (0.999999 if low > 0 else 0))
    return tuple(
        round(one * step, 12)
        for one in range(first, first + 50)
        if low - 1e-9 * span <= one * step <= high + 1e-9 * span
    )


def _exponent(value: float) -> int:
    return int(f"{value:e}".split("e")[1])


def _draw_p(chart: Shares, marks: dict[int, str], painter: QPainter, box: QRectF) -> None:
    top = max((*chart.shares, *chart.upper, 1e-6)) * 1.22
    ends = _ends(chart)
    room = max(width_of(words, paper_font(_AXIS)) for _, words, _ in ends) + mm(1.5)
    plot = box.adjusted(0, 0, -room, 0)
    field = _field(plot, len(chart.shares), 0.0, top, percent(top, _places(top)))
    _draw_y(painter, field, lambda share: percent(share, _places(top)))
    _draw_ends(painter, field, ends)
    _draw_x(painter, field, chart.labels)
    edge = QPen(colour("ng"), mm(0.25), Qt.PenStyle.CustomDashLine)
    edge.setDashPattern([5, 3])
    _draw_steps(painter, field, chart.upper, edge)
    if max(chart.lower, default=0.0) > 0:
        _draw_steps(painter, field, chart.lower, edge)
    painter.setPen(QPen(colour("muted"), mm(0.2)))
    centre = field.y(chart.centre)
    painter.drawLine(QPointF(field.box.left(), centre), QPointF(field.box.right(), centre))
    _draw_line(painter, field, chart.shares)
    _draw_points(painter, field, chart.shares, frozenset(marks))
    _draw_marks(painter, field, chart.shares, marks)


def _ends(chart: Shares) -> tuple[tuple[float, str, str], ...]:
    """The usual limits and the centre: where, in words, in which tone."""
    upper, lower = (sorted(one)[len(one) // 2] for one in (chart.upper, chart.lower))
    limits = [(upper, "ng"), (chart.centre, "muted")]
    limits += [(lower, "ng")] if lower > 0 else []
    places = _places(upper) + 1
    return tuple((value, percent(value, min(places, 2)), tone) for value, tone in limits)


def _draw_ends(painter: QPainter, field: _Field, ends: Sequence[tuple[float, str, str]]) -> None:
    """At the right, beside their lines, one never upon the other."""
    font, last = paper_font(_AXIS), -1e9
    for value, words, tone in ends:
        top = max(field.y(value) - line_height(font) / 2, last + line_height(font) * 0.85)
        at = QPointF(field.box.right() + mm(1.5), top)
        write_line(painter, at, words, font, tone_colour(tone))
        last = top


def _draw_marks(
    painter: QPainter, field: _Field, shares: Sequence[float], marks: Mapping[int, str]
) -> None:
    """Above their points; one that would lie on another goes higher, or is left out."""
    font, taken = paper_font(_AXIS, STRONG), list[QRectF]()
    for index, words in sorted(marks.items()):
        wide, high = width_of(words, font), line_height(font)
        left = field.x(index) - wide / 2
        left = min(max(left, field.box.left()), field.box.right() - wide)
        spot = QRectF(left, field.y(shares[index]) - high - mm(0.8), wide, high)
        while any(spot.intersects(one) for one in taken) and spot.top() > field.box.top():
            spot.translate(0, -high * 0.8)
        if not any(spot.intersects(one) for one in taken):
            painter.fillRect(spot.adjusted(0, high * 0.15, 0, -high * 0.15), colour("paper"))
            write_line(painter, spot.topLeft(), words, font, colour("ng_text"))
            taken.append(spot)


def _draw_drift(
    labels: tuple[str, ...],
    values: tuple[float | None, ...],
    band: tuple[float, float] | None,
    digits: int,
    painter: QPainter,
    box: QRectF,
) -> None:
    known = [one for one in values if one is not None]
    reach = [*known, *(band or ())]
    low, high = min(reach, default=0.0), max(reach, default=1.0)
    air = (high - low) * 0.15 or abs(high) * 0.1 or 0.1
    low, high = low - air, high + air
    field = _field(box, len(values), low, high, number(high, digits))
    if band is not None:
        tall = field.y(band[0]) - field.y(band[1])
        patch = QRectF(field.box.left(), field.y(band[1]), field.box.width(), tall)
        painter.fillRect(patch, colour("accept_key"))
    _draw_y(painter, field, lambda value: number(value, digits), about=3)
    _draw_x(painter, field, labels)
    _draw_line(painter, field, values)
    out = frozenset(
        place
        for place, one in enumerate(values)
        if one is not None and band is not None and not band[0] <= one <= band[1]
    )
    _draw_points(painter, field, values, out)


def _draw_pareto(rows: tuple[tuple[str, int], ...], painter: QPainter, box: QRectF) -> None:
    total, most = sum(n for _, n in rows), max((n for _, n in rows), default=1)
    font, strong = paper_font(_AXIS), paper_font(8, STRONG)
    foot = line_height(font) * 2 + mm(1)
    plot = box.adjusted(0, line_height(strong), 0, -foot)
    share_high = plot.height() / 1.12  # the line ends below the upper edge
    bar_high = share_high * (most / total if total else 1)
    slot = plot.width() / max(len(rows), 1)
    so_far, line = 0, QPolygonF()
    for place, (name, n) in enumerate(rows):
        left = plot.left() + slot * (place + 0.14)
        high = bar_high * n / most
        bar = QRectF(left, plot.bottom() - high, slot * 0.72, high)
        painter.fillRect(bar, colour("ng"))
        so_far += n
        middle = QPointF(bar.center().x(), plot.bottom() - share_high * so_far / max(total, 1))
        line.append(middle)
        names = broken(name, font, slot * 0.96)[:2]
        below = QPointF(plot.left() + slot * place, plot.bottom() + mm(0.6))
        write_lines(painter, below, names, font, colour("text"), slot, 0.5)
        tall = high > line_height(strong) * 2.2
        top = bar.top() + mm(1.8) if tall else bar.top() - line_height(strong)
        ink = colour("paper") if tall else colour("text")
        write_line(painter, QPointF(bar.left(), top), number(n), strong, ink, bar.width(), 0.5)
    painter.setPen(QPen(colour("muted"), mm(0.2)))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    _draw_shares(painter, line, [n for _, n in rows], total)


def _draw_shares(painter: QPainter, line: QPolygonF, counts: list[int], total: int) -> None:
    """The cumulated line; its share is written at each point but the first."""
    painter.setPen(QPen(colour("text"), mm(0.3)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line)
    painter.setBrush(colour("text"))
    font, so_far = paper_font(_AXIS), 0
    for place, (point, n) in enumerate(zip(line.toList(), counts, strict=True)):
        so_far += n
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(point, mm(0.6), mm(0.6))
        if place:
            words = percent(so_far / max(total, 1))
            wide = width_of(words, font)
            at = QPointF(point.x() - wide / 2, point.y() - line_height(font) - mm(0.5))
            write_line(painter, at, words, font, colour("muted"))


def _draw_bars(
    rows: tuple[tuple[str, float, str], ...], pitch: float, painter: QPainter, box: QRectF
) -> None:
    font = paper_font(8.5)
    names = min(max((width_of(name, font) for name, _, _ in rows), default=0), box.width() * 0.4)
    ends = max((width_of(end, font) for _, _, end in rows), default=0)
    room = max(box.width() - names - ends - mm(5), mm(5))
    for place, (name, share, end) in enumerate(rows):
        top = box.top() + mm(pitch) * place
        shift = (mm(pitch) - line_height(font)) / 2
        written = QPointF(box.left(), top + shift)
        write_line(painter, written, fitting(name, font, names), font, colour("text"))
        wide = room * min(max(share, 0.0), 1.0)
        bar = QRectF(box.left() + names + mm(2.5), top + mm(pitch) * 0.22, wide, mm(pitch) * 0.56)
        painter.fillRect(bar, colour("accent"))
        write_line(painter, QPointF(bar.right() + mm(2), top + shift), end, font, colour("muted"))


def _field(box: QRectF, count: int, low: float, high: float, widest: str) -> _Field:
    font = paper_font(_AXIS)
    left, foot = width_of(widest, font) + mm(3), line_height(font) + mm(0.8)
    return _Field(box.adjusted(left, mm(1.5), -mm(1), -foot), count, low, high)


def _draw_y(
    painter: QPainter, field: _Field, words: Callable[[float], str], about: int = 4
) -> None:
    font = paper_font(_AXIS)
    for value in ticks(field.low, field.high, about):
        y = field.y(value)
        painter.setPen(QPen(colour("line"), mm(0.1)))
        painter.drawLine(QPointF(field.box.left(), y), QPointF(field.box.right(), y))
        text = words(value)
        at = QPointF(field.box.left() - mm(1.5) - width_of(text, font), y - line_height(font) / 2)
        write_line(painter, at, text, font, colour("muted"))


def _draw_x(painter: QPainter, field: _Field, labels: Sequence[str]) -> None:
    """As many of them as stand beside each other."""
    font = paper_font(_AXIS)
    widest = max((width_of(one, font) for one in labels), default=1.0) + mm(3)
    every = max(1, -(-len(labels) * widest // max(field.box.width(), 1.0)))
    end = 0.0
    for index in range(0, len(labels), int(every)):
        wide = width_of(labels[index], font)
        left = max(field.x(index) - wide / 2, field.box.left() - mm(4))
        left = min(left, field.box.right() + mm(1) - wide)
        if left >= end:
            at = QPointF(left, field.box.bottom() + mm(0.6))
            write_line(painter, at, labels[index], font, colour("muted"))
            end = left + wide + mm(1.5)


def _draw_line(painter: QPainter, field: _Field, values: Sequence[float | None]) -> None:
    """From point to point; where there is none there is a gap."""
    dense = field.box.width() / max(len(values), 1) < mm(0.5)
    painter.setPen(QPen(colour("accent"), mm(0.1 if dense else 0.35)))
    for index, (one, other) in enumerate(pairwise(values)):
        if one is not None and other is not None:
            painter.drawLine(field.at(index, one), field.at(index + 1, other))


def _draw_points(
    painter: QPainter, field: _Field, values: Sequence[float | None], out: frozenset[int]
) -> None:
    """What is out is larger, with a ring: it shows without colour too."""
    many = field.box.width() / max(len(values), 1) < mm(1.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent"))
    for index, value in enumerate(values):
        if value is not None and index not in out and not many:
            painter.drawEllipse(field.at(index, value), mm(0.55), mm(0.55))
    for index in sorted(out):
        value = values[index]
        if value is not None:
            if not many:
                painter.setBrush(colour("paper"))
                painter.setPen(QPen(colour("ng"), mm(0.3)))
                painter.drawEllipse(field.at(index, value), mm(1.35), mm(1.35))
            painter.setBrush(colour("ng"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(field.at(index, value), mm(0.85), mm(0.85))


def _draw_steps(painter: QPainter, field: _Field, values: Sequence[float], pen: QPen) -> None:
    """A limit of each subgroup's own."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = QPolygonF()
    for index, value in enumerate(values):
        line.append(field.at(index - 0.5, value))
        line.append(field.at(index + 0.5, value))
    painter.drawPolyline(line)


def _places(top: float) -> int:
    return 2 if top < 0.01 else 1 if top < 0.1 else 0
