"""The first step of a study of agreement: of which product, how many parts, people and trials."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station.gui import study_words
from station.gui.pages import line_study_words as saying
from station.gui.pages.line_study_room import Offer
from station.gui.texts import number
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.touch_key import Tone, TouchKey
from station.gui.widgets.touch_slider import TouchSlider
from station.insight.study import (
    LEAST_PARTS,
    MOST_PARTS,
    MOST_PEOPLE,
    MOST_TRIALS,
    PARTS,
    PEOPLE,
    TRIALS,
    Plan,
    Truth,
)

_RANGES = ((LEAST_PARTS, MOST_PARTS, 5, PARTS), (1, MOST_PEOPLE, 1, PEOPLE))
_ALL = (*_RANGES, (1, MOST_TRIALS, 1, TRIALS))


class _Slide(QWidget):
    """A number to be pulled, with its name and value over it."""

    moved = Signal()

    def __init__(self, low: int, high: int, step: int, value: int) -> None:
        super().__init__()
        self.name, self.figure = QLabel(), QLabel()
        self.figure.setProperty("role", "title")
        self.slider = TouchSlider()
        self.slider.set_range(low, high, step)
        self.slider.set_value(value)
        above = QHBoxLayout()
        above.addWidget(self.name)
        above.addStretch(1)
        above.addWidget(self.figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.slider)
        self.slider.moved.connect(self._tell)
        self._tell()

    @property
    def value(self) -> int:
        """As it stands."""
        return round(self.slider.value)

    def _tell(self) -> None:
        self.figure.setText(number(self.value))
        self.slider.setAccessibleDescription(self.figure.text())
        self.moved.emit()


class PlanPanel(QWidget):
    """`changed` when another plan is wished for; `plan` is None as long as there is no product."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._offers: tuple[Offer, ...] = ()
        self._product = ""
        self.product_key = TouchKey(title_px=24)
        self.truth_keys = {truth: TouchKey(tone=Tone.SEGMENT) for truth in Truth}
        self._group = QButtonGroup(self)
        self.slides = tuple(_Slide(*one) for one in _ALL)
        self.reference, self.words = QLabel(), QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._row, self._left, self._right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setLayout(self._right)
        self._row.addLayout(self._left, 5)
        self._row.addWidget(panel, 4)
        self._left.addWidget(self.product_key)
        for slide in self.slides:
            self._left.addWidget(slide)
        self._left.addWidget(self.reference)
        keys = QHBoxLayout()
        for key in self.truth_keys.values():
            self._group.addButton(key)
            keys.addWidget(key, 1)
        self._left.addLayout(keys)
        self._left.addStretch(1)
        self._right.addWidget(self.words)
        self._right.addStretch(1)

    def _connect(self) -> None:
        self.truth_keys[Truth.LABELS].setChecked(True)
        self.product_key.clicked.connect(self._ask_product)
        self._group.buttonClicked.connect(lambda _: self._changed())
        for slide in self.slides:
            slide.moved.connect(self._changed)

    @property
    def plan(self) -> Plan | None:
        """What is wished for now."""
        if not self._product:
            return None
        parts, people, trials = (slide.value for slide in self.slides)
        truth = next(truth for truth, key in self.truth_keys.items() if key.isChecked())
        return Plan(self._product, parts, people, trials, truth)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        gap = theme.px(14)
        for layout in (self._row, self._left):
            layout.setSpacing(gap)
        self._right.setContentsMargins(*[theme.px(22)] * 4)
        self.product_key.setMinimumHeight(max(theme.px(84), touch(self)))

    def set_offers(self, offers: Sequence[Offer], product: str = "") -> None:
        """What there is to choose from; product: that is on the line, chosen at first."""
        self._offers = tuple(offers)
        names = [one.product for one in offers]
        if self._product not in names:
            self._product = product if product in names else next(iter(names), "")
        labelled = self._offer is not None and bool(self._offer.good and self._offer.bad)
        self.truth_keys[Truth.LABELS if labelled else Truth.EXPERT].setChecked(True)
        self._changed()

    def retranslate(self) -> None:
        """Write all words anew."""
        for slide, words in zip(self.slides, saying.slide_words(), strict=True):
            slide.name.setText(words)
            slide.slider.setAccessibleName(words)
        self.reference.setText(saying.reference_caption())
        for truth, key in self.truth_keys.items():
            key.set_title(saying.truth_word(truth))
        self._changed()

    @property
    def _offer(self) -> Offer | None:
        return next((one for one in self._offers if one.product == self._product), None)

    def _changed(self) -> None:
        self.product_key.set_title(self._product or saying.which_product())
        self.product_key.set_hint(saying.product_hint(self._offer))
        plan = self.plan
        said = study_words.advice(plan) if plan else [saying.no_product()]
        self.words.setText("\n\n".join([saying.plan_words(), *said]))
        self.changed.emit()

    def _ask_product(self) -> None:
        choices = tuple((one.product, one.product) for one in self._offers)
        if choices:
            window = self.window()
            dialog = ChoiceDialog(saying.which_product(), choices, self._theme, window)
            dialog.chosen.connect(self._choose)
            dialog.open()

    def _choose(self, product: str) -> None:
        self._product = product
        self.set_offers(self._offers)
