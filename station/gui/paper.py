"""Printing on A4: blocks in, a PDF out, by Qt's own writer, the same bytes for the same blocks.

Any thread may print; fonts need a QGuiApplication. Paper is white, whatever the screen wears.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QBuffer, QCoreApplication, QMarginsF, QPointF, QRectF, QUuid
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter, QPen

from station.gui.fonts import load_fonts
from station.gui.paper_blocks import Block, Gap, Heading, PageBreak, space_below
from station.gui.paper_text import (
    BOLD,
    DPI,
    STRONG,
    broken,
    colour,
    fitting,
    line_height,
    mm,
    paper_font,
    write_line,
    write_lines,
)

PAGE = QRectF(0, 0, mm(210), mm(297))
MARGIN, TOP, BOTTOM = mm(15), mm(13), mm(13)
BODY = PAGE.adjusted(MARGIN, TOP, -MARGIN, -BOTTOM)
_FOOT = mm(6)
_RUNNING = mm(7.5)  # the narrow head of every page but the first
_COMPANY = mm(28)  # so much of what follows a heading is on the heading's page
_ISO = "%Y-%m-%dT%H:%M:%S"
_XMP_MOMENT = re.compile(rb'(xmp:\w+Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([^"]*)"')
_MOMENTS = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page.

    title, and on the first page `lines` below it. foot: at the lower left. page_words: with gaps
    {page} and {pages}. made_ms: UTC, the moment that the file says it was made.
    """

    title: str
    lines: tuple[str, ...] = ()
    foot: str = ""
    page_words: str = "{page} / {pages}"
    made_ms: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and its place on the page."""

    block: Block
    box: QRectF


def ensure_paper_app() -> QCoreApplication:
    """The running application with its fonts; without one, one that has no screen.

    Raises TypeError beside a bare QCoreApplication: that knows no fonts, so call this first.
    """
    app = QCoreApplication.instance() or QGuiApplication(["station", "-platform", "offscreen"])
    if not isinstance(app, QGuiApplication):
        raise TypeError("a QCoreApplication cannot print")
    load_fonts()
    return app


def print_pdf(head: Head, blocks: Sequence[Block]) -> bytes:
    """The pages as a PDF."""
    pages = lay_out(head, blocks)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, head)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        for number, placed in enumerate(pages):
            if number:
                writer.newPage()
            draw_page(painter, head, placed, number, len(pages))
    finally:
        painter.end()
    return _dated(bytes(buffer.data().data()), head.made_ms)


def print_images(head: Head, blocks: Sequence[Block], width: int) -> list[QImage]:
    """The same pages as pictures of that width, in pixels."""
    pages = lay_out(head, blocks)
    scale = width / PAGE.width()
    found = []
    for number, placed in enumerate(pages):
        image = QImage(width, round(PAGE.height() * scale), QImage.Format.Format_RGB32)
        image.fill(colour("paper"))
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.scale(scale, scale)
        draw_page(painter, head, placed, number, len(pages))
        painter.end()
        found.append(image)
    return found


def lay_out(head: Head, blocks: Sequence[Block]) -> list[list[Placed]]:
    """Which block stands where on which page; one page at least."""
    flow = _Flow(BODY.top() + _head_height(head))
    for place, block in enumerate(blocks):
        flow.add(block, blocks[place + 1] if place + 1 < len(blocks) else None)
    return flow.pages


class _Flow:
    """Pages that fill from the top."""

    def __init__(self, top: float) -> None:
        self.pages: list[list[Placed]] = [[]]
        self._top = top

    def add(self, block: Block, following: Block | None) -> None:
        """Below what is there, cut where it may be, else on a page of its own."""
        if isinstance(block, PageBreak):
            self._turn()
            return
        if isinstance(block, Gap) and not self.pages[-1]:
            return
        while not self._fits(block, following):
            halves = block.cut(BODY.width(), self._room())
            if halves is not None:
                self._place(halves[0])
                block = halves[1]
            elif not self.pages[-1]:
                break  # higher than a page and not to be cut
            self._turn()
        self._place(block)

    def _fits(self, block: Block, following: Block | None) -> bool:
        need = block.height(BODY.width())
        if isinstance(block, Heading) and following is not None:
            need += space_below(block) + min(following.height(BODY.width()), _COMPANY)
        return need <= self._room()

    def _room(self) -> float:
        return BODY.bottom() - _FOOT - self._top

    def _turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
            self._top = BODY.top() + _RUNNING

    def _place(self, block: Block) -> None:
        high = block.height(BODY.width())
        self.pages[-1].append(Placed(block, QRectF(BODY.left(), self._top, BODY.width(), high)))
        self._top += high + space_below(block)


def draw_page(
    painter: QPainter, head: Head, placed: Sequence[Placed], number: int, count: int
) -> None:
    """One page; the painter's unit is that of paper."""
    if number:
        _draw_running(painter, head)
    else:
        _draw_head(painter, head)
    for one in placed:
        one.block.draw(painter, one.box)
    _draw_foot(painter, head, number, count)


