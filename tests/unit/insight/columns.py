"""Parts as columns, as the store would have read them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from station.domain.inspection import Verdict
from station.store.passages import VERDICTS, Named, Passages

CODES = {"O": Verdict.OK, "N": Verdict.NG, "R": Verdict.REVIEW, "X": Verdict.NOT_INSPECTED}
SAID = {"-": 0, "a": 1, "r": 2}


def named(words: Sequence[str]) -> Named:
    """A column of words."""
    known = list(dict.fromkeys(words))
    return Named(tuple(known), np.array([known.index(word) for word in words], np.int32))


def passages(at_ms: Sequence[int], verdicts: str, said: str = "", **columns: Any) -> Passages:
    """Parts by the first letters of their verdicts (X: not inspected) and of persons' words."""
    n = len(at_ms)
    words = {
        "recipe": "flange",
        "lot": "L1",
        "operator": "Ada",
        "model": "m.onnx",
        "sha256": "ab" * 32,
        "label": "good",
    }
    made: dict[str, Any] = {
        name: named(columns.pop(name, [word] * n)) for name, word in words.items()
    }
    for name in ("brightness", "sharpness", "unlike", "score"):
        made[name] = np.array(columns.pop(name, [np.nan] * n), float)
    again = np.array(columns.pop("again", [False] * n), bool)
    codes = np.array([VERDICTS.index(CODES[one]) for one in verdicts], np.uint8)
    spoken = np.array([SAID[one] for one in said or "-" * n], np.uint8)
    waits = (codes == VERDICTS.index(Verdict.REVIEW)) & (spoken == 0)
    assert not columns
    return Passages(
        np.arange(1, n + 1), np.array(at_ms, np.int64), codes, spoken, waits, again, **made,
        last_id=n, last_word=0,
    )  # fmt: skip
