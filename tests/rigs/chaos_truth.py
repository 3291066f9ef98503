"""What truly happened, written down beside the line, and what must follow from it.

One line of text for each thing, one write each, so that it outlives a killed process:

    T serial uid          a trigger was taken             N serial         or turned away
    I uid serial verdict  a verdict was told              R uid            a part was told recorded
    S serial word number  the machine was told            M serial word    it could not be told
    E mark                the model failed for a picture  D uid kind       a decision was told
    W uid                 it could not be written         Y uid            it was, told otherwise
    C admitted recorded unrecorded   a line was stopped   K                the process kills itself
    G text                something did not hold, seen at once             X what  a trouble began
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from station.domain.inspection import DecisionKind, Verdict
from station.errors import ErrorCode
from station.store.queries import Entry, Reader
from station.store.verify import Problem, stray_files, verify

PAGE = 500
_WORDS = {DecisionKind.ACCEPT: "RELEASE", DecisionKind.REJECT: "REJECT"}


class Ledger:
    """Appends to the file; safe from any thread, and it never fails with the disk."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._lock = threading.Lock()

    def say(self, word: str, *rest: object) -> None:
        """One line."""
        text = " ".join([word, *(str(one) or "-" for one in rest)]).replace("\n", " ⏎ ")
        with self._lock:
            os.write(self._file, f"{text}\n".encode())


@dataclass
class Truth:
    """The ledger, read back."""

    taken: dict[str, str] = field(default_factory=dict)  # serial → uid
    refused: set[str] = field(default_factory=set)
    recorded: list[str] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)  # serial → words, in order
    untold: dict[str, list[str]] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)  # serial → uid, as it was told
    standing: dict[str, list[str]] = field(default_factory=dict)  # uid → words not undone
    accepted_when_released: set[str] = field(default_factory=set)  # serials
    model_failed: set[int] = field(default_factory=set)
    unwritten: set[str] = field(default_factory=set)
    reply_lost: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    stops: int = 0
    admitted: int = 0
    counted: int = 0
    decisions: int = 0


def read_truth(path: Path) -> Truth:
    """Everything that was written down."""
    truth = Truth()
    for line in path.read_text("utf-8").splitlines():
        word, *rest = line.split(" ")
        if not (_of_a_part(truth, word, rest) or _of_the_world(truth, word, rest)):
            truth.seen.append(line)
    return truth


def _of_a_part(truth: Truth, word: str, rest: list[str]) -> bool:
    match word, rest:
        case "T", [serial, uid]:
            truth.taken[serial] = uid
        case "N", [serial]:
            truth.refused.add(serial)
        case "I", [uid, serial, _]:
            truth.uids[serial] = uid
        case "R", [uid]:
            truth.recorded.append(uid)
        case "W", [uid]:
            truth.unwritten.add(uid)
        case "Y", [uid]:
            truth.reply_lost.add(uid)
        case "D", [uid, kind]:
            truth.decisions += 1
            _decide(truth.standing.setdefault(uid, []), kind)
        case "S", [serial, said, _]:
            truth.told.setdefault(serial, []).append(said)
            if truth.standing.get(truth.uids.get(serial, ""), [])[-1:] == ["accept"]:
                truth.accepted_when_released.add(serial)
        case "M", [serial, said]:
            truth.untold.setdefault(serial, []).append(said)
        case _:
            return False
    return True


def _of_the_world(truth: Truth, word: str, rest: list[str]) -> bool:
    match word, rest:
        case "E", [mark]:
            truth.model_failed.add(int(mark))
        case "X", [what]:
            truth.troubles[what] += 1
        case "K", _:
            truth.kills += 1
        case "C", [admitted, recorded, _]:
            truth.stops += 1
            truth.admitted += int(admitted)
            truth.counted += int(recorded)
        case _:
            return False
    return True


def _decide(standing: list[str], kind: str) -> None:
    if kind != "undo":
        standing.append(kind)
    elif standing:
        standing.pop()


@dataclass(frozen=True)
class Judgement:
    """The invariants against truth and records."""

    rows: int
    verdicts: Counter[str]
    faults: Counter[str]  # of the rows that were not inspected
    interrupted: int
    strays: int
    decided_untold: int
    broken: list[str]


def judge(folder: Path, truth: Truth) -> Judgement:
    """Hold every row and every fact against each other."""
    with Reader(folder) as reader:
        entries = list(_all(reader))
        broken = [line for entry in entries for line in _row(reader, entry, truth)]
    broken += [f"seen at once: {line}" for line in truth.seen]
    broken += _pictures(folder)
    broken += _sets(entries, truth)
    broken += _machine(entries, truth)
    verdicts = Counter(entry.inspection.verdict.value for entry in entries)
    faults = Counter(
        entry.inspection.fault.code.value for entry in entries if entry.inspection.fault is not None
    )
    strays = len(list(stray_files(folder)))
    interrupted = faults[ErrorCode.PART_INTERRUPTED.value]
    untold = sum(_decided_untold(entry, truth) for entry in entries)
    return Judgement(len(entries), verdicts, faults, interrupted, strays, untold, broken)


def _all(reader: Reader) -> Iterator[Entry]:
    last = 0
    while page := reader.after(last, PAGE):
        yield from page
        last = page[-1].id