def _head_height(head: Head) -> float:
    titles = len(broken(head.title, _title(), BODY.width()))
    lines = sum(len(broken(line, _under(), BODY.width())) for line in head.lines)
    return titles * line_height(_title()) + lines * line_height(_under()) + mm(5.5)


def _draw_head(painter: QPainter, head: Head) -> None:
    titles = broken(head.title, _title(), BODY.width())
    at = BODY.topLeft()
    write_lines(painter, at, titles, _title(), colour("text"))
    at += QPointF(0, len(titles) * line_height(_title()))
    for line in head.lines:
        lines = broken(line, _under(), BODY.width())
        write_lines(painter, at, lines, _under(), colour("muted"))
        at += QPointF(0, len(lines) * line_height(_under()))
    painter.setPen(QPen(colour("accent"), mm(0.5)))
    painter.drawLine(QPointF(BODY.left(), at.y() + mm(2)), QPointF(BODY.right(), at.y() + mm(2)))


def _draw_running(painter: QPainter, head: Head) -> None:
    """A narrow line that says whose page it is."""
    strong, plain = paper_font(8, STRONG), paper_font(8)
    half = BODY.width() / 2 - mm(3)
    write_line(painter, BODY.topLeft(), fitting(head.title, strong, half), strong, colour("text"))
    words = fitting(head.lines[0] if head.lines else "", plain, half)
    right = QPointF(BODY.right() - half, BODY.top())
    write_line(painter, right, words, plain, colour("muted"), half, 1.0)
    _rule(painter, BODY.top() + mm(4.6))


def _draw_foot(painter: QPainter, head: Head, number: int, count: int) -> None:
    font, top = paper_font(7.5), BODY.bottom() - mm(3.6)
    _rule(painter, top - mm(0.8))
    words = head.page_words.format(page=number + 1, pages=count)
    foot = fitting(head.foot, font, BODY.width() * 0.75)
    write_line(painter, QPointF(BODY.left(), top), foot, font, colour("muted"))
    write_line(painter, QPointF(BODY.left(), top), words, font, colour("muted"), BODY.width(), 1.0)


def _rule(painter: QPainter, top: float) -> None:
    painter.setPen(QPen(colour("line"), mm(0.2)))
    painter.drawLine(QPointF(BODY.left(), top), QPointF(BODY.right(), top))


def _title() -> QFont:
    return paper_font(20, BOLD)


def _under() -> QFont:
    return paper_font(9.5)


def _writer(buffer: QBuffer, head: Head) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(head.title)
    writer.setCreator("Station")
    named = uuid.uuid5(uuid.NAMESPACE_OID, "\n".join((head.title, *head.lines, str(head.made_ms))))
    writer.setDocumentId(QUuid(f"{{{named}}}"))
    return writer


def _dated(pdf: bytes, made_ms: int) -> bytes:
    """With that moment for when it was written: Qt knows only now. No byte moves."""
    moment = datetime.fromtimestamp(made_ms / 1000, UTC)
    forms = ((_MOMENTS, "%Y%m%d%H%M%S", b"+00'00'", b")"), (_XMP_MOMENT, _ISO, b"+00:00", b'"'))
    for found, form, utc, end in forms:
        pdf = found.sub(partial(_moment, moment.strftime(form).encode(), utc, end), pdf)
    return pdf


def _moment(moment: bytes, utc: bytes, end: bytes, found: re.Match[bytes]) -> bytes:
    """In UTC, its zone as long as the one that was there."""
    zone = b"Z" if len(found.group(2)) == 1 else utc[: len(found.group(2))]
    return found.group(1) + moment + zone + end
