"""An inspection as plain values: a row of the table, and the JSON text inside its picture.

Texts are made fit for UTF-8 and numbers that are none become None here, so that a record can
always be written, and row and picture say the same.
"""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from station.domain.inspection import Inspection, Verdict, ViewResult
from station.domain.part import Part, TriggerSource
from station.domain.process import ProcessValue
from station.domain.recipe import Roi
from station.errors import ErrorCode, Fault

_AS_JSON = ("roi", "scores", "fault_facts", "views")
_VALUES, _VIEWS = "values", "views"


def to_row(inspection: Inspection) -> dict[str, Any]:
    """The columns of `inspections` that the record itself fills."""
    values = to_values(inspection)
    values.pop(_VALUES, None)  # they have a table of their own
    for key in _AS_JSON:
        if values.setdefault(key, None) is not None:
            values[key] = _dumps(values[key])
    return values


def from_row(row: Mapping[str, Any]) -> Inspection:
    """The inspection in a row of `inspections` or `current`; other columns are left aside."""
    values = dict(row)
    for key in _AS_JSON:
        if values.get(key) is not None:
            values[key] = json.loads(values[key])
    return from_values(values)


def to_json(inspection: Inspection) -> str:
    """The record as one line of JSON, the same text for the same record."""
    return _dumps(to_values(inspection))


def from_json(text: str) -> Inspection:
    """The inspection in a text of `to_json`. Raises ValueError, KeyError or TypeError."""
    return from_values(json.loads(text))


def to_values(inspection: Inspection) -> dict[str, Any]:
    """The record as plain nested values, by column; process values and views if it has any."""
    roi, fault = inspection.roi, inspection.fault
    read = {_VALUES: [_process(one) for one in inspection.values]} if inspection.values else {}
    looks = {_VIEWS: [_look(one) for one in inspection.views]} if inspection.views else {}
    return {
        "uid": fit_text(inspection.uid),
        "number": inspection.part.number,
        "serial": fit_text(inspection.part.serial),
        "lot": fit_text(inspection.part.lot),
        "at_ms": inspection.at_ms,
        "triggered_by": inspection.trigger.value,
        "verdict": inspection.verdict.value,
        "recipe": fit_text(inspection.recipe),
        "recipe_version": inspection.recipe_version,
        "review_limit": float(inspection.review_limit),
        "ng_limit": float(inspection.ng_limit),
        "roi": None if roi is None else [roi.x, roi.y, roi.width, roi.height],
        "model": fit_text(inspection.model),
        "model_sha256": inspection.model_sha256,
        "provider": fit_text(inspection.provider),
        "camera": fit_text(inspection.camera),
        "label": _optional_text(inspection.label),
        "score": _finite(inspection.score),
        "confidence": _finite(inspection.confidence),
        "scores": [[fit_text(label), _finite(value)] for label, value in inspection.scores],
        "ms": _finite(inspection.ms),
        "model_ms": _finite(inspection.model_ms),
        "fault": None if fault is None else fault.code.value,
        "fault_facts": None if fault is None else fault_facts(fault),
        "operator": fit_text(inspection.operator),
        "source": fit_text(inspection.source),
        "truth": _optional_text(inspection.truth),
        "unlike": _finite(inspection.unlike),
        "brightness": _finite(inspection.brightness),
        "sharpness": _finite(inspection.sharpness),
        **read,
        **looks,
    }


def from_values(values: Mapping[str, Any]) -> Inspection:
    """The inspection in values of `to_values`."""
    return Inspection(
        uid=values["uid"],
        part=Part(values["number"], values["serial"], values["lot"]),
        at_ms=values["at_ms"],
        trigger=TriggerSource(values["triggered_by"]),
        verdict=Verdict(values["verdict"]),
        recipe=values["recipe"],
        recipe_version=values["recipe_version"],
        review_limit=values["review_limit"],
        ng_limit=values["ng_limit"],
        roi=None if values["roi"] is None else Roi(*values["roi"]),
        model=values["model"],
        model_sha256=values["model_sha256"],
        provider=values["provider"],
        camera=values["camera"],
        label=values["label"],
        score=values["score"],
        confidence=values["confidence"],
        scores=tuple((label, math.nan if p is None else p) for label, p in values["scores"]),
        ms=values["ms"],
        model_ms=values["model_ms"],
        fault=fault_from(values["fault"], values["fault_facts"]),
        operator=values["operator"],
        source=values["source"],
        truth=values["truth"],
        unlike=values.get("unlike"),  # a picture of an earlier program says nothing of these
        brightness=values.get("brightness"),
        sharpness=values.get("sharpness"),
        values=tuple(
            ProcessValue(name, math.nan if value is None else value, unit, source, at_ms)
            for name, value, unit, source, at_ms in values.get(_VALUES, ())
        ),
        views=tuple(
            ViewResult(name, Roi(*roi), Verdict(verdict), *seen)
            for name, roi, verdict, *seen in values.get(_VIEWS) or ()
        ),
    )


def fit_text(text: str) -> str:
    """The text with what UTF-8 cannot hold escaped, such as odd bytes in a Linux file name."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def fault_facts(fault: Fault) -> list[list[str]]:
    """Its facts as plain values."""
    return [[fit_text(name), fit_text(value)] for name, value in fault.facts]


def fault_from(code: str | None, facts: Iterable[tuple[str, str]]) -> Fault | None:
    """The fault with that code and values of `fault_facts`; None for no code."""
    if code is None:
        return None
    known = tuple((name, value) for name, value in facts)
    try:
        return Fault(ErrorCode(code), known)
    except ValueError:  # a code of another version of the program
        return Fault(ErrorCode.INTERNAL, (("reason", code), *known))


def _process(one: ProcessValue) -> list[Any]:
    texts = fit_text(one.name), fit_text(one.unit), fit_text(one.source)
    return [texts[0], _finite(one.value), texts[1], texts[2], one.at_ms]


def _optional_text(text: str | None) -> str | None:
    return None if text is None else fit_text(text)


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _look(one: ViewResult) -> list[Any]:
    place = [one.roi.x, one.roi.y, one.roi.width, one.roi.height]
    said = [one.verdict.value, fit_text(one.label), _finite(one.score), _finite(one.confidence)]
    return [fit_text(one.name), place, *said, one.model_sha256]
