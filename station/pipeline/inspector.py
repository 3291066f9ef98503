"""Owns the model: capture → finding → verdict. Touches no disk once it runs."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from station.cameras.picture import PictureFigures, limits_of, measure_picture, picture_fault
from station.domain.inspection import Finding, Inspection, Still, Verdict, ViewResult
from station.domain.judge import judge, waits, wrong_product
from station.domain.part import Capture, Frame, Part, Pixels
from station.domain.recipe import Recipe, Roi
from station.domain.views import gravest
from station.errors import Fault, internal
from station.inference.engine import Engine
from station.inference.prepare import region
from station.pipeline.channel import Channel, Closed
from station.pipeline.identify import identify
from station.pipeline.looking import Engines, look
from station.pipeline.pulse import Pulse
from station.pipeline.recorder import Order, RecordPart
from station.pipeline.stills import Stills

log = logging.getLogger(__name__)

FIRST_SECONDS = 10.0  # for the first part, when a device still gets ready
LEAST_SECONDS = 2.0  # after that, or five times the slowest so far


@dataclass(frozen=True, slots=True)
class Context:
    """By what a part is judged, as one: no part is judged by half of one and half of another."""

    engine: Engine
    recipe: Recipe
    camera: str
    operator: str = ""
    further: Engines = ()

    @property
    def engines(self) -> Engines:
        """That of the recipe, and those of its further views."""
        return (self.engine, *self.further)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of looking at one capture; as far as there was something to see."""

    part: Part
    finding: Finding | None = None
    fault: Fault | None = None
    figures: PictureFigures | None = None
    views: tuple[ViewResult, ...] = ()


class Inspector:
    """The inspector's thread body. Every capture ends in exactly one record.

    doubt() tells why no part may be judged just now, whatever its picture; None: it may.
    on_inspected(inspection) is called before the record is handed on, with its still in `stills`.
    """

    def __init__(
        self,
        captures: Channel[Capture],
        records: Channel[Order],
        stills: Stills,
        context: Context,
        pulse: Pulse,
        doubt: Callable[[], Fault | None],
        on_inspected: Callable[[Inspection], None],
    ) -> None:
        self._captures = captures
        self._records = records
        self._stills = stills
        self._context = context
        self._in_hand: Context | None = None
        self._turn = threading.Condition()
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

    def change(self, context: Context) -> Context:
        """Judge by another context from the next part on; from any thread.

        Blocks until no part is judged by the old one any more, and returns that.
        """
        with self._turn:
            old, self._context = self._context, context
            self._patience = FIRST_SECONDS
            self._turn.wait_for(lambda: self._in_hand is not old)
            return old

    def _inspect(self, capture: Capture) -> None:
        with self._turn:
            context = self._in_hand = self._context
        try:
            self._judge(capture, context)
        finally:
            with self._turn:
                self._in_hand = None
                self._turn.notify_all()

    def _judge(self, capture: Capture, context: Context) -> None:
        seen = self._look(capture, context)
        inspection = _inspection(capture, seen, context)
        still = _still(capture, seen.finding, inspection.region)
        if still is not None:
            self._stills.put(still)
        self._on_inspected(inspection)
        held = waits(inspection.verdict, context.recipe.review)
        since = capture.frame.taken_ns if capture.frame else capture.trigger.at_ns
        self._records.put(RecordPart(inspection, still, held, since, context.recipe))

    def _look(self, capture: Capture, context: Context) -> _Seen:
        fault, frame = capture.fault or self._doubt(), capture.frame
        if fault is not None or frame is None:
            return _Seen(capture.part, fault=fault)
        started, figures, part = time.monotonic(), None, capture.part
        try:
            recipe = context.recipe
            seen = region(frame.pixels, recipe.roi, recipe.ignore)
            figures = measure_picture(seen)
            part, fault = _identified(part, frame, recipe)
            fault = fault or _objection(part, seen, figures, context)
            if fault is not None:
                return _Seen(part, fault=fault, figures=figures)
            with self._pulse.within("inspector", self._patience):
                looked = look(frame.pixels, recipe, context.engines, context.camera)
        except Exception as error:  # noqa: BLE001 - whatever happens, this part gets its verdict
            log.warning("part %s could not be judged: %s", capture.part.number, error)
            return _Seen(part, fault=internal(error), figures=figures)
        self._slowest = max(self._slowest, time.monotonic() - started)
        self._patience = max(LEAST_SECONDS, 5 * self._slowest)
        return _Seen(part, looked.finding, None, figures, looked.views)


def _identified(part: Part, frame: Frame, recipe: Recipe) -> tuple[Part, Fault | None]:
    if recipe.code is None:
        return part, None
    said = identify(part, frame.pixels, recipe.code, recipe.serial_pattern)
    return (part, said) if isinstance(said, Fault) else (said, None)


def _objection(part: Part, seen: Pixels, figures: PictureFigures, context: Context) -> Fault | None:
    """Why the model must not see this part: another product, or too little in its picture."""
    limits = limits_of(context.recipe)
    fault = picture_fault(seen, limits, context.camera, figures)
    return wrong_product(part, context.recipe) or fault


def _inspection(capture: Capture, seen: _Seen, context: Context) -> Inspection:
    recipe, engine, frame = context.recipe, context.engine, capture.frame
    finding, figures = seen.finding, seen.figures
    verdict = _verdict(seen, recipe) if seen.fault is None else Verdict.NOT_INSPECTED
    return Inspection(
        uid=capture.trigger.uid,
        part=seen.part,
        at_ms=capture.trigger.at_ms,
        trigger=capture.trigger.source,
        verdict=verdict,
        recipe=recipe.name,
        recipe_version=recipe.version,
        review_limit=recipe.review_limit,
        ng_limit=recipe.ng_limit,
        roi=recipe.roi,
        model=engine.card.name,
        model_sha256=engine.sha256,
        provider=engine.report.actual,
        camera=context.camera,
        label=finding.label if finding else None,
        score=finding.score if finding else None,
        confidence=finding.confidence if finding else None,
        scores=finding.scores if finding else (),
        ms=_since(frame),
        model_ms=finding.ms if finding else None,
        fault=seen.fault,
        operator=context.operator,
        source=frame.source if frame else "",
        truth=frame.truth if frame else None,
        unlike=finding.unlike if finding else None,
        brightness=figures.brightness if figures else None,
        sharpness=figures.focus if figures else None,
        values=capture.trigger.values,
        views=seen.views,
    )


def _verdict(seen: _Seen, recipe: Recipe) -> Verdict:
    """Of several looks the worst; see `looking.look`."""
    if not seen.views:
        return judge(seen.finding, recipe)
    return gravest(one.verdict for one in seen.views)


def _since(frame: Frame | None) -> float | None:
    return (time.monotonic_ns() - frame.taken_ns) / 1e6 if frame else None


def _still(capture: Capture, finding: Finding | None, region: Roi | None) -> Still | None:
    if capture.frame is None:
        return None
    evidence = finding.map if finding else None
    return Still(capture.trigger.uid, capture.frame.pixels, evidence, region)
