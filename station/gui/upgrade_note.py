"""What stands on the screen while the line brings the records of an older program up to date."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from station.gui.texts import translate
from station.gui.theme import DARK, DESIGN, LIGHT, apply_theme, scaled
from station.gui.widgets.progress_panel import ProgressPanel

WIDTH = 900  # pixels of the design


def upgrade_words() -> str:
    """What is being done, and how long it takes."""
    return translate(
        "Upgrade",
        "Bringing the records up to date. This happens once after an upgrade and may take some "
        "minutes; a copy of them as they were is kept.",
    )


class UpgradeNote(QWidget):
    """A screen of its own, before there is a window; it goes when the line is through."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = LIGHT if theme == "light" else DARK
        title = QLabel("Station")
        title.setProperty("role", "title")
        self._panel = ProgressPanel()
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(self._panel)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the screen is what it is
        row.addWidget(self._middle)
        self._done = False

    def open(self) -> None:
        """Fill the screen; offscreen, be as large as the design."""
        screen = QGuiApplication.primaryScreen()
        whole = QGuiApplication.platformName() != "offscreen" and screen is not None
        self.resize(screen.availableGeometry().size() if whole else DESIGN)
        theme = scaled(self._theme, self.size())
        apply_theme(self, theme)
        self._middle.setFixedWidth(min(theme.px(WIDTH), self.width() - theme.px(80)))
        if whole:
            self.showMaximized()
        else:
            self.show()

    def show_share(self, share: float) -> None:
        """How far it is, from 0 to 1."""
        if share != self._panel.share:
            self._panel.show_state(upgrade_words(), share, f"{share:.0%}")

    def end(self) -> None:
        """It is done."""
        self._done = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A person cannot put it away: the station does not stand yet."""
        if self._done:
            event.accept()
        else:
            event.ignore()
