"""Parts as a line judged them, written to a real store for the tests of insight."""

from typing import Any

import numpy as np

from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.process import ProcessValue
from station.store.store import Store

MORNING = 1_790_000_000_000


def record(store: Store, number: int, values: dict[str, float], **changes: Any) -> Inspection:
    """The part of that minute, OK unless it is changed, with the values that were read."""
    at_ms = MORNING + number * 60_000
    given: dict[str, Any] = {
        "uid": f"{number:032x}",
        "part": Part(number, "", changes.pop("lot", "L1")),
        "at_ms": at_ms,
        "trigger": TriggerSource.KEY,
        "verdict": Verdict.OK,
        "recipe": "flange",
        "recipe_version": 1,
        "review_limit": 0.4,
        "ng_limit": 0.6,
        "roi": None,
        "model": "m",
        "model_sha256": "ab" * 32,
        "provider": "cpu",
        "camera": "simulated",
        "label": "good",
        "score": 0.1,
        "confidence": 0.9,
        "scores": (("good", 0.9),),
        "ms": 1.0,
        "model_ms": 1.0,
        "values": tuple(
            ProcessValue(name, value, "", "plc", at_ms - 5) for name, value in values.items()
        ),
    }
    one = Inspection(**(given | changes))
    store.record(one, Still(one.uid, np.zeros((8, 8), np.uint8), None, None), False)
    return one
