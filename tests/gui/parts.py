"""Inspections to show: a flange with four kinds of defects."""

from dataclasses import replace

from station.domain.inspection import Inspection, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, Fault

DEFECTS = ("scratch", "dent", "stain", "missing_hole")
ROI = Roi(16, 8, 96, 96)
RECIPE = Recipe("flange", "m.onnx", roi=ROI, review_limit=0.35, ng_limit=0.6)
GONE = Fault(ErrorCode.CAMERA_LOST, (("source", "cam 1"),))


def seen(
    number: int, verdict: Verdict = Verdict.REVIEW, score: float = 0.48, label: str = "scratch"
) -> Inspection:
    """A part with the number, judged so."""
    scores = {"good": 1 - score} | dict.fromkeys(DEFECTS, 0.1 * score)
    if label != "good":
        scores[label] = score
    return Inspection(
        uid=f"u{number}",
        part=Part(number, "8842-00193", "26-1121-B"),
        at_ms=0,
        trigger=TriggerSource.KEY,
        verdict=verdict,
        recipe="flange",
        recipe_version=7,
        review_limit=0.35,
        ng_limit=0.6,
        roi=ROI,
        model="m",
        model_sha256="",
        provider="CPUExecutionProvider",
        camera="simulated",
        label=label,
        score=score,
        confidence=0.9,
        scores=tuple(scores.items()),
        ms=38.4,
    )


def spoiled(number: int) -> Inspection:
    """The same part when its record could not be written: nobody may trust the verdict."""
    return replace(
        seen(number),
        verdict=Verdict.NOT_INSPECTED,
        fault=GONE,
        label=None,
        score=None,
        confidence=None,
        scores=(),
    )
