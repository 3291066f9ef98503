"""Remaining life learnt from units that ran to failure, and the file that foretells it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode, ModelError
from station.insight.health_card import (
    CARD_KEY,
    FORETOLD,
    LIFE,
    HealthCard,
    Taught,
    card_from_json,
    card_to_json,
    open_model,
    opened,
)
from station.insight.health_life import BOOSTING, RECURRENT, LifeWish, train_life
from station.insight.health_recurrent import Plan, has_torch
from station.insight.health_use import evaluate, predict
from station.insight.tables import read_table
from tests.wear import cut_lives, write_lives

WISH = LifeWish("machine", "hour", cap=50, method=BOOSTING, plan=Plan(window=20))
QUICK = Plan(window=20, hidden=12, steps=250, warm=5)


def quiet(step: str, share: float) -> None:
    assert 0 <= share <= 1


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lives")
    write_lives(folder / "train.csv", 20)
    write_lives(folder / "whole.csv", 30, seed=7)
    cut_lives(folder / "whole.csv", folder / "test.csv", folder / "truth.txt")
    return folder


@pytest.fixture(scope="module")
def boosted(place: Path) -> Taught:
    return train_life(read_table(place / "train.csv"), WISH, quiet)


def test_boosting_foretells_units_it_never_saw(boosted: Taught, place: Path) -> None:
    model = opened(boosted.model, place)
    told = evaluate(model, read_table(place / "test.csv"), place / "truth.txt")
    (row,) = told.rows
    assert list(row) == ["rmse", "score", "coverage", "n"]
    assert row["n"] == 30
    assert row["rmse"] < 10  # guessing the mean gives 17
    assert row["coverage"] >= 0.7
    assert boosted.card.metrics["rmse"] == pytest.approx(row["rmse"], abs=5)
    assert boosted.left_out == ("chance", "fixed")


def test_one_row_a_unit_with_an_interval(boosted: Taught, place: Path) -> None:
    model = opened(boosted.model, place)
    rows = predict(model, read_table(place / "test.csv")).rows
    assert [row["machine"] for row in rows] == [f"M{k}" for k in range(30)]
    for row in rows:
        assert 0 <= row["low"] <= row["rul"] <= row["high"] <= 50
        assert row["capped"] == (row["high"] >= 50)


def test_equal_tables_give_equal_files(boosted: Taught, place: Path) -> None:
    again = train_life(read_table(place / "train.csv"), WISH, quiet)
    assert again.model == boosted.model


def test_without_a_truth_every_reading_to_the_end_counts(boosted: Taught, place: Path) -> None:
    table = read_table(place / "whole.csv")
    told = evaluate(opened(boosted.model, place), table)
    assert told.rows[-1]["n"] == len(table)


def test_a_truth_for_other_units_is_refused(boosted: Taught, place: Path) -> None:
    model, table = opened(boosted.model, place), read_table(place / "test.csv")
    for text, code in (
        ("1\n2\n", ErrorCode.TABLE_TRUTH),
        ("one\n", ErrorCode.TABLE_UNREADABLE),
    ):
        (place / "wrong.txt").write_text(text, "utf-8")
        with pytest.raises(DatasetError) as error:
            evaluate(model, table, place / "wrong.txt")
        assert error.value.code is code
    with pytest.raises(DatasetError) as error:
        evaluate(model, table, place / "no.txt")
    assert error.value.code is ErrorCode.TABLE_NOT_FOUND


def test_another_unit_of_time_is_noticed_when_foretelling(boosted: Taught, place: Path) -> None:
    table = read_table(write_lives(place / "seconds.csv", 6, step=3600))
    with pytest.raises(DatasetError) as error:
        predict(opened(boosted.model, place), table)
    assert error.value.code is ErrorCode.TABLE_TIME_UNIT


def test_too_few_units_and_an_unknown_method(place: Path) -> None:
    table = read_table(write_lives(place / "few.csv", 4))
    with pytest.raises(DatasetError) as error:
        train_life(table, WISH, quiet)
    assert error.value.code is ErrorCode.TABLE_TOO_FEW_UNITS
    with pytest.raises(DatasetError) as error:
        train_life(table, replace(WISH, method="magic"), quiet)
    assert error.value.code is ErrorCode.METHOD_UNKNOWN


def test_without_torch_it_is_said_what_is_missing(place: Path) -> None:
    if has_torch():
        pytest.skip("torch is installed")
    table = read_table(place / "train.csv")
    with pytest.raises(DatasetError) as error:
        train_life(table, replace(WISH, method=RECURRENT), quiet)
    assert error.value.code is ErrorCode.EXTRA_MISSING
    taught = train_life(table, replace(WISH, method="auto"), quiet)
    assert taught.card.method == BOOSTING


def test_a_recurrent_network_beside_its_baseline(place: Path) -> None:
    if not has_torch():
        pytest.skip("torch is not installed: the extra train-torch")
    wish = replace(WISH, method="auto", plan=QUICK)
    taught = train_life(read_table(place / "train.csv"), wish, quiet)
    assert taught.card.method == RECURRENT
    assert {"rmse", "score", "coverage"} <= set(taught.card.baseline)
    told = evaluate(
        opened(taught.model, place), read_table(place / "test.csv"), place / "truth.txt"
    )
    first, last = told.rows
    assert first["baseline"] == BOOSTING
    assert last["rmse"] < 11  # guessing the mean gives 17


def test_the_graph_says_what_torch_says(place: Path) -> None:
    if not has_torch():
        pytest.skip("torch is not installed: the extra train-torch")
    import torch

    from station.inference.provider import CPU, new_session
    from station.insight.graphs import Graph, serialised
    from station.insight.health_graph import Scale, add_networks, smoothing

    torch.manual_seed(0)
    net, out = torch.nn.GRU(4, 6, 2, batch_first=True), torch.nn.Linear(6, 1)
    named = [*net.named_parameters(), *((f"out.{k}", v) for k, v in out.named_parameters())]
    weights = {name: one.detach().numpy() for name, one in named}
    graph, ones = Graph(), np.ones(4, np.float32)
    nets = [(Scale(0 * ones, ones), weights)] * 2
    add_networks(graph, FORETOLD, nets, smoothing(9, 3), 1000.0)
    shape = ("n", 9, 4)
    model = serialised(graph, ("readings", shape), {FORETOLD: ("n",)}, {})
    x = np.random.default_rng(0).normal(0, 1, (3, 9, 4)).astype(np.float32)
    with torch.no_grad():
        expected = (
            1000
            * out(net(torch.from_numpy(smoothing(9, 3) @ x))[0][:, -1]).clamp(0, 1)[:, 0].numpy()
        )
    found = new_session(model, CPU, 1).run([FORETOLD], {"readings": x})[0]
    np.testing.assert_allclose(found, expected, atol=1e-2)


def test_each_row_is_averaged_with_those_before_it() -> None:
    from station.insight.health_graph import smoothing

    rows = np.array([3.0, 6.0, 9.0, 0.0], np.float32)
    np.testing.assert_allclose(smoothing(4, 3) @ rows, [3, 4.5, 6, 5])
    np.testing.assert_array_equal(smoothing(4, 1), np.eye(4))


def test_a_card_comes_back_as_it_was_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    card = HealthCard(LIFE, BOOSTING, ("a",), "u", "t", words={"a": ("x",)}, band={"low": (1.0,)})
    text = card_to_json(card)
    assert card_from_json(text, tmp_path) == card
    wrong = ("{", "[]", text.replace('"format": 1', '"format": 2'))
    more = (text.replace('"life"', '"death"'), text.replace('"cap": 0.0', '"cap": "x"'))
    for one in (*wrong, *more, text.replace('"window": 1', '"window": 0')):
        with pytest.raises(ModelError) as error:
            card_from_json(one, tmp_path)
        assert error.value.code is ErrorCode.MODEL_BAD_CARD


def test_only_a_file_of_health_is_opened(boosted: Taught, tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(boosted.model)
    assert open_model(path).card == boosted.card
    path.write_bytes(boosted.model.replace(CARD_KEY.encode(), b"station.wealth"))
    with pytest.raises(ModelError) as error:
        open_model(path)
    assert error.value.code is ErrorCode.MODEL_NO_CARD
    path.write_bytes(b"no model")
    with pytest.raises(ModelError) as error:
        open_model(path)
    assert error.value.code is ErrorCode.MODEL_NOT_ONNX
    with pytest.raises(ModelError) as error:
        open_model(tmp_path / "no.onnx")
    assert error.value.code is ErrorCode.MODEL_NOT_FOUND
