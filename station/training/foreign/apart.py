"""The import in a process of its own, which may die: a foreign file cannot take this one along."""

import contextlib
import importlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from typing import IO, Any

import msgspec
import psutil

from station.errors import DatasetError, ErrorCode, Fault, ModelError, StationError
from station.training.foreign.importing import Order, Progress, Report, import_model

MOST_SECONDS = 600.0
MOST_BYTES = 6 * 2**30  # of memory
BEAT = 0.1  # seconds between two looks at the memory
LONGEST_LINE = 2**24


class Step(msgspec.Struct, tag="step"):
    """How far it is."""

    name: str
    share: float


class Done(msgspec.Struct, tag="done"):
    """The end."""

    report: Report


class Failed(msgspec.Struct, tag="failed"):
    """The other end."""

    fault: Fault


Message = Step | Done | Failed


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may take."""

    seconds: float = MOST_SECONDS
    memory: int = MOST_BYTES


def serve() -> int:
    """The process's own side: an order on stdin, messages on stdout."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    _bound_memory(2 * MOST_BYTES)
    try:
        report = import_model(order, lambda name, share: _tell(Step(name, share)))
    except StationError as error:
        _tell(Failed(error.fault))
        return 1
    except Exception as error:  # noqa: BLE001 - a broken file fails anywhere in foreign code
        _tell(Failed(_stopped(order, f"{type(error).__name__}: {error}"[:200]).fault))
        return 1
    _tell(Done(report))
    return 0


def import_apart(
    order: Order, command: Sequence[str], progress: Progress, bounds: Bounds | None = None
) -> Report:
    """As `import_model`, by `command`, whose process calls `serve`.

    Raises what it raises, and ModelError IMPORT_STOPPED where the process died, took too long or
    too much memory.
    """
    bounds = bounds or Bounds()
    process = subprocess.Popen(  # noqa: S603 - this program itself
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    lines: Queue[bytes | None] = Queue()
    assert process.stdin is not None
    assert process.stdout is not None
    reader = threading.Thread(
        target=_read, args=(process.stdout, lines), name="import", daemon=True
    )
    reader.start()
    try:
        with contextlib.suppress(OSError):
            process.stdin.write(msgspec.json.encode(order))
            process.stdin.close()
        return _followed(process, lines, order, progress, bounds)
    finally:
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _followed(
    process: "subprocess.Popen[bytes]",
    lines: "Queue[bytes | None]",
    order: Order,
    progress: Progress,
    bounds: Bounds,
) -> Report:
    ends = time.monotonic() + bounds.seconds
    while True:
        try:
            line = lines.get(timeout=BEAT)
        except Empty:
            _check_bounds(process, order, ends, bounds)
            continue
        if line is None:
            raise _stopped(order, _death(process.wait()))
        match _message(line):
            case Step(name, share):
                progress(name, share)
                _check_bounds(process, order, ends, bounds)
            case Done(report):
                return report
            case Failed(fault):
                raise _raised(fault)
            case None:
                raise _stopped(order, "no answer")


def _read(stream: IO[bytes], lines: "Queue[bytes | None]") -> None:
    """Every line, then None; in a thread, as a pipe cannot be waited for with a time everywhere."""
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(LONGEST_LINE):
            lines.put(line)
    lines.put(None)


def _message(line: bytes) -> Message | None:
    try:
        found: Message = msgspec.json.decode(line, type=Message)
    except msgspec.DecodeError:
        return None
    return found


def _check_bounds(
    process: "subprocess.Popen[bytes]", order: Order, ends: float, bounds: Bounds
) -> None:
    if time.monotonic() > ends:
        raise _stopped(order, f"{bounds.seconds:g} s")
    with contextlib.suppress(psutil.Error):
        if psutil.Process(process.pid).memory_info().rss > bounds.memory:
            raise _stopped(order, f"{bounds.memory / 2**30:g} GB")


def _raised(fault: Fault) -> StationError:
    kind = DatasetError if fault.code in DATASET_CODES else ModelError
    return kind(fault.code, **dict(fault.facts))


DATASET_CODES = frozenset(
    (
        ErrorCode.FOLDER_NOT_FOUND,
        ErrorCode.FOLDER_EMPTY,
        ErrorCode.DATASET_UNKNOWN_CLASS,
        ErrorCode.OUTPUT_NOT_WRITABLE,
    )
)


def _stopped(order: Order, reason: str) -> ModelError:
    return ModelError(ErrorCode.IMPORT_STOPPED, path=order.path, reason=reason)


def _death(code: int) -> str:
    """How a process ended that gave no answer."""
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _tell(message: Message) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


def _bound_memory(most: int) -> None:
    """Where the system can: an allocation beyond fails, instead of the machine."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        limits: Any = importlib.import_module("resource")
        limits.setrlimit(limits.RLIMIT_AS, (most, most))
