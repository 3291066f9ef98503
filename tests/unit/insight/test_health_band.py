"""The interval around a foretold life holds the truth as often as is promised, on new units."""

import numpy as np
import pytest

from station.inference.provider import CPU, new_session
from station.insight.graphs import Graph, serialised
from station.insight.health_band import Band, Held, learn_band, quantile
from station.insight.health_graph import add_band

CAP = 100.0


def units(count: int, seed: int, spread: float = 0.15) -> Held:
    """Each unit has an error of its own that grows with the life that is left."""
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(count), 30)
    truth = np.clip(rng.uniform(0, 140, len(unit)), 0, CAP)
    own = rng.normal(0, 1, count)[unit] * 0.7 + rng.normal(0, 0.7, len(unit))
    foretold = np.clip(truth + own * (2 + spread * truth), 0, CAP)
    return Held(foretold, truth, unit, unit % 5)


def share_held(band: Band, held: Held) -> float:
    low = np.clip(held.foretold - band.below(held.foretold), 0, CAP)
    high = np.clip(held.foretold + band.above(held.foretold), 0, CAP)
    return float(np.mean((low <= held.truth) & (held.truth <= high)))


@pytest.mark.parametrize("nominal", [0.8, 0.9])
def test_new_units_are_covered_as_promised(nominal: float) -> None:
    found = [
        share_held(learn_band(units(100, seed), CAP, nominal).band, units(400, 99 + seed))
        for seed in range(5)
    ]
    assert np.mean(found) == pytest.approx(nominal, abs=0.03)


def test_the_figure_it_tells_of_itself_is_right() -> None:
    learnt = learn_band(units(100, 1), CAP)
    assert learnt.coverage == pytest.approx(share_held(learnt.band, units(400, 50)), abs=0.05)


def test_it_is_narrow_where_the_error_is_small() -> None:
    band = learn_band(units(200, 2, spread=0.3), CAP).band
    width = np.array(band.low) + np.array(band.high)
    assert width[1] < 0.85 * width[5]


def test_a_quantile_by_weight() -> None:
    values = np.array([3.0, 1.0, 2.0])
    assert quantile(values, np.ones(3), 0.5) == 2
    assert quantile(values, np.array([8.0, 1.0, 1.0]), 0.5) == 3
    assert quantile(values, np.ones(3), 1.0) == 3


def test_the_graph_says_what_the_band_says() -> None:
    band = learn_band(units(60, 3), CAP).band
    graph = Graph()
    graph.add("Identity", "life", "readings")
    add_band(graph, "life", band, CAP)
    model = serialised(graph, ("readings", ("n",)), {"low": ("n",), "high": ("n",)}, {})
    asked = np.linspace(0, CAP, 57)
    low, high = new_session(model, CPU, 1).run(["low", "high"], {"readings": asked.astype("f")})
    np.testing.assert_allclose(low, np.clip(asked - band.below(asked), 0, CAP), atol=1e-3)
    np.testing.assert_allclose(high, np.clip(asked + band.above(asked), 0, CAP), atol=1e-3)
