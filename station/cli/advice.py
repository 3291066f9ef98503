"""The process that works out advice; a window starts it, and reads its lines."""

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

import typer

from station.errors import Fault, StationError

app = typer.Typer()
log = logging.getLogger(__name__)


@app.command(hidden=True)
def advise() -> None:
    """Be the process that works out advice; reads one line, and ends when its input does."""
    from station.supervisor import on_end
    from station.training.worker import NICENESS

    line = sys.stdin.buffer.readline()
    if not line:
        return
    if sys.platform != "win32":
        os.nice(NICENESS)
    if sys.platform == "linux":  # it never pushes the line aside when it wakes up
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    on_end(lambda: os._exit(1))  # the window is gone, and whoever waited for this
    pipe, sys.stdout = sys.stdout, sys.stderr  # a library's word is no line of ours

    def write(values: dict[str, Any]) -> None:
        pipe.write(json.dumps(values, default=str) + "\n")
        pipe.flush()

    fault = _advise(json.loads(line), lambda step, share: write({"step": step, "share": share}))
    write({"fault": fault.code, "facts": fault.facts} if fault else {"done": True})


def _advise(told: dict[str, Any], tell: Any) -> Fault | None:
    """Whatever comes of it is a line."""
    from station.errors import internal
    from station.insight.advice_job import Wish, advise
    from station.store.store import now_ms

    wish = Wish(str(told["product"]), str(told["target"]), tuple(told["settable"]))
    try:
        advise(Path(told["data"]), wish, now_ms(), tell)
    except Exception as error:
        if not isinstance(error, StationError):
            log.exception("the advice could not be worked out")
        return internal(error)
    return None
