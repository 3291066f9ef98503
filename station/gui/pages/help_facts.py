"""What runs here, for a person and for whoever helps from far away: versions, model, folders."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.domain.recipe import Recipe
from station.gui.texts import translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.touch_key import Tone, TouchKey
from station.notices.shipped import Shipped
from station.notices.work import Work
from station.pipeline.events import LineStatus

ORDER = (
    *("version", "build", "licence", "model", "model_sha256", "recipe", "provider_asked"),
    *("provider", "data_folder", "program_folder", "python", "qt", "onnxruntime", "opencv"),
    *("system", "bill"),
)
HASH = 16  # digits that are shown; all of them are copied
KEY_MM = (14.0, 14.0)
GONE = "–"


def words_of(name: str) -> str:
    """How a fact is called on the screen."""
    known = {
        "version": translate("Help", "Version"),
        "build": translate("Help", "Build"),
        "licence": translate("Help", "Licence"),
        "model": translate("Help", "Model"),
        "model_sha256": translate("Help", "Model file (SHA-256)"),
        "recipe": translate("Help", "Recipe"),
        "provider_asked": translate("Help", "Models run on, as asked"),
        "provider": translate("Help", "Models run on, in fact"),
        "python": "Python",
        "qt": "Qt",
        "onnxruntime": "ONNX Runtime",
        "opencv": "OpenCV",
        "system": translate("Help", "System"),
        "program_folder": translate("Help", "Program folder"),
        "data_folder": translate("Help", "Data folder"),
    }
    return known[name]


def of_line(status: LineStatus, recipe: Recipe | None, asked: str, data: Path) -> dict[str, str]:
    """The facts that may change while the program runs."""
    return {
        "model": status.model,
        "model_sha256": recipe.model_sha256 if recipe is not None else "",
        "recipe": f"{recipe.name} v{recipe.version}" if recipe is not None else "",
        "provider_asked": asked,
        "provider": status.provider,
        "data_folder": str(data),
    }


def as_text(facts: Mapping[str, str], works: tuple[Work, ...]) -> str:
    """All of it, named as `station about` names it: who helps may not read this language."""
    rows = [f"{name:16} {facts[name] or GONE}" for name in ORDER if name in facts]
    rows += ["", *(f"{one.name} {one.version} · {one.licence}" for one in works)]
    return "\n".join(rows) + "\n"


class FactsPanel(QWidget):
    """`copied()`, `save_wanted()`, `licence_wanted()`: what a finger asked for."""

    copied = Signal()
    save_wanted = Signal()
    licence_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._facts: dict[str, str] = {}
        self._works: tuple[Work, ...] = ()
        self.values: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._list, side = QFrame(), QFrame()
        for frame in (self._list, side):
            frame.setProperty("role", "panel")
        self._grid = QGridLayout(self._list)
        self._grid.setColumnStretch(1, 1)
        self.product, self.under, self.bill = QLabel(), QLabel(), QLabel()
        self.product.setProperty("role", "title")
        for label in (self.under, self.bill):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_key = TouchKey(tone=Tone.PRIMARY, size_mm=KEY_MM)
        self.save_key, self.licence_key = TouchKey(size_mm=KEY_MM), TouchKey(size_mm=KEY_MM)
        self._side = QVBoxLayout(side)
        for widget in (self.product, self.under, self.licence_key):
            self._side.addWidget(widget)
        self._side.addStretch(1)
        for widget in (self.bill, self.save_key, self.copy_key):
            self._side.addWidget(widget)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._list, 3)
        self._row.addWidget(side, 2)
        self.save_key.setEnabled(False)
        self.copy_key.setEnabled(False)
        self.copy_key.clicked.connect(self.copied)
        self.save_key.clicked.connect(self.save_wanted)
        self.licence_key.clicked.connect(self.licence_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        edge = theme.px(22)
        self._row.setSpacing(theme.px(14))
        self._side.setContentsMargins(edge, edge, edge, edge)
        self._side.setSpacing(theme.px(14))
        self._grid.setContentsMargins(edge, theme.px(12), edge, theme.px(12))
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(4))
        for key in (self.copy_key, self.save_key, self.licence_key):
            key.setFixedHeight(max(56, theme.px(64)))

    def retranslate(self) -> None:
        """Write all words anew."""
        self.under.setText(
            translate(
                "Help",
                "Desktop inspection station. Free to use under the Apache License 2.0. It uses Qt "
                "and other libraries under the GNU Lesser General Public License; see Licences.",
            )
        )
        self.licence_key.set_title(translate("Help", "Text of the licence"))
        self.save_key.set_title(translate("Help", "Save the bill of materials…"))
        self.copy_key.set_title(translate("Help", "Copy all for support"))
        for name, label in self._names.items():
            label.setText(words_of(name))
        self._show_bill()

    def set_installed(self, facts: Mapping[str, str], found: Shipped) -> None:
        """What was read of the installation."""
        self._facts = {**facts, **self._facts}
        self._works = found.works
        self.product.setText(f"Station {facts['version']}")
        for key in (self.copy_key, self.save_key):
            key.setEnabled(True)
        self._show()

    def set_line(self, facts: Mapping[str, str]) -> None:
        """What the line says of itself."""
        if any(self._facts.get(name) != value for name, value in facts.items()):
            self._facts |= facts
            self._show()

    def text(self) -> str:
        """All of it as text."""
        return as_text(self._facts, self._works)

    def _show(self) -> None:
        for name in ORDER[:-1]:
            if name not in self.values:
                self._add_row(name)
            value = self._facts.get(name, "")
            short = value[:HASH] if name == "model_sha256" else value
            self.values[name].setText(short or GONE)
            self.values[name].setToolTip(value)
        self._show_bill()

    def _add_row(self, name: str) -> None:
        label, value = QLabel(words_of(name)), QLabel()
        label.setProperty("role", "muted")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self.values)
        self._grid.setRowStretch(row + 1, 0)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self._names[name], self.values[name] = label, value

    def _show_bill(self) -> None:
        if not self._works:
            self.bill.setText("")
            return
        said = translate(
            "Help",
            "{count} works of others are in it, each with its licence. Their list is a bill of "
            "materials (CycloneDX).",
            count=len(self._works),
        )
        place = self._facts.get("bill", "")
        self.bill.setText(f"{said}\n{place}" if place else said)
