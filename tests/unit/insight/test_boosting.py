"""Trees in the file say what scikit-learn's trees say."""

import numpy as np
import pytest

from station.inference.provider import CPU, new_session
from station.insight.boosting import Growth, add_trees, grow_flags, grow_numbers, raw
from station.insight.graphs import Graph, serialised


@pytest.mark.parametrize("many", [1, 3])
def test_the_graph_gives_the_sum_over_the_trees(many: int) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(1e3, 1, (800, 5)).astype(np.float32).round(2)  # many equal to a threshold
    y = x[:, 0] * 2 - 7 * (x[:, 1] > 1000) + rng.normal(0, 0.1, 800)
    trees = [
        grow_numbers(x, y.astype(np.float64), Growth(40, share=0.6), seed) for seed in range(many)
    ]
    graph = Graph()
    add_trees(graph, "sum", "x", trees)
    model = serialised(graph, ("x", ("n", 5)), {"sum": ("n", 1)}, {})
    found = new_session(model, CPU, 1).run(["sum"], {"x": x})[0][:, 0]
    expected = np.mean([raw(one, x) for one in trees], axis=0)
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_flags_are_logits() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(0, 1, (400, 3)).astype(np.float32)
    bad = x[:, 0] * x[:, 1] > 0.5
    trees = grow_flags(x, bad, Growth(30), 0)
    graph = Graph()
    add_trees(graph, "sum", "x", [trees])
    model = serialised(graph, ("x", ("n", 3)), {"sum": ("n", 1)}, {})
    found = new_session(model, CPU, 1).run(["sum"], {"x": x})[0][:, 0]
    np.testing.assert_allclose(found, raw(trees, x), atol=1e-4)
    assert np.mean((found > 0) == bad) > 0.95
