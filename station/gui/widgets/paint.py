"""What several widgets draw alike: words that fit, signs of the verdicts, rounded boxes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import MIN_TEXT_PX

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter

ROLES = {
    Verdict.OK: "ok",
    Verdict.NG: "ng",
    Verdict.REVIEW: "review",
    Verdict.NOT_INSPECTED: "absent",
}


def smooth(painter: QPainter) -> None:
    """Switch on what makes shapes and words even."""
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing, True
    )


def advance(font: QFont, words: str) -> float:
    """How wide these words are, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(words)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write one line, cut with … where it does not fit; returns the width it takes."""
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(words)
    if width > rect.width() + 0.5:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(words)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(
        rect, int(align | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine), words
    )
    return width


def lines(words: str, font: QFont, width: float, most: int) -> list[str]:
    """The words broken into at most that many lines; breaks at spaces, Chinese anywhere."""
    done: list[str] = []
    line = ""
    for piece in _pieces(words):
        if line and advance(font, (line + piece).rstrip()) > width and len(done) < most - 1:
            done.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    done.append(line.rstrip())
    return done


def _pieces(words: str) -> list[str]:
    pieces: list[str] = []
    for char in words:
        new = ord(char) >= 0x2E80 and char not in "，。：；！？、）"
        if pieces and not new and not pieces[-1].endswith(" ") and not _hanzi(pieces[-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _hanzi(before: str, char: str) -> bool:
    return ord(before[-1]) >= 0x2E80 and ord(char) < 0x2E80 and char != " "


def fits(words: str, font: QFont, width: float, most: int) -> bool:
    """Whether the words go into that many lines of that width unbroken."""
    return all(advance(font, line) <= width for line in lines(words, font, width, most))


def fitted(words: str, px: int, weight: int, width: float, most: int = 1) -> QFont:
    """The largest font up to `px` in which the words fit; never below what can be read."""
    for size in range(px, MIN_TEXT_PX, -1):
        font = ui_font(size, weight)
        if fits(words, font, width, most):
            return font
    return ui_font(min(px, MIN_TEXT_PX), weight)


def block(
    painter: QPainter,
    rect: QRectF,
    rows: list[str],
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write several lines, centred as a block in the height of `rect`."""
    step = QFontMetricsF(font).height() * 1.04
    top = rect.center().y() - step * len(rows) / 2
    for row in rows:
        text(painter, QRectF(rect.left(), top, rect.width(), step), row, font, color, align)
        top += step


def box(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor, frame: QColor, width: float
) -> None:
    """A rounded box whose frame lies inside `rect`."""
    half = width / 2
    painter.setBrush(fill)
    painter.setPen(QPen(frame, width) if width > 0 else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def corners(painter: QPainter, rect: QRectF, radius: float, color: QColor) -> None:
    """Cover the four corners of `rect`, so that a picture in it looks rounded."""
    path = QPainterPath()
    path.addRect(rect)
    path.addRoundedRect(rect, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPath(path)


def mark(painter: QPainter, verdict: Verdict, rect: QRectF, color: QColor) -> None:
    """The sign of a verdict: check, cross, triangle, hatched square; told apart without colour."""
    side = min(rect.width(), rect.height())
    area = QRectF(0, 0, side, side)
    area.moveCenter(rect.center())
    match verdict:
        case Verdict.OK:
            check(painter, area, color)
        case Verdict.NG:
            cross(painter, area, color)
        case Verdict.REVIEW:
            _triangle(painter, area, color)
        case Verdict.NOT_INSPECTED:
            _hatched(painter, area, color)


def check(painter: QPainter, area: QRectF, color: QColor) -> None:
    """A check mark that fills the square."""
    points = [_at(area, 0.06, 0.55), _at(area, 0.36, 0.84), _at(area, 0.94, 0.18)]
    _stroke(painter, points, color, area.width() * 0.17)


def cross(painter: QPainter, area: QRectF, color: QColor) -> None:
    """A cross that fills the square."""
    width = area.width() * 0.18
    _stroke(painter, [_at(area, 0.1, 0.1), _at(area, 0.9, 0.9)], color, width)
    _stroke(painter, [_at(area, 0.9, 0.1), _at(area, 0.1, 0.9)], color, width)


def plus(painter: QPainter, area: QRectF, color: QColor) -> None:
    """A plus that fills the square."""
    width = area.width() * 0.15
    _stroke(painter, [_at(area, 0.5, 0.04), _at(area, 0.5, 0.96)], color, width)
    _stroke(painter, [_at(area, 0.04, 0.5), _at(area, 0.96, 0.5)], color, width)


def padlock(painter: QPainter, area: QRectF, color: QColor) -> None:
    """A closed padlock."""
    side = area.width()
    body = QRectF(area.left() + side * 0.1, area.top() + side * 0.45, side * 0.8, side * 0.55)
    bow = QRectF(area.left() + side * 0.25, area.top(), side * 0.5, side * 0.8)
    painter.setPen(QPen(color, max(2.0, side * 0.13)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(bow, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(body, side * 0.08, side * 0.08)


def undo_arrow(painter: QPainter, area: QRectF, color: QColor) -> None:
    """An arrow that turns back."""
    width = area.width() * 0.13
    path = QPainterPath(_at(area, 0.14, 0.36))
    path.lineTo(_at(area, 0.6, 0.36))
    path.arcTo(QRectF(_at(area, 0.38, 0.36), _at(area, 0.86, 0.84)), 90, -180)
    path.lineTo(_at(area, 0.3, 0.84))
    _path(painter, path, color, width)
    _stroke(
        painter, [_at(area, 0.36, 0.12), _at(area, 0.12, 0.36), _at(area, 0.36, 0.6)], color, width
    )


def _triangle(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    path = QPainterPath()
    path.addPolygon(QPolygonF([_at(area, 0.5, 0.05), _at(area, 1.0, 0.95), _at(area, 0.0, 0.95)]))
    path.closeSubpath()
    path.addRect(QRectF(_at(area, 0.44, 0.36), _at(area, 0.56, 0.66)))
    path.addEllipse(_at(area, 0.5, 0.79), area.width() * 0.065, area.height() * 0.065)
    painter.drawPath(path)


def _hatched(painter: QPainter, area: QRectF, color: QColor) -> None:
    width = area.width() * 0.11
    inner = area.adjusted(width, width, -width, -width)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    painter.drawRect(inner)
    _stroke(painter, [inner.bottomLeft(), inner.topRight()], color, width)
    for left, right in (((0.1, 0.5), (0.5, 0.1)), ((0.5, 0.9), (0.9, 0.5))):
        _stroke(painter, [_at(area, *left), _at(area, *right)], color, width)


def stripes(painter: QPainter, rect: QRectF, radius: float, color: QColor, step: float) -> None:
    """Slanting stripes over a rounded box: what was not inspected is hatched."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setClipPath(path)
    painter.setPen(QPen(color, step / 2))
    x = rect.left() - rect.height()
    while x < rect.right() + step:
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def _stroke(painter: QPainter, points: list[QPointF], color: QColor, width: float) -> None:
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    _path(painter, path, color, width)


def _path(painter: QPainter, path: QPainterPath, color: QColor, width: float) -> None:
    pen = QPen(QBrush(color), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _at(area: QRectF, x: float, y: float) -> QPointF:
    return QPointF(area.left() + area.width() * x, area.top() + area.height() * y)
