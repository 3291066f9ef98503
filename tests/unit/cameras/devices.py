"""A stand-in for a video device."""

import threading
import time

import cv2
import numpy as np
import numpy.typing as npt


class Device:
    """Stands in for a web camera, of which a build has none: notes what is set, hangs, goes."""

    def __init__(self, width: int, height: int, shade: int = 90) -> None:
        self.orders: list[tuple[int, float]] = []
        self.state = {cv2.CAP_PROP_FRAME_WIDTH: width, cv2.CAP_PROP_FRAME_HEIGHT: height}
        self.picture = np.full((height, width, 3), shade, np.uint8)
        self.flowing = threading.Event()
        self.flowing.set()
        self.gone = False
        self.released = threading.Event()

    def read(self) -> tuple[bool, npt.NDArray[np.uint8] | None]:
        time.sleep(0.01)
        self.flowing.wait()
        return (False, None) if self.gone else (True, self.picture.copy())

    def release(self) -> None:
        self.released.set()

    def set(self, prop: int, value: float) -> bool:
        self.orders.append((prop, value))
        return True

    def get(self, prop: int) -> float:
        return float(self.state.get(prop, 30))
