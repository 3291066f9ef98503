"""What a printed page is made of: headings, words, key figures, charts, two columns, signatures.

A block says how high it is at a width, draws itself, and may be cut where a page ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from station.gui.paper_text import (
    BOLD,
    REGULAR,
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

SPACE = mm(3.2)  # below every block
TILES = 5  # in a row, at most
_TILE_PAD, _TILE_GAP = mm(2.4), mm(2.5)


class Block(Protocol):
    """One thing on a page; lengths in the unit of paper."""

    def height(self, width: float) -> float:
        """How high it is at that width."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it into a box of that height and width."""

    def cut(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """What of it fits into the room, and the rest; None where it stays whole."""


class Whole:
    """A block that is never cut."""

    __slots__ = ()

    def cut(self, width: float, room: float) -> tuple[Block, Block] | None:
        """It stays whole."""
        del width, room
        return None


@dataclass(frozen=True, slots=True)
class Gap(Whole):
    """Room left free; at the top of a page it is left out."""

    millimetres: float

    def height(self, width: float) -> float:
        """The room."""
        del width
        return mm(self.millimetres)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class PageBreak(Gap):
    """What follows begins a page."""

    millimetres: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading(Whole):
    """The name of what follows; it stays on the page of that."""

    text: str

    def height(self, width: float) -> float:
        """With the air above it."""
        font = paper_font(11, BOLD)
        return mm(1.5) + len(broken(self.text, font, width)) * line_height(font)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """In bold."""
        font = paper_font(11, BOLD)
        at = box.topLeft() + QPointF(0, mm(1.5))
        write_lines(painter, at, broken(self.text, font, box.width()), font, colour("text"))


@dataclass(frozen=True, slots=True)
class Words:
    """A text; tone: text, muted, ok, ng or review."""

    text: str
    tone: str = "text"
    points: float = 9.0

    def height(self, width: float) -> float:
        """As many lines as it takes."""
        font = paper_font(self.points)
        return len(broken(self.text, font, width)) * line_height(font)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Line by line."""
        font = paper_font(self.points)
        lines = broken(self.text, font, box.width())
        write_lines(painter, box.topLeft(), lines, font, tone_colour(self.tone))

    def cut(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Between lines, two at least on either side."""
        font = paper_font(self.points)
        lines = broken(self.text, font, width)
        fit = min(int(room / line_height(font)), len(lines) - 2)
        if fit < 2:
            return None
        top, rest = "\n".join(lines[:fit]), "\n".join(lines[fit:])
        return Words(top, self.tone, self.points), Words(rest, self.tone, self.points)


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure with its name above and what it rests on below."""

    caption: str
    value: str
    note: str = ""
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Tiles(Whole):
    """Key figures side by side, in even rows."""

    tiles: tuple[Tile, ...]

    def height(self, width: float) -> float:
        """Of all rows."""
        rows = self._rows()
        return sum(self._row_height(row, width) for row in rows) + _TILE_GAP * (len(rows) - 1)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Row by row."""
        top = box.top()
        for row in self._rows():
            high, wide = self._row_height(row, box.width()), self._wide(row, box.width())
            captions = _caption_lines(row, wide)
            for place, tile in enumerate(row):
                left = box.left() + place * (wide + _TILE_GAP)
                _draw_tile(painter, tile, QRectF(left, top, wide, high), captions)
            top += high + _TILE_GAP

    def _rows(self) -> list[tuple[Tile, ...]]:
        count = max(1, -(-len(self.tiles) // TILES))
        size = -(-len(self.tiles) // count) or 1
        return [self.tiles[at : at + size] for at in range(0, len(self.tiles), size)]

    def _wide(self, row: Sequence[Tile], width: float) -> float:
        most = len(self._rows()[0])
        del row  # a shorter last row keeps the columns of the first
        return (width - _TILE_GAP * (most - 1)) / most

    def _row_height(self, row: Sequence[Tile], width: float) -> float:
        inner = self._wide(row, width) - 2 * _TILE_PAD
        captions = _caption_lines(row, self._wide(row, width))
        notes = max(len(broken(one.note, _note(), inner)) if one.note else 0 for one in row)
        lines = captions * line_height(_caption()) + notes * line_height(_note())
        return 2 * _TILE_PAD + lines + line_height(paper_font(18, BOLD))


def _caption() -> QFont:
    return paper_font(7.2, STRONG)


def _note() -> QFont:
    return paper_font(7.5)


def _caption_lines(row: Sequence[Tile], wide: float) -> int:
    """So many for all of a row: their values stand on one line."""
    return max(len(broken(one.caption, _caption(), wide - 2 * _TILE_PAD)) for one in row)


def _draw_tile(painter: QPainter, tile: Tile, box: QRectF, caption_lines: int) -> None:
    """A panel; what is out of order has a thick edge, so that it shows without colour too."""
    painter.setPen(QPen(colour("line"), mm(0.2)))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(box, mm(1.2), mm(1.2))
    if tile.tone not in ("text", "muted"):
        edge = QRectF(box.left(), box.top(), mm(1.1), box.height())
        painter.fillRect(edge, tone_colour(tile.tone, words=False))
    inner = box.adjusted(_TILE_PAD, _TILE_PAD, -_TILE_PAD, -_TILE_PAD)
    captions = broken(tile.caption, _caption(), inner.width())
    write_lines(painter, inner.topLeft(), captions, _caption(), colour("muted"))
    size = next((s for s in (18.0, 15.0, 12.0) if _fits(tile.value, s, inner.width())), 10.0)
    value = fitting(tile.value, paper_font(size, BOLD), inner.width())
    notes = broken(tile.note, _note(), inner.width()) if tile.note else ()
    top = inner.top() + caption_lines * line_height(_caption())
    at = QPointF(inner.left(), top + (line_height(paper_font(18)) - line_height(paper_font(size))))
    write_line(painter, at, value, paper_font(size, BOLD), tone_colour(tile.tone))
    below = QPointF(inner.left(), top + line_height(paper_font(18)))
    write_lines(painter, below, notes, _note(), colour("muted"))


def _fits(text: str, points: float, width: float) -> bool:
    return width_of(text, paper_font(points, BOLD)) <= width


@dataclass(frozen=True, slots=True)
class Picture(Whole):
    """A drawing of that height; it gets the painter and its box."""

    millimetres: float
    paint: Callable[[QPainter, QRectF], None]

    def height(self, width: float) -> float:
        """As it was asked for."""
        del width
        return mm(self.millimetres)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """The painter is as it was before, afterwards."""
        painter.save()
        self.paint(painter, box)
        painter.restore()


@dataclass(frozen=True, slots=True)
class Images(Whole):
    """Small pictures side by side, each with a line of words below, in rows of `columns`."""

    images: tuple[tuple[QImage, str], ...]
    columns: int = 4
    millimetres: float = 30.0

    def height(self, width: float) -> float:
        """Of all rows."""
        del width
        return -(-len(self.images) // self.columns) * self._pitch()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Each as large as its cell allows, its proportions kept."""
        wide = (box.width() - _TILE_GAP * (self.columns - 1)) / self.columns
        for place, (image, words) in enumerate(self.images):
            row, column = divmod(place, self.columns)
            left, top = box.left() + column * (wide + _TILE_GAP), box.top() + row * self._pitch()
            size = QSizeF(image.size()).scaled(
                wide, mm(self.millimetres), Qt.AspectRatioMode.KeepAspectRatio
            )
            painter.drawImage(QRectF(QPointF(left, top), size), image)
            below = QPointF(left, top + mm(self.millimetres) + mm(0.5))
            write_line(painter, below, fitting(words, _note(), wide), _note(), colour("text"))

    def _pitch(self) -> float:
        return mm(self.millimetres) + line_height(_note()) + mm(2.5)


@dataclass(frozen=True, slots=True)
class Side(Whole):
    """Two columns, on one page; share: of the width for the left one."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5

    def height(self, width: float) -> float:
        """Of the longer one."""
        one, other = self._wide(width)
        return max(stack_height(self.left, one), stack_height(self.right, other))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Left, then right."""
        one, other = self._wide(box.width())
        high = box.height()
        draw_stack(painter, self.left, QRectF(box.left(), box.top(), one, high))
        draw_stack(painter, self.right, QRectF(box.right() - other, box.top(), other, high))

    def _wide(self, width: float) -> tuple[float, float]:
        gap = mm(7)
        return (width - gap) * self.share, (width - gap) * (1 - self.share)


@dataclass(frozen=True, slots=True)
class Together(Whole):
    """Blocks that stand on one page; together they must not be higher than one."""

    blocks: tuple[Block, ...]

    def height(self, width: float) -> float:
        """Of all of them."""
        return stack_height(self.blocks, width)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """One below the other."""
        draw_stack(painter, self.blocks, box)


def stack_height(blocks: Sequence[Block], width: float) -> float:
    """Of blocks one below the other."""
    return sum(one.height(width) + space_below(one) for one in blocks)


def draw_stack(painter: QPainter, blocks: Sequence[Block], box: QRectF) -> None:
    """One below the other."""
    top = box.top()
    for one in blocks:
        high = one.height(box.width())
        one.draw(painter, QRectF(box.left(), top, box.width(), high))
        top += high + space_below(one)


def space_below(block: Block) -> float:
    """A heading stays close to what it names."""
    return mm(1.2) if isinstance(block, Heading) else 0.0 if isinstance(block, Gap) else SPACE


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed as what, and when; an empty name leaves a line to write on."""

    role: str
    name: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Signatures(Whole):
    """Lines to sign, side by side."""

    signers: tuple[Signer, ...]

    def height(self, width: float) -> float:
        """Room for a hand."""
        del width
        return mm(18)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """The name upon the line, the role below."""
        gap = mm(10)
        wide = (box.width() - gap * (len(self.signers) - 1)) / max(len(self.signers), 1)
        for place, one in enumerate(self.signers):
            left, line = box.left() + place * (wide + gap), box.top() + mm(11)
            painter.setPen(QPen(colour("text"), mm(0.25)))
            painter.drawLine(QPointF(left, line), QPointF(left + wide, line))
            name, role = paper_font(11, STRONG), paper_font(7.5, REGULAR)
            above = QPointF(left, line - line_height(name) - mm(0.4))
            write_line(painter, above, fitting(one.name, name, wide), name, colour("text"))
            words = " · ".join(each for each in (one.role, one.when) if each)
            below = QPointF(left, line + mm(0.8))
            write_line(painter, below, fitting(words, role, wide), role, colour("muted"))
