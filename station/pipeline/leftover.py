"""What the last line left behind: settled by the next one before it takes its first part."""

import logging
import time
from dataclasses import dataclass

from station.domain.inspection import Disposition, Inspection, Verdict
from station.domain.judge import dispose
from station.domain.part import Part
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault
from station.machine.base import Machine
from station.store.images import number_on_disk
from station.store.in_work import InWork, Unfinished
from station.store.store import Store

log = logging.getLogger(__name__)

INTERRUPTED = Fault(ErrorCode.PART_INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is needed to settle a part that has no line any more."""

    store: Store
    machine: Machine
    recipe: Recipe
    camera: str
    operator: str

    def settle(self, unfinished: list[Unfinished], in_work: InWork) -> list[Inspection]:
        """Record each as not inspected and have it rejected; returns those that were recorded.

        One that is in the records already lost only its word to the machine: a person's is told
        now, else it is rejected, unless it waits for one. What cannot be told or written stays
        open for the next start.
        """
        settled = []
        for one in unfinished:
            try:
                inspection = self._settle(one)
            except Exception as error:  # noqa: BLE001 - a machine's driver may fail in any way
                log.warning("an interrupted part could not be settled: %s", error)
                continue
            if inspection is not None:
                settled.append(inspection)
            in_work.settle(one.uid)
        return settled

    def _settle(self, one: Unfinished) -> Inspection | None:
        if self.store.reader.knows(one.uid):
            entry = self.store.reader.entry(one.uid)
            if entry.decision is not None:
                word = dispose(entry.inspection.verdict, self.recipe.review, entry.decision)
                self._tell(entry.inspection, word)
            elif entry.disposition is None and not entry.waits:
                self._tell(entry.inspection, Disposition.REJECT)
            return None
        number = number_on_disk(self.store.folder, one.uid, one.at_ms)
        part = Part(number or self.store.last_number() + 1, one.serial, one.lot)
        inspection = Inspection(
            uid=one.uid,
            part=part,
            at_ms=one.at_ms,
            trigger=one.source,
            verdict=Verdict.NOT_INSPECTED,
            recipe=self.recipe.name,
            recipe_version=self.recipe.version,
            review_limit=self.recipe.review_limit,
            ng_limit=self.recipe.ng_limit,
            roi=self.recipe.roi,
            model="",
            model_sha256=self.recipe.model_sha256,
            provider="",
            camera=self.camera,
            fault=INTERRUPTED,
            operator=self.operator,
        )
        self.store.record(inspection, None, waits=False)
        self._tell(inspection, Disposition.REJECT)
        return inspection

    def _tell(self, inspection: Inspection, word: Disposition) -> None:
        self.machine.signal(inspection.part, word, inspection)
        self.store.dispose(inspection.uid, word, time.time_ns() // 10**6)


def warning(settled: list[Inspection]) -> Fault:
    """What a person must know about them."""
    numbers = ", ".join(str(inspection.part.number) for inspection in settled[:20])
    facts = (("count", str(len(settled))), ("numbers", numbers))
    return Fault(ErrorCode.PARTS_INTERRUPTED, facts)
