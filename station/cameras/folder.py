"""Real images from a folder, one for each trigger."""

import random
import time
from pathlib import Path

from station.cameras.image_file import image_files, read_image
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode


class FolderCamera:
    """The pictures below a folder, in the order of their path or shuffled by a seed.

    The name of a picture's own folder goes along as `truth`, for evaluation only.
    """

    live = False

    def __init__(
        self, source: str, shuffle: bool = False, seed: int = 0, loop: bool = False
    ) -> None:
        self.name = f"folder:{source}"
        self._source = source
        self._shuffle = shuffle
        self._seed = seed
        self._loop = loop
        self._files: list[Path] = []
        self._next = 0
        self._asked = False
        self._number = 0

    def open(self) -> None:
        """List the files; where the camera was open before, it goes on after the last picture.

        Raises CameraError FOLDER_NOT_FOUND or FOLDER_EMPTY.
        """
        if not self._source:  # Path("") would be the working directory, which nobody named
            raise CameraError(ErrorCode.FOLDER_NOT_FOUND, path="")
        self._files = image_files(Path(self._source))
        if self._shuffle:
            random.Random(self._seed).shuffle(self._files)  # noqa: S311 - an order, not a secret

    def trigger(self) -> None:
        """The next grab delivers the next picture."""
        self._asked = True

    def grab(self, timeout: float) -> Frame | None:
        """The picture that was asked for; None when none was."""
        if not self._asked:
            time.sleep(timeout)
            return None
        self._asked = False
        path = self._advance()
        taken = time.monotonic_ns()
        pixels = read_image(path)
        self._number += 1
        return Frame(pixels, self._number, taken, str(path), path.parent.name)

    def close(self) -> None:
        """Forget a trigger that was not answered."""
        self._asked = False

    def _advance(self) -> Path:
        if self._next >= len(self._files):
            if not (self._loop and self._files):
                raise CameraError(ErrorCode.CAMERA_NO_MORE_IMAGES, source=self._source)
            self._next = 0
        path = self._files[self._next]
        self._next += 1
        return path
