"""What the commands that learn from tables share: options, reading, and rows for people."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.printing import Out

if TYPE_CHECKING:
    from station.insight.health_use import Told
    from station.insight.tables import Table

File = Annotated[
    Path,
    typer.Argument(
        help="CSV with a header, tab-separated, C-MAPSS text, or a folder of numbered CSV files."
    ),
]
Skip = Annotated[
    str,
    typer.Option(metavar="RULE,…", help="Lines to leave out: COLUMN=VALUE or COLUMN!=VALUE."),
]


def read(file: Path, skip: str) -> "Table":
    """A file, or a folder of numbered ones, without the lines that are to be skipped."""
    from station.insight.tables import read_folder, read_table, without

    table = read_folder(file) if file.is_dir() else read_table(file)
    rules = names(skip)
    return without(table, rules) if rules else table


def names(text: str) -> tuple[str, ...]:
    """Names apart by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def rounded(figures: Any) -> dict[str, float]:
    """To four digits behind the point."""
    return {name: round(value, 4) for name, value in figures.items()}


def tell(told: Out, found: "Told") -> None:
    """What is doubtful, then the rows."""
    for fault in found.faults:
        told.sentence(fault)
    for row in found.rows:
        told.row(row, line)


def line(row: dict[str, Any]) -> str:
    """A row for people: names and values."""
    return "  ".join(
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in row.items()
    )
