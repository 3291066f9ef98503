"""The add-on for NVIDIA cards, installed beside the program in a bare Debian without a card."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.package.root import Root

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]


@pytest.fixture(scope="module")
def add_on(packages: Path) -> Path:
    """What `make package-cuda` built; `make package` does not."""
    found = sorted(packages.glob("station-cuda_*_amd64.deb"))
    if not found:
        pytest.skip(f"no add-on in {packages}: make package-cuda builds one")
    return found[-1]


def looked(root: Root, *words: str) -> dict[str, Any]:
    """What `station check` found, by name."""
    done = root.run("station", "check", "--json", *words)
    return {row["check"]: row for row in map(json.loads, done.out.splitlines())}


def test_it_takes_the_place_of_the_runtime_until_it_is_removed(
    root: Root, deb: Path, add_on: Path
) -> None:
    root.must("apt-get", "update", "-q")
    assert root.install(deb).code == 0
    assert "onnxruntime 1." in looked(root)["packages"]["detail"]

    done = root.install(add_on)
    assert done.code == 0, done.said[-2000:]
    found = looked(root)
    print(found["packages"]["detail"])
    assert "onnxruntime-gpu 1." in found["packages"]["detail"]
    assert [name for name, row in found.items() if not row["ok"]] == ["model"], "no card here"

    asked = looked(root, "--provider", "cuda")["model"]
    assert not asked["ok"]
    assert "cuda" in asked["advice"]
    words = ("--headless", "--parts", "2", "--provider", "cuda", "--json")
    total = json.loads(root.must("station", "run", *words).out.splitlines()[-1])
    assert total["recorded"] == 2

    root.must("apt-get", "remove", "-y", "-q", "station-cuda")
    assert "onnxruntime 1." in looked(root)["packages"]["detail"]
    assert not (root.path / "usr/lib/station/addons").exists()
