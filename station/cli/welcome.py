"""The questions of the first start, as a process of their own."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command(hidden=True)
def welcome(data: Annotated[Path | None, typer.Option()] = None) -> None:
    """Be the process that asks what a new station must know; `run` starts it."""
    from station.first_start import LEFT
    from station.printing import Out
    from station.welcome import welcome

    with Out(as_json=False, data=data).told():
        answered = welcome(data, lambda word: print(word, flush=True))
    if not answered:
        raise typer.Exit(LEFT)
