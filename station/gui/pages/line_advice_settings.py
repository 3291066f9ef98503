"""The panel that suggests settings, and tells what came of those that were accepted."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QWidget

from station.errors import ErrorCode
from station.gui.pages import line_advice_words as words
from station.gui.pages.line_advice_keys import MarkDialog, foot_key
from station.gui.pages.line_advice_room import AdviceView
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.chart_panel import ChartPanel
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.insight.advice import Change, Suggestion
from station.insight.advice_track import Standing, Tracked

LOW = 260  # pixels: in a panel that is no higher, all of it scrolls
COLOURS = {Standing.BETTER: "ok_text", Standing.WORSE: "ng_text", Standing.UNCHANGED: "review_text"}


class SettingsPanel(ChartPanel):
    """`accepted(operator)` when somebody follows it; `marked(names)`: what can be set."""

    accepted = Signal(str)
    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.accept_key, self.mark_key = foot_key(), foot_key()
        self._view = AdviceView()
        super().__init__(None, parent)
        self.set_body(_scrolling(self.text))
        self.accept_key.clicked.connect(self._ask_who)
        self.mark_key.clicked.connect(self._ask_marks)
        self.show_view(self._view)

    def _arrange(self) -> None:
        super()._arrange()
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        for key in (self.accept_key, self.mark_key):
            self._row.addWidget(key)
        self._column.addLayout(self._row)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        super().set_theme(theme)
        self._row.setSpacing(theme.px(8))
        self.show_view(self._view)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.accept_key.set_title(translate("Line", "Accept…"))
        self.mark_key.set_title(translate("Line", "What can be set…"))
        super().retranslate()
        self.show_view(self._view)

    def show_view(self, view: AdviceView) -> None:
        """How it stands."""
        self._view = view
        name = translate("Line", "Suggested settings")
        self.set_title(name)
        self._show_foot()
        self.set_sheet(words.settings_sheet(view, name))
        self.mark_key.setEnabled(view.advice is not None and bool(view.advice.values))

    def _show(self) -> None:
        """Beside the table there is no room for the keys."""
        super()._show()
        self.mark_key.setVisible(not self.shows_table)
        self.accept_key.setVisible(is_open(self._view) and not self.shows_table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low panel the foot scrolls with the rest."""
        super().resizeEvent(event)
        self._show_foot()

    def _show_foot(self) -> None:
        low, last = self.height() <= LOW, words.only_advice()
        self.set_foot("" if low else last)
        tail = f'<p style="color: {self._theme.muted}">{escape(last)}</p>' if low else ""
        self.text.setText(_html(self._view, self._theme) + tail)

    def _ask_who(self) -> None:
        title = translate("Line", "Who follows this suggestion?")
        choices = tuple((one, one) for one in self._view.operators)
        own = translate("Line", "Name or number")
        dialog = ChoiceDialog(title, choices, self._theme, self.window(), own)
        dialog.chosen.connect(self.accepted)
        dialog.open()

    def _ask_marks(self) -> None:
        if self._view.advice is None:
            return
        dialog = MarkDialog(self._view.advice.values, self._view.marked, self._theme, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.marked)
        dialog.open()


def is_open(view: AdviceView) -> bool:
    """Whether there is a suggestion that nobody has accepted yet."""
    advice = view.advice
    if advice is None or advice.suggestion is None:
        return False
    return all(one.accepted.at_ms < advice.made_ms for one in view.tracked)


def _html(view: AdviceView, theme: Theme) -> str:
    """The suggestion, or why there is none; then what was accepted, newest first."""
    why = words.no_suggestion(view)
    advice = view.advice
    if why or advice is None or advice.suggestion is None:
        told = f'<p style="color: {theme.muted}">{escape(why)}</p>'
    else:
        told = _suggestion(advice.suggestion, words.expected_of(advice.target), theme)
    return _fault(view, theme) + told + "".join(_tracked(one, theme) for one in view.tracked)


def _fault(view: AdviceView, theme: Theme) -> str:
    """What kept an order from being followed; of the search the other panel tells."""
    fault = view.work.fault
    if fault is None or fault.code is ErrorCode.ADVICE_LOST:
        return ""
    return f'<p style="color: {theme.review_text}">{escape(fault_text(fault))}</p>'


def _suggestion(found: Suggestion, name: str, theme: Theme) -> str:
    rows = "".join(_row(one, theme) for one in found.changes)
    share, interval, pace = words.expected(found)
    tail = f", {pace}" if pace else ""
    return (
        f'<table cellspacing="0" cellpadding="{theme.px(3)}">{rows}</table>'
        f'<p>{escape(name)} <b>{share}</b> <span style="color: {theme.muted}">{interval}'
        f"</span>{tail}</p>"
        f'<p style="color: {theme.muted}">{escape(words.evidence(found))}</p>'
    )


def _row(one: Change, theme: Theme) -> str:
    was, to = words.change(one)
    name = f'<td style="color: {theme.muted}; padding-right: {theme.px(24)}px">{escape(one.name)}'
    return f"<tr>{name}</td><td>{was}{words.ARROW}<b>{to} {escape(one.unit)}</b></td></tr>"


def _tracked(one: Tracked, theme: Theme) -> str:
    color = getattr(theme, COLOURS.get(one.standing, "muted"))
    return f'<p style="color: {color}">{escape(words.tracked(one))}</p>'


def _scrolling(inside: QLabel) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
