"""libaravis by ctypes: the functions that are used of it, with every type. It is not shipped."""

import ctypes as c
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from station.errors import CameraError, ErrorCode

FILE = "libaravis-0.8.so.0"
MISSING = f"{FILE} is not installed (Debian and Ubuntu: sudo apt install libaravis-0.8-0)"


class _GError(c.Structure):
    _fields_ = (("domain", c.c_uint32), ("code", c.c_int), ("message", c.c_char_p))


class GValue(c.Structure):
    """A value of any type, as GObject hands it to a property; all zeros before `g_value_init`."""

    _fields_ = (("type", c.c_size_t), ("data", c.c_uint64 * 2))


POINTER = c.c_void_p
TEXT = c.c_char_p
BOOL = c.c_int
GTYPE = c.c_size_t
ERROR = c.POINTER(c.POINTER(_GError))
COUNT = c.POINTER(c.c_uint)
VALUE = c.POINTER(GValue)
INT_TYPE, UINT_TYPE = 6 << 2, 7 << 2  # fixed for ever by GObject

_DEVICE_TEXTS = ("id", "physical_id", "address", "vendor", "model", "serial_nbr", "protocol")
_KINDS = ("integer", "float", "boolean", "string", "command", "enumeration")

PLAIN: Mapping[str, tuple[Any, tuple[Any, ...]]] = MappingProxyType(
    {
        "arv_update_device_list": (None, ()),
        "arv_get_n_devices": (c.c_uint, ()),
        **{f"arv_get_device_{text}": (TEXT, (c.c_uint,)) for text in _DEVICE_TEXTS},
        **{f"arv_gc_{kind}_get_type": (GTYPE, ()) for kind in _KINDS},
        "arv_camera_get_device": (POINTER, (POINTER,)),
        "arv_camera_is_gv_device": (BOOL, (POINTER,)),
        "arv_gv_device_is_controller": (BOOL, (POINTER,)),
        "arv_device_error_quark": (c.c_uint32, ()),
        "arv_device_get_feature": (POINTER, (POINTER, TEXT)),
        "arv_gc_feature_node_get_actual_access_mode": (c.c_int, (POINTER,)),
        "arv_gc_integer_get_unit": (TEXT, (POINTER,)),
        "arv_gc_float_get_unit": (TEXT, (POINTER,)),
        "arv_buffer_new_allocate": (POINTER, (c.c_size_t,)),
        "arv_buffer_get_status": (c.c_int, (POINTER,)),
        "arv_buffer_get_image_data": (POINTER, (POINTER, c.POINTER(c.c_size_t))),
        "arv_buffer_get_image_width": (c.c_int, (POINTER,)),
        "arv_buffer_get_image_height": (c.c_int, (POINTER,)),
        "arv_buffer_get_image_padding": (
            None,
            (POINTER, c.POINTER(c.c_int), c.POINTER(c.c_int)),
        ),
        "arv_buffer_get_image_pixel_format": (c.c_uint32, (POINTER,)),
        "arv_buffer_get_payload_type": (c.c_int, (POINTER,)),
        "arv_buffer_get_frame_id": (c.c_uint64, (POINTER,)),
        "arv_buffer_get_timestamp": (c.c_uint64, (POINTER,)),
        "arv_buffer_get_system_timestamp": (c.c_uint64, (POINTER,)),
        "arv_stream_push_buffer": (None, (POINTER, POINTER)),
        "arv_stream_timeout_pop_buffer": (POINTER, (POINTER, c.c_uint64)),
        "arv_stream_try_pop_buffer": (POINTER, (POINTER,)),
        "arv_gv_stream_get_port": (c.c_uint16, (POINTER,)),
        "arv_gv_stream_socket_buffer_get_type": (GTYPE, ()),
        "g_value_init": (POINTER, (VALUE, GTYPE)),
        "g_value_set_int": (None, (VALUE, c.c_int)),
        "g_value_set_uint": (None, (VALUE, c.c_uint)),
        "g_value_set_enum": (None, (VALUE, c.c_int)),
        "g_object_set_property": (None, (POINTER, TEXT, VALUE)),
        "g_object_unref": (None, (POINTER,)),
        "g_free": (None, (POINTER,)),
        "g_error_free": (None, (POINTER,)),
        "g_type_check_instance_is_a": (BOOL, (POINTER, GTYPE)),
    }
)
"""Name → result, arguments."""

