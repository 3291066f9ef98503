"""What one run uses: the command line over the recipe over the station's settings."""

from dataclasses import dataclass
from pathlib import Path

from station.bundle import resource
from station.cameras.base import Camera
from station.cameras.presence import PresenceRule, PresenceWatch
from station.cameras.registry import make_camera
from station.domain.recipe import Recipe, Roi
from station.inference.engine import Engine
from station.inference.model import ModelCard
from station.machine.base import Machine
from station.machine.registry import make_machine
from station.recipe_file import bind_model, load_recipe
from station.settings import Settings, default_data_folder, load_settings

DEMO_RECIPE = "demo/flange.toml"


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


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided, nothing opened."""

    data: Path
    settings: Settings
    recipe: Recipe
    camera: Camera
    machine: Machine
    provider: str


def data_folder(choice: RunChoice) -> Path:
    """The folder that was named, or the usual one; the demo keeps to one of its own."""
    if choice.data is not None:
        return choice.data
    usual = default_data_folder()
    return usual.with_name(usual.name + "-demo") if choice.demo else usual


def make_plan(choice: RunChoice) -> Plan:
    """Decide on folder, recipe, camera and machine. Raises what is wrong with any of them."""
    data = data_folder(choice)
    settings = load_settings(data)
    return Plan(
        data,
        settings,
        bind_model(choose_recipe(choice, settings, data)),
        choose_camera(choice, settings),
        choose_machine(settings),
        choice.provider or settings.provider,
    )


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


def choose_machine(settings: Settings) -> Machine:
    """That of the settings; none while the station runs dry."""
    wish = settings.machine
    if wish.dry:
        return make_machine("manual")
    return make_machine(wish.kind, wish.period, wish.address, wish.options)


def choose_presence(settings: Settings) -> PresenceWatch | None:
    """What tells a part by the picture alone, where the settings want that."""
    wish = settings.camera.presence
    if wish is None:
        return None
    return PresenceWatch(
        PresenceRule(wish.share, wish.settle, Roi(*wish.roi) if wish.roi else None)
    )


def choose_camera(choice: RunChoice, settings: Settings) -> Camera:
    """The named camera, or that of the settings; the demo line has its own.

    Files that were named must be there now: unlike a device, they will not come by themselves.
    """
    if choice.camera:
        camera = make_camera(choice.camera, choice.source)
    elif choice.demo:
        camera = make_camera("simulated", choice.source)
    else:
        wish = settings.camera
        camera = make_camera(wish.kind, choice.source or wish.source, wish.options)
    if (choice.camera or choice.source) and not camera.live:
        camera.open()
        camera.close()
    return camera
