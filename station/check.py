"""Looks at each thing a station needs, one by one, and never stops at the first that is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from station.cameras.base import Camera, Watched
from station.cameras.picture import PictureLimits, limits_of, picture_fault
from station.choice import RunChoice, data_folder
from station.domain.part import Frame, Pixels
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, StoreError, internal
from station.inference.engine import Engine
from station.inference.prepare import region
from station.installation import pieces
from station.plan import choose_camera, choose_recipe
from station.recipe_file import bind_model
from station.settings import Settings, load_settings
from station.store.before_upgrade import FOLDER, copies
from station.store.queries import Reader
from station.store.store import Store

GRAB_SECONDS = 5.0
SETTLING_FRAMES = 5
LOW_DISK_BYTES = 5 * 10**9


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `detail` is a fact, `fault` what is wrong with it."""

    name: str
    ok: bool
    detail: str
    fault: Fault | None = None


def run_checks(choice: RunChoice, without: frozenset[str] = frozenset()) -> Iterator[Check]:
    """The installation, settings, store, disk, model with its provider, camera, in this order.

    without: the names of what is to be left alone.
    """
    if "installation" not in without:
        yield from _installation()
    steps: tuple[tuple[str, Callable[[RunChoice], Check]], ...] = (
        ("settings", _settings),
        ("store", _store),
        ("disk", _disk),
        ("model", _model),
        ("camera", _camera),
    )
    for name, step in steps:
        if name in without:
            continue
        try:
            yield step(choice)
        except Exception as error:  # noqa: BLE001 - the next thing is looked at all the same
            yield Check(name, ok=False, detail="", fault=internal(error))


def _installation() -> Iterator[Check]:
    for piece in pieces():
        facts = (("part", piece.name), ("reason", piece.wrong))
        fault = Fault(ErrorCode.INSTALLATION_BROKEN, facts) if piece.wrong else None
        yield Check(piece.name, not piece.wrong, piece.detail, fault)


def _settings(choice: RunChoice) -> Check:
    folder = data_folder(choice)
    load_settings(folder)
    return Check("settings", ok=True, detail=str(folder))


def _store(choice: RunChoice) -> Check:
    """A store that another station holds is a good one."""
    try:
        with Store(data_folder(choice)) as store:
            former = [f"{FOLDER}/{path.name}" for path in copies(store.folder)]
            detail = " · ".join([f"{store.last_number()} parts", *former])
            return Check("store", ok=True, detail=detail)
    except StoreError as error:
        if error.code is ErrorCode.DATA_FOLDER_IN_USE:
            return Check("store", True, "in use", error.fault)
        raise


def _disk(choice: RunChoice) -> Check:
    folder = data_folder(choice)
    while not folder.exists():
        folder = folder.parent
    free = psutil.disk_usage(str(folder)).free
    fault = Fault(ErrorCode.DISK_LOW, (("path", str(folder)), ("free", f"{free / 1e9:.1f}")))
    good = free > LOW_DISK_BYTES
    return Check("disk", good, f"{free / 1e9:.1f} GB", None if good else fault)


def _model(choice: RunChoice) -> Check:
    folder = data_folder(choice)
    settings = load_settings(folder)
    recipe = _released(bind_model(choose_recipe(choice, settings, folder)), folder)
    engine = Engine(
        Path(recipe.model),
        choice.provider or settings.provider,
        sha256=recipe.model_sha256,
        budget_ms=recipe.budget_ms,
    )
    engine.open()
    try:
        report = engine.report
        detail = f"{engine.card.name} · {report.actual} · {report.warm_ms:.1f} ms"
        facts = (("wish", report.wish), ("actual", report.actual))
        fault = Fault(ErrorCode.PROVIDER_FELL_BACK, facts) if report.fell_back else None
        return Check("model", not report.fell_back, detail, fault)
    finally:
        engine.close()


def _released(recipe: Recipe, folder: Path) -> Recipe:
    """The recipe as the station would start with it: with the model that was released last."""
    try:
        with Reader(folder) as reader:
            return reader.standing_recipe(recipe) or recipe
    except StoreError:  # told by the check of the store
        return recipe


def _camera(choice: RunChoice) -> Check:
    settings = load_settings(data_folder(choice))
    camera = choose_camera(choice, settings)
    camera.open()
    try:
        frame = _settled_frame(camera)
        if frame is None and camera.live and isinstance(camera, Watched):
            camera.check()  # it waits for its own trigger line, and its silence is no fault
            return Check("camera", ok=True, detail=camera.name)
        if frame is None:
            facts = (("source", camera.name), ("seconds", f"{GRAB_SECONDS:g}"))
            return Check("camera", False, camera.name, Fault(ErrorCode.CAMERA_NO_FRAME, facts))
        height, width = frame.pixels.shape[:2]
        fault = _picture(choice, settings, frame.pixels, camera.name)
        return Check("camera", fault is None, f"{camera.name} · {width}×{height}", fault)
    finally:
        camera.close()


def _settled_frame(camera: Camera) -> Frame | None:
    """A sensor's first pictures may still look for their exposure."""
    camera.trigger()
    frame = camera.grab(GRAB_SECONDS)
    for _ in range(SETTLING_FRAMES if camera.live and frame is not None else 0):
        frame = camera.grab(GRAB_SECONDS)
    return frame


def _picture(choice: RunChoice, settings: Settings, pixels: Pixels, source: str) -> Fault | None:
    """What the line would say of this picture; a bare model sets no limits of its own."""
    if choice.model is not None:
        return picture_fault(pixels, PictureLimits(), source)
    recipe = choose_recipe(choice, settings, data_folder(choice))
    return picture_fault(region(pixels, recipe.roi, recipe.ignore), limits_of(recipe), source)
