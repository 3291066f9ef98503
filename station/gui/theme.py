"""Colours, sizes and the style sheet; every colour of the program has its name here.

Pixels in the code are those of the 1920×1080 design; `Theme.px` and `Theme.text_px` turn them
into pixels of the window at hand. What counts for fingers is in millimetres: `mm`, `touch`.
"""

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QScreen
from PySide6.QtWidgets import QWidget

DESIGN = QSize(1920, 1080)
MIN_TEXT_PX = 16  # 12 pt at 96 dpi: nothing on a screen is written smaller
TOUCH_MM = 20.0
DECIDE_MM = (30.0, 20.0)
_DPI = 96.0
_DPI_RANGE = (60.0, 330.0)  # a screen that reports less or more does not know its size
_MM_PER_INCH = 25.4
_TOUCH_SHARE = 0.13  # of the window's height: a key never takes more


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, and the scale against the design.

    `*_text` is for words and thin signs, the plain name for fills, frames and bars; `*_ink` is
    what is written on the fill of that name. `line` only parts areas and carries no meaning.
    """

    name: str
    page: str
    panel: str
    key: str
    key_hover: str
    key_down: str
    line: str
    text: str
    muted: str
    disabled: str
    select: str
    accent: str
    accent_ink: str
    accent_text: str
    ok: str
    ok_text: str
    ok_fill: str
    ok_ink: str
    ng: str
    ng_text: str
    ng_fill: str
    ng_ink: str
    review: str
    review_text: str
    review_fill: str
    review_ink: str
    absent: str
    absent_text: str
    absent_fill: str
    absent_stripe: str
    absent_ink: str
    accept_key: str
    accept_ink: str
    reject_key: str
    reject_ink: str
    image_bg: str = "#0b0d0f"
    tag: str = "#050607"
    tag_text: str = "#f4f6f8"
    tag_ok: str = "#3fb68b"
    tag_ng: str = "#ff8d83"
    tag_review: str = "#f5b53d"
    tag_absent: str = "#d3b8e6"
    roi: str = "#5aa9ff"
    scale: float = 1.0

    def px(self, design: float) -> int:
        """Pixels of the window for pixels of the design; at least 1."""
        return max(1, round(design * self.scale))

    def text_px(self, design: float) -> int:
        """The same for a height of text, which never goes below what can be read."""
        return max(MIN_TEXT_PX, round(design * self.scale))

    def color(self, role: str) -> QColor:
        """The colour of that role."""
        return QColor(getattr(self, role))


DARK = Theme(
    name="dark",
    page="#14171b",
    panel="#1c2026",
    key="#262b33",
    key_hover="#2a3039",
    key_down="#1f242b",
    line="#333a44",
    text="#f4f6f8",
    muted="#b8c1cd",
    disabled="#7b8593",
    select="#ffffff",
    accent="#5aa9ff",
    accent_ink="#0b1624",
    accent_text="#80bdff",
    ok="#3fb68b",
    ok_text="#53cfa2",
    ok_fill="#3fb68b",
    ok_ink="#03120c",
    ng="#f0564a",
    ng_text="#ff9f96",
    ng_fill="#ff6b5e",
    ng_ink="#140302",
    review="#f5b53d",
    review_text="#f7bd50",
    review_fill="#f5b53d",
    review_ink="#1c1202",
    absent="#b48fd0",
    absent_text="#d3b8e6",
    absent_fill="#c3b3d1",
    absent_stripe="#b3a0c4",
    absent_ink="#150b1c",
    accept_key="#17392f",
    accept_ink="#93e6c4",
    reject_key="#45201d",
    reject_ink="#ffb4ac",
)

LIGHT = Theme(
    name="light",
    page="#e6eaee",
    panel="#f8f9fb",
    key="#e9edf1",
    key_hover="#e2e7ec",
    key_down="#f2f4f7",
    line="#bcc5cf",
    text="#12161b",
    muted="#3f4955",
    disabled="#7d8894",
    select="#12161b",
    accent="#0a539e",
    accent_ink="#ffffff",
    accent_text="#0a4d94",
    ok="#198a60",
    ok_text="#0a5638",
    ok_fill="#3fb68b",
    ok_ink="#03120c",
    ng="#d2382c",
    ng_text="#921a11",
    ng_fill="#ff6b5e",
    ng_ink="#140302",
    review="#b06f00",
    review_text="#684200",
    review_fill="#f5b53d",
    review_ink="#1c1202",
    absent="#8457a5",
    absent_text="#5d2f80",
    absent_fill="#c3b3d1",
    absent_stripe="#b3a0c4",
    absent_ink="#150b1c",
    accept_key="#cfeee0",
    accept_ink="#0a4a31",
    reject_key="#fcdad6",
    reject_ink="#7c150d",
)

TEXT_PAIRS = (  # written colour, ground: at least 7:1
    *((ink, ground) for ink in ("text", "muted") for ground in ("page", "panel", "key")),
    *((ink, "key_hover") for ink in ("text", "muted")),
    *((f"{v}_text", g) for v in ("ok", "ng", "review", "absent") for g in ("panel", "key")),
    ("accent_text", "panel"),
    ("accent_text", "key"),
    ("accent_ink", "accent"),
    ("ok_ink", "ok_fill"),
    ("ng_ink", "ng_fill"),
    ("review_ink", "review_fill"),
    ("absent_ink", "absent_fill"),
    ("absent_ink", "absent_stripe"),
    ("accept_ink", "accept_key"),
    ("reject_ink", "reject_key"),
    ("tag_text", "tag"),
    ("tag_ok", "tag"),
    ("tag_ng", "tag"),
    *((f"tag_{v}", "image_bg") for v in ("ok", "ng", "review", "absent", "text")),
)
GRAPHIC_PAIRS = (  # drawn colour, ground: at least 3:1
    *((v, g) for v in ("ok", "ng", "review", "absent", "accent") for g in ("page", "panel", "key")),
    ("select", "panel"),
    ("select", "page"),
    ("ok", "accept_key"),
    ("ng", "reject_key"),
    ("roi", "image_bg"),
    ("disabled", "key"),
)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast of two #rrggbb colours, 1 … 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mm(where: QWidget | QScreen | None, millimetres: float) -> int:
    """Pixels for a length on the glass of that screen; 96 dpi where the screen does not know."""
    screen = where.screen() if isinstance(where, QWidget) else where
    dpi = screen.physicalDotsPerInch() if screen is not None else _DPI
    if not _DPI_RANGE[0] <= dpi <= _DPI_RANGE[1]:
        dpi = _DPI
    return _ceil(millimetres * dpi / _MM_PER_INCH)


def touch(widget: QWidget, millimetres: float = TOUCH_MM) -> int:
    """Pixels for a side of a touch key in that widget's window: the millimetres, or what fits."""
    room = round(max(widget.window().height(), 720) * _TOUCH_SHARE)
    return min(mm(widget, millimetres), max(room, mm(None, millimetres)))


