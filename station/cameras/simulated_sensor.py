"""What can be set on the simulated camera, with limits, and what it does to the picture."""

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np

from station.cameras.features import Feature, FeatureKind, Setting
from station.domain.part import Pixels
from station.errors import CameraError, ErrorCode

EXPOSURE, GAIN, RATE = "ExposureTime", "Gain", "AcquisitionFrameRate"
RIGHT_US = 5000.0  # the exposure at which the parts are drawn
NAME = "simulated"


class SimulatedSensor:
    """Exposure and gain; `rate` is the frame rate that the camera was made with.

    wanted: what is set when the camera is opened. A value is taken or refused, never bent.
    """

    def __init__(self, size: tuple[int, int], rate: float, wanted: Mapping[str, Setting]) -> None:
        width, height = size
        some = (
            Feature(EXPOSURE, FeatureKind.NUMBER, RIGHT_US, 10.0, 100_000.0, 1.0, "µs"),
            Feature(GAIN, FeatureKind.NUMBER, 0.0, 0.0, 24.0, 0.1, "dB"),
            Feature(RATE, FeatureKind.NUMBER, rate, 0.1, 1000.0, None, "Hz"),
            Feature("Width", FeatureKind.INTEGER, width, writable=False),
            Feature("Height", FeatureKind.INTEGER, height, writable=False),
            Feature("PixelFormat", FeatureKind.CHOICE, "Mono8", choices=("Mono8",), writable=False),
        )
        self._features = {one.name: one for one in some}
        self._wanted = dict(wanted)

    def open(self) -> None:
        """Set what was wanted. Raises CAMERA_FEATURE_REFUSED."""
        for name, value in list(self._wanted.items()):
            self.adjust(name, value)

    def features(self) -> tuple[Feature, ...]:
        """All of them, exposure and gain first."""
        return tuple(self._features.values())

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one. Raises CAMERA_FEATURE_REFUSED."""
        known = self._features.get(name)
        if known is None:
            raise _refused(name, value, ", ".join(one for one in self._features))
        if not known.writable:
            raise _refused(name, value, str(known.value))
        assert known.low is not None
        assert known.high is not None
        allowed = f"{known.low:g} … {known.high:g}"
        try:
            number = float(value)
        except ValueError:
            raise _refused(name, value, allowed) from None
        if isinstance(value, bool) or not known.low <= number <= known.high:
            raise _refused(name, value, allowed)
        self._wanted[name] = number
        self._features[name] = replace(known, value=number)
        return self._features[name]

    @property
    def period(self) -> float:
        """Seconds from one frame to the next; a long exposure takes its time."""
        exposure = self._number(EXPOSURE)
        return max(1.0 / self._number(RATE), exposure / 1e6 if exposure > RIGHT_US else 0.0)

    def exposed(self, light: Pixels) -> Pixels:
        """What so much light becomes in that time, before there is noise."""
        return _scaled(light, self._number(EXPOSURE) / RIGHT_US)

    def read(self, exposed: Pixels, noisy: Pixels) -> Pixels:
        """What is read out, read-only: white stays white, and gain lifts the noise with the rest.

        noisy: the exposed picture with its noise.
        """
        if self._number(EXPOSURE) > RIGHT_US:
            _, full = cv2.threshold(exposed, 254, 255, cv2.THRESH_BINARY)
            noisy = _read_only(cv2.max(noisy, full))
        return _scaled(noisy, 10 ** (self._number(GAIN) / 20))

    def _number(self, name: str) -> float:
        return float(self._features[name].value)


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    if factor == 1.0:
        return pixels
    return _read_only(cv2.convertScaleAbs(pixels, alpha=factor))


def _read_only(pixels: object) -> Pixels:
    assert isinstance(pixels, np.ndarray)
    pixels.flags.writeable = False
    return pixels


def _refused(name: str, value: Setting, allowed: str) -> CameraError:
    return CameraError(
        ErrorCode.CAMERA_FEATURE_REFUSED, source=NAME, feature=name, value=value, allowed=allowed
    )
