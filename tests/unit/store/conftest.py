"""Records to write, and an open store to write them to."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Roi
from station.store.store import Store

MORNING = 1_790_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def make() -> Callable[..., Inspection]:
    """An inspection by part number, with whatever is to be different."""

    def inspection(number: int = 1, **changes: Any) -> Inspection:
        values: dict[str, Any] = {
            "uid": f"{number:032x}",
            "part": Part(number, f"SN-{number}", "LOT-7"),
            "at_ms": MORNING + number * 1000,
            "trigger": TriggerSource.KEY,
            "verdict": Verdict.OK,
            "recipe": "flange",
            "recipe_version": 3,
            "review_limit": 0.4,
            "ng_limit": 0.6,
            "roi": Roi(4, 2, 32, 40),
            "model": "flange.onnx",
            "model_sha256": "ab" * 32,
            "provider": "CPUExecutionProvider",
            "camera": "simulated",
            "label": "good",
            "score": 0.1,
            "confidence": 0.9,
            "scores": (("good", 0.9), ("scratch", 0.1)),
            "ms": 31.25,
            "model_ms": 22.5,
        }
        return Inspection(**(values | changes))

    return inspection


@pytest.fixture
def picture() -> Callable[..., Still]:
    """A noisy still for an inspection."""

    def still(inspection: Inspection, shape: tuple[int, ...] = (48, 64)) -> Still:
        rng = np.random.default_rng(inspection.part.number)
        pixels = rng.integers(0, 256, shape, np.uint8)
        return Still(inspection.uid, pixels, rng.integers(0, 256, (5, 7), np.uint8), inspection.roi)

    return still


@pytest.fixture
def keep(
    store: Store, make: Callable[..., Inspection], picture: Callable[..., Still]
) -> Callable[..., Inspection]:
    """Record a part and give back what was recorded."""

    def record(number: int = 1, *, waits: bool = False, **changes: Any) -> Inspection:
        inspection = make(number, **changes)
        store.record(inspection, picture(inspection), waits)
        return inspection

    return record


@pytest.fixture
def says() -> Callable[..., Decision]:
    """A decision: of which inspection, what, how many seconds after it."""

    def decision(
        inspection: Inspection, kind: DecisionKind, after: float = 2.0, **changes: Any
    ) -> Decision:
        at_ms = inspection.at_ms + int(after * 1000)
        return Decision(inspection.uid, kind, at_ms, **changes)

    return decision
