"""Where the picture of a part lies below the data folder, as a name that other systems may keep."""

from datetime import UTC, datetime

from station.domain.inspection import Inspection

IMAGES = "images"


def picture_name(inspection: Inspection) -> str:
    """The path with `/`: local day, local hour, part number and uid."""
    local = datetime.fromtimestamp(inspection.at_ms / 1000, UTC).astimezone()
    name = f"{inspection.part.number:06}_{inspection.uid}.png"
    return f"{IMAGES}/{local:%Y-%m-%d}/{local:%H}/{name}"