CHECKED: Mapping[str, tuple[Any, tuple[Any, ...]]] = MappingProxyType(
    {
        "arv_camera_new": (POINTER, (TEXT,)),
        "arv_camera_create_stream": (POINTER, (POINTER, POINTER, POINTER)),
        "arv_camera_get_payload": (c.c_uint, (POINTER,)),
        "arv_camera_start_acquisition": (None, (POINTER,)),
        "arv_camera_stop_acquisition": (None, (POINTER,)),
        "arv_camera_clear_triggers": (None, (POINTER,)),
        "arv_camera_set_trigger": (None, (POINTER, TEXT)),
        "arv_camera_software_trigger": (None, (POINTER,)),
        "arv_camera_dup_available_trigger_sources": (c.POINTER(TEXT), (POINTER, COUNT)),
        "arv_device_is_feature_available": (BOOL, (POINTER, TEXT)),
        "arv_device_get_string_feature_value": (TEXT, (POINTER, TEXT)),
        "arv_device_set_string_feature_value": (None, (POINTER, TEXT, TEXT)),
        "arv_device_read_register": (BOOL, (POINTER, c.c_uint64, c.POINTER(c.c_uint32))),
        "arv_gc_feature_node_is_available": (BOOL, (POINTER,)),
        "arv_gc_feature_node_is_locked": (BOOL, (POINTER,)),
        "arv_gc_integer_get_value": (c.c_int64, (POINTER,)),
        "arv_gc_integer_set_value": (None, (POINTER, c.c_int64)),
        "arv_gc_integer_get_min": (c.c_int64, (POINTER,)),
        "arv_gc_integer_get_max": (c.c_int64, (POINTER,)),
        "arv_gc_integer_get_inc": (c.c_int64, (POINTER,)),
        "arv_gc_float_get_value": (c.c_double, (POINTER,)),
        "arv_gc_float_set_value": (None, (POINTER, c.c_double)),
        "arv_gc_float_get_min": (c.c_double, (POINTER,)),
        "arv_gc_float_get_max": (c.c_double, (POINTER,)),
        "arv_gc_float_get_inc": (c.c_double, (POINTER,)),
        "arv_gc_boolean_get_value": (BOOL, (POINTER,)),
        "arv_gc_boolean_set_value": (None, (POINTER, BOOL)),
        "arv_gc_string_get_value": (TEXT, (POINTER,)),
        "arv_gc_string_set_value": (None, (POINTER, TEXT)),
        "arv_gc_command_execute": (None, (POINTER,)),
        "arv_gc_enumeration_get_string_value": (TEXT, (POINTER,)),
        "arv_gc_enumeration_set_string_value": (BOOL, (POINTER, TEXT)),
        "arv_gc_enumeration_dup_available_string_values": (c.POINTER(TEXT), (POINTER, COUNT)),
    }
)
"""Those that take a GError** as their last argument, which is not written here."""

LOST_CODES = frozenset({2, 4, 5, 10})  # not connected, transfer, time-out, not the controller


class AravisError(Exception):
    """What libaravis says went wrong; `lost` where the camera did not answer any more."""

    def __init__(self, text: str, lost: bool) -> None:
        super().__init__(text)
        self.lost = lost


class Library:
    """The loaded library. Calls release the interpreter's lock; they may block for seconds."""

    def __init__(self) -> None:
        """Raises CameraError CAMERA_DRIVER_MISSING."""
        handle = _load()
        self._plain = {name: _typed(handle, name, *how) for name, how in PLAIN.items()}
        self._checked = {
            name: _typed(handle, name, result, (*arguments, ERROR))
            for name, (result, arguments) in CHECKED.items()
        }
        self._domain = int(self._plain["arv_device_error_quark"]())

    def call(self, name: str, *arguments: Any) -> Any:
        """One of PLAIN."""
        return self._plain[name](*arguments)

    def ask(self, name: str, *arguments: Any) -> Any:
        """One of CHECKED; raises AravisError."""
        error = c.POINTER(_GError)()
        result = self._checked[name](*arguments, c.byref(error))
        address = c.cast(error, c.c_void_p).value
        if address is not None:
            told = error.contents
            lost = told.domain == self._domain and told.code in LOST_CODES
            text = _text(told.message)
            self.call("g_error_free", address)
            raise AravisError(text, lost)
        return result

    def texts(self, name: str, *arguments: Any) -> tuple[str, ...]:
        """One of CHECKED that gives a list of texts."""
        count = c.c_uint(0)
        found = self.ask(name, *arguments, c.byref(count))
        texts = tuple(_text(found[k]) for k in range(count.value)) if found else ()
        self.call("g_free", c.cast(found, c.c_void_p))
        return texts


@dataclass(frozen=True, slots=True)
class Listed:
    """A camera as the library lists it; any text may be empty."""

    device_id: str
    physical_id: str
    address: str
    vendor: str
    model: str
    serial: str
    protocol: str


_listing = threading.Lock()  # the list is one for the whole process


def list_devices(library: Library) -> tuple[Listed, ...]:
    """Ask every network and bus; takes about 1 s."""
    with _listing:
        library.call("arv_update_device_list")
        count = library.call("arv_get_n_devices")
        return tuple(_listed(library, index) for index in range(count))


def _listed(library: Library, index: int) -> Listed:
    return Listed(*(_text(library.call(f"arv_get_device_{t}", index)) for t in _DEVICE_TEXTS))


def _load() -> c.CDLL:
    if sys.platform == "win32":
        reason = "libaravis is for Linux; use the kind gentl with the camera maker's .cti file"
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="aravis", reason=reason)
    try:
        return c.CDLL(FILE)
    except OSError:
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="aravis", reason=MISSING) from None


def _typed(
    handle: c.CDLL, name: str, result: Any, arguments: tuple[Any, ...]
) -> Callable[..., Any]:
    try:
        function = getattr(handle, name)
    except AttributeError:
        reason = f"{FILE} is too old: it has no {name}"
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="aravis", reason=reason) from None
    function.restype, function.argtypes = result, arguments
    return function  # type: ignore[no-any-return]  # what a library holds has no type


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
