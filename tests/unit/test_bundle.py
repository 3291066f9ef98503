"""What ships with the program is found, and what does not is named."""

import subprocess
import sys
from pathlib import Path

import pytest

from station.bundle import resource


@pytest.mark.parametrize(
    "name",
    [
        "i18n/station_de.qm",
        "i18n/station_zh_CN.qm",
        "fonts/Inter-Regular.ttf",
        "models/efficientnet_lite0.onnx",
        "demo/flange.toml",
        "opcua/Opc.Ua.MachineVision.NodeSet2.xml",
    ],
)
def test_it_ships(name: str) -> None:
    path = resource(name)
    assert path.is_absolute()
    assert path.is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no/such"):
        resource("no/such")


def test_it_does_not_depend_on_where_one_stands(tmp_path: Path) -> None:
    code = "from station.bundle import resource; print(resource('demo'))"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()).is_dir()
