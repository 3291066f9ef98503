"""The parts that wait for a person: one after the other, oldest first."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from station.domain.inspection import (
    UNDO_SECONDS,
    Decision,
    DecisionKind,
    Inspection,
    Still,
)
from station.domain.judge import waits
from station.domain.part import Part
from station.errors import Fault
from station.gui import part_words as words
from station.gui.desk_part import DeskPart, top_defect
from station.gui.pages.review_queue import ReviewQueue
from station.gui.pages.review_view import ReviewView
from station.gui.part_pictures import good_picture, part_picture
from station.gui.preview import Make, StillStudio
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, label_word, number, translate
from station.gui.widgets.judged_view import View
from station.gui.widgets.queue_list import QueueRow
from station.pipeline.events import Decided, Event, Inspected, Refused, StateChanged, Warned

REFUSED_SECONDS = 8.0
WARNED_SECONDS = 20.0
IGNORED_SECONDS = 3.0
SETTLE_SECONDS = 0.3
"""A press so soon after the last one, or after the part changed by itself, is not meant."""
READ_MS = 2000
AGE_MS = 10_000


@dataclass(frozen=True, slots=True)
class ReviewCalls:
    """What the page may ask for. The first two and `total` may block; they run in other threads.

    waiting(): parts without a word, oldest first.  decide(uid, kind, label, reason).
    undo(uid): take the last word back.  total(): how many wait, where `waiting` leaves some out.
    """

    waiting: Callable[[], list[Inspection]]
    still: Callable[[str], Still | None]
    decide: Callable[[str, DecisionKind, str | None, str], None]
    undo: Callable[[str], None]
    total: Callable[[], int] = lambda: 0


class ReviewPage(ReviewView):
    """After each decision the next oldest part comes up. Undo brings the last one back.

    A press within 0.3 s of another one, or of the moment the part changed by itself, is not
    taken. `changed` when the number of parts that wait may be another.
    """

    changed = Signal()

    def __init__(self, calls: ReviewCalls, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._product: ProductView | None = None
        self._queue = ReviewQueue()
        self._selected = ""
        self._pending = ""
        self._last: tuple[str, float] | None = None
        self._fault: Fault | None = None
        self._pressed_at = 0.0
        self._moved_at = 0.0
        self._shown = ""
        self._wish = ""
        self._in_sight = False
        self._studio = StillStudio(self)
        self._connect()
        self.retranslate()

    @property
    def count(self) -> int:
        """How many parts wait."""
        return self._queue.count

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.judged.wanted.connect(self._order)
        self.defects.chosen.connect(lambda _: self._show_hint())
        self.accept_key.clicked.connect(self.accept)
        self.reject_key.clicked.connect(self.reject)
        self.undo_key.clicked.connect(self.undo)
        self._studio.ready.connect(self._show_made)
        self._countdown = QTimer(self)
        self._countdown.setInterval(100)
        self._countdown.timeout.connect(self._show_undo)
        self._ages = QTimer(self)
        self._ages.setInterval(AGE_MS)
        self._ages.timeout.connect(self._show_list)
        self._read_soon = QTimer(self)
        self._read_soon.setSingleShot(True)
        self._read_soon.setInterval(READ_MS)
        self._read_soon.timeout.connect(self.reload)

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
        self._show_fault()
        self._show_list()
        self._show_part()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight."""
        self._in_sight = True
        self._studio.open()
        self._ages.start()
        self._show_list()
        self._order()
        self.reload()

    def closed(self) -> None:
        """The page went out of sight."""
        self._in_sight = False
        self._ages.stop()
        self._studio.close()

    def reload(self) -> None:
        """Ask the records which parts wait."""
        calls = self._calls
        self._tasks.run(lambda: (calls.waiting(), calls.total()), self._loaded)

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self._product = product
        self._start_part()
        self._show_part()

    def show_event(self, event: Event) -> None:
        """Keep the queue in step with the line."""
        match event:
            case Inspected(inspection):
                self._inspected(inspection)
                self._read_later()
            case Decided(decision):
                self._decided(decision)
                self._read_later()
            case StateChanged(_, fault):
                self._fault = fault
                self._show_fault()
            case Refused(fault):
                self._pending = ""
                self._show_part()
                self.notice.warn(fault_text(fault), REFUSED_SECONDS)
            case Warned(fault):
                self.notice.warn(fault_text(fault), WARNED_SECONDS)
            case _:
                pass

    def _loaded(self, found: tuple[list[Inspection], int]) -> None:
        self._queue.read(*found)
        if self._queue.get(self._wish) is not None:
            self._move(self._wish)
        self._wish = ""
        self._settle()

    def _inspected(self, inspection: Inspection) -> None:
        rule = self._product.recipe.review if self._product else None
        if rule is not None and waits(inspection.verdict, rule):
            self._queue.arrive(inspection)
            self._settle()
        elif self._queue.get(inspection.uid) is not None:  # its verdict was replaced
            self._queue.leave(inspection.uid)
            self._settle()

    def _decided(self, decision: Decision) -> None:
        uid = decision.uid
        if decision.kind is not DecisionKind.UNDO:
            self._queue.leave(uid)
            if uid == self._pending:
                self._pending = ""
                self._last = (uid, time.monotonic())
        elif self._queue.come_back(uid):
            self._move(uid)
        else:
            self._wish = uid
            self.reload()
        self._settle()

    def _settle(self) -> None:
        """The selected part, if it is still there, else the oldest."""
        if self._queue.get(self._selected) is None:
            self._move(self._queue.oldest)
        self._show_list()
        self._show_part()
        self.changed.emit()

    def _read_later(self) -> None:
        """The queue moved on, and the records have parts that are not at hand."""
        if self._queue.beyond and not self._read_soon.isActive():
            self._read_soon.start()

    def _move(self, uid: str) -> None:
        """Another part comes up by itself; a press that was aimed at the last one is not taken."""
        if self._selected:
            self._moved_at = time.monotonic()
        self._selected = uid
        self._start_part()

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
        bounced, self._pressed_at = now - self._pressed_at < SETTLE_SECONDS, now
        if bounced or not self._selected or self._pending:
            return
        if now - self._moved_at < SETTLE_SECONDS:
            text = translate("Inspect", "Another part has just come. Look, then press again.")
            self.notice.warn(text, IGNORED_SECONDS)
            return
        self._pending = self._selected
        self._calls.decide(self._selected, kind, label, "")
        self._show_part()

    def _pick(self, uid: str) -> None:
        self._selected = uid
        self._start_part()
        self._show_part()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _product_of(self, seen: Inspection) -> ProductView | None:
        """The product, if it is the one by which this part was judged."""
        product = self._product
        if product is None or product.recipe.name != seen.recipe:
            return None
        return product if set(product.defects) <= {name for name, _ in seen.scores} else None

    def _start_part(self) -> None:
        """The kinds of defect and the view that a part starts with."""
        seen = self._queue.get(self._selected)
        if seen is None:
            self.judged.show_picture(None)
            self.defects.select("")
            return
        product = self._product_of(seen)
        self.defects.set_classes(product.defects if product else ())
        self.judged.set_golden(product is not None and product.golden is not None)
        self.defects.select(top_defect(seen, self.defects.classes))
        self.judged.choose(View.HEAT)
        self._order()

    def _show_fault(self) -> None:
        self.notice.set_fault(fault_text(self._fault) if self._fault else "")

    def _show_list(self) -> None:
        if not self._in_sight:
            return
        heading = translate("Review", "Waiting for review: {count}", count=number(self.count))
        self.caption.setText(heading.upper())
        now = time.time() * 1000
        rows = tuple(
            QueueRow(seen.uid, _number(seen), _guess(seen), _age(seen, now))
            for seen in self._queue.all()
        )
        bar = self.list.verticalScrollBar()
        place, stays = bar.value(), self._selected == self._shown
        self.list.set_rows(rows, self._selected)
        if stays:  # where the operator left the list
            bar.setValue(place)
        self._shown = self._selected

    def _show_part(self) -> None:
        seen = self._queue.get(self._selected)
        for key in (self.accept_key, self.reject_key):
            key.setEnabled(seen is not None)
        pending = bool(self._pending) and self._pending == self._selected
        self.banner.show_text(None if seen is None else words.banner(DeskPart(seen), pending))
        self.part.setText("" if seen is None else _name(seen.part))
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
        if left <= 0:
            self._countdown.stop()
        elif not self._countdown.isActive():
            self._countdown.start()

    # ── pictures ────────────────────────────────────────────────────────────────────────────

    def _order(self) -> None:
        uid, view, room = self._selected, self.judged.view, self.judged.room
        seen = self._queue.get(uid)
        if seen is None:
            return
        make: Make = partial(part_picture, self._calls.still, uid, room, view is View.HEAT)
        product = self._product_of(seen)
        if view is View.GOLDEN and product is not None and product.golden is not None:
            make = partial(good_picture, product.golden, product.recipe.roi, room)
        self._studio.order("judged", make, tag=f"{uid} {view}")

    def _show_made(self) -> None:
        made = self._studio.take_made().get("judged")
        if made is not None and made.tag == f"{self._selected} {self.judged.view}":
            missing = translate("Inspect", "The picture is not at hand")
            self.judged.show_picture(made.picture, missing)


def _name(part: Part) -> str:
    """Part 004 871 · SN 8842-00193 · Lot 26-1121-B."""
    return words.product_name(words.part_name(part), part.lot)


def _number(seen: Inspection) -> str:
    """Part 004 871; for the serial there is no room in the list."""
    return words.part_name(Part(seen.part.number))


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
