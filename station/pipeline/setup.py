"""What a line is asked while somebody sets its camera up and looks at its machine's signals."""

from station.cameras.base import Camera
from station.cameras.features import Adjustable, Feature, Setting
from station.errors import CameraError, ErrorCode, LineError
from station.machine.base import Signal, Value, Wired
from station.pipeline.equipment import Equipment
from station.pipeline.errands import Errands


class SetupOrders:
    """For any thread; blocks for the answer. Raises StationError where it is refused."""

    _use: Equipment
    _errands: Errands

    def camera_features(self) -> tuple[Feature, ...]:
        """What can be set on the camera. Raises CAMERA_NO_FEATURES, CAMERA_LOST."""
        return self._errands.ask(lambda camera: _adjustable(camera).features())

    def adjust_camera(self, name: str, value: Setting) -> Feature:
        """Set one feature until the line ends; what the camera granted. Raises as `adjust`."""
        return self._errands.ask(lambda camera: _adjustable(camera).adjust(name, value))

    def machine_signals(self) -> tuple[Signal, ...]:
        """The signals as they are now. Raises MACHINE_NO_SIGNALS."""
        return self._wired().signals()

    def test_machine(self, is_on: bool) -> None:
        """Begin or end the test mode of the outputs. Raises MACHINE_NO_SIGNALS."""
        self._wired().test(is_on)

    def press_output(self, name: str, value: Value) -> None:
        """Set one output in the test mode. Raises as `Wired.press`."""
        self._wired().press(name, value)

    def _wired(self) -> Wired:
        machine = self._use.machine
        if not isinstance(machine, Wired):
            kind = type(machine).__name__.removesuffix("Machine").lower()
            raise LineError(ErrorCode.MACHINE_NO_SIGNALS, kind=kind)
        return machine


def _adjustable(camera: Camera) -> Adjustable:
    if not isinstance(camera, Adjustable):
        raise CameraError(ErrorCode.CAMERA_NO_FEATURES, source=camera.name)
    return camera