def _row(reader: Reader, entry: Entry, truth: Truth) -> Iterator[str]:
    """One verdict, the right one, of its own picture, and none of a picture that was no good."""
    inspection = entry.inspection
    name = f"part {inspection.part.number} ({inspection.verdict.value}, {inspection.source})"
    if inspection.source and entry.image is not None:
        yield from _own_picture(reader, entry, name)
    if inspection.verdict is Verdict.NOT_INSPECTED:
        if inspection.fault is None:
            yield f"{name}: not inspected, and nothing says why"
        return
    if inspection.fault is not None:
        yield f"{name}: a verdict beside the fault {inspection.fault.code.value}"
    if entry.image is None:
        yield f"{name}: judged without a picture"
        return
    state, kind, mark = inspection.source.split("/")
    if state != "well":
        yield f"{name}: judged while the camera was not well"
    elif kind != inspection.verdict.value:
        yield f"{name}: the part deserved {kind}"
    if int(mark) in truth.model_failed:
        yield f"{name}: judged while the model failed"
    if inspection.uid in truth.unwritten:
        yield f"{name}: judged though it could not be written at first"


def _own_picture(reader: Reader, entry: Entry, name: str) -> Iterator[str]:
    still = reader.still(entry.inspection.uid)
    mark = int(entry.inspection.source.split("/")[2])
    if still is None or int.from_bytes(still.pixels[1, 1:5].tobytes(), "big") != mark:
        yield f"{name}: the picture kept is another one"


def _pictures(folder: Path) -> Iterator[str]:
    for row in verify(folder):
        if not row.good:
            missing = row.problem is Problem.MISSING
            yield f"part {row.number}: " + ("no image" if missing else f"image {row.problem}")


def _sets(entries: list[Entry], truth: Truth) -> Iterator[str]:
    """Acknowledged, taken, admitted, counted and recorded are the same parts."""
    rows = {entry.inspection.uid: entry for entry in entries}
    numbers = Counter(entry.inspection.part.number for entry in entries)
    serials = Counter(entry.inspection.part.serial for entry in entries)
    yield from (f"acknowledged and lost: {uid}" for uid in truth.recorded if uid not in rows)
    yield from (f"acknowledged twice: {uid}" for uid, n in Counter(truth.recorded).items() if n > 1)
    yield from (f"number {number} given {n} times" for number, n in numbers.items() if n > 1)
    yield from (f"{n} rows of the one part {one}" for one, n in serials.items() if n > 1)
    for serial, uid in truth.taken.items():
        if uid not in rows:
            yield f"taken and never recorded: {serial} {uid}"
        elif rows[uid].inspection.part.serial != serial:
            yield f"{serial} was recorded as {rows[uid].inspection.part.serial}"
    yield from (f"turned away and recorded: {serial}" for serial in truth.refused & set(serials))
    if not truth.kills and len(entries) != len(truth.taken):
        yield f"{len(truth.taken)} parts were taken, {len(entries)} recorded"
    if not truth.kills and truth.admitted - truth.counted != len(
        [e for e in entries if _interrupted(e)]
    ):
        yield f"{truth.admitted} admitted, {truth.counted} counted as recorded"


def _machine(entries: list[Entry], truth: Truth) -> Iterator[str]:
    """Nothing was let pass but what is OK, or what a person accepted; every part had its word."""
    for entry in entries:
        serial, verdict = entry.inspection.part.serial, entry.inspection.verdict
        told = truth.told.get(serial, [])
        stands = entry.decision is not None and entry.decision.kind is DecisionKind.ACCEPT
        person = stands or serial in truth.accepted_when_released
        if "RELEASE" in told and verdict is not Verdict.OK and not person:
            yield f"{serial} was let pass: {verdict.value}"
        if "RELEASE" in told and not person and _in_fault(entry, truth):
            yield f"{serial} was let pass in a fault"
        if entry.disposition is not None and not told and serial not in truth.untold:
            yield f"{serial}: {entry.disposition.name} is recorded, and the machine knows nothing"
        if not entry.waits and not told and serial not in truth.untold:
            yield f"{serial}: the machine was never told"
        if not truth.kills and _decided_untold(entry, truth):
            yield f"{serial}: a person's {entry.decision} stands, the machine was told {told}"
        if told and entry.disposition is not None and entry.disposition.name != told[-1]:
            yield f"{serial}: told {told}, recorded {entry.disposition.name}"
    for serial in truth.refused:
        words = truth.told.get(serial, []) + truth.untold.get(serial, [])
        if set(words) != {"REJECT"}:
            yield f"{serial} was turned away, and the machine was told {words}"


def _decided_untold(entry: Entry, truth: Truth) -> bool:
    """A word that stands, and that the machine did not hear last."""
    serial = entry.inspection.part.serial
    if entry.decision is None or serial in truth.untold:
        return False
    return truth.told.get(serial, [])[-1:] != [_WORDS[entry.decision.kind]]


def _in_fault(entry: Entry, truth: Truth) -> bool:
    inspection = entry.inspection
    failed = {*truth.unwritten, *truth.reply_lost}
    return inspection.uid in failed or not inspection.source.startswith("well/")


def _interrupted(entry: Entry) -> bool:
    fault = entry.inspection.fault
    return fault is not None and fault.code is ErrorCode.PART_INTERRUPTED
