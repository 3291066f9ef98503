"""Cameras: which are there, what they show, what can be set on them, and whether they are good."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.options import Data, Json
from station.errors import CameraError, ErrorCode
from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.cameras.base import Camera
    from station.cameras.features import Setting
    from station.cameras.trial import Trial
    from station.domain.options import Option

app = typer.Typer(help="Cameras: find, try, set.", no_args_is_help=True)

Kind = Annotated[
    str, typer.Option("--camera", help="Its kind; without it, the camera of the settings.")
]
Source = Annotated[
    str, typer.Option("--source", help="Serial number, address, device, file or folder.")
]


def _are_pairs(texts: list[str] | None) -> list[str] | None:
    """Wrong use where one of them is no NAME=VALUE."""
    for text in texts or ():
        if not text.partition("=")[0] or "=" not in text:
            raise typer.BadParameter(f"{text}: NAME=VALUE is wanted")
    return texts


Options = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        help="NAME=VALUE of the driver, or of a feature; may be repeated.",
        callback=_are_pairs,
    ),
]
_WRONG_USE = (ErrorCode.CAMERA_FEATURE_REFUSED, ErrorCode.CAMERA_NO_FEATURES)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which camera is meant."""

    kind: str
    source: str
    options: "dict[str, Option]"


@app.command("list")
def list_cameras(
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind; may be repeated.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.5, max=120, help="For so long a driver may look.")
    ] = 8.0,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List every camera that is there, of every kind whose driver can look for them."""
    from station.cameras.finding import MODULES, find_cameras

    out = Out(as_json, data)
    with out.told():
        for one in kind or ():
            if one not in MODULES:
                raise CameraError(ErrorCode.CAMERA_UNKNOWN_KIND, kind=one, known=", ".join(MODULES))
        listings = find_cameras(kind or tuple(MODULES), seconds)
        for listing in listings:
            for found in listing.cameras:
                out.row(asdict(found), _found_line)
            if listing.fault is not None:
                out.tell(listing.fault)
    count = sum(len(listing.cameras) for listing in listings)
    if not as_json:
        print(f"{count} cameras", file=sys.stderr)


@app.command(hidden=True)
def search(kind: str) -> None:
    """Be the process that looks for cameras of one kind."""
    from station.cameras.finding import main

    raise typer.Exit(main([kind]))


@app.command()
def grab(
    out_folder: Annotated[Path, typer.Option("--out", help="The folder for the PNG files.")],
    count: Annotated[int, typer.Option(min=1, max=100_000)] = 1,
    kind: Kind = "",
    source: Source = "",
    option: Options = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take pictures into a folder, each exposed after it was asked for."""
    import time

    from station.cameras.trial import take
    from station.store.png import encode_png
    from station.whole import write_whole

    out = Out(as_json, data)
    with out.told(*_WRONG_USE), _open(_wish(kind, source, option, data)) as camera:
        stamp = time.strftime("%Y%m%d-%H%M%S")
        for number in range(1, count + 1):
            frame = take(camera, time.monotonic_ns())
            path = out_folder / f"{stamp}-{number:05}.png"
            write_whole({path: encode_png(frame.pixels, {"station.camera": camera.name})})
            height, width = frame.pixels.shape[:2]
            row = {"path": str(path), "width": width, "height": height, "frame": frame.number}
            out.row(row, lambda one: str(one["path"]))