def _ceil(value: float) -> int:
    return int(-(-value // 1))


def scaled(theme: Theme, window: QSize) -> Theme:
    """The theme for a window of that size: the design keeps its proportions up to 4K and above."""
    factor = min(window.width() / DESIGN.width(), window.height() / DESIGN.height())
    return replace(theme, scale=round(min(max(factor, 0.6), 5.0) * 50) / 50)


@runtime_checkable
class Themed(Protocol):
    """A widget that paints itself."""

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes, for itself only: `apply_theme` visits the children."""


def apply_theme(root: QWidget, theme: Theme) -> None:
    """Dress a window and all in it; costs nothing when it wears that theme already."""
    if getattr(root, "_worn_theme", None) == theme:
        return
    root._worn_theme = theme  # type: ignore[attr-defined]
    root.setStyleSheet(stylesheet(theme))
    dress(root, theme)


def dress(root: QWidget, theme: Theme) -> None:
    """The same for a part of a window that wears the theme's style sheet."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.set_theme(theme)


def stylesheet(theme: Theme) -> str:
    """The QSS for all that Qt paints itself.

    Roles are dynamic properties: `role` = panel, bar, tab, tool, title, caption, muted, clock.
    """
    px, text = theme.px, theme.text_px
    values = {name: getattr(theme, name) for name in theme.__dataclass_fields__}
    values |= {f"p{n}": f"{px(n)}px" for n in (1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24)}
    values |= {f"t{n}": f"{text(n)}px" for n in (16, 18, 20, 26)}
    return _QSS.format(**values)


_QSS = """
* {{ font-family: "Inter", "Noto Sans SC"; }}
QWidget {{ color: {text}; font-size: {t18}; }}
QMainWindow, QDialog, QWidget[role="page"] {{ background: {page}; }}
QDialog {{ border: {p2} solid {line}; }}
QFrame[role="panel"] {{ background: {panel}; border: 1px solid {line}; border-radius: {p12}; }}
QWidget[role="bar"] {{ background: {panel}; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {t26}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="caption"] {{ color: {muted}; font-size: {t16}; font-weight: 600; }}
QLabel[role="clock"] {{ font-size: {t26}; font-weight: 700; }}
QToolTip {{ background: {key}; color: {text}; border: 1px solid {line}; padding: {p6}; }}
QPushButton {{ background: {key}; border: {p2} solid {line}; border-radius: {p10};
  padding: {p10} {p20}; font-size: {t20}; font-weight: 600; }}
QPushButton:hover {{ background: {key_hover}; }}
QPushButton:pressed {{ background: {key_down}; }}
QPushButton:checked {{ border-color: {accent}; color: {accent_text}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {disabled}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {accent_ink}; border-color: {accent}; }}
QPushButton[role="tool"] {{ border: none; border-radius: {p8}; color: {muted};
  font-size: {t18}; padding: {p6} {p12}; }}
QPushButton[role="tab"] {{ background: transparent; color: {muted}; border: none; border-radius: 0;
  border-bottom: {p4} solid transparent; border-top: {p4} solid transparent;
  padding: 0 {p4}; font-size: {t20}; }}
QPushButton[role="tab"]:hover {{ color: {text}; }}
QPushButton[role="tab"]:checked {{ color: {text}; border-bottom-color: {accent}; }}
QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {key};
  border: {p2} solid {line}; border-radius: {p8}; padding: {p8} {p12}; font-size: {t20};
  selection-background-color: {accent}; selection-color: {accent_ink}; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
  border-color: {accent}; }}
QComboBox QAbstractItemView {{ background: {key}; color: {text}; border: 1px solid {line};
  selection-background-color: {accent}; selection-color: {accent_ink}; }}
QListView, QTableView, QTreeView, QScrollArea, QTextBrowser {{ background: {panel}; border: none; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: none; padding: {p6}; }}
QScrollBar:vertical {{ background: transparent; width: {p24}; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p24}; margin: 0; }}
QScrollBar::handle {{ background: {disabled}; border-radius: {p6}; margin: {p4}; min-height: 48px;
  min-width: 48px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {key}; border: none; border-radius: {p6}; color: {text};
  text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {p6}; }}
"""
