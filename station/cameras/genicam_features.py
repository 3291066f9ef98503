"""A camera's features through a GenApi node map, EMVA's own or that of pylon."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from station.cameras.feature_values import (
    FORMER,
    NAMES,
    allowed_text,
    converted,
    is_granted,
    limit,
    step_of,
    unit_of,
)
from station.cameras.features import Feature, FeatureKind, Setting
from station.errors import CameraError, ErrorCode

_KINDS: Mapping[str, FeatureKind] = MappingProxyType(
    {
        "IInteger": FeatureKind.INTEGER,
        "IFloat": FeatureKind.NUMBER,
        "IEnumeration": FeatureKind.CHOICE,
        "IBoolean": FeatureKind.SWITCH,
        "IString": FeatureKind.TEXT,
        "ICommand": FeatureKind.COMMAND,
        "IntegerParameter": FeatureKind.INTEGER,
        "FloatParameter": FeatureKind.NUMBER,
        "EnumParameter": FeatureKind.CHOICE,
        "BooleanParameter": FeatureKind.SWITCH,
        "StringParameter": FeatureKind.TEXT,
        "CommandParameter": FeatureKind.COMMAND,
    }
)
_WRITE_ONLY, _READ_ONLY, _BOTH = 2, 3, 4  # GenApi's access modes


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one binding of GenApi is spoken to.

    find: the node of that name, or None.  spell: the binding's own spelling of `get_access_mode`.
    error: what it raises.
    """

    find: Callable[[str], Any]
    spell: Callable[[str], str]
    error: type[Exception] | tuple[type[Exception], ...]


def snake(name: str) -> str:
    """As EMVA's binding spells it."""
    return name


def camel(name: str) -> str:
    """As pylon spells it: `GetAccessMode`."""
    return "".join(word.title() for word in name.split("_"))


class GenicamFeatures:
    """The features of one open device. Every call talks to the camera and may take seconds."""

    def __init__(self, dialect: Dialect, source: str) -> None:
        self._dialect = dialect
        self._source = source

    def all(self) -> tuple[Feature, ...]:
        """Those of NAMES that the camera has."""
        found = (self.get(name) for name in NAMES)
        return tuple(one for one in found if one is not None)

    def get(self, name: str) -> Feature | None:
        """One by its SFNC name; None where the camera has none of that name now."""
        node = self._node(name)
        return None if node is None else self._read(name, node)

    def is_locked(self, name: str) -> bool:
        """Whether the camera has it and does not take it now, as while it takes pictures."""
        found = self.get(name)
        return found is not None and not found.writable

    def set(self, name: str, value: Setting) -> Feature:
        """Set one and read it back: what the camera granted. Raises CAMERA_FEATURE_REFUSED."""
        node, feature = self._node(name), self.get(name)
        if node is None or feature is None:
            allowed = ", ".join(one.name for one in self.all())
            raise CameraError(
                ErrorCode.CAMERA_BAD_OPTION, kind=self._source, option=name, allowed=allowed
            )
        wanted = converted(feature, value)
        if wanted is None:
            raise self._refused(feature, value)
        try:
            self._write(node, feature.kind, wanted)
        except self._dialect.error:
            raise self._refused(feature, value) from None
        if feature.kind is FeatureKind.COMMAND:
            return feature
        granted = self.get(name)
        if granted is None or not is_granted(granted, wanted):
            raise self._refused(granted or feature, value)
        return granted

    def execute(self, name: str) -> None:
        """Give a command. Raises what the binding raises."""
        node = self._node(name)
        if node is None:
            raise CameraError(
                ErrorCode.CAMERA_FEATURE_REFUSED,
                source=self._source,
                feature=name,
                value="",
                allowed="",
            )
        self._write(node, FeatureKind.COMMAND, "")

    def _refused(self, feature: Feature, value: Setting) -> CameraError:
        return CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED,
            source=self._source,
            feature=feature.name,
            value=value,
            allowed=allowed_text(feature),
        )

    def _node(self, name: str) -> Any:
        for called in (name, *FORMER.get(name, ())):
            node = self._dialect.find(called)
            if node is not None and type(node).__name__ in _KINDS and self._access(node) >= 2:
                return node
        return None

    def _access(self, node: Any) -> int:
        return int(getattr(node, self._dialect.spell("get_access_mode"))())

    def _read(self, name: str, node: Any) -> Feature | None:
        kind, access = _KINDS[type(node).__name__], self._access(node)
        writable = access in (_WRITE_ONLY, _BOTH)
        if kind is FeatureKind.COMMAND:
            return Feature(name, kind, "", writable=writable)
        if access not in (_READ_ONLY, _BOTH):
            return None
        value = self._ask(node, "value")
        if value is None:
            return None
        if kind is FeatureKind.CHOICE:
            choices = tuple(str(one) for one in self._ask(node, "symbolics") or ())
            return Feature(name, kind, str(value), choices=choices, writable=writable)
        if kind in (FeatureKind.SWITCH, FeatureKind.TEXT):
            return Feature(name, kind, value, writable=writable)
        low, high = limit(self._ask(node, "min")), limit(self._ask(node, "max"))
        step, unit = step_of(self._ask(node, "inc")), self._ask(node, "unit")
        unit = unit_of(name, str(unit or ""))
        return Feature(name, kind, value, low, high, step, unit, writable=writable)

    def _ask(self, node: Any, what: str) -> Any:
        """None where the camera does not tell: a number without a step, say."""
        try:
            return getattr(node, self._dialect.spell(what))
        except self._dialect.error:
            return None

    def _write(self, node: Any, kind: FeatureKind, value: Setting) -> None:
        if kind is FeatureKind.COMMAND:
            getattr(node, self._dialect.spell("execute"))()
        else:
            setattr(node, self._dialect.spell("value"), value)
