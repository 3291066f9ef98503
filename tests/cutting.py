"""A cutting line whose causes are known, for the tests of what drives a defect and what is advised.

The coolant's temperature and the feed rate drive scratches, the blade's age a little, the vibration
of the spindle not at all. Values change slowly, as on a line: parts made one after the other are
alike.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, insert

from station.domain.inspection import Inspection, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.process import ProcessValue
from station.store.process_values import all_series
from station.store.rows import to_row
from station.store.schema import inspections, process_values, series
from station.store.store import Store

MORNING = 1_790_000_000_000
NAMES = ("Coolant temp", "Feed rate", "Blade age", "Spindle vibration")
UNITS = ("°C", "mm/min", "h", "mm/s")
COOLANT, FEED, BLADE, VIBRATION = range(4)

SOURCE = "modbus plc:502"
PICTURE = {"image": "images/none.png", "image_sha256": "ab" * 32, "image_bytes": 9}

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """pulls: what a step of 1 °C, 10 mm/min, 10 h and 1 mm/s adds to the odds, as a logarithm."""

    base: float = -3.9
    pulls: tuple[float, float, float, float] = (0.32, 0.38, 0.10, 0.0)
    dents: float = 0.004  # bad for another reason
    every: float = 20.0  # seconds a part, at 240 mm/min

    def chances(self, values: Numbers) -> Numbers:
        """That a part gets a scratch."""
        steps = (values - (29.0, 235.0, 20.0, 2.0)) / (1.0, 10.0, 10.0, 1.0)
        return np.asarray(1 / (1 + np.exp(-(self.base + steps @ np.array(self.pulls)))))


IDLE = replace(Line(), pulls=(0.0, 0.0, 0.0, 0.0), base=-3.2)
"""Scratches come, and nothing that is measured drives them."""


@dataclass(frozen=True)
class Made:
    """Parts in the order of time. labels: of the bad ones, else good."""

    values: Numbers
    at_ms: npt.NDArray[np.int64]
    labels: tuple[str, ...]
    chance: Numbers

    @property
    def scratched(self) -> npt.NDArray[np.bool_]:
        """Which have one."""
        return np.array([label == "scratch" for label in self.labels])


def make(
    line: Line,
    parts: int,
    seed: int,
    since_ms: int = MORNING,
    set_to: dict[int, float] | None = None,
) -> Made:
    """Parts of a line; set_to: what is held there, but for the noise of holding it."""
    rng = np.random.default_rng(seed)
    values = np.stack(
        [
            29.0 + 2.0 * slow(rng, parts, 400),
            steps(rng, parts),
            np.arange(parts) * line.every / 3600 % 40,
            2.0 + 0.5 * slow(rng, parts, 100),
        ],
        axis=1,
    )
    for place, value in (set_to or {}).items():
        values[:, place] = value + 0.05 * slow(rng, parts, 50)
    chance = line.chances(values)
    scratched, dented = rng.random(parts) < chance, rng.random(parts) < line.dents
    labels = np.where(scratched, "scratch", np.where(dented, "dent", "good"))
    gaps = line.every * 240 / values[:, FEED] * rng.uniform(0.97, 1.03, parts)
    at_ms = since_ms + (np.cumsum(gaps) * 1000).astype(np.int64)
    return Made(values, at_ms, tuple(labels.tolist()), chance)


def slow(rng: np.random.Generator, parts: int, memory: int) -> Numbers:
    """Noise of variance 1 that forgets itself after so many parts."""
    keep = float(np.exp(-1 / memory))
    noise = rng.normal(0, np.sqrt(1 - keep * keep), parts)
    found = np.empty(parts)
    last = rng.normal()
    for place in range(parts):
        last = keep * last + noise[place]
        found[place] = last
    return found


def steps(rng: np.random.Generator, parts: int) -> Numbers:
    """A rate that somebody sets anew every two hours or so, in steps of 5."""
    found = np.empty(parts)
    place = 0
    while place < parts:
        length = int(rng.integers(150, 600))
        found[place : place + length] = 5 * rng.integers(42, 53)
        place += length
    return found


def inspections_of(made: Made, first: int = 1) -> list[Inspection]:
    """The parts as the line records them."""
    return [_inspection(made, place, first + place) for place in range(len(made.labels))]


def fill(store: Store, made: Made, first: int = 1) -> None:
    """The same rows as `Store.record` writes, in one transaction; pictures there are none."""
    parts = inspections_of(made, first)
    rows = [{**to_row(one), "waits": 0, "station": "", **PICTURE} for one in parts]
    for number, row in enumerate(rows, first):
        row["id"] = number
    with store.transaction() as connection:
        connection.execute(insert(inspections), rows)
        known = _series(connection)
        values = [
            {"series": known[v.name], "at_ms": v.at_ms, "inspection": number, "value": v.value}
            for number, one in enumerate(parts, first)
            for v in one.values
        ]
        connection.execute(insert(process_values), values)


def _series(connection: Connection) -> dict[str, int]:
    """The key of each, made where it is not there."""
    there = {one.name for one in all_series(connection)}
    for name, unit in zip(NAMES, UNITS, strict=True):
        if name not in there:
            connection.execute(insert(series), {"name": name, "unit": unit, "source": SOURCE})
    return {one.name: one.id for one in all_series(connection)}


def _inspection(made: Made, place: int, number: int) -> Inspection:
    label, at_ms = made.labels[place], int(made.at_ms[place])
    good = label == "good"
    values = tuple(
        ProcessValue(name, float(value), unit, SOURCE, at_ms - 40)
        for name, unit, value in zip(NAMES, UNITS, made.values[place], strict=True)
        if np.isfinite(value)
    )
    return Inspection(
        uid=f"{number:032x}",
        part=Part(number, f"SN-{number}", "LOT-7"),
        at_ms=at_ms,
        trigger=TriggerSource.MACHINE,
        verdict=Verdict.OK if good else Verdict.NG,
        recipe="flange",
        recipe_version=1,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="flange.onnx",
        model_sha256="ab" * 32,
        provider="CPUExecutionProvider",
        camera="simulated",
        label=label,
        score=0.1 if good else 0.9,
        confidence=0.9,
        scores=((label, 0.9),),
        operator="07",
        values=values,
    )
