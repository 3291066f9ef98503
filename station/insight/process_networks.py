"""Perceptrons by scikit-learn: the 32–16–1 of the articles, and one whose shape is searched.

The rate of learning falls in stages; how many stages are gone through is found on the latest rows
(or the last groups) of those that are learnt from, never on rows drawn at random.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from station.insight.process_inputs import Way
from station.insight.process_pieces import ByWay, Layers, Numbers
from station.insight.scaling import Scale

FALL = (1.0, 0.3, 0.1, 0.03)  # the rate of each stage, of the first
EPOCHS = 12  # of a stage with many rows
STEPS = 1500  # of a stage with few rows
BATCH = 128
MOST_EPOCHS = 120
WIDTHS = ((32, 16), (64, 32), (128, 64), (16, 8))
ALPHAS = (1e-5, 1e-4, 1e-3, 1e-1)
RATES = (1e-3, 3e-3, 6e-3)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shape:
    """A perceptron that is to be learnt. widths: of the hidden layers; stages: of `FALL`."""

    way: Way
    widths: tuple[int, ...] = (32, 16)
    alpha: float = 1e-4
    rate: float = 1e-3
    stages: int = len(FALL)

    @property
    def words(self) -> str:
        """As it is printed."""
        layers = "–".join(map(str, (*self.widths, 1)))
        return f"{layers}, alpha {self.alpha:g}, rate {self.rate:g}, {self.stages} stages"


def learn_network(shape: Shape, features: ByWay, target: Numbers, flag: bool, seed: int) -> Layers:
    """Through all stages."""
    return list(_stages(shape, features, target, flag, seed))[-1]


def search(
    ways: tuple[Way, ...],
    features: ByWay,
    target: Numbers,
    flag: bool,
    late: Flags,
    tries: int,
    seed: int,
) -> Shape:
    """The shape that foretells the late rows best after learning the others."""
    rng = np.random.default_rng(seed)
    early = {way: rows[~late] for way, rows in features.items()}
    rest = {way: rows[late] for way, rows in features.items()}
    best, found = np.inf, Shape(ways[0])
    for number in range(tries):
        shape = Shape(
            ways[number % len(ways)],
            WIDTHS[int(rng.integers(len(WIDTHS)))],
            ALPHAS[int(rng.integers(len(ALPHAS)))],
            RATES[int(rng.integers(len(RATES)))],
        )
        stages = _stages(shape, early, target[~late], flag, seed)
        for stage, layers in enumerate(stages, start=1):
            error = loss(layers.raw(rest), target[late], flag)
            if error < best:
                best, found = error, replace(shape, stages=stage)
    return found


def loss(raw: Numbers, target: Numbers, flag: bool) -> float:
    """The mean square error, or of logits the mean log loss."""
    if flag:
        return float(np.mean(np.logaddexp(0, raw) - target * raw))
    return float(np.mean((raw - target) ** 2))


def _stages(
    shape: Shape, features: ByWay, target: Numbers, flag: bool, seed: int
) -> Iterator[Layers]:
    """The network as it is after each stage."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    rows = features[shape.way]
    scale = Scale.of(rows)
    scores = scale.scores(rows)
    mean, spread = (0.0, 1.0) if flag else (float(target.mean()), float(target.std()) or 1.0)
    network = (MLPClassifier if flag else MLPRegressor)(
        hidden_layer_sizes=shape.widths,
        alpha=shape.alpha,
        batch_size=min(BATCH, len(rows)),
        max_iter=_epochs(len(rows)),
        n_iter_no_change=MOST_EPOCHS,
        warm_start=True,
        random_state=seed,
    )
    aim = target.astype(np.intp) if flag else (target - mean) / spread
    for fall in FALL[: shape.stages]:
        network.set_params(learning_rate_init=shape.rate * fall)
        with threadpool_limits(limits=1), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the stage ends, by intent
            network.fit(scores, aim)
        weights = zip(network.coefs_, network.intercepts_, strict=True)
        copied = tuple((weight.copy(), bias.copy()) for weight, bias in weights)
        yield Layers(shape.way, scale, copied, mean, spread)


def _epochs(rows: int) -> int:
    """Of a stage: with few rows more of them."""
    return int(np.clip(STEPS * BATCH / rows, EPOCHS, MOST_EPOCHS))
