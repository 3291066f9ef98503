"""What a line in another process is asked while somebody sets the station up; see setup.py."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from station.cameras.features import Feature, Setting
from station.machine.base import Signal, Value
from station.pipeline import wire


class RemoteSetup(ABC):
    """For any thread; blocks for the answer. Raises StationError where it is refused."""

    def camera_features(self) -> tuple[Feature, ...]:
        """What can be set on the camera. Raises CAMERA_NO_FEATURES, CAMERA_LOST."""
        found: tuple[Feature, ...] = self._order(wire.AskFeatures, tuple[Feature, ...])
        return found

    def adjust_camera(self, name: str, value: Setting) -> Feature:
        """Set one feature until the line ends; what the camera granted. Raises as `adjust`."""
        granted: Feature = self._order(lambda id_: wire.AskAdjust(id_, name, value), Feature)
        return granted

    def machine_signals(self) -> tuple[Signal, ...]:
        """The signals as they are now. Raises MACHINE_NO_SIGNALS."""
        seen: tuple[Signal, ...] = self._order(wire.AskSignals, tuple[Signal, ...])
        return seen

    def test_machine(self, is_on: bool) -> None:
        """Begin or end the test mode of the outputs. Raises MACHINE_NO_SIGNALS."""
        self._order(lambda id_: wire.AskTest(id_, is_on), None)

    def press_output(self, name: str, value: Value) -> None:
        """Set one output in the test mode. Raises as `Wired.press`."""
        self._order(lambda id_: wire.AskPress(id_, name, value), None)

    @abstractmethod
    def _order(self, make: Callable[[int], wire.Request], kind: Any) -> Any:
        """The answer to a request, decoded as that type."""
