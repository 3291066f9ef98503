"""What was said on the command line of a run, and which data folder that means."""

from dataclasses import dataclass
from pathlib import Path

from station.place import default_data_folder, usual_data_folder


@dataclass(frozen=True, slots=True)
class RunChoice:
    """What was said on the command line; empty means: as the settings say."""

    data: Path | None = None
    recipe: str = ""
    demo: bool = False
    camera: str = ""
    source: str = ""
    model: Path | None = None
    provider: str = ""


def data_folder(choice: RunChoice) -> Path:
    """The folder that was named, or the station's; the demo keeps to one beside the usual.

    Raises SettingsError as `default_data_folder`.
    """
    if choice.data is not None:
        return choice.data
    if choice.demo:
        usual = usual_data_folder()
        return usual.with_name(usual.name + "-demo")
    return default_data_folder()
