"""An inspection for machines to tell of."""

from station.domain.inspection import Inspection, Verdict
from station.domain.part import Part, TriggerSource


def seen(number: int, verdict: Verdict = Verdict.OK) -> Inspection:
    return Inspection(
        uid=f"{number:032x}",
        part=Part(number, f"SN-{number}", "LOT-7"),
        at_ms=1_790_000_000_000 + number,
        trigger=TriggerSource.MACHINE,
        verdict=verdict,
        recipe="flange",
        recipe_version=3,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="flange.onnx",
        model_sha256="ab" * 32,
        provider="CPUExecutionProvider",
        camera="simulated",
        label="good",
        score=0.1,
        confidence=0.9,
        scores=(("good", 0.9), ("scratch", 0.1)),
        ms=31.25,
        model_ms=22.5,
    )
