"""Help: what runs here, the licences of all that is in it, the manual."""

from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.domain.recipe import Recipe
from station.errors import Fault
from station.gui.focus import press_focused
from station.gui.pages import help_facts
from station.gui.pages.help_facts import FactsPanel
from station.gui.pages.help_manual import ManualPanel
from station.gui.pages.help_room import HelpRoom
from station.gui.pages.help_works import WorksPanel
from station.gui.product import ProductView
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey
from station.notices.bill import FILE_NAME
from station.notices.shipped import Shipped
from station.pipeline.events import Adopted, Event
from station.whole import write_whole

SAID_SECONDS = 8.0


class HelpPage(QWidget):
    """Three rooms, one of them in sight."""

    def __init__(self, room: HelpRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._room = room
        self._theme = DARK
        self._recipe: Recipe | None = None
        self._shipped: Shipped | None = None
        self._asked = False
        self.facts = FactsPanel()
        self.works = WorksPanel(room.tasks)
        self.manual = ManualPanel(room.titles, room.manual, room.tasks)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        self._stack, self._group = QStackedWidget(), QButtonGroup(self)
        self._rooms = QFrame()
        self._rooms.setProperty("role", "panel")
        rooms = QHBoxLayout(self._rooms)
        rooms.setContentsMargins(0, 0, 0, 0)
        self.keys = tuple(TouchKey(tone=Tone.SEGMENT, size_mm=(14.0, 14.0)) for _ in range(3))
        for index, (key, panel) in enumerate(
            zip(self.keys, (self.facts, self.works, self.manual), strict=True)
        ):
            self._group.addButton(key, index)
            rooms.addWidget(key)
            self._stack.addWidget(panel)
        self.keys[0].setChecked(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._rooms, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._stack, 1)
        self.notice = Notice(self)

    def _connect(self) -> None:
        self._group.idClicked.connect(self.show_room)
        self.facts.copied.connect(self.copy)
        self.facts.save_wanted.connect(self.export)
        self.facts.licence_wanted.connect(self.show_licence)
        self.notice.changed.connect(self._place_notice)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(gap)
        for key in self.keys:
            key.setFixedSize(max(theme.px(220), 150), max(56, theme.px(60)))
        self._place_notice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notice follows."""
        super().resizeEvent(event)
        self._place_notice()

    def _place_notice(self) -> None:
        gap = self._theme.px(14)
        left = 2 * gap + self._rooms.sizeHint().width()
        width = max(1, self.width() - left - gap)
        high = max(self.notice.height_for(width), self.keys[0].height())
        self.notice.setGeometry(left, gap, width, high)
        self.notice.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        words = (
            translate("Help", "About"),
            translate("Help", "Licences"),
            translate("Help", "Manual"),
        )
        for key, word in zip(self.keys, words, strict=True):
            key.set_title(word)
        for panel in (self.facts, self.works, self.manual):
            panel.retranslate()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight; what is installed is read once."""
        self._show_line()
        if not self._asked:
            self._asked = True
            self._room.tasks.run(self._room.read, self._show_read, self._not_read)

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self._recipe = product.recipe
        self._show_line()

    def show_event(self, event: Event) -> None:
        """Take in what the line tells; it is shown when somebody looks."""
        if isinstance(event, Adopted):
            self._recipe = event.recipe
        if self.isVisible():
            self._show_line()

    # ── what the person does ────────────────────────────────────────────────────────────────

    def show_room(self, index: int) -> None:
        """What runs here, the licences, or the manual."""
        self.keys[index].setChecked(True)
        self._stack.setCurrentIndex(index)
        if index == self._stack.indexOf(self.manual):
            self.manual.opened()

    def show_licence(self) -> None:
        """The product's own licence."""
        self.show_room(self._stack.indexOf(self.works))
        self.works.show_own()

    @Slot()
    def copy(self) -> None:
        """All of it into the clipboard."""
        QApplication.clipboard().setText(self.facts.text())
        self._say(translate("Help", "Copied. Paste it into your message to support."))

    @Slot()
    def export(self) -> None:
        """Ask where the bill of materials is wanted, then write it there."""
        if self._shipped is None:
            return
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        name = str(Path(QStandardPaths.writableLocation(documents)) / FILE_NAME)
        title = translate("Help", "Save the bill of materials…")
        dialog = QFileDialog(self.window(), title, name, "CycloneDX (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, target: Path) -> None:
        """Write the bill of materials there."""
        found = self._shipped
        if found is not None:
            self._room.tasks.run(
                lambda: write_whole({target: found.text().encode()}),
                lambda _: self._say(translate("Help", "Saved: {path}", path=target)),
                self._failed,
            )

    @Slot()
    def find_serial(self) -> None:
        """The keys that search on other pages search here too."""
        panel = self._stack.currentWidget()
        if panel is not self.facts:
            assert isinstance(panel, WorksPanel | ManualPanel)
            panel.reader.search.setFocus()

    @Slot()
    def inspect(self) -> None:
        """Space presses the key that has the focus."""
        press_focused()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the key that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.inspect()
        else:
            super().keyPressEvent(event)

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show_line(self) -> None:
        room = self._room
        self.facts.set_line(
            help_facts.of_line(room.status(), self._recipe, room.provider, room.data)
        )

    def _show_read(self, read: tuple[dict[str, str], Shipped]) -> None:
        facts, self._shipped = read
        self.facts.set_installed(facts, self._shipped)
        self.works.set_works(self._shipped.works)

    def _not_read(self, fault: Fault) -> None:
        self._asked = False
        self._failed(fault)

    def _failed(self, fault: Fault) -> None:
        self._say(fault_text(fault))

    def _say(self, words: str) -> None:
        self.notice.warn(words, SAID_SECONDS)
