"""Where to look and where not: drawn on a frozen picture, saved as a new version of the recipe."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station.domain.recipe import MOST_IGNORED, Recipe, Roi, covers
from station.errors import ErrorCode, Fault, RecipeError
from station.gui.pages import setup_parts as parts
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.area_editor import AreaEditor, Areas
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.class_tiles import ClassTiles, Tile
from station.gui.widgets.touch_key import Tone

SAVE = "save"


class AreaDesk(QWidget):
    """Keys and figures beside the editor; `freeze(is_on)` when the picture is to stand still.

    save(recipe) when a person confirmed what is changed. Nothing is lost until it was saved or
    put back.
    """

    freeze = Signal(bool)
    save = Signal(object)
    said = Signal(str)

    def __init__(self, editor: AreaEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = DARK
        self._recipe: Recipe | None = None
        self._is_saving = False
        self.tiles = ClassTiles(least=parts.LEAST)
        self.note = parts.note()
        self.freeze_key = parts.key()
        self.add_key, self.remove_key, self.back_key = parts.key(), parts.key(), parts.key()
        self.save_key = parts.key(Tone.PRIMARY)
        self._keys = QGridLayout()
        self._keys.addWidget(self.add_key, 0, 0)
        self._keys.addWidget(self.remove_key, 0, 1)
        self._keys.addWidget(self.back_key, 1, 0)
        self._keys.addWidget(self.save_key, 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.freeze_key)
        layout.addWidget(parts.scroll(self.tiles), 1)
        layout.addWidget(self.note)
        layout.addLayout(self._keys)
        editor.picked.connect(self._show)
        editor.changed.connect(self._show)
        self.tiles.touched.connect(self._touch)
        self.freeze_key.clicked.connect(self._toggle)
        self.add_key.clicked.connect(self._add)
        self.remove_key.clicked.connect(self._remove)
        self.back_key.clicked.connect(self.put_back)
        self.save_key.clicked.connect(self.ask_save)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        self._keys.setSpacing(theme.px(9))
        keys = (self.freeze_key, self.add_key, self.remove_key, self.back_key, self.save_key)
        parts.high(theme, *keys)

    def retranslate(self) -> None:
        """Write all words anew."""
        self._show()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def set_recipe(self, recipe: Recipe) -> None:
        """By which recipe the line inspects now; areas that were changed meanwhile stay."""
        keeps = self._recipe is not None and self.is_changed and recipe.name == self._recipe.name
        self._recipe = recipe
        if not keeps:
            self._editor.set_areas(areas_of(recipe))
        self._show()

    def saved(self) -> None:
        """The line inspects by what was saved."""
        self._is_saving = False
        if self._recipe is not None:
            self._editor.set_areas(areas_of(self._recipe))
        self._show()

    def not_saved(self) -> None:
        """It was refused: what was drawn stays."""
        self._is_saving = False
        self._show()

    @property
    def is_saving(self) -> bool:
        """Somebody waits for the line's word."""
        return self._is_saving

    @property
    def is_changed(self) -> bool:
        """Whether something was drawn that the recipe does not have."""
        return self._recipe is not None and self._editor.areas != areas_of(self._recipe)

    # ── what the person does ────────────────────────────────────────────────────────────────

    def put_back(self) -> None:
        """As the recipe has it."""
        if self._recipe is not None:
            self._editor.set_areas(areas_of(self._recipe))
            self._show()

    def ask_save(self) -> None:
        """Show what changes; save once it is confirmed."""
        recipe = self._drawn()
        if recipe is None or self._recipe is None:
            return
        title = translate("Setup", "Save as a new version of {name}?", name=recipe.name)
        lines = "\n".join(differences(areas_of(self._recipe), self._editor.areas))
        choices = ((SAVE, translate("Setup", "Save: it counts from the next part on")),)
        dialog = ChoiceDialog(f"{title}\n\n{lines}", choices, self._theme, self.window())
        dialog.chosen.connect(lambda _: self._save(recipe))
        dialog.open()

    def _save(self, recipe: Recipe) -> None:
        self._is_saving = True
        self._show()
        self.save.emit(recipe)

    def _drawn(self) -> Recipe | None:
        """The recipe with the areas as drawn; None, and a sentence, where they make no sense."""
        areas = self._editor.areas
        if self._recipe is None:
            return None
        outside = self._outside()
        if outside:
            self.said.emit(outside)
            return None
        whole = Areas(None).at(0, self._editor.frame_size)
        if covers(areas.ignored, areas.region or whole):
            self.said.emit(
                translate(
                    "Setup", "The areas to ignore cover all of the region. Make them smaller."
                )
            )
            return None
        try:
            return replace(self._recipe, roi=areas.region, ignore=areas.ignored)
        except RecipeError as error:
            self.said.emit(fault_text(error.fault))
            return None

    def _outside(self) -> str:
        """Why the region cannot be looked at in the pictures of this camera; empty: it can."""
        region, frame = self._editor.areas.region, self._editor.frame_size
        if region is None or not self._editor.has_picture:
            return ""
        right, bottom = region.x + region.width, region.y + region.height
        if right <= frame.width() and bottom <= frame.height():
            return ""
        size = (("width", str(frame.width())), ("height", str(frame.height())))
        return fault_text(Fault(ErrorCode.ROI_OUTSIDE_FRAME, (("roi", _said(region)), *size)))

    def _toggle(self) -> None:
        self.freeze.emit(not self._editor.is_editing)
        self._show()

    def _touch(self, name: str) -> None:
        if self._editor.is_editing:
            self._editor.choose(int(name))
            self._editor.setFocus()

    def _add(self) -> None:
        if not self._editor.is_editing:
            self.freeze.emit(True)
        if self._editor.is_editing:
            self._editor.add_ignored()

    def _remove(self) -> None:
        self._editor.remove()
        self._editor.setFocus()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        editor, areas = self._editor, self._editor.areas
        editing = editor.is_editing
        chosen = editor.chosen if editing else -1
        region = translate("Setup", "Region")
        tiles = [Tile("0", region, _said(areas.region), chosen=chosen == 0)]
        for place, area in enumerate(areas.ignored, start=1):
            words = translate("Setup", "Ignore {number}", number=place)
            tiles.append(Tile(str(place), words, _said(area), chosen=chosen == place))
        self.tiles.set_tiles(tiles)
        hint = translate(
            "Setup",
            "Arrows move by a pixel, Ctrl with arrows stretches. After a large change teach"
            " the model anew, or prove it: the golden sample is checked when you save.",
        )
        self.note.setText(self._outside() or hint)
        still = translate("Setup", "Freeze the picture and draw")
        live = translate("Setup", "Live picture")
        self.freeze_key.set_title(live if editing else still)
        self.freeze_key.setEnabled(editor.has_picture)
        self.add_key.set_title(translate("Setup", "Ignore an area"))
        self.add_key.setEnabled(editor.has_picture and len(areas.ignored) < MOST_IGNORED)
        whole = translate("Setup", "Whole picture")
        delete = translate("Setup", "Delete")
        self.remove_key.set_title(delete if editor.chosen > 0 and editing else whole)
        self.remove_key.setEnabled(editing and (editor.chosen > 0 or areas.region is not None))
        self.back_key.set_title(translate("Setup", "Put back"))
        self.back_key.setEnabled(self.is_changed and not self._is_saving)
        saving = translate("Setup", "Being proven…")
        self.save_key.set_title(saving if self._is_saving else translate("Setup", "Save…"))
        self.save_key.setEnabled(self.is_changed and not self._is_saving)


def areas_of(recipe: Recipe) -> Areas:
    """What the recipe says of where to look."""
    return Areas(recipe.roi, recipe.ignore)


def differences(before: Areas, after: Areas) -> list[str]:
    """What a person must know before it is saved."""
    lines = []
    if before.region != after.region:
        lines.append(
            translate(
                "Setup",
                "Region: {before} → {after}",
                before=_said(before.region),
                after=_said(after.region),
            )
        )
    gone = [one for one in before.ignored if one not in after.ignored]
    new = [one for one in after.ignored if one not in before.ignored]
    lines += [translate("Setup", "No longer ignored: {area}", area=_said(one)) for one in gone]
    lines += [translate("Setup", "Ignored from now on: {area}", area=_said(one)) for one in new]
    return lines


def _said(area: Roi | None) -> str:
    if area is None:
        return translate("Setup", "whole picture")
    return f"{area.x}, {area.y} · {area.width} × {area.height}"
