"""The parts of which the rooms of the Setup page are made: panels, captions, keys, entries."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station.gui.theme import Theme
from station.gui.widgets.touch_key import Tone, TouchKey

LEAST = 56  # pixels: what a gloved finger needs
SIZE_MM = (14.0, 14.0)


def panel() -> QFrame:
    """A raised area."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame


def caption() -> QLabel:
    """A heading in small capitals."""
    words = QLabel()
    words.setProperty("role", "caption")
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return words


def note() -> QLabel:
    """A sentence that explains, in several lines."""
    words = QLabel()
    words.setProperty("role", "muted")
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return words


def key(tone: Tone = Tone.NEUTRAL) -> TouchKey:
    """A key for a glove."""
    return TouchKey(tone=tone, size_mm=SIZE_MM)


def scroll(inside: QWidget) -> QScrollArea:
    """An area that scrolls down, through which its panel shines."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    inside.setAutoFillBackground(False)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def column(frame: QWidget, theme: Theme) -> None:
    """Give the column in a panel its margins and gaps."""
    layout = frame.layout()
    assert isinstance(layout, QVBoxLayout)
    edge = theme.px(18)
    layout.setContentsMargins(edge, theme.px(12), edge, theme.px(14))
    layout.setSpacing(theme.px(9))


def high(theme: Theme, *keys: QWidget) -> None:
    """Make them as high as a glove needs."""
    for one in keys:
        one.setFixedHeight(max(LEAST, theme.px(60)))
