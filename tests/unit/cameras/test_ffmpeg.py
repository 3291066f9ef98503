import os
import subprocess
import sys

from station.cameras.ffmpeg import need_ffmpeg

ASK = """
from station.cameras.ffmpeg import need_ffmpeg
from station.errors import CameraError
try:
    need_ffmpeg("stream")
except CameraError as error:
    print(error.code, error.fault.fact("kind"), error.fault.fact("reason"))
"""


def test_nothing_is_said_where_it_is_there() -> None:
    need_ffmpeg("stream")


def test_who_lacks_it_is_told_what_brings_it() -> None:
    without = {**os.environ, "OPENCV_VIDEOIO_PRIORITY_FFMPEG": "0"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=without, capture_output=True, text=True, check=True
    )
    assert "camera_driver_missing stream" in done.stdout
    assert "win64-extras.exe" in done.stdout
