"""Writes records until it is killed: `store_writer.py FOLDER`, then a line on stdin per child.

The modules are loaded once; each child is a process of its own that opens the store, says
`O`, and says `A <uid>` after `record` returned for it. The parent says `P <pid>` and `X`.
"""

import os
import sys
import time
import uuid
from pathlib import Path

import numpy as np

from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.store.store import Store


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def write_for_ever(folder: Path) -> None:
    rng = np.random.default_rng()
    with Store(folder) as store:
        say("O")
        number = store.last_number()
        while True:
            number += 1
            inspection = Inspection(
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
            pixels = rng.integers(0, 256, (256, 320), np.uint8)
            store.record(inspection, Still(inspection.uid, pixels, None, None), False)
            say(f"A {inspection.uid}")


def main(folder: Path) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write_for_ever(folder)
        say(f"P {child}")
        os.waitpid(child, 0)
        say("X")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
