"""The sentences for what is wrong with cameras and machines; part of `fault_texts.SENTENCES`."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

EQUIPMENT: Mapping[Code, str] = MappingProxyType(
    {
        Code.CAMERA_UNKNOWN_KIND: ("There is no kind of camera “{kind}”. Known: {known}."),
        Code.CAMERA_BAD_OPTION: (
            "The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}."
        ),
        Code.CAMERA_NOT_FOUND: (
            "The camera {source} was not found. Check the cable and the power, and that no "
            "other program uses it."
        ),
        Code.CAMERA_LOST: (
            "The camera {source} is gone. Check the cable and the power; the station connects"
            " again by itself."
        ),
        Code.CAMERA_NO_FRAME: (
            "The camera {source} sent no picture within {seconds} s. Check cable, trigger and"
            " exposure."
        ),
        Code.CAMERA_FROZEN: (
            "The camera {source} sends the same picture again and again. Unplug it and plug "
            "it in again."
        ),
        Code.CAMERA_BLACK: ("The picture of {source} is black. Check the light and the lens cap."),
        Code.CAMERA_OVEREXPOSED: (
            "The picture of {source} is over-exposed: {percent} % of it is white. Check the"
            " light and the exposure time."
        ),
        Code.CAMERA_BLURRED: (
            "The picture of {source} is blurred (sharpness {focus}, at least {limit} is "
            "needed). Check the focus, and clean the lens."
        ),
        Code.CAMERA_NO_MORE_IMAGES: (
            "All images of {source} have been inspected. Choose another folder to go on."
        ),
        Code.MACHINE_UNKNOWN_KIND: ("There is no kind of machine “{kind}”. Known: {known}."),
        Code.MACHINE_BAD_OPTION: (
            "The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}."
        ),
        Code.MACHINE_LINK_LOST: (
            "The connection to the machine {address} is lost. Check cable and controller; "
            "the station connects again by itself, and no part is passed meanwhile."
        ),
        Code.CAMERA_IN_USE: (
            "The camera {source} is in use by another program or station. Close that one; the "
            "station connects again by itself."
        ),
        Code.CAMERA_DRIVER_MISSING: (
            "Cameras of the kind “{kind}” cannot be used on this computer: {reason}."
        ),
        Code.CAMERA_INCOMPLETE: (
            "A picture of the camera {source} came in pieces ({reason}) and is not judged. Check "
            "network cable, switch and packet size."
        ),
        Code.CAMERA_FEATURE_REFUSED: (
            "The camera {source} does not take {value} for “{feature}”. Allowed: {allowed}."
        ),
        Code.CAMERA_NO_FEATURES: ("The camera {source} has nothing that can be set."),
        Code.MACHINE_PORT_TAKEN: (
            "The address {address} is taken by another program. Close that one, or choose another "
            "port; no part is passed meanwhile."
        ),
        Code.MACHINE_REFUSED_LOGIN: (
            "The machine {address} refuses the station's name, password or certificate. Check "
            "them, or have the station's certificate trusted there."
        ),
        Code.MACHINE_MISSPOKE: (
            "The machine {address} answers what makes no sense: {reason}. Check the address and "
            "the map of signals; no part is passed meanwhile."
        ),
        Code.MACHINE_LATE: (
            "Results came too late for the machine {count} times in a row; those parts were "
            "rejected. Check the speed of camera, model and disk."
        ),
        Code.MACHINE_MISSED: (
            "The machine asked {count} times for a part while the station was busy or not ready; "
            "those parts were rejected. Have it wait for READY."
        ),
        Code.MACHINE_NO_ACK: (
            "The machine left {count} answers without ACK. Have it acknowledge each answer that it "
            "has read."
        ),
        Code.MACHINE_SILENT: (
            "The controller {address} shows no life: its signal {signal} stands still. Have it "
            "toggle twice a second; no part is passed meanwhile."
        ),
        Code.MACHINE_CANNOT_LISTEN: (
            "The station cannot listen at {address}: {reason}. Choose an address of this computer "
            "and another port; no part is passed meanwhile."
        ),
        Code.MACHINE_UNPROTECTED: (
            "The OPC UA server at {address} would be open to everybody, so it does not listen. Set "
            "a password ({variable}), listen at 127.0.0.1 only, or set the option security to none."
        ),
        Code.MACHINE_BESIDE_LOST: (
            "There is no connection to {machine}, which is beside the machine that is served. "
            "Check cable and power there; inspection goes on, and the station connects again by "
            "itself."
        ),
        Code.MACHINE_BESIDE_REFUSED: (
            "{machine}, beside the machine that is served, refuses the station's name, password or "
            "certificate. Check them; inspection goes on without it."
        ),
        Code.MACHINE_BESIDE_FAILED: (
            "{machine}, beside the machine that is served, cannot be used: {reason}. Check its "
            "settings; inspection goes on without it."
        ),
        Code.MACHINE_NOT_IN_TEST: (
            "Outputs can be pressed in the test mode only. Switch it on first; parts are rejected "
            "meanwhile."
        ),
        Code.MACHINE_NO_SIGNALS: ("The machine “{kind}” has no signals that could be shown."),
        Code.SIMULATED_PLC_LOST: (
            "The simulated PLC has ended by itself: {reason}. The machine of before is served "
            "again."
        ),
        Code.READINGS_LOST: (
            "Process values from {address} ({kind}) are missing. Check the cable and the "
            "controller; inspection goes on without them."
        ),
        Code.CODE_DIFFERS: (
            "The machine announced the part {serial}, and its code says {code}. Check whether "
            "parts were mixed up between the reader and the camera."
        ),
        Code.CODE_NOT_READ: (
            "No code could be read in the picture. Check code, light and focus, and the region "
            "that is searched."
        ),
    }
)
