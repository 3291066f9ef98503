"""Everything around the line, made to fail on demand, with the truth of what it did.

The line, its store, its engine and the simulated camera are the real ones; what fails is what
they stand on: sensor, driver, disk, database, model runtime, machine, clock.
"""

import errno
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from station.cameras import simulated
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.domain.inspection import Disposition, Finding, Inspection, Still
from station.domain.part import Frame, Part, Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, LineError, StoreError
from station.inference.engine import Engine
from station.machine.base import OnFault, OnTrigger
from station.pipeline import acquirer, recorder
from station.store import decisions, engine
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from tests.rigs.chaos_truth import Ledger

WIDTH, HEIGHT, FPS = 160, 128, 1000
LEVEL = 100.0  # mean grey at which the bright model is unsure
GREY = {"OK": LEVEL + 30, "REVIEW": LEVEL, "NG": LEVEL - 30}
UNDO_SECONDS = 0.3


class Trouble(StrEnum):
    """What can be the matter for a while."""

    UNPLUG = "unplug"
    FREEZE = "freeze"
    BLACK = "black"
    OVEREXPOSED = "overexposed"
    SLOW = "slow"
    DRIVER = "driver"  # the camera's driver raises what it should not
    DISK_FULL = "disk_full"
    DISK_BROKEN = "disk_broken"
    NO_DATABASE = "no_database"  # a transaction fails before it begins
    REPLY_LOST = "reply_lost"  # it was committed, and then said to have failed
    LOCKED = "locked"  # another program holds the database
    MODEL_RAISES = "model_raises"
    MODEL_NAN = "model_nan"
    MODEL_ODD = "model_odd"  # scores that are no probabilities
    NO_MEMORY = "no_memory"
    MACHINE_SAYS_NO = "machine_says_no"
    MACHINE_BREAKS = "machine_breaks"


CAMERA = {t: CameraFault(t.value) for t in Trouble if t.value in list(CameraFault)}
MODEL = (Trouble.MODEL_RAISES, Trouble.MODEL_NAN, Trouble.MODEL_ODD, Trouble.NO_MEMORY)


class Troubles:
    """Which troubles there are now; each ends by itself. Safe from any thread."""

    def __init__(self) -> None:
        self._until: dict[Trouble, float] = {}

    def begin(self, trouble: Trouble, seconds: float) -> None:
        """From now on, for so long."""
        self._until[trouble] = time.monotonic() + seconds

    def on(self, trouble: Trouble) -> bool:
        """Whether it is so now."""
        return self._until.get(trouble, 0.0) > time.monotonic()

    def clear(self) -> None:
        """All is well from now on."""
        self._until.clear()


class ChaosCamera:
    """The simulated camera; every frame says in `source` what it truly shows.

    `state/kind/mark`: what the camera suffered from, which verdict the part deserves, and the
    number that is painted into the picture's first pixels.
    """

    live = True

    def __init__(self, troubles: Troubles, rng: random.Random) -> None:
        self.name = "chaos"
        self._inner = SimulatedCamera(
            seed=rng.randrange(10**6), fps=FPS, width=WIDTH, height=HEIGHT, pool=8
        )
        self._troubles = troubles
        self._rng = rng
        self._kind = "OK"
        self._asked = False
        self._mark = rng.randrange(2**31)
        self._last: tuple[Pixels, str] | None = None

    def open(self) -> None:
        self._suffer()
        self._inner.open()

    def trigger(self) -> None:
        self._asked = True
        self._inner.trigger()

    def grab(self, timeout: float) -> Frame | None:
        state = self._suffer()
        if self._troubles.on(Trouble.DRIVER):
            raise RuntimeError("the driver's own bug")
        frame = self._inner.grab(timeout)
        if frame is None:
            return None
        if state == CameraFault.FREEZE and self._last is not None:
            pixels, shows = self._last
            return replace(frame, pixels=pixels, source=f"{state}/{shows}")
        if self._asked:
            self._asked = False
            self._kind = self._rng.choices(list(GREY), (6, 1, 3))[0]
        self._mark = (self._mark + 1) % 2**32
        shows = f"{self._kind}/{self._mark}"
        pixels = self._drawn(frame.pixels, dark_or_white=state != "well")
        self._last = pixels, shows
        return replace(frame, pixels=pixels, source=f"{state}/{shows}")

    def close(self) -> None:
        self._inner.close()

    def _suffer(self) -> str:
        """Pass on the trouble of this moment, so that it is the truth of the whole frame."""
        fault = next((CAMERA[t] for t in CAMERA if self._troubles.on(t)), None)
        self._inner.fail(fault)
        return "well" if fault in (None, CameraFault.SLOW) else str(fault)

    def _drawn(self, pixels: Pixels, dark_or_white: bool) -> Pixels:
        """As bright as its kind must be, with its mark."""
        drawn = pixels.copy()
        if not dark_or_white:
            for _ in range(3):  # what is cut off at black and white shifts the mean
                drawn = cv2.add(drawn, GREY[self._kind] - float(drawn.mean()))  # type: ignore
        drawn[1, 1:5] = np.frombuffer(self._mark.to_bytes(4, "big"), np.uint8)
        drawn.flags.writeable = False
        return drawn


def mark_of(pixels: Pixels) -> int:
    """The number that a frame carries."""
    return int.from_bytes(pixels[1, 1:5].tobytes(), "big")


