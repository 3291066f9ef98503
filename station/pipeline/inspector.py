"""Owns the model: capture → finding → verdict. Touches no disk once it runs."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from station.cameras.picture import limits_of, picture_fault
from station.domain.inspection import Finding, Inspection, Still, Verdict
from station.domain.judge import judge, waits, wrong_product
from station.domain.part import Capture, Frame, Part
from station.domain.recipe import Recipe
from station.errors import Fault, internal
from station.inference.engine import Engine
from station.inference.prepare import crop
from station.pipeline.channel import Channel, Closed
from station.pipeline.pulse import Pulse
from station.pipeline.recorder import Order, RecordPart
from station.pipeline.stills import Stills

log = logging.getLogger(__name__)

FIRST_SECONDS = 10.0  # for the first part, when a device still gets ready
LEAST_SECONDS = 2.0  # after that, or five times the slowest so far


@dataclass(frozen=True, slots=True)
class Context:
    """What is written beside each verdict: under which recipe, camera and operator it was made."""

    recipe: Recipe
    camera: str
    operator: str = ""


class Inspector:
    """The inspector's thread body. Every capture ends in exactly one record.

    doubt() tells why no part may be judged just now, whatever its picture; None: it may.
    on_inspected(inspection) is called before the record is handed on, with its still in `stills`.
    """

    def __init__(
        self,
        engine: Engine,
        captures: Channel[Capture],
        records: Channel[Order],
        stills: Stills,
        context: Context,
        pulse: Pulse,
        doubt: Callable[[], Fault | None],
        on_inspected: Callable[[Inspection], None],
    ) -> None:
        self._engine = engine
        self._captures = captures
        self._records = records
        self._stills = stills
        self._context = context
        self._pulse = pulse
        self._doubt = doubt
        self._on_inspected = on_inspected
        self._patience = FIRST_SECONDS
        self._slowest = 0.0

    def run(self) -> None:
        """Inspect until the captures are closed and drained, then close the records."""
        try:
            while True:
                try:
                    capture = self._captures.get()
                except Closed:
                    return
                if capture is not None:
                    self._inspect(capture)
        finally:
            self._records.close()

    def _inspect(self, capture: Capture) -> None:
        finding, fault = self._look(capture)
        inspection = self._inspection(capture, finding, fault)
        still = _still(capture, finding, self._context.recipe)
        if still is not None:
            self._stills.put(still)
        self._on_inspected(inspection)
        held = waits(inspection.verdict, self._context.recipe.review)
        since = capture.frame.taken_ns if capture.frame else capture.trigger.at_ns
        self._records.put(RecordPart(inspection, still, held, since))

    def _look(self, capture: Capture) -> tuple[Finding | None, Fault | None]:
        fault = capture.fault or self._doubt()
        if fault is not None or capture.frame is None:
            return None, fault
        started = time.monotonic()
        try:
            fault = self._objection(capture.part, capture.frame)
            if fault is not None:
                return None, fault
            with self._pulse.within("inspector", self._patience):
                finding = self._engine.look(capture.frame.pixels, self._context.recipe.roi)
        except Exception as error:  # noqa: BLE001 - whatever happens, this part gets its verdict
            log.warning("part %s could not be judged: %s", capture.part.number, error)
            return None, internal(error)
        self._slowest = max(self._slowest, time.monotonic() - started)
        self._patience = max(LEAST_SECONDS, 5 * self._slowest)
        return finding, None

    def _objection(self, part: Part, frame: Frame) -> Fault | None:
        """Why the model must not see this part: another product, or too little in its picture."""
        recipe = self._context.recipe
        seen = crop(frame.pixels, recipe.roi)
        fault = picture_fault(seen, limits_of(recipe), self._context.camera)
        return wrong_product(part, recipe) or fault

    def _inspection(
        self, capture: Capture, finding: Finding | None, fault: Fault | None
    ) -> Inspection:
        recipe, frame = self._context.recipe, capture.frame
        verdict = judge(finding, recipe) if fault is None else Verdict.NOT_INSPECTED
        return Inspection(
            uid=capture.trigger.uid,
            part=capture.part,
            at_ms=capture.trigger.at_ms,
            trigger=capture.trigger.source,
            verdict=verdict,
            recipe=recipe.name,
            recipe_version=recipe.version,
            review_limit=recipe.review_limit,
            ng_limit=recipe.ng_limit,
            roi=recipe.roi,
            model=self._engine.card.name,
            model_sha256=self._engine.sha256,
            provider=self._engine.report.actual,
            camera=self._context.camera,
            label=finding.label if finding else None,
            score=finding.score if finding else None,
            confidence=finding.confidence if finding else None,
            scores=finding.scores if finding else (),
            ms=_since(frame),
            model_ms=finding.ms if finding else None,
            fault=fault,
            operator=self._context.operator,
            source=frame.source if frame else "",
            truth=frame.truth if frame else None,
        )


def _since(frame: Frame | None) -> float | None:
    return (time.monotonic_ns() - frame.taken_ns) / 1e6 if frame else None


def _still(capture: Capture, finding: Finding | None, recipe: Recipe) -> Still | None:
    if capture.frame is None:
        return None
    evidence = finding.map if finding else None
    return Still(capture.trigger.uid, capture.frame.pixels, evidence, recipe.roi)
