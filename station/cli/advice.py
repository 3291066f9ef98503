"""The process that works out advice; a window starts it, and reads its lines."""

import json
import logging
from pathlib import Path
from typing import Any

import typer

from station.errors import Fault, StationError

app = typer.Typer()
log = logging.getLogger(__name__)


@app.command(hidden=True)
def advise() -> None:
    """Be the process that works out advice; reads one line, and ends when its input does."""
    from station.helper import take_task
    from station.supervisor import on_end

    task, write = take_task(on_end)
    if not task:
        return

    def say(values: dict[str, Any]) -> None:
        write(json.dumps(values, default=str) + "\n")

    fault = _advise(json.loads(task), lambda step, share: say({"step": step, "share": share}))
    say({"fault": fault.code, "facts": fault.facts} if fault else {"done": True})


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
