"""Drivers that come in packages of others, by entry points; one that fails stops nothing."""

import logging
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from station.domain.options import OptionError
from station.errors import StationError

log = logging.getLogger(__name__)


class PluginError(Exception):
    """A plug-in that is installed and does not load; says why in one line."""


def plugin_names(group: str) -> tuple[str, ...]:
    """The names in that group of entry points, none of them loaded."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def load_plugin(group: str, name: str) -> Callable[..., object] | None:
    """What the plug-in of that name gives; None where there is none. Raises PluginError."""
    points = entry_points(group=group, name=name)
    return _load(next(iter(points))) if points else None


def made_by(plugin: Callable[..., object], name: str, *arguments: object) -> object:
    """What the plug-in makes of them. Raises PluginError; OptionError and ours pass through."""
    try:
        return plugin(*arguments)
    except (OptionError, StationError):
        raise
    except Exception as error:
        log.warning("the plug-in %s failed", name, exc_info=True)
        raise PluginError(_line(error)) from error


def described(group: str) -> tuple[str, ...]:
    """The names in that group; behind one that does not load, why."""
    return tuple(_described(group, name) for name in plugin_names(group))


def _described(group: str, name: str) -> str:
    try:
        load_plugin(group, name)
    except PluginError as error:
        return f"{name} ({error})"
    return name


def _load(point: EntryPoint) -> Callable[..., object]:
    try:
        made = point.load()
        if not callable(made):
            raise TypeError(f"{point.value} cannot be called")
    except Exception as error:
        log.warning("the plug-in %s (%s) does not load", point.name, point.value, exc_info=True)
        raise PluginError(_line(error)) from error
    found: Callable[..., object] = made
    return found


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
