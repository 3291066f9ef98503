"""The operator's page: the live picture, the last verdict, the keys to agree or to overrule."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QWidget

from station.domain.counts import Counts
from station.domain.inspection import (
    UNDO_SECONDS,
    Decision,
    DecisionKind,
    Inspection,
    Still,
    Verdict,
)
from station.domain.part import Frame, TriggerSource
from station.errors import Fault
from station.gui import part_words as words
from station.gui.desk_part import DeskPart, top_defect
from station.gui.pages.inspect_desk import Desk
from station.gui.pages.inspect_next import NextPart
from station.gui.pages.inspect_view import InspectView
from station.gui.part_pictures import good_picture, part_picture
from station.gui.picture import Picture
from station.gui.preview import Make, Preview, StillStudio
from station.gui.product import ProductView
from station.gui.texts import fault_text, translate, verdict_word
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.film_strip import THUMB, FilmItem
from station.gui.widgets.judged_view import View
from station.pipeline.events import (
    Decided,
    Event,
    Inspected,
    LineState,
    Refused,
    StateChanged,
    Warned,
)

if TYPE_CHECKING:
    from station.store.queries import Entry

REFUSED_SECONDS, WARNED_SECONDS, IGNORED_SECONDS = 8.0, 20.0, 3.0


@dataclass(frozen=True, slots=True)
class InspectCalls:
    """What the page may ask for. `still` and `live` are called from other threads than the GUI's.

    decide(uid, kind, label, reason): ACCEPT or REJECT.  undo(uid): take the last word back.
    live(timeout): the newest frame, or None when none came in that many seconds.
    expect(serial): what the next part is called; "": nobody knows.
    awaits: how the shift stands is not known before `resume`.
    """

    trigger: Callable[[TriggerSource], None]
    decide: Callable[[str, DecisionKind, str | None, str], None]
    undo: Callable[[str], None]
    still: Callable[[str], Still | None]
    live: Callable[[float], Frame | None]
    expect: Callable[[str], None]
    awaits: bool = False


class InspectPage(InspectView):
    """Accept and Reject act on the part that is marked in the film strip.

    That is the newest one, unless the operator picked an older one within the last 8 s. A press
    within 0.3 s of another one, or of the moment the part changed by itself, is not taken.
    """

    def __init__(self, calls: InspectCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._desk = Desk(calls.awaits)
        self._next = NextPart(self.foot.inspect, calls.expect)
        self._product: ProductView | None = None
        self._state: tuple[LineState, Fault | None] = (LineState.STOPPED, None)
        self._pending: set[str] = set()
        self._triggered_at = 0.0
        self._preview = Preview(calls.live, self)
        self._studio = StillStudio(self)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.live.room_changed.connect(self._live_room)
        self.film.chosen.connect(self._pick)
        self.judged.wanted.connect(self._order_judged)
        self.defects.chosen.connect(lambda _: self._show_hints())
        self.accept_key.clicked.connect(self.accept)
        self.reject_key.clicked.connect(self.reject)
        self.foot.undo.clicked.connect(self.undo)
        self.foot.inspect.clicked.connect(lambda: self._trigger(TriggerSource.BUTTON))
        self._preview.ready.connect(self._show_live)
        self._studio.ready.connect(self._show_made)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._show_counts)
        self._countdown = QTimer(self)
        self._countdown.setInterval(100)
        self._countdown.timeout.connect(self._show_undo)

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
        self._next.retranslate()
        self.foot.inspect.set_cap(translate("Inspect", "Space"))
        self.banner.set_empty(translate("Inspect", "No part inspected yet"))
        self.live.set_empty(translate("Inspect", "No picture yet"))
        self._show_product()
        self._show_state()
        for part in self._desk.all():
            self._put_film(part)
        self._show_part()
        self._show_counts()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight: pictures flow."""
        self._live_room()
        self._preview.open()
        self._studio.open()
        self._second.start()
        self._show_counts()

    def closed(self) -> None:
        """The page went out of sight; call it too before the page is deleted."""
        self._second.stop()
        self._preview.close()
        self._studio.close()

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self._product = product
        self.live.set_roi(product.recipe.roi)
        self.defects.set_classes(product.defects)
        self.judged.set_golden(product.golden is not None)
        self._show_product()
        self._show_part()

    def resume(self, counts: Counts, entries: "Sequence[Entry]") -> None:
        """How the shift and the last parts stand by the records; from here on events count."""
        self._desk.resume(counts, entries)
        for part in self._desk.all():
            self._put_film(part)
            self._order_thumb(part.inspection.uid)
        self._select_defaults()
        self._show_part()
        self._show_counts()

    def show_event(self, event: Event) -> None:
        """Take in what the line tells."""
        match event:
            case Inspected(inspection):
                self._inspected(inspection)
            case Decided(decision):
                self._decided(decision)
            case StateChanged(state, fault):
                self._state = (state, fault)
                self._show_state()
            case Refused(fault):
                self._pending.clear()
                self._show_part()
                self.notice.warn(fault_text(fault), REFUSED_SECONDS)
            case Warned(fault):
                self.notice.warn(fault_text(fault), WARNED_SECONDS)

    def _inspected(self, inspection: Inspection) -> None:
        before = self._desk.selected
        replaced = self._desk.get(inspection.uid) is not None
        self._next.arrived(inspection.part.serial)
        self._desk.arrive(inspection, time.monotonic())
        part = self._desk.get(inspection.uid)
        if part is not None:
            self._put_film(part)
        if not replaced:
            self._order_thumb(inspection.uid)
        if self._desk.selected != before or replaced:
            self._select_defaults()
        self._show_part()
        self._show_counts()

    def _decided(self, decision: Decision) -> None:
        self._pending.discard(decision.uid)
        self._desk.decided(decision, time.monotonic())
        part = self._desk.get(decision.uid)
        if part is not None:
            self._put_film(part)
        self._show_part()
        self._show_counts()

    # ── what the operator does ──────────────────────────────────────────────────────────────

    @Slot()
    def inspect(self) -> None:
        """Ask for a part, by key."""
        self._trigger(TriggerSource.KEY)

    @Slot()
    def accept(self) -> None:
        """Say that the marked part is good."""
        self.accept_key.flash()
        self._decide(DecisionKind.ACCEPT, None)

    @Slot()
    def reject(self) -> None:
        """Say that the marked part is bad, of the chosen kind."""
        self.reject_key.flash()
        self._decide(DecisionKind.REJECT, self.defects.selected or None)

    @Slot()
    def undo(self) -> None:
        """Take the last word back, while that is possible."""
        last = self._desk.undoable(time.monotonic())
        if last is not None and last[0] not in self._pending:
            self.foot.undo.flash()
            self._pending.add(last[0])
            self._calls.undo(last[0])
            self._show_part()

    def scanned(self, serial: str) -> None:
        """A scanner read what the next part is called."""
        self._next.scanned(serial)

    @Slot()
    def forget_scanned(self) -> None:
        """That part does not come."""
        self._next.forget()

    def choose_defect(self, number: int) -> None:
        """Choose the kind of defect with that number, from 1."""
        if self._desk.part is not None and 1 <= number <= len(self.defects.classes):
            self.defects.select(self.defects.classes[number - 1])
            self._show_hints()

    def _trigger(self, source: TriggerSource) -> None:
        now = time.monotonic()
        self.foot.inspect.flash()
        if now - self._triggered_at >= 0.3:
            self._triggered_at = now
            self._calls.trigger(source)

    def _decide(self, kind: DecisionKind, label: str | None) -> None:
        now, part = time.monotonic(), self._desk.part
        bounced = self._desk.bounced(now)
        if part is None or bounced or part.inspection.uid in self._pending:
            return
        if self._desk.just_moved(now):
            text = translate("Inspect", "Another part has just come. Look, then press again.")
            self.notice.warn(text, IGNORED_SECONDS)
            return
        standing = part.standing
        if standing is None:
            self._send(part.inspection.uid, kind, label, "")
        elif (standing.kind, standing.label) == (kind, label):
            return
        elif self._desk.is_fresh(part, now):
            self._calls.undo(part.inspection.uid)
            self._send(part.inspection.uid, kind, label, "")
        else:
            self._ask_reason(part.inspection.uid, kind, label)

    def _ask_reason(self, uid: str, kind: DecisionKind, label: str | None) -> None:
        title = translate("Inspect", "This part was decided before. Why is it changed?")
        own = translate("Inspect", "Another reason…")
        dialog = ChoiceDialog(title, words.reasons(), self._theme, self.window(), own)
        dialog.chosen.connect(lambda reason: self._send(uid, kind, label, reason))
        dialog.open()

    def _send(self, uid: str, kind: DecisionKind, label: str | None, reason: str) -> None:
        self._pending.add(uid)
        self._calls.decide(uid, kind, label, reason)
        self._show_part()

    def _pick(self, uid: str) -> None:
        self._desk.pick(uid, time.monotonic())
        self._select_defaults()
        self._show_part()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _select_defaults(self) -> None:
        """The kind of defect and the view that a part starts with."""
        part = self._desk.part
        if part is None:
            return
        said = part.standing.label if part.standing else None
        self.defects.select(said or top_defect(part.inspection, self.defects.classes))
        bad = part.inspection.verdict in (Verdict.NG, Verdict.REVIEW)
        self.judged.choose(View.HEAT if bad else View.IMAGE)
        self._order_judged()

    def _show_part(self) -> None:
        part = self._desk.part
        self.film.select(self._desk.selected)
        for key in (self.accept_key, self.reject_key):
            key.setEnabled(part is not None)
        self._show_hints()
        self._show_undo()
        if part is None:
            self.banner.show_text(None)
            self.live.set_part("")
            return
        seen = part.inspection
        self.banner.show_text(words.banner(part, seen.uid in self._pending))
        self.live.set_part(words.part_name(seen.part))
        self.judged.set_score(seen.score, seen.review_limit, seen.ng_limit)

    def _show_hints(self) -> None:
        self.reject_key.set_hint(words.reject_hint(self._desk.part, self.defects.selected))

    def _show_undo(self) -> None:
        last = self._desk.undoable(time.monotonic())
        self.foot.undo.setEnabled(last is not None)
        self.foot.undo.set_title(translate("Inspect", "Undo"))
        if last is None:
            self._countdown.stop()
            self.foot.undo.set_left(None)
            return
        self.foot.undo.set_left(last[1] / UNDO_SECONDS)
        self._countdown.start()

    def _show_counts(self) -> None:
        pace, course = self._desk.pace(time.monotonic())
        self.foot.counters.set_counters(words.counters(self._desk.known, pace))
        self.foot.counters.set_curve(course)

    def _show_product(self) -> None:
        if self._product is not None:
            self.live.set_product(words.product_name(self._product.title, self._product.lot))

    def _show_state(self) -> None:
        state, fault = self._state
        self.live.set_state(*words.live_state(state))
        self.notice.set_fault(fault_text(fault) if fault else "")

    def _put_film(self, part: DeskPart) -> None:
        seen = part.inspection
        said = part.standing.kind if part.standing else None
        word = verdict_word(seen.verdict)
        self.film.put(FilmItem(seen.uid, seen.verdict, word, seen.score, said))

    # ── pictures ────────────────────────────────────────────────────────────────────────────

    def _live_room(self) -> None:
        self._preview.set_room(self.live.room)
        self.place_notice()

    def _show_live(self) -> None:
        picture = self._preview.take_picture()
        if picture is not None:
            self.live.show_picture(picture)

    def _order_thumb(self, uid: str) -> None:
        self._studio.order(f"film:{uid}", self._still_maker(uid, heat=False, thumb=True))

    def _order_judged(self) -> None:
        part = self._desk.part
        if part is None:
            return
        uid, view, room = part.inspection.uid, self.judged.view, self.judged.room
        make = self._still_maker(uid, heat=view is View.HEAT)
        product = self._product
        if view is View.GOLDEN and product is not None and product.golden is not None:
            make = partial(good_picture, product.golden, product.recipe.roi, room)
        self._studio.order("judged", make, tag=f"{uid} {view}")

    def _still_maker(self, uid: str, heat: bool, thumb: bool = False) -> Make:
        room = THUMB if thumb else self.judged.room
        return partial(part_picture, self._calls.still, uid, room, heat)

    def _show_made(self) -> None:
        for name, made in self._studio.take_made().items():
            if name == "judged":
                self._show_judged(made.tag, made.picture)
            elif made.picture is not None:
                self.film.set_image(name.removeprefix("film:"), made.picture.image)

    def _show_judged(self, tag: str, picture: Picture | None) -> None:
        part = self._desk.part
        if part is None or tag != f"{part.inspection.uid} {self.judged.view}":
            return
        gone = translate("Inspect", "The picture is not at hand")
        self.judged.show_picture(picture, "" if part.inspection.fault else gone)
