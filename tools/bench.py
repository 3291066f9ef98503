"""How fast the station is, as ratios taken in one run: `make bench`.

The bare `session.run` and the line take turns in short blocks on the same model, pixels and
threads, so that a machine that slows down slows both. Prints a table, and JSON to bench-out/.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psutil
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from station.app import built_line
from station.cameras.simulated import SimulatedCamera
from station.choice import RunChoice
from station.desktop import Room, open_window
from station.domain.part import Frame, TriggerSource
from station.domain.recipe import Roi
from station.gui.application import open_qt
from station.gui.bridge import LineBridge
from station.inference.engine import Engine
from station.inference.prepare import prepare
from station.pipeline.batch import Batch
from station.pipeline.events import Event, Recorded
from station.pipeline.line import Line
from station.plan import Plan, make_plan
from station.recipe_file import bind_model
from station.store.store import Store

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.models import build_bright_model

ROI = Roi(128, 0, 1024, 1024)
BLOCKS, PER_BLOCK = 6, 30
POOL = 16
PACE_SECONDS = 0.02  # between two parts while latency is measured
LIVE_SECONDS = 6.0
DURABLE_RATE = 40.0  # parts per second that must be held

Figures = dict[str, float]


def percentiles(name: str, values: list[float]) -> Figures:
    """p50, p95 and p99 of times in ms."""
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return {f"{name}_p50_ms": p50, f"{name}_p95_ms": p95, f"{name}_p99_ms": p99}


@contextmanager
def running(
    fps: float, quick: bool = False
) -> Iterator[tuple[Line, Store, Engine, Batch, list[Callable[[Event], None]]]]:
    """The demo's line with a pool of drawn parts, on a data folder of its own.

    quick: with a model that takes no time, so that the records are what is measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        plan = make_plan(RunChoice(Path(folder), demo=True))
        recipe = replace(plan.recipe, roi=ROI)
        if quick:
            model = build_bright_model(Path(folder) / "quick.onnx")
            recipe = bind_model(replace(recipe, model=str(model), model_sha256=""))
        camera = SimulatedCamera(fps=fps, pool=POOL)
        batch = Batch(ahead=2)
        listeners: list[Callable[[Event], None]] = [batch.post]

        def tell(event: Event) -> None:
            for listener in listeners:
                listener(event)

        with Store(Path(folder)) as store:
            plan = replace(plan, recipe=recipe, camera=camera)
            with built_line(plan, store, tell) as line:
                line.start()
                while not line.wait_ready(0.1):
                    pass
                yield line, store, line._use.engine, batch, listeners


def latency() -> Figures:
    """Capture → verdict and capture → recorded, against bare `session.run` in turns."""
    bare: list[float] = []
    verdicts: list[float] = []
    recorded: list[float] = []
    with running(fps=60) as (line, _, engine, _, listeners):
        session = engine._loaded.session  # type: ignore[union-attr]  # the very session of the line
        for _ in range(BLOCKS):
            frame = line.live.take(1.0)
            assert isinstance(frame, Frame)
            image = prepare(frame.pixels, ROI, engine.card)
            for _ in range(PER_BLOCK):
                began = time.perf_counter_ns()
                session.run(None, {"image": image})
                bare.append((time.perf_counter_ns() - began) / 1e6)
                time.sleep(PACE_SECONDS)
            for _ in range(PER_BLOCK):
                one = Batch()
                listeners[0] = one.post
                for row in one.run(line, 1):
                    verdicts.append(row.inspection.ms or float("nan"))
                    recorded.append(row.ms)
                time.sleep(PACE_SECONDS)
    figures = percentiles("bare_session_run", bare)
    figures |= percentiles("capture_to_verdict", verdicts)
    figures |= percentiles("capture_to_recorded", recorded)
    for p in ("p50", "p95", "p99"):
        ratio = figures[f"capture_to_verdict_{p}_ms"] / figures[f"bare_session_run_{p}_ms"]
        figures[f"verdict_over_bare_{p}"] = ratio
    return figures


def sustained(parts: int = 150) -> Figures:
    """Parts per second, as fast as the line takes them, every one recorded."""
    with running(fps=240) as (line, _, _, batch, _):
        began = time.monotonic()
        count = sum(1 for _ in batch.run(line, parts))
        return {"sustained_parts_per_s": count / (time.monotonic() - began)}


def durable(seconds: float = 15.0) -> Figures:
    """1280×1024, lossless, each picture and row durable: at a steady 40 parts/s, and at most."""
    recorded: list[float] = []
    with running(fps=120, quick=True) as (line, _, _, _, listeners):

        def hear(event: Event) -> None:
            if isinstance(event, Recorded):
                recorded.append(event.ms)

        listeners[0] = hear
        asked, due = 0, time.monotonic()
        until = due + seconds
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            due += 1 / DURABLE_RATE
            while not line.trigger(TriggerSource.COMMAND):
                time.sleep(0.0005)
            asked += 1
        took = time.monotonic() - (until - seconds)
        while len(recorded) < asked:
            time.sleep(0.01)
    figures = {"durable_parts_per_s_at_40": asked / took}
    figures |= percentiles("durable_capture_to_recorded_at_40", recorded)
    with running(fps=240, quick=True) as (line, _, _, batch, _):
        began = time.monotonic()
        count = sum(1 for _ in batch.run(line, 400))
        figures["durable_parts_per_s_most"] = count / (time.monotonic() - began)
    return figures


