"""Where the GenTL producers of the camera makers lie: shared libraries whose names end in .cti."""

import os
from pathlib import Path

VARIABLE = "GENICAM_GENTL64_PATH"


def producers(cti: str, wanted_only: bool = False) -> tuple[Path, ...]:
    """The files named, or in the folders named, and those that the makers' set-ups told of.

    cti: several are separated as in PATH. wanted_only: nothing else, where something is named.
    """
    named = _in_places(cti)
    if wanted_only and named:
        return named
    return tuple(dict.fromkeys((*named, *_in_places(os.environ.get(VARIABLE, "")))))


def _in_places(text: str) -> tuple[Path, ...]:
    found: list[Path] = []
    for place in (Path(one.strip()) for one in text.split(os.pathsep) if one.strip()):
        found += sorted(place.glob("*.cti")) if place.is_dir() else [place]
    return tuple(found)
