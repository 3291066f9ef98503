"""The panel that tells what drives a defect."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.gui.pages import line_advice_words as words
from station.gui.pages.line_advice_bars import Bar, DriverBars
from station.gui.pages.line_advice_keys import foot_key
from station.gui.pages.line_advice_room import AdviceView
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.chart_panel import ChartPanel
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.insight.advice import NG, Advice, Driver

LOW = 300  # pixels: a panel that is no higher has no room for long sentences


class DrivesPanel(ChartPanel):
    """`chosen(target)` when another defect is to be explained; `asked` when all is, anew."""

    chosen = Signal(str)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.bars = DriverBars()
        self.target_key, self.again_key = foot_key(), foot_key()
        self._view = AdviceView()
        super().__init__(None, parent)
        self.set_body(self.bars)
        self.target_key.clicked.connect(self._ask_target)
        self.again_key.clicked.connect(self.asked)
        self.show_view(self._view)

    def _arrange(self) -> None:
        super()._arrange()
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        for key in (self.target_key, self.again_key):
            self._row.addWidget(key)
        self._column.addLayout(self._row)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        super().set_theme(theme)
        self._row.setSpacing(theme.px(8))

    def retranslate(self) -> None:
        """Write all words anew."""
        self.target_key.set_title(translate("Line", "Explain…"))
        self.again_key.set_title(translate("Line", "Look again"))
        super().retranslate()
        self.show_view(self._view)

    def show_view(self, view: AdviceView) -> None:
        """How it stands."""
        self._view = view
        advice = view.advice
        self.set_empty(words.nothing(view))
        self.bars.set_bars(_bars(advice))
        self.set_sheet(words.drivers_sheet(advice, words.title(view.target or NG)))
        self._fit()
        self.target_key.setEnabled(bool(view.product))
        self.again_key.setEnabled(bool(view.product) and not view.work.runs)

    def _show(self) -> None:
        """Beside the table there is no room for the keys."""
        super()._show()
        for key in (self.target_key, self.again_key):
            key.setVisible(not self.shows_table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small panel says less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        target = self._view.target or NG
        long, short = words.title(target), words.short_title(target)
        room = self.width() - self.table_key.width() - 2 * self._theme.px(19)
        fits = self.caption.fontMetrics().horizontalAdvance(long.upper()) <= room
        self.set_title(long if fits else short)
        self.set_foot(*_foot(self._view, self.height() <= LOW))

    def _ask_target(self) -> None:
        title = translate("Line", "Which parts are to be explained?")
        choices = tuple((one, words.defect(one)) for one in self._view.targets)
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(self.chosen)
        dialog.open()


def _bars(advice: Advice | None) -> tuple[Bar, ...]:
    return () if advice is None else tuple(_bar(one) for one in advice.drivers)


def _bar(one: Driver) -> Bar:
    sense = words.sense(one.sense) if one.is_sure else translate("Line", "may be chance")
    return Bar(one.name, one.share, one.spread, sense, one.is_sure)


def _foot(view: AdviceView, low: bool) -> tuple[str, str]:
    """What to know beside the bars, and its colour; `low`: in few words."""
    advice = view.advice
    if view.work.fault is not None:
        return fault_text(view.work.fault), "review_text"
    if advice is None or advice.evidence is None or not advice.is_found:
        return "", "muted"
    color = "review_text" if words.has_leak(advice) else "muted"
    if low:
        return words.how_sure_short(advice.evidence), color
    at = words.working(view.work) or words.moment(advice.made_ms)
    sentences = (words.how_sure(advice.evidence), words.left_out(advice), at)
    return " ".join(one for one in sentences if one), color
