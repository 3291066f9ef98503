"""The whole line among random troubles: `python -m tests.rigs.chaos --parts 10000 --seed 1`.

Camera, disk, database, model, machine, clock and process fail by a seeded schedule while parts
come, people decide, and the line is stopped, started and killed. The threads take their own time,
so a seed repeats what is tried, not every moment of it. At the end every invariant is held
against the truth that was written down beside the line.
"""

import argparse
import gc
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.models import build_bright_model
from tests.rigs.chaos_life import Life, live
from tests.rigs.chaos_truth import Judgement, Truth, judge, read_truth
from tests.rigs.chaos_world import LEVEL
from tests.rigs.report import Outcome, finish

PARTS_PER_KILL = (100, 1400)
LIVES = 10_000


def run(folder: Path, parts: int, seed: int, kills: bool) -> Outcome:
    """Let processes live until so many parts were taken, then judge."""
    if not hasattr(os, "fork"):
        return Outcome("chaos", skipped="the line's process is forked; this system has no fork")
    rng = random.Random(seed)
    model = build_bright_model(folder / "bright.onnx", level=LEVEL)
    ledger = folder / "ledger"
    ledger.touch()
    broken: list[str] = []
    began = time.monotonic()
    taken = 0
    for number in range(LIVES):
        kill_after = rng.randint(*PARTS_PER_KILL) if kills else None
        if kill_after is not None and kill_after >= parts - taken:
            kill_after = None
        name = f"s{number}"
        life = Life(folder / "data", ledger, model, seed, name, parts - taken, kill_after)
        code = _lived(life)
        taken = len(read_truth(ledger).taken)
        if kill_after is None or code > 0:
            broken += [f"life {number} ended with {code}"] * (code != 0)
            break
    took = time.monotonic() - began
    truth = read_truth(ledger)
    judgement = judge(folder / "data", truth)
    figures = _figures(truth, judgement, took)
    return Outcome(f"chaos, seed {seed}", figures, broken + judgement.broken)


def _lived(life: Life) -> int:
    """Fork a life and wait for its end: its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        gc.freeze()
        try:
            live(life)
            sys.stdout.flush()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _figures(truth: Truth, found: Judgement, took: float) -> dict[str, int | float | str]:
    return {
        "parts taken": len(truth.taken),
        "turned away": len(truth.refused),
        "recorded": found.rows,
        **dict(sorted(found.verdicts.items())),
        "acknowledged": len(truth.recorded),
        "interrupted": found.interrupted,
        "troubles": sum(truth.troubles.values()),
        "kinds of trouble": len(truth.troubles),
        "not inspected by fault": ", ".join(f"{k} {n}" for k, n in found.faults.most_common()),
        "decisions": truth.decisions,
        "stops": truth.stops,
        "kills": truth.kills,
        "decided, and a kill before the machine was told": found.decided_untold,
        "machine not told": len(truth.untold),
        "files without a row": found.strays,
        "seconds": took,
        "parts per second": len(truth.taken) / took,
    }


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__.splitlines()[0])
    parser.add_argument("--parts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-kills", action="store_true", help="the process lives to the end")
    parser.add_argument("--keep", type=Path, help="leave the data folder and the ledger there")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return finish(run(folder, given.parts, given.seed, not given.no_kills))
    finally:
        if given.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
