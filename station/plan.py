"""What one run uses: the command line over the recipe over the station's settings."""

from dataclasses import dataclass
from pathlib import Path

from station.bundle import resource
from station.cameras.base import Camera, Watched
from station.cameras.presence import PresenceRule, PresenceWatch
from station.cameras.registry import make_camera
from station.cameras.shots import ShotsCamera
from station.cameras.views import views_of
from station.choice import RunChoice, data_folder
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, Fault
from station.inference.engine import Engine
from station.inference.model import ModelCard
from station.machine.base import Machine
from station.machine.readings import Source, Tag
from station.machine.registry import make_machine
from station.machine.several import Several
from station.machine.sources import make_source
from station.recipe_file import bind_model, load_recipe
from station.settings import (
    CameraSettings,
    MachineSettings,
    Settings,
    load_settings,
)

DEMO_RECIPE = "demo/flange.toml"
DRAWN = "simulated"  # the camera that draws the parts of the demo
NEWS_ONLY = ("mqtt",)
"""Machines whose word releases no part, so they are only ever beside the one that is served."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided, nothing opened.  doubt: why no part can be judged by it."""

    data: Path
    settings: Settings
    recipe: Recipe
    camera: Camera
    machine: Machine
    provider: str
    sources: tuple[Source, ...] = ()
    doubt: Fault | None = None


def make_plan(choice: RunChoice) -> Plan:
    """Decide on folder, recipe, camera and machine. Raises what is wrong with any of them."""
    data = data_folder(choice)
    settings = load_settings(data)
    recipe = bind_model(choose_recipe(choice, settings, data))
    return Plan(
        data,
        settings,
        recipe,
        choose_camera(choice, settings),
        choose_machine(settings, data, recipe.name),
        choice.provider or settings.provider,
        choose_sources(settings, data),
        find_doubt(choice, settings),
    )


def find_doubt(choice: RunChoice, settings: Settings) -> Fault | None:
    """The demo's model knows nothing of what a real camera sees: it must not pass such a part.

    Who names a camera at the start wants to try just that.
    """
    named = choice.demo or choice.recipe or choice.model or choice.camera or choice.source
    if named or settings.recipe or settings.camera.kind == DRAWN:
        return None
    return Fault(ErrorCode.NOTHING_TAUGHT)


def choose_recipe(choice: RunChoice, settings: Settings, data: Path) -> Recipe:
    """The named recipe, or one made of the named model's card; without either, the demo's."""
    if choice.model is not None:
        with Engine(choice.model, "cpu") as engine:
            return recipe_of_model(choice.model, engine.card)
    name = choice.recipe or settings.recipe
    if name:
        return load_recipe(data / "recipes" / f"{name}.toml")
    return load_recipe(resource(DEMO_RECIPE))


def recipe_of_model(path: Path, card: ModelCard) -> Recipe:
    """The whole frame judged by the limits that the model's own card proposes."""
    return Recipe(
        name=card.name,
        model=str(path.resolve()),
        review_limit=card.review_limit,
        ng_limit=card.ng_limit,
    )


def choose_machine(settings: Settings, data: Path, recipe: str) -> Machine:
    """That of the settings with those beside it; none is served while the station runs dry."""
    wish = settings.machine
    beside = [one for one in settings.beside if not one.dry]
    if not wish.dry and wish.kind in NEWS_ONLY:
        beside.insert(0, wish)
    dry = wish.dry or wish.kind in NEWS_ONLY
    served = make_machine("manual") if dry else _machine(wish, data, recipe)
    if not beside:
        return served
    names = [f"{one.kind} {one.address}".strip() for one in beside]
    machines = [_machine(one, data, recipe) for one in beside]
    return Several(served, list(zip(names, machines, strict=True)))


def _machine(wish: MachineSettings, data: Path, recipe: str) -> Machine:
    """A vision system must know what the station inspects, and where its certificates lie."""
    known = {"folder": str(data), "recipe": recipe} if wish.kind == "opcua" else {}
    return make_machine(wish.kind, wish.period, wish.address, {**known, **wish.options})


def choose_sources(settings: Settings, data: Path) -> tuple[Source, ...]:
    """Where process values come from. Raises SettingsError."""
    folder = {"folder": str(data)}  # of the certificates
    return tuple(
        make_source(
            wish.kind,
            wish.address,
            wish.every,
            {**(folder if wish.kind == "opcua" else {}), **wish.options},
            tuple(Tag(one.name, one.tag, one.unit, one.scale, one.offset) for one in wish.tags),
        )
        for wish in settings.readings
    )


def choose_presence(settings: Settings) -> PresenceWatch | None:
    """What tells a part by the picture alone, where the settings want that."""
    wish = settings.camera.presence
    if wish is None:
        return None
    return PresenceWatch(
        PresenceRule(wish.share, wish.settle, Roi(*wish.roi) if wish.roi else None)
    )


def choose_camera(choice: RunChoice, settings: Settings) -> Camera:
    """The named camera, or that of the settings, which is the simulated one until another is used.

    Files that were named must be there now: unlike a device, they will not come by themselves.
    """
    if choice.camera:
        camera = make_camera(choice.camera, choice.source)
    else:
        first = _camera(settings.camera, choice.source)
        camera = views_of((first, *(_camera(wish) for wish in settings.views)))
    if (choice.camera or choice.source) and not (camera.live or isinstance(camera, Watched)):
        camera.open()
        camera.close()
    return camera


def _camera(wish: CameraSettings, source: str = "") -> Camera:
    camera = make_camera(wish.kind, source or wish.source, wish.options)
    return ShotsCamera(camera, wish.shots) if wish.shots else camera
