"""The live picture: drawn 1:1 from a ready image, with region, tags and the state of the line."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.domain.recipe import Roi
from station.gui.fonts import ui_font
from station.gui.picture import Picture
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


@dataclass(frozen=True, slots=True)
class Tag:
    """Words in a corner; `dot` is the colour role of the sign before them, empty for none."""

    words: str = ""
    dot: str = ""


class PictureView(QWidget):
    """Letterboxes one ready picture. `room_changed` tells how many device pixels there are."""

    room_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.update()

    @property
    def room(self) -> QSize:
        """The device pixels that a picture may fill."""
        return (QSize(self.width() - 2, self.height() - 2) * self.devicePixelRatioF()).expandedTo(
            QSize(1, 1)
        )

    @property
    def has_picture(self) -> bool:
        """Whether one is shown."""
        return self._picture is not None

    def show_picture(self, picture: Picture | None) -> None:
        """Show it; only its own area is painted anew where the last one lay in the same place."""
        before = self._image_rect()
        if picture is not None:
            picture.image.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture = picture
        same = picture is not None and before == self._image_rect()
        self.update(before) if same else self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that pictures of another size are wanted."""
        super().resizeEvent(event)
        self.room_changed.emit()

    def event(self, event: QEvent) -> bool:
        """The same when the window goes to a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.room_changed.emit()
        return super().event(event)

    def _image_rect(self) -> QRect:
        if self._picture is None:
            return QRect()
        room = self.rect().adjusted(1, 1, -1, -1)
        size = self._picture.image.deviceIndependentSize().toSize()
        if size.width() > room.width() + 1 or size.height() > room.height() + 1:
            size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = room.center() - QPoint((size.width() - 1) // 2, (size.height() - 1) // 2)
        return QRect(at, size)

    def _paint_picture(self, painter: QPainter, dirty: QRegion) -> None:
        rect = self._image_rect()
        if not rect.contains(dirty.boundingRect()):
            painter.fillRect(self.rect(), self._theme.color("image_bg"))
        if self._picture is None:
            return
        image = self._picture.image
        if image.deviceIndependentSize().toSize() == rect.size():
            painter.drawImage(rect.topLeft(), image)
        else:  # for a moment, until a picture of the new size is ready
            painter.drawImage(rect, image)

    def _paint_frame(self, painter: QPainter, radius: float, rect: QRectF) -> None:
        paint.corners(painter, rect, radius, self._theme.color("page"))
        nothing = QColor(0, 0, 0, 0)
        paint.box(painter, rect, radius, nothing, self._theme.color("line"), 1)


class ImageView(PictureView):
    """Three tags: state top left, product top right, part bottom left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roi: Roi | None = None
        self._roi_role = "roi"
        self._state = Tag()
        self._product = Tag()
        self._part = Tag()
        self._empty = ""

    def set_roi(self, roi: Roi | None) -> None:
        """Where the recipe looks, in pixels of the frame."""
        self._roi = roi
        self.update()

    def set_state(self, words: str, dot: str) -> None:
        """What the top left tag says, and the colour role of its dot."""
        self._state = Tag(words, dot)
        self.update()

    def set_product(self, words: str) -> None:
        """Product and lot."""
        self._product = Tag(words)
        self.update()

    def set_part(self, words: str) -> None:
        """Number and serial of the part shown beside."""
        self._part = Tag(words)
        self.update()

    def set_empty(self, words: str) -> None:
        """What stands in the middle while there is no picture."""
        self._empty = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, region, tags, rounded frame."""
        with QPainter(self) as painter:
            self._paint_picture(painter, event.region())
            paint.smooth(painter)
            self._paint_roi(painter)
            self._paint_tags(painter)
            if not self.has_picture:
                font = ui_font(self._theme.text_px(20), QFont.Weight.Medium)
                color = self._theme.color("tag_text")
                paint.text(painter, QRectF(self.rect()), self._empty, font, color, paint.CENTER)
            self._paint_frame(painter, self._theme.px(12), QRectF(self.rect()))

    def _paint_roi(self, painter: QPainter) -> None:
        if self._roi is None or self._picture is None:
            return
        area = QRectF(self._image_rect())
        fx = area.width() / self._picture.source.width()
        fy = area.height() / self._picture.source.height()
        roi = self._roi
        rect = QRectF(
            area.left() + roi.x * fx, area.top() + roi.y * fy, roi.width * fx, roi.height * fy
        )
        pen = QPen(self._theme.color("roi"), max(1.5, 2 * self._theme.scale))
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.intersected(area.adjusted(1, 1, -1, -1)), 3, 3)

    def _paint_tags(self, painter: QPainter) -> None:
        gap = self._theme.px(15)
        room = self.width() - 3 * gap
        left = self._tag_width(self._state, room // 2)
        self._paint_tag(painter, self._state, QPoint(gap, gap), left)
        width = self._tag_width(self._product, room - left)
        self._paint_tag(painter, self._product, QPoint(self.width() - gap - width, gap), width)
        width = self._tag_width(self._part, room)
        bottom = self.height() - gap - self.tag_height()
        self._paint_tag(painter, self._part, QPoint(gap, bottom), width)

    def _paint_tag(self, painter: QPainter, tag: Tag, at: QPoint, width: int) -> None:
        if not tag.words:
            return
        theme = self._theme
        rect = QRectF(at.x(), at.y(), width, self.tag_height())
        ground = theme.color("tag")
        ground.setAlphaF(0.86)
        paint.box(painter, rect, theme.px(8), ground, ground, 0)
        left = theme.px(12)
        if tag.dot:
            side = theme.px(13)
            dot = QRectF(rect.left() + left, rect.center().y() - side / 2, side, side)
            color = theme.color(tag.dot)
            paint.box(painter, dot, side / 2, color, color, 0)
            left += side + theme.px(8)
        words = rect.adjusted(left, 0, -theme.px(10), 0)
        color = theme.color("tag_ng" if tag.dot == "tag_ng" else "tag_text")
        paint.text(painter, words, tag.words, self._tag_font(), color)

    def _tag_width(self, tag: Tag, most: int) -> int:
        theme = self._theme
        dot = theme.px(13) + theme.px(8) if tag.dot else 0
        width = paint.advance(self._tag_font(), tag.words) + dot + theme.px(12) + theme.px(11)
        return min(int(width) + 1, most)

    def tag_height(self) -> int:
        """How high a tag is, in pixels."""
        return max(self._theme.px(33), int(self._theme.text_px(18) * 1.75))

    def _tag_font(self) -> QFont:
        return ui_font(self._theme.text_px(18), QFont.Weight.DemiBold)
