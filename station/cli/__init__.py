"""Every command of the program: parse, call, print. Nothing heavy is imported before it is needed.

Exit codes: 0 done, 1 the answer is bad, 2 wrong use. With --json every line on stdout is one JSON
object; sentences for people go to stderr.
"""

import sys
from typing import Annotated

import typer

from station import __version__
from station.cli import (
    about,
    advice,
    attached,
    camera,
    datasets,
    evaluation,
    health,
    insight,
    model,
    models,
    pin,
    plant,
    plc,
    process,
    records,
    running,
    support,
    teaching,
    welcome,
)
from station.cli import insight_agreement as insight_agreement
from station.cli import model_import as model_import
from station.cli import model_quantize as model_quantize
from station.errors import SettingsError
from station.logs import set_up_console
from station.printing import Out

app = typer.Typer(
    name="station",
    help="Desktop inspection station: camera, model, verdict, decision, record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (
    about,
    running,
    attached,
    advice,
    evaluation,
    models,
    plant,
    support,
    teaching,
    welcome,
):
    app.add_typer(module.app)
app.add_typer(records.app, name="records")
app.add_typer(datasets.app, name="dataset")
app.add_typer(camera.app, name="camera")
app.add_typer(model.app, name="model")
app.add_typer(pin.app, name="pin")
app.add_typer(plc.app, name="plc")
app.add_typer(health.app, name="health")
app.add_typer(process.app, name="process")
app.add_typer(insight.app, name="insight")


def main() -> None:
    """Run a command."""
    set_up_console()
    try:
        app()
    except SettingsError as error:  # which data folder is meant, before any command began
        Out("--json" in sys.argv[1:], None).tell(error.fault)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit
