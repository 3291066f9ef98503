"""Recurrent networks that foretell life: a window of readings in, the share of the cap out.

Gated units (GRU) learn by gradient from windows that end anywhere in a unit's life, and at every
row of a window that has seen enough of it. Needs torch, and takes the GPU where there is one; what
comes out are plain weights.
"""

import importlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode
from station.insight.health_graph import Scale, Weights, smoothing
from station.insight.health_windows import padded

EXTRA = "train-torch"
THREADS = 2
TELL = 20  # steps between two words about how far it is

Readings = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network learns. warm: rows of a window that it sees before it must answer.

    smooth: over how many readings each is averaged with those before it.
    late: how much more a reading at the very end of a life counts than one at the cap. noise,
    shift: how far chance moves each reading, and all readings of a window alike, in standard
    deviations: a network cannot know a unit again by them.
    """

    window: int = 100
    hidden: int = 64
    layers: int = 1
    steps: int = 1000
    batch: int = 64
    rate: float = 5e-3
    decay: float = 1e-3
    drop: float = 0.1
    noise: float = 0.0
    shift: float = 0.0
    smooth: int = 8
    warm: int = 20
    late: float = 0.0


def has_torch() -> bool:
    """Whether the extra is installed, without loading it."""
    return importlib.util.find_spec("torch") is not None


def import_torch() -> Any:
    """The package, with few threads, which sleep while they wait: a line may want the cores.

    Raises DatasetError EXTRA_MISSING.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # read when torch is first imported
    try:
        torch = importlib.import_module("torch")
    except ImportError:
        raise DatasetError(ErrorCode.EXTRA_MISSING, extra=EXTRA) from None
    torch.set_num_threads(THREADS)
    return torch


def learn(
    readings: Sequence[Readings],
    shares: Sequence[Numbers],
    plan: Plan,
    seed: int,
    tick: Callable[[float], None],
) -> tuple[Scale, Weights]:
    """From each unit's readings (rows, columns) and the share of the cap left at each row.

    The same seed gives the same weights on the same kind of machine.
    """
    torch = import_torch()
    where = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    scale = Scale.of(np.concatenate(readings))
    batches = _Batches(readings, shares, scale, plan.window)
    net, out = _new(torch, plan, readings[0].shape[1], where)
    learning = [*net.parameters(), *out.parameters()]
    optimiser = torch.optim.AdamW(learning, lr=plan.rate, weight_decay=plan.decay)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, plan.rate, total_steps=plan.steps, pct_start=0.1
    )
    average = torch.from_numpy(smoothing(plan.window, plan.smooth)).to(where)
    for step in range(plan.steps):
        x, truth = (torch.from_numpy(one).to(where) for one in batches.pick(rng, plan.batch))
        x = x + plan.noise * torch.randn_like(x) + plan.shift * torch.randn_like(x[:, :1])
        states, _ = net(average @ x)
        answers = out(torch.nn.functional.dropout(states, plan.drop))[..., 0]
        loss = _loss(torch, answers, truth, plan)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        pace.step()
        if step % TELL == TELL - 1 or step == plan.steps - 1:
            tick((step + 1) / plan.steps)
    return scale, _weights(net, out)


class _Batches:
    """Windows of units, chosen by chance, every reading as likely as any other to be the last."""

    def __init__(
        self, readings: Sequence[Readings], shares: Sequence[Numbers], scale: Scale, window: int
    ) -> None:
        self._window = window
        self._rows = [padded((one - scale.mean) / scale.spread, window) for one in readings]
        self._truth = [
            np.concatenate([np.full(window - 1, np.nan), one]).astype(np.float32) for one in shares
        ]
        self._ends = np.array(
            [(unit, row) for unit, one in enumerate(readings) for row in range(len(one))]
        )

    def pick(self, rng: np.random.Generator, count: int) -> tuple[Readings, Readings]:
        """Windows (count, window, columns) and the shares left; no number before a life begins."""
        chosen = self._ends[rng.integers(0, len(self._ends), count)]
        spans = [(unit, slice(row, row + self._window)) for unit, row in chosen]
        return (
            np.stack([self._rows[unit][span] for unit, span in spans]),
            np.stack([self._truth[unit][span] for unit, span in spans]),
        )


def _new(torch: Any, plan: Plan, columns: int, where: str) -> tuple[Any, Any]:
    net = torch.nn.GRU(
        columns,
        plan.hidden,
        plan.layers,
        batch_first=True,
        dropout=plan.drop if plan.layers > 1 else 0.0,
    )
    return net.to(where), torch.nn.Linear(plan.hidden, 1).to(where)


def _loss(torch: Any, answers: Any, truth: Any, plan: Plan) -> Any:
    """The mean square where an answer is asked for."""
    asked = (~torch.isnan(truth)).float()
    asked[:, : min(plan.warm, plan.window - 1)] = 0
    truth = torch.nan_to_num(truth)
    weight = asked * (1 + plan.late * (1 - truth))
    return (weight * (answers - truth) ** 2).sum() / weight.sum()


def _weights(net: Any, out: Any) -> Weights:
    named = [
        *net.named_parameters(),
        *((f"out.{name}", one) for name, one in out.named_parameters()),
    ]
    return {name: one.detach().cpu().numpy() for name, one in named}
