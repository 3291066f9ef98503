"""Learning by gradient: small networks as named weights and a function, on the GPU if there is one.

torch is imported when it is first needed, never with this module.
"""

import copy
import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode
from station.training.calibrate import softmax
from station.training.embed import THREADS

EXTRA = "train-torch"
STILL = 1e-4  # a loss lower by less is no better

Index = npt.NDArray[np.intp]
Wide = npt.NDArray[np.float64]
Pick = Callable[[Index, bool], npt.NDArray[Any]]  # the input of rows; varied where True
Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how carefully. patience: epochs without a better loss before it stops."""

    epochs: int
    rate: float
    batch: int = 32
    decay: float = 1e-3
    patience: int = 3


@dataclass(slots=True)
class Net:
    """weights: tensors by name, those that need a gradient learn. answer(weights, x, drops) → y."""

    weights: dict[str, Any]
    answer: Callable[[dict[str, Any], Any, bool], Any]


Loss = Callable[[Any, Index], Any]  # of answers (a tensor), for those rows


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


def device(torch: Any) -> str:
    """Where to calculate."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def cross_entropy(labels: Index, classes: int, balance: bool) -> Loss:
    """Of the true classes; rare ones count as much as common ones where that is wished."""
    torch = import_torch()
    where = device(torch)
    counts = np.bincount(labels, minlength=classes)
    weights = len(labels) / (classes * np.maximum(counts, 1)) if balance else np.ones(classes)
    weight = torch.tensor(weights, dtype=torch.float32, device=where)
    truth = torch.tensor(labels, device=where)
    return lambda answers, rows: torch.nn.functional.cross_entropy(
        answers, truth[torch.as_tensor(rows, device=where)], weight
    )


def learn(
    net: Net,
    pick: Pick,
    loss: Loss,
    seen: Index,
    watched: Index,
    plan: Plan,
    seed: int,
    tick: Tick,
    stop: int | None = None,
) -> int:
    """Improve the net's weights on the rows `seen`; gives the number of epochs that were best.

    Where some rows are watched, the weights with the least loss on them stay; otherwise those
    after `stop` epochs of the plan, or all of them. The same seed gives the same weights.
    """
    torch = import_torch()
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True
    learning = [one for one in net.weights.values() if one.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=plan.rate, weight_decay=plan.decay)
    pace = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, plan.epochs, plan.rate / 20)
    best, best_loss, kept = 0, np.inf, None
    epochs = plan.epochs if stop is None else stop
    for epoch in range(epochs):
        _epoch(net, pick, loss, rng.permutation(seen), plan.batch, optimiser)
        pace.step()
        tick((epoch + 1) / epochs)
        if not len(watched):
            continue
        now = _loss_of(net, pick, loss, watched, plan.batch)
        if now < best_loss - STILL:
            best, best_loss, kept = epoch + 1, now, copy.deepcopy(net.weights)
        elif epoch + 1 - best >= plan.patience:
            break
    if kept is not None:
        net.weights = kept
        return best
    return epochs


def ask(net: Net, pick: Pick, rows: Index, batch: int = 64) -> npt.NDArray[Any]:
    """The answers for those rows, nothing dropped and nothing varied."""
    torch = import_torch()
    where, found = device(torch), []
    with torch.no_grad():
        for start in range(0, len(rows), batch):
            x = _tensor(torch, pick(rows[start : start + batch], False), where)
            found.append(net.answer(net.weights, x, False).cpu().numpy())
    return np.concatenate(found)


def probabilities(logits: npt.NDArray[Any], temperature: float) -> Wide:
    """After calibration."""
    return softmax(np.asarray(logits, np.float64) / temperature)


def numpy_of(net: Net) -> dict[str, npt.NDArray[np.float32]]:
    """The weights, to be written into a graph."""
    return {name: one.detach().cpu().numpy() for name, one in net.weights.items()}


def parameter(torch: Any, values: npt.ArrayLike, learns: bool = True) -> Any:
    """A weight on the device."""
    one = torch.tensor(np.asarray(values, np.float32), device=device(torch))
    return one.requires_grad_(learns)


def scattered(rng: np.random.Generator, *shape: int) -> npt.NDArray[np.float32]:
    """First weights as wide as rectified layers want them (He)."""
    fan = int(np.prod(shape[1:]))
    return rng.normal(0, np.sqrt(2 / fan), shape).astype(np.float32)


def _epoch(net: Net, pick: Pick, loss: Loss, order: Index, batch: int, optimiser: Any) -> None:
    torch = import_torch()
    where = device(torch)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        x = _tensor(torch, pick(rows, True), where)
        optimiser.zero_grad()
        loss(net.answer(net.weights, x, True), rows).backward()
        optimiser.step()


def _loss_of(net: Net, pick: Pick, loss: Loss, rows: Index, batch: int) -> float:
    torch = import_torch()
    where, total = device(torch), 0.0
    with torch.no_grad():
        for start in range(0, len(rows), batch):
            some = rows[start : start + batch]
            x = _tensor(torch, pick(some, False), where)
            total += float(loss(net.answer(net.weights, x, False), some)) * len(some)
    return total / len(rows)


def _tensor(torch: Any, values: npt.NDArray[Any], where: str) -> Any:
    return torch.from_numpy(np.ascontiguousarray(values)).to(where).float()
