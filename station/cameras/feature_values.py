"""What a feature takes: its limits in words, and a value brought into its type."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from station.cameras.features import Feature, FeatureKind, Setting

NAMES = (
    *("ExposureTime", "Gain", "ExposureAuto", "GainAuto", "BlackLevel", "Gamma"),
    *("BalanceWhiteAuto", "BalanceRatioSelector", "BalanceRatio"),
    *("AcquisitionFrameRateEnable", "AcquisitionFrameRate"),
    *("TriggerSource", "TriggerActivation", "TriggerDelay", "LineSelector", "LineMode"),
    *("LineInverter", "LineSource", "LineDebounceTime", "StrobeLineDuration"),
    *("PixelFormat", "Width", "Height", "OffsetX", "OffsetY"),
    *("BinningHorizontal", "BinningVertical", "ReverseX", "ReverseY"),
    *("GevSCPSPacketSize", "GevSCPD", "DeviceLinkThroughputLimit"),
)
"""What an engineer sets, in the order of a Setup page; any other can be set by its name."""

FORMER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ExposureTime": ("ExposureTimeAbs", "ExposureTimeRaw"),
        "Gain": ("GainAbs", "GainRaw"),
        "BlackLevel": ("BlackLevelAbs", "BlackLevelRaw"),
        "BalanceRatio": ("BalanceRatioAbs",),
        "AcquisitionFrameRate": ("AcquisitionFrameRateAbs",),
        "TriggerDelay": ("TriggerDelayAbs",),
    }
)
"""What cameras called them before SFNC 1.5."""

CLOSE_ENOUGH = 0.05  # of a number: a sensor sets exposure in steps of its own

_UNITS: Mapping[str, str] = MappingProxyType(
    {"ExposureTime": "µs", "TriggerDelay": "µs", "AcquisitionFrameRate": "Hz"}
)
_SWITCH: Mapping[str, bool] = MappingProxyType(
    {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
)
_ENDLESS = 1e18  # the whole range of a number is no limit that anybody set
_TINY = 1e-300


def limit(value: float | None) -> float | None:
    """A limit that somebody set; None for none, or for the end of all numbers."""
    return None if value is None or abs(value) >= _ENDLESS else value


def step_of(value: float | None) -> float | None:
    """The step of a number; None where it has none."""
    return None if value is None or not _TINY < value < _ENDLESS else value


def unit_of(name: str, text: str) -> str:
    """The unit as we write it; that of SFNC where the camera does not tell."""
    return {"us": "µs", "usec": "µs"}.get(text, text or _UNITS.get(name, ""))


def allowed_text(feature: Feature) -> str:
    """The limits in words that need no translation: `16 … 1e+06 µs (± 8)`, `Off, On`."""
    if not feature.writable:
        return f"{feature.value}"
    if feature.kind is FeatureKind.CHOICE:
        return ", ".join(feature.choices)
    if feature.kind is FeatureKind.SWITCH:
        return "true, false"
    if feature.kind is FeatureKind.TEXT:
        return "ASCII"
    step = f" (± {feature.step:g})" if feature.step not in (None, 1, 0) else ""
    low = "" if feature.low is None else f"{feature.low:.10g}"
    high = "" if feature.high is None else f"{feature.high:.10g}"
    return f"{low} … {high} {feature.unit}".strip() + step


def converted(feature: Feature, value: Setting) -> Setting | None:
    """The value in the feature's own type; None where that cannot be, or it may not be set."""
    wanted = _typed(feature, value)
    if wanted is None or not (feature.writable and _fits(feature, wanted)):
        return None
    return wanted


def is_granted(feature: Feature, wanted: Setting) -> bool:
    """Whether the camera has what was asked for, or the nearest that its sensor can do."""
    if feature.kind is not FeatureKind.NUMBER:
        return feature.value == wanted
    off = abs(float(feature.value) - float(wanted))
    return off <= max(feature.step or 0.0, CLOSE_ENOUGH * abs(float(wanted)), 1e-6)


def _typed(feature: Feature, value: Setting) -> Setting | None:
    if feature.kind in (FeatureKind.CHOICE, FeatureKind.TEXT):
        return str(value) if str(value).isascii() else None
    if feature.kind is FeatureKind.COMMAND:
        return value
    if feature.kind is FeatureKind.SWITCH:
        return _SWITCH.get(str(value).lower())
    to: Callable[[str], Setting] = float if feature.kind is FeatureKind.NUMBER else _whole
    try:
        return to(str(value))
    except (ValueError, OverflowError):
        return None


def _whole(text: str) -> int:
    number = float(text)
    if number != int(number):
        raise ValueError(text)
    return int(text) if text.lstrip("+-").isdecimal() else int(number)


def _fits(feature: Feature, value: Setting) -> bool:
    if feature.kind is FeatureKind.CHOICE:
        return value in feature.choices
    if isinstance(value, bool | str):
        return True
    low = value if feature.low is None else feature.low
    high = value if feature.high is None else feature.high
    if not low <= value <= high:
        return False  # a NaN too
    if feature.kind is FeatureKind.INTEGER and feature.step and feature.step > 1:
        return (value - (feature.low or 0)) % feature.step == 0
    return True
