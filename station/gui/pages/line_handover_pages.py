"""A report as its pages look on paper, to read on the screen and to write to a file."""

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.errors import Fault
from station.gui import shift_report_words as words
from station.gui.pages.line_handover_asking import Asking, main_window
from station.gui.pages.line_handover_room import HandoverRoom
from station.gui.shift_report import report_images
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme, apply_theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey
from station.insight.shift import ShiftReport

SAID_SECONDS = 12.0


class PagesDialog(QDialog):
    """Shown with `open()`; it goes by itself."""

    def __init__(
        self,
        report: ShiftReport,
        room: HandoverRoom,
        tasks: Tasks,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._report, self._room, self._theme = report, room, theme
        self._asking = Asking(tasks, self, self._failed)
        self._width = 0
        self.pages: list[QLabel] = []
        self.export_key = TouchKey(tone=Tone.PRIMARY)
        self.close_key = TouchKey()
        self.export_key.set_title(translate("History", "Export"))
        self.close_key.set_title(translate("Handover", "Close"))
        self.notice = Notice(self)
        self.setWindowTitle(words.title(report.whole))
        self._arrange()
        apply_theme(self, theme)
        self.export_key.clicked.connect(self._ask_form)
        self.close_key.clicked.connect(self.reject)
        self.notice.changed.connect(self._place_notice)

    def _arrange(self) -> None:
        column, foot, inner = QVBoxLayout(self), QHBoxLayout(), QWidget()
        column.setContentsMargins(*[self._theme.px(20)] * 4)
        column.setSpacing(self._theme.px(14))
        inner.setProperty("role", "page")
        self._sheets = QVBoxLayout(inner)
        self._sheets.setSpacing(self._theme.px(16))
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inner)
        column.addWidget(self._area, 1)
        foot.setSpacing(self._theme.px(12))
        for key in (self.close_key, self.export_key):
            foot.addWidget(key, 1)
        column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the window; the pages are drawn as wide as there is room."""
        super().showEvent(event)
        if self._width:
            return
        window = main_window(self)
        self.resize(min(window.width(), self._theme.px(1180)), window.height())
        self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())
        ratio = self.devicePixelRatioF()
        self._width = max(320, round((self.width() - self._theme.px(100)) * ratio))
        report, width = self._report, self._width
        self._asking.run(lambda: report_images(report, width), partial(self._put, ratio))

    def _put(self, ratio: float, images: list[QImage]) -> None:
        for image in images:
            image.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            self._sheets.addWidget(sheet)
            self.pages.append(sheet)

    def _ask_form(self) -> None:
        forms = (
            ("pdf", translate("Handover", "For paper (PDF)")),
            ("csv", translate("History", "Table (CSV)")),
        )
        title = translate("Handover", "Export the report")
        dialog = ChoiceDialog(title, forms, self._theme, self)
        dialog.chosen.connect(self._ask_target)
        dialog.open()

    def _ask_target(self, form: str) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        stem = re.sub(r"\W+", "_", f"{words.title(self._report.whole)}_{self._since()}")
        name = str(Path(QStandardPaths.writableLocation(documents)) / f"{stem}.{form}")
        title = translate("History", "Export to")
        dialog = QFileDialog(self, title, name, f"{form.upper()} (*.{form})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, target: Path) -> None:
        """Write it to that file."""
        report, write = self._report, self._room.write
        self._asking.run(lambda: write(report, target), lambda _: self._written(target))

    def _since(self) -> str:
        return words.stamp(self._report.since_ms)

    def _written(self, target: Path) -> None:
        told = translate("Handover", "Written: {path}", path=str(target))
        self.notice.warn(told, SAID_SECONDS)

    def _failed(self, fault: Fault) -> None:
        self.notice.warn(fault_text(fault), SAID_SECONDS)

    def _place_notice(self) -> None:
        edge = self._theme.px(20)
        width = max(1, self.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()
