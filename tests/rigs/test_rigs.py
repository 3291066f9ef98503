"""The short forms of the durability rigs; `make soak` runs the long ones."""

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def rig(name: str, *words: object) -> dict[str, Any]:
    """Run it as anybody would; its figures, when everything held."""
    command = [sys.executable, "-m", f"tests.rigs.{name}", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    if figures["skipped"]:
        pytest.skip(figures["skipped"])
    assert figures["broken"] == []
    assert figures["good"]
    return dict(figures)


def test_what_was_acknowledged_survives_fifty_kills():
    figures = rig("kill9", "--kills", 50, "--seed", 20)
    assert figures["kills"] == 50
    assert figures["acknowledged"] >= 50
    assert figures["lost"] == figures["bad_images"] == figures["rows_without_image"] == 0


def test_what_was_acknowledged_survives_a_dozen_power_cuts():
    figures = rig("power_cut", "--cuts", 12, "--seed", 21)
    assert figures["acknowledged"] >= 12
    assert figures["lost"] == figures["bad_images"] == figures["rows_without_image"] == 0


def test_a_disk_that_fills_up_again_and_again_loses_nothing():
    figures = rig("disk_full", "--times", 12, "--seed", 22)
    assert figures["rows"] == figures["acknowledged"] > 12
    assert figures["refused_with_disk_full"] >= 12


@pytest.mark.timeout(240)
def test_the_line_keeps_every_invariant_among_random_troubles():
    figures = rig("chaos", "--parts", 600, "--seed", 23)
    assert figures["recorded"] >= figures["parts_taken"] >= 600
    assert figures["kinds_of_trouble"] > 8
    assert figures["OK"] > 50


@pytest.mark.timeout(240)
def test_the_program_loses_and_leaks_nothing_in_a_while():
    figures = rig("soak", "--minutes", 0.6, "--rate", 8, "--limit", 5)
    assert figures["recorded"] >= 250
    assert figures["lost"] == figures["not_inspected"] == 0


@pytest.mark.timeout(240)
def test_line_and_window_may_die_and_no_part_is_lost():
    words = ("--parts", 120, "--kills", 3, "--line-seconds", 5, "--window-seconds", 8)
    figures = rig("kill_processes", *words)
    assert figures["recorded"] >= figures["admitted"] >= 120
    assert figures["line_kills"] == figures["window_kills"] == 3
