"""Writes records until it is killed: a folder on each line of stdin starts one writer.

Everything is loaded once; each writer is a fork, so that starting one costs nothing. The parent
says `P <pid>` and at the end `X`. The writer says `O <ms>` when the store is open and how long
that took, `B <uid>` before and `A <uid>` after `record` returned, and `F <code>` each time it
raised; it tries that part again until it is written. SIGTERM ends it between two parts.
"""

import os
import random
import signal
import sys
import time
import uuid
from pathlib import Path

import numpy as np

from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part, Pixels, TriggerSource
from station.errors import StoreError
from station.store.store import Store

SIDES = (200, 280, 360, 440, 520, 640, 805)  # noise does not compress: 40 … 650 kB
RETRY_SECONDS = 0.02


def say(text: str) -> None:
    """One write, so that a killed writer leaves no half of a line."""
    os.write(1, f"{text}\n".encode())


def write_until_told(folder: Path, pictures: list[Pixels]) -> None:
    """One writer's life."""
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    rng = random.Random(os.getpid())
    began = time.monotonic()
    with Store(folder) as store:
        say(f"O {(time.monotonic() - began) * 1000:.3f}")
        number = store.last_number()
        while not told:
            number += 1
            inspection = an_inspection(number)
            still = Still(inspection.uid, rng.choice(pictures), None, None)
            say(f"B {inspection.uid}")
            if _record(store, inspection, still, told):
                say(f"A {inspection.uid}")


def an_inspection(number: int) -> Inspection:
    """A part like any other."""
    return Inspection(
        uid=uuid.uuid4().hex,
        part=Part(number),
        at_ms=time.time_ns() // 10**6,
        trigger=TriggerSource.TIMER,
        verdict=Verdict.OK,
        recipe="flange",
        recipe_version=1,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="flange.onnx",
        model_sha256="",
        provider="CPUExecutionProvider",
        camera="simulated",
        label="good",
        score=0.1,
        confidence=0.9,
    )


def _record(store: Store, inspection: Inspection, still: Still, told: list[int]) -> bool:
    while not told:
        try:
            store.record(inspection, still, False)
        except StoreError as error:
            say(f"F {error.code.value}")
            time.sleep(RETRY_SECONDS)
        else:
            return True
    return False


def _noise(side: int) -> Pixels:
    pixels: Pixels = np.random.default_rng(side).integers(0, 256, (side, side), np.uint8)
    pixels.flags.writeable = False
    return pixels


def _warm(folder: Path, pictures: list[Pixels]) -> None:
    """Load what a first record loads, once for all forks."""
    with Store(folder) as store:
        inspection = an_inspection(1)
        store.record(inspection, Still(inspection.uid, pictures[0], None, None), False)


def main(warm_folder: Path) -> None:
    """Serve until stdin ends."""
    pictures = [_noise(side) for side in SIDES]
    _warm(warm_folder, pictures)
    say("S")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            write_until_told(Path(line.rstrip("\n")), pictures)
            os._exit(0)
        say(f"P {child}")
        os.waitpid(child, 0)
        say("X")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
