"""Every kind of model says the same by scikit-learn and by the file, within 1e-4."""

from pathlib import Path

import numpy as np
import pytest

from station.inference.provider import CPU, new_session
from station.insight.graphs import Graph, serialised
from station.insight.process_candidates import Pool, candidates, learn
from station.insight.process_card import FORETOLD, INPUT
from station.insight.process_features import add_features, features
from station.insight.process_inputs import PLAIN, POWER, PRODUCTS, Inputs, Rows, Way, full_of
from station.insight.process_networks import Shape, search
from station.insight.process_trial import Model

NAMES = ("reactive power kVarh", "power factor", "speed", "mode")
INPUTS = Inputs(NAMES, {"mode": ("A", "B", "C")}, {"power factor": 100.0})
WIDE = 1e-4


def rows_of(count: int = 400, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    columns = (
        rng.uniform(0, 90, count),
        rng.uniform(40, 99.9, count),
        rng.uniform(1e4, 9e4, count),
        rng.integers(0, 3, count),
    )
    return np.column_stack(columns).astype(np.float32)


def active(rows: np.ndarray) -> np.ndarray:
    cosine = rows[:, 1].astype(np.float64) / 100
    return np.asarray(rows[:, 0] * cosine / np.sqrt(np.maximum(1 - cosine**2, 1e-4)))


def answer(model: Model, rows: np.ndarray) -> np.ndarray:
    graph = Graph()
    ways = sorted(model.piece.ways)
    model.add(graph, FORETOLD, {way: add_features(graph, INPUTS, way) for way in ways})
    data = serialised(graph, (INPUT, ("n", len(NAMES))), {FORETOLD: ("n",)}, {})
    return np.asarray(new_session(data, CPU, 1).run([FORETOLD], {INPUT: rows})[0])


@pytest.mark.parametrize("flag", [False, True])
def test_the_file_says_what_scikit_learn_says(flag: bool) -> None:
    rows, new = rows_of(), rows_of(seed=1)
    target = active(rows) / 10 + rows[:, 2] / 1e4 + 3 * (rows[:, 3] == 1)
    if flag:
        target = (target > np.median(target)).astype(np.float64)
    pool = Pool.of(rows, INPUTS, target, flag)
    asked = {way: features(new, INPUTS, way) for way in INPUTS.ways}
    tried = candidates(INPUTS.ways, Shape((PLAIN, POWER), (8,)), flag)
    assert {one.kind for one in tried} >= {"linear", "boosting", "mlp", "tuned"}
    for one in tried:
        model = Model.of(learn(one, pool, 0), pool)
        told, found = model.foretell(asked), answer(model, new)
        assert np.abs(found - told).max() <= WIDE * max(1.0, np.abs(told).max()), one.name
        assert np.ptp(told) > 0.5 * np.ptp(target) or one.kind != "boosting"


def test_pieces_are_scikit_learns_own_answers() -> None:
    from sklearn.linear_model import Ridge
    from sklearn.preprocessing import StandardScaler

    rows = rows_of()
    target = active(rows)
    pool = Pool.of(rows, INPUTS, target, False)
    linear = candidates(INPUTS.ways, Shape((PLAIN,)), False)[0]
    plain = pool.by_way[PLAIN,]
    scores = StandardScaler().fit_transform(plain.astype(np.float64))
    expected = Ridge(alpha=1.0).fit(scores, target).predict(scores)
    np.testing.assert_allclose(learn(linear, pool, 0).raw(pool.by_way), expected, rtol=1e-5)


def test_features_are_columns_flags_triangles_and_products() -> None:
    rows = rows_of(5)
    found = features(rows, INPUTS, (PLAIN, POWER, PRODUCTS))
    assert INPUTS.ways[-1] == (PLAIN, POWER, PRODUCTS)
    assert found.shape == (5, 3 + 3 + 1 + 3)
    np.testing.assert_array_equal(found[:, :3], rows[:, :3])
    np.testing.assert_array_equal(found[:, 3:6].argmax(axis=1), rows[:, 3])
    np.testing.assert_allclose(found[:, 6], active(rows), rtol=1e-4)
    np.testing.assert_allclose(found[:, 7], rows[:, 0] * rows[:, 1], rtol=1e-6)


def test_a_power_factor_is_known_by_name_and_range() -> None:
    assert full_of("Lagging_Current_Power_Factor", np.array([0, 99.9])) == 100
    assert full_of("cos phi", np.array([0.3, 0.99])) == 1
    assert full_of("功率因数", np.array([0.3, 0.99])) == 1
    assert full_of("power factor", np.array([-3.0, 5])) is None
    assert full_of("speed", np.array([0.3, 0.99])) is None
    assert Inputs(("a", "b"), {}, {"b": 1.0}).ways == ((PLAIN,), (PLAIN, PRODUCTS))


def test_the_search_stops_on_later_rows(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    features_of: dict[Way, Rows] = {(PLAIN,): rng.normal(size=(150, 6)).astype(np.float32)}
    noise = rng.normal(size=150)
    late = np.arange(150) >= 120
    found = search(((PLAIN,),), features_of, noise, False, late, 2, 0)
    assert found.stages == 1  # nothing to be learnt: the earliest end is the best
