"""A simulated controller on the command line, to learn the hand-shake with a machine."""

import queue
import sys
import threading
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Json
from station.errors import ErrorCode, LineError
from station.printing import Out

if TYPE_CHECKING:
    from station.machine.simulated_plc import PlcPart, SimulatedPlc

app = typer.Typer(help="A simulated machine controller (PLC).", no_args_is_help=True)

Row = dict[str, Any]


@app.callback()
def _group() -> None:
    """A simulated machine controller (PLC)."""


@app.command()
def simulate(
    address: Annotated[str, typer.Option(help="Where it listens.")] = "127.0.0.1:5020",
    every: Annotated[float, typer.Option(min=0.0, help="Seconds between two parts.")] = 2.0,
    enter: Annotated[
        bool, typer.Option("--enter", help="A part for each Enter, not by the clock.")
    ] = False,
    parts: Annotated[int | None, typer.Option(min=1, help="End after so many parts.")] = None,
    window: Annotated[
        float, typer.Option(min=10, help="How many ms it waits for an answer.")
    ] = 1000.0,
    as_json: Json = False,
) -> None:
    """Be a controller with the hand-shake in Modbus: raise triggers, draw what comes back.

    A station meets it with the machine `modbus` at the same address. A line that is typed before
    Enter is the part's serial.
    """
    from station.machine.registry import host_and_port
    from station.machine.simulated_plc import SimulatedPlc

    out = Out(as_json)
    told: queue.SimpleQueue[Row] = queue.SimpleQueue()
    with out.told(ErrorCode.MACHINE_BAD_OPTION):
        host, port = _target(address, host_and_port)
        plc = SimulatedPlc(
            host,
            port,
            lambda part: told.put(_part_row(part)),
            lambda ready: told.put({"ready": ready}),
            window / 1000,
        )
        plc.open()
        try:
            told.put({"listening": f"{host}:{port}"})
            _feed(plc, every, enter, told)
            _print(out, told, parts)
        finally:
            plc.close()


def _target(address: str, parse: Any) -> tuple[str, int]:
    from station.domain.options import OptionError

    try:
        host, port = parse(address)
    except OptionError as error:
        raise LineError(
            ErrorCode.MACHINE_BAD_OPTION, kind="modbus", option="address", allowed=error.allowed
        ) from None
    return str(host), int(port)


def _feed(plc: "SimulatedPlc", every: float, enter: bool, told: "queue.SimpleQueue[Row]") -> None:
    def by_clock() -> None:
        while True:
            if plc.is_ready and not plc.waiting:
                plc.make_part()
            time.sleep(max(every, 0.001))

    def by_hand() -> None:
        for line in sys.stdin:
            plc.make_part(line.strip())
        while plc.waiting:
            time.sleep(0.05)
        told.put({})

    threading.Thread(target=by_hand if enter else by_clock, daemon=True).start()


def _print(out: Out, told: "queue.SimpleQueue[Row]", parts: int | None) -> None:
    """Until so many parts have come to their end, or nobody types any more."""
    done = 0
    while parts is None or done < parts:
        try:
            row = told.get(timeout=0.5)  # not for ever: Ctrl-C must get through on every system
        except queue.Empty:
            continue
        if not row:
            return
        done += "seq" in row
        out.row(
            {key: value for key, value in row.items() if key != "diagram" or not out.as_json}, _text
        )


def _part_row(part: "PlcPart") -> Row:
    from station.machine.plc_diagram import draw
    from station.machine.simulated_plc import SHOWN

    return {
        "seq": part.seq,
        "part_id": part.part_id,
        "said": part.said,
        "passed": part.is_passed,
        "code": part.code,
        "score": part.score,
        "cycle_ms": part.cycle_ms,
        "busy_ms": _rounded(part.busy_ms),
        "valid_ms": _rounded(part.valid_ms),
        "signals": [
            {"ms": round(one.at_ms, 2), **dict(zip(SHOWN, one.levels, strict=True))}
            for one in part.samples
        ],
        "diagram": draw([name.upper() for name in SHOWN], part.samples),
    }


def _text(row: Row) -> str:
    if "listening" in row:
        return f"listening at {row['listening']}"
    if "ready" in row:
        return "READY" if row["ready"] else "not READY"
    word = "PASSED" if row["passed"] else "REJECTED"
    head = (
        f"\nSEQ {row['seq']}  {row['part_id']}  {row['said'].upper()}: {word}  CODE {row['code']}  "
        f"SCORE {row['score']}  BUSY {_ms(row['busy_ms'])}  VALID {_ms(row['valid_ms'])}"
    )
    return "\n".join([head, *row["diagram"]])


def _rounded(ms: float | None) -> float | None:
    return None if ms is None else round(ms, 2)


def _ms(ms: float | None) -> str:
    return "–" if ms is None else f"{ms:.1f} ms"
