"""How the study of agreement is arranged: one step at a time, keys at the foot."""

from enum import IntEnum

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.gui.pages.line_study_judge import JudgePanel, WhoPanel
from station.gui.pages.line_study_plan import PlanPanel
from station.gui.pages.line_study_result import ResultPanel
from station.gui.theme import Theme, apply_theme, touch
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey


class Step(IntEnum):
    """What is to be done; the places of the panels."""

    PLAN = 0
    WHO = 1
    JUDGE = 2
    RESULT = 3


class StudyView(QDialog):
    """Widgets and their places; which of them are there hangs on the step."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._build()
        self._arrange(theme)
        apply_theme(self, theme)
        self.notice.changed.connect(self.place_notice)

    def _build(self) -> None:
        self.where, self.title = QLabel(), QLabel()
        self.where.setProperty("role", "caption")
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.plan_panel, self.who = PlanPanel(), WhoPanel()
        self.judge, self.figures = JudgePanel(), ResultPanel()
        self.panels = QStackedWidget()
        for panel in (self.plan_panel, self.who, self.judge, self.figures):
            self.panels.addWidget(panel)
        self.close_key, self.back_key, self.earlier_key = TouchKey(), TouchKey(), TouchKey()
        self.pdf_key, self.csv_key, self.result_key = TouchKey(), TouchKey(), TouchKey()
        self.next_key = TouchKey(tone=Tone.PRIMARY)
        self.notice = Notice(self)

    def _arrange(self, theme: Theme) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(*[theme.px(28)] * 4)
        for layout in (column, foot):
            layout.setSpacing(theme.px(16))
        for key in self._foot:
            foot.addWidget(key, 1)
        column.addWidget(self.where)
        column.addWidget(self.title)
        column.addWidget(self.panels, 1)
        column.addLayout(foot)

    @property
    def _foot(self) -> tuple[TouchKey, ...]:
        return (
            self.close_key,
            self.back_key,
            self.earlier_key,
            self.pdf_key,
            self.csv_key,
            self.result_key,
            self.next_key,
        )

    def show_step(self, step: Step) -> None:
        """Only what this step needs; while somebody judges nothing but the part."""
        self.panels.setCurrentIndex(step)
        judging = step is Step.JUDGE
        self.where.setVisible(not judging)
        self.title.setVisible(not judging)
        self.close_key.setVisible(not judging)
        self.back_key.setVisible(step in (Step.WHO, Step.RESULT))
        self.earlier_key.setVisible(step is Step.PLAN)
        self.result_key.setVisible(step is Step.WHO)
        self.next_key.setVisible(step in (Step.PLAN, Step.WHO))
        for key in (self.pdf_key, self.csv_key):
            key.setVisible(step is Step.RESULT)

    def showEvent(self, event: QShowEvent) -> None:
        """Nearly as large as the window: a picture needs room."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size() * 0.94)
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
        for key in self._foot:
            key.setMinimumHeight(max(self._theme.px(72), touch(self)))

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge."""
        edge = self._theme.px(20)
        width = max(1, self.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()
