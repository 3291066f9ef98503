"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on stdout.")]
Data = Annotated[Path | None, typer.Option("--data", help="The station's data folder.")]
Provider = Annotated[str, typer.Option(help="auto, cpu, cuda, directml or openvino.")]
Camera = Annotated[
    str, typer.Option(help="A kind of camera, such as folder or aravis; see `station camera list`.")
]
Source = Annotated[str, typer.Option(help="Folder, device, file or address.")]
