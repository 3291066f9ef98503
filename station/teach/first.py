"""Teaching a new product in front of the camera, for the page."""

import json
import time
from contextlib import suppress

from station.domain.part import Frame
from station.domain.recipe import Recipe
from station.errors import CameraError, ErrorCode
from station.gui.pages.teach_room import FirstRoom
from station.opening import remember
from station.recipe_file import recipe_names, write_recipe
from station.store.beside import Beside
from station.store.model_files import folder_name
from station.teach.use import Use

FRAME_SECONDS = 3.0
DRAWS = "simulated"  # the camera that draws its own parts, and moves the next one in
RECIPES = "recipes"  # below the data folder


def first_room(use: Use) -> FirstRoom:
    """Pictures of now, and the line's change to the new product."""
    return FirstRoom(
        live=use.line.live.take,
        capture=lambda product, label: _capture(use, product, label),
        taken=lambda name: _taken(use, name),
        inspect=lambda product, number: _inspect(use, product, number),
    )


def _taken(use: Use, name: str) -> bool:
    recipes = recipe_names(use.data / RECIPES)
    return folder_name(name) in recipes or bool(use.reader.revisions(name))


def _capture(use: Use, product: str, label: str) -> int:
    from station.training.taking import take_frame

    frame = _frame(use)
    with Beside(use.data) as beside:
        take_frame(beside, product, frame.pixels, None, label, use.operator)
    if use.line.status().camera == DRAWS:
        _move_on(use)
    counts = use.reader.sample_counts(product)
    return next((one.n for one in counts.classes if one.name == label), 0)


def _move_on(use: Use) -> None:
    """As a person lays another part before a real camera; the old one is then out of sight."""
    from station.cameras.simulated import NEXT_PART

    with suppress(CameraError):  # the picture is kept already
        use.line.adjust_camera(NEXT_PART, True)
        _frame(use, time.monotonic_ns())


def _frame(use: Use, since_ns: int = 0) -> Frame:
    """The next picture that the camera took since then; the preview takes some of them too."""
    end = time.monotonic() + FRAME_SECONDS
    while time.monotonic() < end:
        frame = use.line.live.take(0.1)
        if frame is not None and frame.taken_ns >= since_ns:
            return frame
    camera = use.line.status().camera
    raise CameraError(ErrorCode.CAMERA_NO_FRAME, source=camera, seconds=f"{FRAME_SECONDS:g}")


def _inspect(use: Use, product: str, number: int) -> None:
    """Write the product's recipe and make it this station's, then have the line change over."""
    revision = use.reader.revision(product, number)
    card = json.loads(revision.card_json)
    recipe = Recipe(
        product,
        str(use.data / revision.path),
        revision.sha256,
        review_limit=float(card["review_limit"]),
        ng_limit=float(card["ng_limit"]),
    )
    name = folder_name(product)
    write_recipe(use.data / RECIPES / f"{name}.toml", recipe)
    remember(use.data, {"recipe": name})
    use.line.change_over()
