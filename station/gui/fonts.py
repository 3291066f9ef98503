"""The fonts that ship with the program, so that it looks the same on a bare machine."""

from PySide6.QtGui import QFont, QFontDatabase

from station.bundle import resource

FAMILIES = ("Inter", "Noto Sans SC")
_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
)


def load_fonts() -> None:
    """Register the shipped fonts; needs a QGuiApplication, and may be called again.

    Raises FileNotFoundError when the installation is incomplete or a font cannot be read.
    """
    for name in _FILES:
        path = resource(f"fonts/{name}")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


def ui_font(px: int, weight: int = QFont.Weight.Medium, tabular: bool = False) -> QFont:
    """A font of the program by height in pixels; `tabular`: digits all of one width."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font
