"""What is said of a part by MQTT: one JSON, as resources/schemas/mqtt-result.schema.json has it.

Fields may be added, never taken away or changed; `schema` rises when that must be.
"""

import json
import math
from datetime import UTC, datetime
from typing import Any

from station.domain.inspection import Disposition, Inspection
from station.domain.picture_name import picture_name

SCHEMA = 1


def result_json(disposition: Disposition, seen: Inspection) -> bytes:
    """UTF-8, one line; a number that is none is null."""
    return json.dumps(_values(disposition, seen), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "backslashreplace"
    )


def _values(disposition: Disposition, seen: Inspection) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "uid": seen.uid,
        "number": seen.part.number,
        "serial": seen.part.serial,
        "lot": seen.part.lot,
        "at": _moment(seen.at_ms),
        "trigger": seen.trigger.value,
        "disposition": disposition.value,
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": _finite(seen.score),
        "confidence": _finite(seen.confidence),
        "scores": {label: _finite(score) for label, score in seen.scores},
        "unlike": _finite(seen.unlike),
        "fault": _fault(seen),
        "recipe": seen.recipe,
        "recipe_version": seen.recipe_version,
        "model": seen.model,
        "model_sha256": seen.model_sha256,
        "camera": seen.camera,
        "operator": seen.operator,
        "ms": _finite(seen.ms),
        "image": None if seen.ms is None else picture_name(seen),  # without a frame, no time
        "views": [
            {
                "name": one.name,
                "verdict": one.verdict.value,
                "label": one.label,
                "score": _finite(one.score),
                "confidence": _finite(one.confidence),
            }
            for one in seen.views
        ],
        "values": [
            {
                "name": one.name,
                "value": _finite(one.value),
                "unit": one.unit,
                "source": one.source,
                "at": _moment(one.at_ms),
            }
            for one in seen.values
        ],
    }


def _fault(seen: Inspection) -> dict[str, Any] | None:
    if seen.fault is None:
        return None
    return {"code": seen.fault.code.value, "facts": dict(seen.fault.facts)}


def _moment(at_ms: int) -> str:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03}Z"


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
