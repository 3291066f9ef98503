"""Qt's application, and a window that fills the screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from station.gui.calm import share_time
from station.gui.fonts import load_fonts
from station.gui.texts import install
from station.gui.theme import DESIGN


def open_qt() -> QApplication:
    """The Qt application with the fonts that ship with the program."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    qt = QApplication.instance() or QApplication(["station"])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Station")
    load_fonts()
    install("auto")
    share_time()
    return qt


def fill_screen(window: QWidget) -> None:
    """A station has its screen to itself; offscreen it is as large as the design."""
    if QGuiApplication.platformName() == "offscreen":
        window.resize(DESIGN)
        window.show()
        return
    window.setGeometry(window.screen().availableGeometry())
    window.showMaximized()
    window.activateWindow()
