"""What was found out about the causes of a defect, and what is advised: figures, no words.

Written by a process of its own, read by the window; both sides of the file are here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from station.store.model_files import folder_name

NG = "NG"
"""The target that is no label: every part that stands as NG."""

FOLDER = "insight"
"""Below the data folder; what is in it may be lost."""

LEAST_PARTS = 50
LEAST_BAD = 10


class Lack(StrEnum):
    """Why nothing could be looked for."""

    PARTS = "parts"  # fewer than LEAST_PARTS with values
    BAD = "bad"  # fewer than LEAST_BAD of them bad, or good
    VALUES = "values"  # no process value is left


class LeftOut(StrEnum):
    """Why a process value was not used."""

    CONSTANT = "constant"
    LEAK = "leak"  # it tells almost exactly which parts are bad: likely it is known only afterwards
    LATE = "late"  # it came only lately
    STOPPED = "stopped"  # it comes no more
    GAPS = "gaps"  # too many parts have none


class Sense(StrEnum):
    """Where on a driver's scale more parts are bad."""

    HIGH = "high"
    LOW = "low"
    ENDS = "ends"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How good the model is on parts that were made after those it learnt from.

    auc: of a bad and a good part it takes the right one for the worse, as a share; 0.5 is chance.
    low, high: with 95 %. p: how often chance does as well. since_ms, until_ms: of the parts;
    lately_ms: from there on it is how the line runs now.
    """

    parts: int
    bad: int
    since_ms: int
    until_ms: int
    lately_ms: int
    auc: float
    low: float
    high: float
    p: float
    method: str


@dataclass(frozen=True, slots=True)
class Driver:
    """A process value, and what is lost when the model does not know it.

    share: of the model's whole gain over knowing nothing; spread: its standard error. is_sure: the
    loss is beyond chance.
    """

    name: str
    unit: str
    share: float
    spread: float
    is_sure: bool
    sense: Sense


@dataclass(frozen=True, slots=True)
class Change:
    """A setting: its median lately, and what is advised instead."""

    name: str
    unit: str
    was: float
    to: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Settings inside what was seen. now, expected: the shares that are bad, by the model.

    low, high: of `expected`, with 95 %. near, near_bad: parts that were made about so already,
    and how many of them were bad. pace, pace_now: parts a minute near there, and lately.
    """

    changes: tuple[Change, ...]
    now: float
    expected: float
    low: float
    high: float
    near: int
    near_bad: int
    pace: float | None = None
    pace_now: float | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """All of it, for one product and one target; times in ms, UTC.

    lack: why there is nothing else. values: every process value that could be a setting, with its
    unit. is_found: the model is better than chance. settable: what could be changed for
    `suggestion`; without one, nothing better was seen.
    """

    product: str
    target: str
    made_ms: int
    parts: int
    bad: int
    lack: Lack | None = None
    evidence: Evidence | None = None
    is_found: bool = False
    drivers: tuple[Driver, ...] = ()
    left_out: tuple[tuple[str, LeftOut], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    settable: tuple[str, ...] = ()
    suggestion: Suggestion | None = None


def result_path(data: Path, product: str, target: str) -> Path:
    """Where the last advice lies; its model beside it, as .onnx."""
    return data / FOLDER / folder_name(product) / f"{folder_name(target)}.json"


def to_json(advice: Advice) -> bytes:
    """Fit for a file."""
    return json.dumps(asdict(advice), ensure_ascii=False).encode()


def from_json(data: bytes) -> Advice | None:
    """What `to_json` wrote; None of anything else."""
    try:
        return _advice(json.loads(data))
    except (ValueError, KeyError, TypeError):
        return None


def _advice(values: Mapping[str, Any]) -> Advice:
    told = dict(values)
    made = told["evidence"], told["suggestion"]
    evidence = None if made[0] is None else Evidence(**made[0])
    return Advice(
        **{
            **told,
            "lack": None if told["lack"] is None else Lack(told["lack"]),
            "evidence": evidence,
            "drivers": tuple(_driver(one) for one in told["drivers"]),
            "left_out": tuple((str(name), LeftOut(why)) for name, why in told["left_out"]),
            "values": tuple((str(name), str(unit)) for name, unit in told["values"]),
            "settable": tuple(map(str, told["settable"])),
            "suggestion": None if made[1] is None else _suggestion(made[1]),
        }
    )


def _driver(values: Mapping[str, Any]) -> Driver:
    return Driver(**{**values, "sense": Sense(values["sense"])})


def _suggestion(values: Mapping[str, Any]) -> Suggestion:
    return Suggestion(**{**values, "changes": changes_of(values["changes"])})


def changes_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """As they were written. Raises KeyError, TypeError or ValueError."""
    return tuple(
        Change(str(one["name"]), str(one["unit"]), float(one["was"]), float(one["to"]))
        for one in rows
    )
