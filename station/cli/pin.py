"""The administrator's PIN of a station, for whoever may write its data folder."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from station.cli.options import Data, Json
from station.errors import ErrorCode, Fault
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.access import Door

app = typer.Typer(
    help="The administrator's PIN: what Setup and the release of models are locked with.",
    no_args_is_help=True,
)


@app.command("set")
def pin_set(data: Data = None, as_json: Json = False) -> None:
    """Set the PIN, or change it; asked for on a terminal, else read as a line from stdin.

    The old one is not asked for: who may write the data folder may do this, and so may set a new
    one where the old is forgotten. A station that runs asks for the new one at once.
    """
    from station.gui.texts import translate

    out, folder = _out(data, as_json)
    with out.told(ErrorCode.PIN_UNFIT, ErrorCode.PIN_EASY):
        pin = _read(out)
        if pin is None:
            said = translate("Pin", "They were not the same. Nothing was changed.")
            print(said, file=sys.stderr)
            raise typer.Exit(1)
        _door(folder).set_pin(pin)
        out.sentence(Fault(ErrorCode.PIN_SET))
        out.row({"folder": str(folder), "set": True}, pairs)


@app.command("clear")
def pin_clear(data: Data = None, as_json: Json = False) -> None:
    """Remove the PIN: nothing is locked any more. The old one is not asked for, as with set."""
    from station.access import pin_is_set

    out, folder = _out(data, as_json)
    with out.told():
        if pin_is_set(folder):
            _door(folder).clear_pin()
            out.sentence(Fault(ErrorCode.PIN_CLEARED))
        out.row({"folder": str(folder), "set": False}, pairs)


@app.command("status")
def pin_status(data: Data = None, as_json: Json = False) -> None:
    """Whether there is a PIN, and how many seconds of a pause are left after wrong tries."""
    from station.access import pin_standing

    out, folder = _out(data, as_json)
    with out.told():
        found = pin_standing(folder)
        row = {"folder": str(folder), "set": found.is_set, "tries_left": found.left}
        out.row(row | {"pause_seconds": round(found.wait, 1)}, pairs)


def _read(out: Out) -> str | None:
    """The PIN; None where the two that a person typed were not the same."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    from station.gui.texts import translate

    out.speak()
    first = getpass.getpass(translate("Pin", "New PIN") + ": ")
    again = getpass.getpass(translate("Pin", "New PIN once more") + ": ")
    return first.strip() if first.strip() == again.strip() else None


def _door(folder: Path) -> "Door":
    """With the audit trail of that folder behind it."""
    from functools import partial

    from station.access import Door
    from station.settings import load_settings
    from station.store.doorbook import note_access

    return Door(folder, partial(note_access, folder, load_settings(folder).operator))


def _out(data: Path | None, as_json: bool) -> tuple[Out, Path]:
    from station.choice import RunChoice, data_folder

    folder = data_folder(RunChoice(data))
    return Out(as_json, folder), folder
