import pytest

from station.machine.plc_diagram import Sample, draw

NAMES = ("TRIG", "OK")


def test_a_pulse() -> None:
    samples = [
        Sample(0, (False, False)),
        Sample(50, (True, False)),
        Sample(100, (False, False)),
    ]
    trig, ok, scale = draw(NAMES, samples, width=20)
    assert trig == "TRIG  _________/‾‾‾‾‾‾‾‾\\_"
    assert ok == "OK    " + "_" * 20
    assert scale.split() == ["0", "ms", "100", "ms"]
    assert len(scale) == len(trig)


@pytest.mark.parametrize("width", [20, 60, 61])
def test_edges_that_fall_together_go_apart(width: int) -> None:
    """Every edge is visible, however short the pulse beside a long wait."""
    levels = [False, True, False, True, False, True]
    samples = [
        Sample(at, (level,)) for at, level in zip((0, 1, 2, 3, 4, 9000), levels, strict=True)
    ]
    line = draw(["X"], samples, width)[0]
    assert (line.count("/"), line.count("\\")) == (3, 2)
    assert len(line) == width + 3


def test_more_edges_than_columns() -> None:
    samples = [Sample(at, (bool(at % 2),)) for at in range(80)]
    line = draw(["X"], samples, width=20)[0]
    assert line.count("/") + line.count("\\") == 79


def test_nothing_moved() -> None:
    assert draw(["X"], [Sample(5, (True,))], width=10)[0] == "X  " + "‾" * 10
