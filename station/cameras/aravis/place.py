"""Where a camera is: by serial number, name, hardware address or IP address."""

import ipaddress
from dataclasses import dataclass

from station.cameras.aravis.library import Library, Listed, list_devices
from station.cameras.features import Found
from station.cameras.gvcp import held, identify
from station.errors import CameraError, ErrorCode

NETWORK = "GigEVision"


@dataclass(frozen=True, slots=True)
class Place:
    """name: by which libaravis opens it.  address: empty for one that is on no network."""

    name: str
    address: str
    serial: str
    physical_id: str


def locate(library: Library, source: str, known: Place | None) -> Place:
    """Where the camera is now; takes a few ms where it is where it was, else about 1 s.

    source: empty for the first that is found and free.  known: where it was when it was open; then
    it is that one camera, wherever it is now. Raises CAMERA_NOT_FOUND.
    """
    place = _at_address(source, known)
    if place is None:
        place = _in_list(library, source, known)
    if place is None:  # it may have come while we looked elsewhere
        place = _at_address(source, known)
    if place is None:
        raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=source or "aravis")
    return place


def find(library: Library | None = None) -> tuple[Found, ...]:
    """Every camera on the network and on USB. Raises CameraError CAMERA_DRIVER_MISSING."""
    devices = list_devices(library or Library())
    serials = [one.serial for one in devices]
    return tuple(_found(one, serials.count(one.serial) == 1) for one in devices)


def _found(one: Listed, serial_is_unique: bool) -> Found:
    address = one.address if one.protocol == NETWORK else ""
    told = (one.protocol, f"S/N {one.serial}" if one.serial else "", address)
    return Found(
        kind="aravis",
        source=one.serial if one.serial and serial_is_unique else one.device_id,
        name=f"{one.vendor} {one.model}".strip() or one.device_id,
        detail=", ".join(text for text in told if text),
        in_use=bool(address) and held(address),
    )


def _at_address(source: str, known: Place | None) -> Place | None:
    """Without asking the whole network, which takes 1 s."""
    if known is not None and known.address:
        there = identify(known.address)
        if there is not None and there.serial == known.serial:
            return known
    if not _is_address(source):
        return None
    there = identify(source)
    return None if there is None else Place(source, source, there.serial, there.mac)


def _in_list(library: Library, source: str, known: Place | None) -> Place | None:
    devices = list_devices(library)
    if known is not None:
        same = [one for one in devices if _is_same(one, known)]
    else:
        same = [one for one in devices if not source or _is_meant(one, source)]
        same.sort(key=lambda one: len(same) > 1 and one.protocol == NETWORK and held(one.address))
    return _place(same[0]) if same else None


def _is_same(one: Listed, known: Place) -> bool:
    if known.serial:
        return one.serial == known.serial
    return one.physical_id == known.physical_id


def _is_meant(one: Listed, source: str) -> bool:
    names = (one.serial, one.device_id, one.physical_id, one.address)
    return source.lower() in [name.lower() for name in names]


def _place(one: Listed) -> Place:
    address = one.address if one.protocol == NETWORK else ""
    return Place(address or one.device_id, address, one.serial, one.physical_id)


def _is_address(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 4
    except ValueError:
        return False