@app.command()
def features(
    kind: Kind = "",
    source: Source = "",
    option: Options = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="NAME=VALUE, such as ExposureTime=5000; may be repeated.",
            callback=_are_pairs,
        ),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Keep camera and values in the settings.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show what can be set on a camera, with its limits, or set it."""
    from station.cameras.features import Adjustable

    out = Out(as_json, data)
    values = _pairs(set_ or [])
    with out.told(*_WRONG_USE):
        wish = _wish(kind, source, option, data)
        with _open(wish) as camera:
            if not isinstance(camera, Adjustable):
                raise CameraError(ErrorCode.CAMERA_NO_FEATURES, source=camera.name)
            granted = [camera.adjust(name, value) for name, value in values.items()]
            for one in granted or camera.features():
                out.row(asdict(one), _feature_line)
        if save:
            _save(wish, {one.name: one.value for one in granted}, data)


@app.command("test")
def try_out(
    kind: Kind = "",
    source: Source = "",
    option: Options = None,
    count: Annotated[int, typer.Option(min=3, max=10_000)] = 25,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take pictures as the line would: rate, time from trigger to picture, light, focus."""
    import time

    from station.cameras.trial import try_camera

    out = Out(as_json, data)
    with out.told(*_WRONG_USE):
        began = time.monotonic()
        with _open(_wish(kind, source, option, data)) as camera:
            opened = time.monotonic() - began
            trial = try_camera(camera, count)
        for fault in trial.faults:
            out.sentence(fault)
        out.row({"camera": camera.name, "open_seconds": round(opened, 2), **_row(trial)}, pairs)
    raise typer.Exit(0 if trial.good else 1)


@contextmanager
def _open(wish: _Wish) -> "Iterator[Camera]":
    from station.cameras.registry import make_camera

    camera = make_camera(wish.kind, wish.source, wish.options)
    try:
        camera.open()
        yield camera
    finally:
        camera.close()


def _wish(kind: str, source: str, options: list[str] | None, data: Path | None) -> _Wish:
    """What was named; without a kind the camera of the settings, with these options beside its."""
    from station.place import default_data_folder
    from station.settings import load_settings

    given = _pairs(options or [])
    if kind:
        return _Wish(kind, source, given)
    kept = load_settings(data or default_data_folder()).camera
    return _Wish(kept.kind, source or kept.source, {**kept.options, **given})


def _pairs(texts: list[str]) -> "dict[str, Option]":
    return {name.strip(): value.strip() for name, _, value in (t.partition("=") for t in texts)}


def _save(wish: _Wish, values: "Mapping[str, Setting]", data: Path | None) -> None:
    from station.place import default_data_folder
    from station.settings import load_settings, save_settings

    folder = data or default_data_folder()
    settings = load_settings(folder)
    update = {"kind": wish.kind, "source": wish.source, "options": {**wish.options, **values}}
    camera = settings.camera.model_copy(update=update)
    save_settings(folder, settings.model_copy(update={"camera": camera}))


def _row(trial: "Trial") -> dict[str, Any]:
    return {
        "frames": trial.frames,
        "incomplete": trial.incomplete,
        "size": f"{trial.width} x {trial.height}",
        "colour": trial.colour,
        "fps": None if trial.fps is None else round(trial.fps, 2),
        "parts_per_second": round(trial.pace, 2),
        "latency_ms_median": round(trial.latency_median, 1),
        "latency_ms_most": round(trial.latency_most, 1),
        "brightness": round(trial.brightness, 1),
        "white": round(trial.white, 4),
        "focus": round(trial.focus, 1),
        "faults": [fault.code.value for fault in trial.faults],
    }


def _found_line(row: dict[str, Any]) -> str:
    used = "  in use" if row["in_use"] else ""
    return f"{row['kind']:8} {row['source']:28} {row['name']:28} {row['detail']}{used}"


def _feature_line(row: dict[str, Any]) -> str:
    value = f"{row['value']} {row['unit']}".strip()
    return f"{row['name']:28} {value:20} {_limits(row)}{'' if row['writable'] else '  read only'}"


def _limits(row: dict[str, Any]) -> str:
    if row["choices"]:
        return ", ".join(row["choices"])
    if row["low"] is None and row["high"] is None:
        return ""
    ends = ("" if row[end] is None else f"{row[end]:.10g}" for end in ("low", "high"))
    return " … ".join(ends)