class _Session:
    """The runtime's session, which answers as the trouble wants it."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.trouble: Trouble | None = None

    def run(self, outputs: object, inputs: object) -> Any:
        scores, evidence = self._inner.run(outputs, inputs)
        match self.trouble:
            case Trouble.MODEL_RAISES:
                raise RuntimeError("the runtime's own bug")
            case Trouble.NO_MEMORY:
                raise MemoryError
            case Trouble.MODEL_NAN:
                return scores * np.nan, evidence
            case Trouble.MODEL_ODD:
                return scores * 3, evidence
        return scores, evidence

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class ChaosEngine(Engine):
    """The engine over a session that fails; the ledger hears for which picture it did."""

    def __init__(self, path: Path, troubles: Troubles, ledger: Ledger) -> None:
        super().__init__(path, "cpu", threads=1)
        self._troubles = troubles
        self._ledger = ledger

    def open(self) -> None:
        super().open()
        assert self._loaded is not None
        self._loaded = replace(self._loaded, session=_Session(self._loaded.session))

    def look(self, pixels: Pixels, roi: Roi | None = None, ignore: Sequence[Roi] = ()) -> Finding:
        trouble = next((t for t in MODEL if self._troubles.on(t)), None)
        if trouble is not None:
            self._ledger.say("E", mark_of(pixels))
        self._open().session.trouble = trouble
        return super().look(pixels, roi, ignore)


class ChaosStore(Store):
    """The store, whose transactions fail; the ledger hears of every part that could not be kept."""

    def __init__(self, folder: Path, troubles: Troubles, ledger: Ledger) -> None:
        super().__init__(folder)
        self._troubles = troubles
        self._ledger = ledger
        self._recording = False
        self._reply_lost = False

    def record(self, inspection: Inspection, still: Still | None, waits: bool) -> None:
        self._recording, self._reply_lost = True, False
        try:
            super().record(inspection, still, waits)
        except BaseException:
            self._ledger.say("Y" if self._reply_lost else "W", inspection.uid)
            raise
        finally:
            self._recording = False

    @contextmanager
    def transaction(self, *args: Any) -> Iterator[Any]:
        if self._troubles.on(Trouble.NO_DATABASE):
            raise StoreError(ErrorCode.STORE_WRITE_FAILED, path=self.folder, reason="chaos")
        with super().transaction(*args) as connection:
            yield connection
        if self._recording and self._troubles.on(Trouble.REPLY_LOST):
            self._reply_lost = True
            raise StoreError(ErrorCode.STORE_WRITE_FAILED, path=self.folder, reason="chaos")


class ChaosMachine:
    """A machine that remembers in the ledger what it was told, and cannot always be told."""

    def __init__(self, troubles: Troubles, ledger: Ledger, on_told: Callable[..., None]) -> None:
        self._troubles = troubles
        self._ledger = ledger
        self._on_told = on_told
        self.ready_now = False

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        self.ready_now = False

    def ready(self, is_ready: bool) -> None:
        self.ready_now = is_ready

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        if self._troubles.on(Trouble.MACHINE_SAYS_NO):
            self._ledger.say("M", part.serial, disposition.name)
            raise LineError(ErrorCode.MACHINE_LINK_LOST, address="chaos")
        if self._troubles.on(Trouble.MACHINE_BREAKS):
            self._ledger.say("M", part.serial, disposition.name)
            raise RuntimeError("the machine driver's own bug")
        self._ledger.say("S", part.serial, disposition.name, part.number)
        self._on_told(part, disposition)

    def close(self) -> None:
        self.ready_now = False


class Clock:
    """The wall clock, which jumps. Monotonic time never does."""

    def __init__(self) -> None:
        self._ahead_ns = 0
        self._time_ns, self._time = time.time_ns, time.time

    def install(self) -> None:
        """For this whole process."""
        time.time_ns = lambda: self._time_ns() + self._ahead_ns
        time.time = lambda: self._time() + self._ahead_ns / 1e9

    def jump(self, seconds: float) -> None:
        """Forwards or back."""
        self._ahead_ns += int(seconds * 1e9)


def install_disk_troubles(troubles: Troubles) -> None:
    """From now on this process's fsync and rename fail when the disk does."""
    fsync, rename = os.fsync, os.replace

    def chaos_fsync(handle: int) -> None:
        _fail(troubles)
        fsync(handle)

    def chaos_replace(*args: Any, **kwargs: Any) -> None:
        _fail(troubles)
        rename(*args, **kwargs)

    os.fsync, os.replace = chaos_fsync, chaos_replace


def _fail(troubles: Troubles) -> None:
    if troubles.on(Trouble.DISK_FULL):
        raise OSError(errno.ENOSPC, "chaos")
    if troubles.on(Trouble.DISK_BROKEN):
        raise OSError(errno.EIO, "chaos")


def hold_database(folder: Path, seconds: float) -> None:
    """Another program that writes for so long; returns at once."""

    def hold() -> None:
        with suppress(sqlite3.Error):
            other = sqlite3.connect(folder / DATABASE_NAME, timeout=1.0, isolation_level=None)
            try:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(seconds)
                other.execute("ROLLBACK")
            finally:
                other.close()

    threading.Thread(target=hold, name="other-program", daemon=True).start()


def hurry() -> None:
    """Make every patience of the line a tenth or less, so that thousands of parts fit in minutes.

    What happens after it is the same as before.
    """
    acquirer.FRAME_SECONDS = 0.3
    acquirer.REOPEN_SECONDS = (0.02, 0.05, 0.1, 0.1, 0.1)
    acquirer.POLL_SECONDS = 0.02
    recorder.RETRY_SECONDS = (0.01, 0.02, 0.05, 0.1)
    recorder.STOP_SECONDS = 0.5
    recorder.UNDO_SECONDS = UNDO_SECONDS
    decisions.UNDO_SECONDS = UNDO_SECONDS
    engine.BUSY_MS = 100
    simulated.SLOW_SECONDS = 0.5
