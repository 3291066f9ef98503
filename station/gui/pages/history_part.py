"""The part that is chosen in the history: its story and its picture, read off the GUI thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from station.domain.inspection import Inspection, Still
from station.errors import Fault
from station.gui.pages.history_story import why_no_picture
from station.gui.pictures import golden_picture, still_picture
from station.gui.preview import Make, StillStudio
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import fault_text
from station.gui.widgets.judged_view import JudgedView, View
from station.store.story import Story

REST_MS = 40
"""So long a part must stay chosen before it is read: arrow keys run over many."""


class PartLook(QObject):
    """Shows the picture in `judged`; `told` when `story` is another."""

    told = Signal()

    def __init__(
        self,
        judged: JudgedView,
        tasks: Tasks,
        read_story: Callable[[str], Story],
        read_still: Callable[[str], Still | None],
    ) -> None:
        super().__init__(judged)
        self._judged = judged
        self._tasks = tasks
        self._read_story = read_story
        self._read_still = read_still
        self.uid = ""
        self.story: Story | None = None
        self._still: Still | None = None
        self._limits = (0.4, 0.6)
        self._product: ProductView | None = None
        self._studio = StillStudio(self)
        self._studio.ready.connect(self._show_made)
        judged.choose(View.HEAT)
        judged.wanted.connect(self._order)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read)

    def open(self) -> None:
        """The page came into sight."""
        self._studio.open()

    def close(self) -> None:
        """The page went out of sight."""
        self._studio.close()

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected: a known good part to compare with."""
        self._product = product
        self._order()

    def choose(self, seen: Inspection | None) -> None:
        """Show another part: at once what is known, the rest when it stays chosen."""
        uid = "" if seen is None else seen.uid
        if uid == self.uid:
            return
        self.uid, self.story, self._still = uid, None, None
        self._judged.show_picture(None)
        if seen is None:
            self._rest.stop()
            self._judged.set_score(None, *self._limits)
        else:
            self._limits = (seen.review_limit, seen.ng_limit)
            self._judged.set_score(seen.score, *self._limits)
            self._rest.start()
        self.told.emit()

    def read_again(self) -> None:
        """Something was said of the part."""
        self._rest.start()

    def _read(self) -> None:
        uid, read = self.uid, self._read_story
        self._tasks.run(lambda: read(uid), partial(self._told, uid), partial(self._unread, uid))

    def _told(self, uid: str, story: Story) -> None:
        if uid != self.uid:
            return
        self.story = story
        self.told.emit()
        read = self._read_still
        if story.entry.image is None or story.entry.removed_at_ms is not None:
            self._seen(uid, None)
        else:
            self._tasks.run(lambda: read(uid), partial(self._seen, uid), partial(self._unread, uid))

    def _seen(self, uid: str, still: Still | None) -> None:
        if uid != self.uid:
            return
        self._still = still
        if still is None:
            self._judged.show_picture(None, why_no_picture(self.story))
        self._order()

    def _unread(self, uid: str, fault: Fault) -> None:
        if uid == self.uid:
            self._judged.show_picture(None, fault_text(fault))

    def _golden(self) -> Make | None:
        """The picture of a known good part, if the chosen part is of the same product."""
        product, story = self._product, self.story
        if product is None or product.golden is None or story is None:
            return None
        if product.recipe.name != story.entry.inspection.recipe:
            return None
        return partial(golden_picture, product.golden, product.recipe.roi, self._judged.room)

    def _order(self) -> None:
        golden, still = self._golden(), self._still
        self._judged.set_golden(golden is not None)
        view = self._judged.view
        if still is not None:
            own = partial(still_picture, still, self._judged.room, view is View.HEAT)
            make = golden if view is View.GOLDEN and golden is not None else own
            self._studio.order("judged", make, tag=f"{still.uid} {view}")

    def _show_made(self) -> None:
        made = self._studio.take_made().get("judged")
        if made is not None and made.tag == f"{self.uid} {self._judged.view}":
            self._judged.show_picture(made.picture)
