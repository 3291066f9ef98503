"""A camera's features through libaravis: read with limits, checked, set and read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from station.cameras.aravis.library import AravisError, Library
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

_WRITABLE = (1, 2)  # write only, read and write


@dataclass(frozen=True, slots=True)
class _Found:
    feature: Feature
    node: int
    name: str  # as the camera calls it


class AravisFeatures:
    """The features of one open device. Every call talks to the camera and may take seconds.

    Raises AravisError where the camera does not answer, CameraError where it refuses.
    """

    def __init__(self, library: Library, device: int, source: str) -> None:
        self._library = library
        self._device = device
        self._source = source
        self._types = {
            kind: library.call(f"arv_gc_{word}_get_type")
            for kind, word in (
                (FeatureKind.CHOICE, "enumeration"),
                (FeatureKind.COMMAND, "command"),
                (FeatureKind.SWITCH, "boolean"),
                (FeatureKind.INTEGER, "integer"),
                (FeatureKind.NUMBER, "float"),
                (FeatureKind.TEXT, "string"),
            )
        }

    def all(self) -> tuple[Feature, ...]:
        """Those of NAMES that the camera has."""
        found = (self._find(name) for name in NAMES)
        return tuple(one.feature for one in found if one is not None)

    def get(self, name: str) -> Feature | None:
        """One by its SFNC name; None where the camera has none of that name now."""
        found = self._find(name)
        return None if found is None else found.feature

    def is_locked(self, name: str) -> bool:
        """Whether the camera takes it only while no pictures are taken."""
        found = self._find(name)
        if found is None:
            return False
        return bool(self._library.ask("arv_gc_feature_node_is_locked", found.node))

    def set(self, name: str, value: Setting) -> Feature:
        """Set one and read it back: what the camera granted. Raises CAMERA_FEATURE_REFUSED."""
        found = self._find(name)
        if found is None:
            allowed = ", ".join(one.name for one in self.all())
            raise CameraError(
                ErrorCode.CAMERA_BAD_OPTION, kind=self._source, option=name, allowed=allowed
            )
        wanted = converted(found.feature, value)
        if wanted is None:
            raise self._refused(found.feature, value)
        try:
            self._write(found, wanted)
        except AravisError as error:
            if error.lost:
                raise
            raise self._refused(found.feature, value) from None
        return self._granted(name, found, wanted, value)

    def _granted(self, name: str, found: _Found, wanted: Setting, value: Setting) -> Feature:
        if found.feature.kind is FeatureKind.COMMAND:
            return found.feature
        granted = self.get(name)
        if granted is None or not is_granted(granted, wanted):
            raise self._refused(granted or found.feature, value)
        return granted

    def _refused(self, feature: Feature, value: Setting) -> CameraError:
        return CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED,
            source=self._source,
            feature=feature.name,
            value=value,
            allowed=allowed_text(feature),
        )

    def _find(self, name: str) -> _Found | None:
        for called in (name, *FORMER.get(name, ())):
            node = self._library.call("arv_device_get_feature", self._device, called.encode())
            kind = self._kind(node) if node else None
            if kind is None:
                continue
            try:
                if self._library.ask("arv_gc_feature_node_is_available", node):
                    return _Found(self._read(name, node, kind), node, called)
            except AravisError as error:
                if error.lost:
                    raise
        return None

    def _kind(self, node: int) -> FeatureKind | None:
        """The order matters: a choice and a switch are integers too."""
        for kind, of in self._types.items():
            if self._library.call("g_type_check_instance_is_a", node, of):
                return kind
        return None

    def _read(self, name: str, node: int, kind: FeatureKind) -> Feature:
        mode = self._library.call("arv_gc_feature_node_get_actual_access_mode", node)
        writable = mode in _WRITABLE
        if kind is FeatureKind.COMMAND:
            return Feature(name, kind, "", writable=writable)
        if kind is FeatureKind.INTEGER:
            return self._read_number(name, node, kind, "integer", writable)
        if kind is FeatureKind.NUMBER:
            return self._read_number(name, node, kind, "float", writable)
        if kind is FeatureKind.SWITCH:
            is_on = bool(self._library.ask("arv_gc_boolean_get_value", node))
            return Feature(name, kind, is_on, writable=writable)
        if kind is FeatureKind.TEXT:
            text = self._library.ask("arv_gc_string_get_value", node)
            return Feature(name, kind, _text(text), writable=writable)
        chosen = _text(self._library.ask("arv_gc_enumeration_get_string_value", node))
        choices = self._library.texts("arv_gc_enumeration_dup_available_string_values", node)
        return Feature(name, kind, chosen, choices=choices, writable=writable)

    def _read_number(
        self, name: str, node: int, kind: FeatureKind, word: str, writable: bool
    ) -> Feature:
        ask = self._library.ask
        low, high = ask(f"arv_gc_{word}_get_min", node), ask(f"arv_gc_{word}_get_max", node)
        step = ask(f"arv_gc_{word}_get_inc", node)
        return Feature(
            name,
            kind,
            ask(f"arv_gc_{word}_get_value", node),
            limit(low),
            limit(high),
            step_of(step),
            unit_of(name, _text(self._library.call(f"arv_gc_{word}_get_unit", node))),
            writable=writable,
        )

    def _write(self, found: _Found, value: Setting) -> None:
        kind, node, ask = found.feature.kind, found.node, self._library.ask
        if kind is FeatureKind.COMMAND:
            ask("arv_gc_command_execute", node)
        elif isinstance(value, str):
            word = "enumeration_set_string" if kind is FeatureKind.CHOICE else "string_set"
            ask(f"arv_gc_{word}_value", node, value.encode())
        else:
            ask(f"arv_gc_{_WORDS[kind]}_set_value", node, value)


_WORDS: Mapping[FeatureKind, str] = MappingProxyType(
    {
        FeatureKind.SWITCH: "boolean",
        FeatureKind.INTEGER: "integer",
        FeatureKind.NUMBER: "float",
    }
)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
