"""The real program, killed in the middle of a run: what it printed is there, and it goes on."""

import os
import random
import signal
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.store.queries import Reader
from station.store.verify import verify
from tests.models import build_bright_model
from tests.program import Answer, Running, write_picture

KILLS = 50
LONGEST = 0.5  # seconds from the first part to the kill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_printed_survives_every_kill(tmp_path: Path) -> None:
    rng = random.Random(9)
    model = build_bright_model(tmp_path / "bright.onnx")
    folder, data = tmp_path / "pictures", tmp_path / "data"
    noise = np.random.default_rng(9)
    for i in range(500):  # more than a run can inspect before it is killed
        write_picture(folder / f"{i:03}.bmp", noise.integers(0, 256, (256, 320), np.uint8))
    words = ("run", "--headless", "--json", "--data", data, "--model", model)
    words += ("--camera", "folder", "--source", folder)
    printed: dict[str, tuple[int, str, str]] = {}
    for _ in range(KILLS):
        before = last_number(data)
        answer = killed(tmp_path, words, rng.uniform(0, LONGEST))
        numbers = [row["part"] for row in answer.parts]
        assert numbers[0] > before  # those between were in work when the last run was killed
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "no gap, no repeat"
        printed |= {
            row["uid"]: (row["part"], row["verdict"], row["source"]) for row in answer.parts
        }
    assert len(printed) >= 3 * KILLS

    rows = list(verify(data))
    assert [row for row in rows if not row.good] == []
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert printed.keys() <= {row.uid for row in rows}
    with Reader(data) as reader:
        for uid, (number, verdict, source) in printed.items():
            kept = reader.entry(uid).inspection
            assert (kept.part.number, kept.verdict, kept.source) == (number, verdict, source)
            still = reader.still(uid)
            assert still is not None
            original = cv2.imdecode(np.fromfile(source, np.uint8), cv2.IMREAD_UNCHANGED)
            assert np.array_equal(still.pixels, original)


def killed(home: Path, words: tuple[object, ...], delay: float) -> Answer:
    """All whole lines that a run printed until it was killed `delay` s after its first part."""
    line = Running(home, *words)
    try:
        line.wait_parts("OK NG REVIEW", 1)
        time.sleep(delay)
        answer = line.end(signal.SIGKILL)
    finally:
        line.close()
    assert answer.code == -signal.SIGKILL, answer
    whole = answer.out[: answer.out.rfind("\n") + 1]
    return Answer(answer.code, whole, answer.err)


def last_number(data: Path) -> int:
    """The number of the last part that is recorded; 0 before the first run."""
    return max((row.number for row in verify(data)), default=0) if data.exists() else 0