def window_figures() -> Figures:
    """The live view's share of a core at 30 fps, and how late the GUI answers under full load."""
    qt = open_qt()
    figures: Figures = {}
    with running(fps=30) as (line, store, _, batch, listeners):
        plan = make_plan(RunChoice(store.folder, demo=True))
        bridge = LineBridge()
        listeners.append(bridge.post)
        room = Room(plan.data, plan.settings, store.reader, line)
        with open_window(room, lambda fault: print(fault, file=sys.stderr)) as (window, _):
            bridge.told.connect(window.show_event)
            window.resize(1920, 1080)
            window.show()
            _spin(qt, 1.0)
            drawn = _count_pictures(window.page)
            figures["live_view_cpu_percent_of_a_core"] = _cpu(lambda: _spin(qt, LIVE_SECONDS))
            figures["live_view_pictures_per_s"] = len(drawn) / LIVE_SECONDS
            lateness = _late(qt, line, batch)
            figures["memory_rss_mib"] = psutil.Process().memory_info().rss / 2**20
            figures["gui_event_latency_p50_ms"] = float(np.percentile(lateness, 50))
            figures["gui_event_latency_p99_ms"] = float(np.percentile(lateness, 99))
            figures["gui_event_latency_max_ms"] = max(lateness)
            window.close()
    return figures


def _late(qt: object, line: Line, batch: Batch) -> list[float]:
    """How late a 10 ms timer of the GUI thread is while parts go through without a pause."""
    stop = threading.Event()

    def load() -> None:
        for _ in batch.run(line, None):
            if stop.is_set():
                batch.stopped = True

    loader = threading.Thread(target=load, daemon=True)
    loader.start()
    late: list[float] = []
    due = time.perf_counter()

    def tick() -> None:
        nonlocal due
        now = time.perf_counter()
        late.append(max(0.0, (now - due) * 1000))
        due = now + 0.010

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(10)
    due = time.perf_counter() + 0.010
    _spin(qt, 10.0)
    timer.stop()
    stop.set()
    loader.join(10)
    return late[5:]


def _count_pictures(page: QWidget) -> list[float]:
    """Grows by one with every live picture that the page takes over."""
    drawn: list[float] = []
    view = page.live  # type: ignore[attr-defined]
    show = view.show_picture

    def counted(picture: object) -> None:
        drawn.append(time.monotonic())
        show(picture)

    view.show_picture = counted
    return drawn


def _spin(qt: object, seconds: float) -> None:
    """Run the GUI for so long; `exit`, because `quit` would close the window."""
    QTimer.singleShot(int(seconds * 1000), lambda: qt.exit(0))  # type: ignore[attr-defined]
    qt.exec()  # type: ignore[attr-defined]


def _cpu(work: Callable[[], None]) -> float:
    began, used = time.monotonic(), time.process_time()
    work()
    return 100 * (time.process_time() - used) / (time.monotonic() - began)


def start_up() -> Figures:
    """From the start of the process to the first live picture on the page, best of three."""
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            child = subprocess.run(  # noqa: S603 - this very program
                [sys.executable, __file__, "--first-picture", folder],
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(float(child.stdout.split()[-1]) - began)
    return {"start_to_first_live_picture_s": min(times)}


def first_picture(folder: str) -> None:
    """The child of `start_up`: prints the monotonic time of its first live picture."""
    qt = open_qt()
    plan: Plan = make_plan(RunChoice(Path(folder), demo=True))
    bridge = LineBridge()
    with Store(plan.data) as store, built_line(plan, store, bridge.post) as line:
        room = Room(plan.data, plan.settings, store.reader, line)
        with open_window(room, lambda fault: print(fault, file=sys.stderr)) as (window, _):
            bridge.told.connect(window.show_event)
            line.start()
            window.show()
            page = window.page

            def look() -> None:
                if page.live.has_picture:  # type: ignore[attr-defined]
                    window.repaint()
                    print(time.monotonic())
                    qt.quit()

            timer = QTimer()
            timer.timeout.connect(look)
            timer.start(5)
            qt.exec()
            window.close()


def main() -> None:
    """Measure all, print the table and keep the JSON."""
    figures: Figures = {}
    for name, measure in (
        ("latency against bare session.run", latency),
        ("sustained rate", sustained),
        ("durable record", durable),
        ("window", window_figures),
        ("start-up", start_up),
    ):
        print(f"── {name} ──", file=sys.stderr, flush=True)
        figures |= measure()
    figures["cores"] = float(os.cpu_count() or 1)
    for name, value in figures.items():
        print(f"{name:38} {value:10.2f}")
    out = Path("bench-out")
    out.mkdir(exist_ok=True)
    rounded = {name: round(value, 3) for name, value in figures.items()}
    (out / "bench.json").write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")
    print(json.dumps(rounded))


if __name__ == "__main__":
    if "--first-picture" in sys.argv:
        first_picture(sys.argv[-1])
    else:
        main()
