"""The parts that wait for a person: one after the other, oldest first."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.domain.inspection import DecisionKind, Inspection, Still
from station.domain.judge import waits
from station.gui import part_words as words
from station.gui.desk_part import DeskPart, top_defect
from station.gui.preview import Make, Picture, StillStudio, golden_picture, still_picture
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, label_word, number, translate
from station.gui.theme import DARK, DECIDE_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.defect_keys import DefectKeys
from station.gui.widgets.judged_view import JudgedView, View
from station.gui.widgets.notice import Notice
from station.gui.widgets.queue_list import QueueList, QueueRow
from station.gui.widgets.touch_key import Tone, TouchKey
from station.gui.widgets.verdict_banner import VerdictBanner
from station.pipeline.events import Decided, Event, Inspected, Refused
from station.store.store import UNDO_SECONDS

REFUSED_SECONDS = 8.0
BOUNCE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class ReviewCalls:
    """What the page may ask for. `waiting` and `still` may block; they run in other threads.

    waiting(): the parts without a word, oldest first.  decide(uid, kind, label, reason).
    undo(uid): take the last word back.
    """

    waiting: Callable[[], list[Inspection]]
    still: Callable[[str], Still | None]
    decide: Callable[[str, DecisionKind, str | None, str], None]
    undo: Callable[[str], None]


class ReviewPage(QWidget):
    """After each decision the next oldest part comes up. Undo brings the last one back.

    `changed` when the number of parts that wait may be another.
    """

    changed = Signal()

    def __init__(self, calls: ReviewCalls, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._calls = calls
        self._tasks = tasks
        self._theme = DARK
        self._product: ProductView | None = None
        self._queue: dict[str, Inspection] = {}
        self._selected = ""
        self._pending = ""
        self._last: tuple[str, float] | None = None
        self._pressed_at = 0.0
        self._wish = ""
        self._studio = StillStudio(self)
        self._build()
        self._connect()
        self.set_theme(DARK)
        self.retranslate()

    @property
    def count(self) -> int:
        """How many parts wait."""
        return len(self._queue)

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.list = QueueList()
        self.judged = JudgedView()
        self.notice = Notice(self.judged)
        self.banner = VerdictBanner()
        self.defects = DefectKeys()
        self.accept_key = TouchKey(
            tone=Tone.ACCEPT, sign=paint.check, cap="A", title_px=38, size_mm=DECIDE_MM
        )
        self.reject_key = TouchKey(
            tone=Tone.REJECT, sign=paint.cross, cap="R", title_px=38, size_mm=DECIDE_MM
        )
        self.undo_key = TouchKey(sign=paint.undo_arrow, cap="Z")
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.caption)
        self._left.addWidget(self.list, 1)
        self._keys = QHBoxLayout()
        self._keys.addWidget(self.accept_key, 1)
        self._keys.addWidget(self.reject_key, 1)
        self._right.addWidget(self.banner)
        self._right.addStretch(1)
        self._right.addWidget(self.undo_key)
        self._right.addWidget(self.defects)
        self._right.addLayout(self._keys)
        self._body = QHBoxLayout(self)
        self._body.addLayout(self._left, 380)
        self._body.addWidget(self.judged, 860)
        self._body.addLayout(self._right, 640)

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.judged.wanted.connect(self._order)
        self.notice.changed.connect(self._place_notice)
        self.defects.chosen.connect(lambda _: self._show_hint())
        self.accept_key.clicked.connect(self.accept)
        self.reject_key.clicked.connect(self.reject)
        self.undo_key.clicked.connect(self.undo)
        self._studio.ready.connect(self._show_made)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show_undo)
        self._minute = QTimer(self)
        self._minute.setInterval(10_000)
        self._minute.timeout.connect(self._show_list)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._body.setContentsMargins(gap, gap, gap, gap)
        for layout in (self._body, self._left, self._right, self._keys):
            layout.setSpacing(gap)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self.banner.setFixedHeight(max(theme.px(150), self.banner.minimumSizeHint().height()))
        self.defects.setFixedHeight(max(theme.px(88), touch(self)))
        self.undo_key.setFixedHeight(max(theme.px(72), touch(self)))
        for key in (self.accept_key, self.reject_key):
            key.setFixedHeight(max(theme.px(190), touch(self, DECIDE_MM[1])))
        self._place_notice()

    def _place_notice(self) -> None:
        edge = self._theme.px(16)
        width = max(1, self.judged.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.accept_key.set_title(translate("Inspect", "Accept"))
        self.accept_key.set_hint(translate("Inspect", "part is good"))
        self.reject_key.set_title(translate("Inspect", "Reject"))
        self.undo_key.set_title(translate("Inspect", "Undo"))
        self.banner.set_empty(translate("Review", "Nothing waits for review"))
        self._show_list()
        self._show_part()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight."""
        self._studio.open()
        self._tick.start()
        self._minute.start()
        self.reload()

    def closed(self) -> None:
        """The page went out of sight."""
        self._tick.stop()
        self._minute.stop()
        self._studio.close()

    def reload(self) -> None:
        """Ask the records which parts wait."""
        self._tasks.run(self._calls.waiting, self._loaded)

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self._product = product
        self.defects.set_classes(product.defects)
        self.judged.set_golden(product.golden is not None)

    def show_event(self, event: Event) -> None:
        """Keep the queue in step with the line."""
        match event:
            case Inspected(inspection):
                self._inspected(inspection)
            case Decided(decision) if decision.kind is DecisionKind.UNDO:
                self._wish = decision.uid
                self.reload()
            case Decided(decision):
                self._leave(decision.uid)
            case Refused(fault) if self._pending:
                self._pending = ""
                self.notice.warn(fault_text(fault), REFUSED_SECONDS)
                self._show_part()
            case _:
                pass

    def _loaded(self, waiting: list[Inspection]) -> None:
        self._queue = {seen.uid: seen for seen in waiting}
        wish, self._wish = self._wish, ""
        if wish in self._queue:
            self._pick(wish)
        self._settle()

    def _inspected(self, inspection: Inspection) -> None:
        rule = self._product.recipe.review if self._product else None
        if rule is not None and waits(inspection.verdict, rule):
            self._queue[inspection.uid] = inspection
            self._settle()
        elif inspection.uid in self._queue:  # its verdict was replaced
            self._leave(inspection.uid)

    def _leave(self, uid: str) -> None:
        if uid == self._pending:
            self._pending = ""
            self._last = (uid, time.monotonic())
        self._queue.pop(uid, None)
        self._settle()

    def _settle(self) -> None:
        """The selected part, if it is still there, else the oldest."""
        if self._selected not in self._queue:
            self._selected = next(iter(self._queue), "")
            self._start_part()
        self._show_list()
        self._show_part()
        self.changed.emit()

    # ── what the operator does ──────────────────────────────────────────────────────────────

    @Slot()
    def accept(self) -> None:
        """Say that the part is good."""
        self.accept_key.flash()
        self._decide(DecisionKind.ACCEPT, None)

    @Slot()
    def reject(self) -> None:
        """Say that the part is bad, of the chosen kind."""
        self.reject_key.flash()
        self._decide(DecisionKind.REJECT, self.defects.selected or None)

    @Slot()
    def undo(self) -> None:
        """Take the last word back, while that is possible."""
        if self._undo_left() > 0 and self._last is not None:
            self.undo_key.flash()
            uid, self._last = self._last[0], None
            self._calls.undo(uid)
            self._show_undo()

    def choose_defect(self, number: int) -> None:
        """Choose the kind of defect with that number, from 1."""
        if self._selected and 1 <= number <= len(self.defects.classes):
            self.defects.select(self.defects.classes[number - 1])
            self._show_hint()

    def _decide(self, kind: DecisionKind, label: str | None) -> None:
        now = time.monotonic()
        bounced, self._pressed_at = now - self._pressed_at < BOUNCE_SECONDS, now
        if bounced or not self._selected or self._pending:
            return
        self._pending = self._selected
        self._calls.decide(self._selected, kind, label, "")
        self._show_part()

    def _pick(self, uid: str) -> None:
        self._selected = uid
        self._start_part()
        self._show_part()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _start_part(self) -> None:
        """The kind of defect and the view that a part starts with."""
        seen = self._queue.get(self._selected)
        if seen is None:
            self.judged.show_picture(None)
            self.defects.select("")
            return
        self.defects.select(top_defect(seen, self.defects.classes))
        self.judged.choose(View.HEAT)
        self._order()

    def _show_list(self) -> None:
        heading = translate("Review", "Waiting for review: {count}", count=len(self._queue))
        self.caption.setText(heading.upper())
        now = time.time() * 1000
        rows = tuple(
            QueueRow(seen.uid, words.part_name(seen.part), _guess(seen), _age(seen, now))
            for seen in self._queue.values()
        )
        self.list.set_rows(rows, self._selected)

    def _show_part(self) -> None:
        seen = self._queue.get(self._selected)
        for key in (self.accept_key, self.reject_key):
            key.setEnabled(seen is not None)
        self.banner.show_text(
            None if seen is None else words.banner(DeskPart(seen), bool(self._pending))
        )
        if seen is not None:
            self.judged.set_score(seen.score, seen.review_limit, seen.ng_limit)
        elif self._product is not None:
            recipe = self._product.recipe
            self.judged.set_score(None, recipe.review_limit, recipe.ng_limit)
        self._show_hint()
        self._show_undo()

    def _show_hint(self) -> None:
        seen = self._queue.get(self._selected)
        part = DeskPart(seen) if seen else None
        self.reject_key.set_hint(words.reject_hint(part, self.defects.selected))

    def _undo_left(self) -> float:
        return self._last[1] + UNDO_SECONDS - time.monotonic() if self._last else 0.0

    def _show_undo(self) -> None:
        left = self._undo_left()
        self.undo_key.setEnabled(left > 0)
        self.undo_key.set_left(left / UNDO_SECONDS if left > 0 else None)

    # ── pictures ────────────────────────────────────────────────────────────────────────────

    def _order(self) -> None:
        uid, view, room = self._selected, self.judged.view, self.judged.room
        if not uid:
            return
        make: Make = partial(_picture, self._calls.still, uid, room, view is View.HEAT)
        product = self._product
        if view is View.GOLDEN and product is not None and product.golden is not None:
            make = partial(golden_picture, product.golden, product.recipe.roi, room)
        self._studio.order("judged", make, tag=f"{uid} {view}")

    def _show_made(self) -> None:
        made = self._studio.take_made().get("judged")
        if made is not None and made.tag == f"{self._selected} {self.judged.view}":
            self.judged.show_picture(made.picture)


def _picture(
    still: Callable[[str], Still | None], uid: str, room: QSize, heat: bool
) -> Picture | None:
    found = still(uid)
    return None if found is None else still_picture(found, room, heat)


def _guess(seen: Inspection) -> str:
    """What the model thinks, and how sure it is that the part is bad."""
    score = "" if seen.score is None else f" · {words.percent(seen.score)}"
    return label_word(seen.label or "–") + score


def _age(seen: Inspection, now_ms: float) -> str:
    """How long the part waits."""
    minutes = max(0.0, now_ms - seen.at_ms) / 60_000
    if minutes < 90:
        return translate("Review", "{minutes} min", minutes=number(minutes))
    return translate("Review", "{hours} h", hours=number(minutes / 60))
