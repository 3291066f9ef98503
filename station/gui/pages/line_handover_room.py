"""What a hand-over may ask for; built by station/overview/."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.errors import Fault
from station.insight.handover import Handover
from station.insight.shift import ShiftReport


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of signing: the report with its signatures, and the files of it.

    fault: the files could not be written; it is signed all the same.
    """

    report: ShiftReport
    pdf: Path | None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class HandoverRoom:
    """All may block.

    shift(back): the report of the shift that runs (0), or of so many before it.  sign(report,
    handover): keep the hand-over of what that report says, then write its files.  former(): all
    hand-overs, newest first.  report(handover): the report of its shift as it is now.
    write(report, target): as PDF or as CSV, by the ending of the name.  operators(): who worked
    here, by alphabet.
    """

    shift: Callable[[int], ShiftReport]
    sign: Callable[[ShiftReport, Handover], Kept]
    former: Callable[[], list[Handover]]
    report: Callable[[Handover], ShiftReport]
    write: Callable[[ShiftReport, Path], None]
    operators: Callable[[], tuple[str, ...]]
