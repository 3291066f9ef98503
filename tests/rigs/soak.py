"""The real program for a long time: `python -m tests.rigs.soak --minutes 30 --rate 5`.

Supervisor and line as processes of their own, simulated camera at 1280×1024, the demo's model, a
timer for a machine, and one client that watches every event; `--window` adds the real window on
no screen. Memory and handles of every process are sampled; at the end every part is proven.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from station.board import Board, runtime_folder
from station.domain.inspection import Verdict
from station.settings import MachineSettings, Settings, save_settings
from station.store.queries import Reader
from tests.rigs.proof import prove
from tests.rigs.report import Figure, Outcome, finish
from tests.rigs.soak_samples import Growth, Sample, grown, growth_of, take, tree

WARM_SHARE, WARM_MOST = 0.1, 120.0  # seconds of warm-up at most
WARM_PARTS = 120  # and at least: by then the last pictures that are kept at hand fill their room
SAMPLES = 360
START_SECONDS, STOP_SECONDS = 40.0, 60.0
LEAST_RATE = 0.9  # of the parts that were asked for
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Terms:
    """How long, how fast, how much memory may grow, and with what."""

    seconds: float
    rate: float
    limit: float
    window: bool = False
    samples: Path | None = None


def run(folder: Path, terms: Terms) -> Outcome:
    """Run, sample, stop in order, prove."""
    data = folder / "data"
    data.mkdir()
    machine = MachineSettings(kind="timer", period=1 / terms.rate)
    save_settings(data, Settings(machine=machine, language="en"))
    with _station(folder, data, terms.window) as program, _client(folder, data) as client:
        began = time.monotonic()
        samples = _sampled(data, (program, client), began, terms)
        took = time.monotonic() - began
        status = _ask(folder, data)
        _stop(client)
        code = _stop(program)
    if terms.samples is not None:
        terms.samples.write_text(
            "".join(json.dumps(asdict(one)) + "\n" for one in samples), "utf-8"
        )
    growth = growth_of(samples)
    figures, broken = _parts(folder, data, status, took * terms.rate)
    broken += [f"the program ended with {code}"] if code else []
    broken += grown(growth, samples, terms.limit)
    figures = {"minutes": took / 60, "parts asked for": int(took * terms.rate)} | figures
    return Outcome("soak", figures | _memory(growth), broken)


def _sampled(
    data: Path, programs: tuple[subprocess.Popen[bytes], ...], began: float, terms: Terms
) -> list[Sample]:
    """From the end of the warm-up to the end."""
    warm = min(WARM_MOST, max(terms.seconds * WARM_SHARE, WARM_PARTS / terms.rate))
    pause = max(0.25, (terms.seconds - warm) / SAMPLES)
    moment, found = began + warm, []
    board = Board(runtime_folder(data))
    while moment < began + terms.seconds:
        time.sleep(max(0.0, moment - time.monotonic()))
        moment += pause
        at = time.monotonic() - began
        for program in programs:
            found += [one for process in tree(program.pid) for one in take(at, process, board)]
    board.close()
    return found


def _memory(growth: Sequence[Growth]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for one in growth:
        figures |= {
            f"{one.name} RSS MiB": one.rss_mib,
            f"{one.name} growth % by fit": one.fit_percent,
            f"{one.name} growth % last to first quarter": one.quartile_percent,
            f"{one.name} handles leaked": one.handles,
            f"{one.name} threads leaked": one.threads,
            f"{one.name} handles that came and stayed": ", ".join(one.kept) or "none",
        }
    return figures


def _parts(
    folder: Path, data: Path, status: dict[str, int], asked: float
) -> tuple[dict[str, Figure], list[str]]:
    """Admitted, told and recorded are the same parts, each with its picture."""
    told = _told(folder / "client.jsonl")
    proof = prove(data, told["Recorded"])
    broken = list(proof.broken)
    with Reader(data) as reader:
        last, counts = reader.last_number(), reader.counts()
        faults = Counter(
            entry.inspection.fault.code.value if entry.inspection.fault else "none"
            for entry in reader.after(0, 10**6)
            if entry.inspection.verdict is Verdict.NOT_INSPECTED
        )
    if last != proof.rows:
        broken.append(f"{proof.rows} rows, and the last part is number {last}")
    if proof.rows < status["admitted"]:
        broken.append(f"{status['admitted']} were admitted, {proof.rows} recorded")
    if proof.rows < asked * LEAST_RATE:
        broken.append(f"the line did not keep up: {proof.rows} of {asked:.0f} parts")
    if counts.not_inspected:
        broken.append(f"{counts.not_inspected} parts were not inspected: {dict(faults)}")
    missed = len(proof.uids) - len(told["Recorded"])
    figures: dict[str, Figure] = {
        "admitted before the stop": status["admitted"],
        "recorded": proof.rows,
        "told to the client": len(told["Recorded"]),
        "not told, before it came and after it left": missed,
        "refused": status["refused"],
        "lost": len(proof.lost),
        "rows without image": len(proof.without_image),
        "bad images": len(proof.bad_images),
        "not inspected": counts.not_inspected,
    }
    return figures, broken


# ── the processes ───────────────────────────────────────────────────────────────────────────────


@contextmanager
def _station(folder: Path, data: Path, window: bool) -> Iterator[subprocess.Popen[bytes]]:
    words = ["run" if window else "serve", "--demo", "--data", str(data)]
    with (folder / "station.log").open("wb") as log:
        program = _start(words, log, log, folder)
        try:
            _wait_for_parts(folder, data, program)
            yield program
        finally:
            _end(program)


@contextmanager
def _client(folder: Path, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    words = ["watch", "--json", "--data", str(data)]
    with (folder / "client.jsonl").open("wb") as out, (folder / "client.log").open("wb") as log:
        client = _start(words, out, log, folder)
        try:
            yield client
        finally:
            _end(client)


def _start(words: Sequence[str], out: object, log: object, home: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "station", *words],
        stdin=subprocess.DEVNULL,
        stdout=out,  # type: ignore[call-overload]
        stderr=log,
        env=environment,
        start_new_session=True,
    )


def _ask(folder: Path, data: Path) -> dict[str, int]:
    words = [sys.executable, "-m", "station", "status", "--json", "--data", str(data)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    try:
        row = json.loads(done.stdout.splitlines()[-1])
        return {name: int(row[name]) for name in ("admitted", "recorded", "refused")}
    except (IndexError, KeyError, ValueError):
        return {"admitted": 0, "recorded": 0, "refused": 0}


def _wait_for_parts(folder: Path, data: Path, program: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while _ask(folder, data)["recorded"] == 0:
        log = (folder / "station.log").read_text("utf-8", "replace")
        assert program.poll() is None, log
        assert time.monotonic() < until, f"no part came: {log}"
        time.sleep(0.2)


def _stop(program: subprocess.Popen[bytes]) -> int:
    """As Ctrl-C does: what was admitted is recorded first."""
    program.send_signal(signal.SIGTERM)
    code = program.wait(STOP_SECONDS)
    return 0 if code in (0, 130, -signal.SIGTERM) else code


def _end(program: subprocess.Popen[bytes]) -> None:
    """Whatever happened, none of its processes runs on."""
    for process in tree(program.pid):
        process.kill()
    program.kill()
    program.wait()


def _told(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"Recorded": []}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("event") == "Recorded":
            found["Recorded"].append(row["uid"])
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=5.0, help="parts per second")
    parser.add_argument("--limit", type=float, default=1.0, help="percent that memory may grow")
    parser.add_argument("--window", action="store_true", help="with the window, on no screen")
    parser.add_argument("--samples", type=Path, help="write every sample there, as JSON lines")
    given = parser.parse_args()
    terms = Terms(given.minutes * 60, given.rate, given.limit, given.window, given.samples)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        return finish(run(Path(folder), terms))


if __name__ == "__main__":
    sys.exit(main())
