"""From the records to advice: read, see what can be learnt, prove it, search; in an own process."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.insight.advice import (
    LEAST_BAD,
    LEAST_PARTS,
    NG,
    Advice,
    Evidence,
    Lack,
    result_path,
    to_json,
)
from station.insight.advice_causes import SURE, Proof, drivers, prove
from station.insight.advice_model import learn, to_onnx
from station.insight.advice_search import Seen, suggest
from station.insight.advice_values import Usable, usable
from station.insight.recorded import named
from station.insight.recorded_parts import Parts, parts
from station.store.history import Filter
from station.store.queries import Reader
from station.whole import write_whole

MOST_PARTS, MOST_DAYS = 20_000, 30
DAY_MS = 86_400_000
SEED = 0

Tell = Callable[[str, float], object]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked. settable: the process values that may be changed, by name."""

    product: str
    target: str = NG
    settable: tuple[str, ...] = ()


def advise(data: Path, wish: Wish, now_ms: int, tell: Tell) -> Advice:
    """Work it out and keep it. Raises StoreError, DatasetError OUTPUT_NOT_WRITABLE."""
    tell("read", 0.0)
    wanted = Filter(since_ms=now_ms - MOST_DAYS * DAY_MS, recipe=wish.product)
    with Reader(data) as reader:
        units = {name: one.unit for name, one in named(reader.series()).items()}
        with reader.connection() as connection:
            found = parts(connection, wanted, MOST_PARTS if units else 0)
    with threadpool_limits(limits=1):  # beside a line that needs the processor
        advice, model = of_parts(found, units, wish, now_ms, tell)
    path = result_path(data, wish.product, wish.target)
    files = {path: to_json(advice)} | ({path.with_suffix(".onnx"): model} if model else {})
    write_whole(files)
    if model is None:
        path.with_suffix(".onnx").unlink(missing_ok=True)
    return advice


def of_parts(
    found: Parts, units: dict[str, str], wish: Wish, now_ms: int, tell: Tell
) -> tuple[Advice, bytes | None]:
    """The advice, and its model where it is better than chance. units: of each column."""
    bad = found.ng if wish.target == NG else found.has(wish.target)
    names = found.recorded.columns
    use = usable(names, found.recorded.values, bad) if len(bad) else _nothing()
    advice = Advice(
        product=wish.product,
        target=wish.target,
        made_ms=now_ms,
        parts=len(use.rows),
        bad=int(bad[use.rows].sum()),
        left_out=use.left_out,
        values=tuple((name, units.get(name, "")) for name in use.names),
        settable=tuple(name for name in wish.settable if name in use.names),
    )
    lack = _lack(advice, use)
    if lack is not None:
        return replace(advice, lack=lack), None
    rows = use.rows
    seen = Seen(
        use.names,
        tuple(units.get(name, "") for name in use.names),
        found.recorded.at_ms[rows],
        use.values,
        bad[rows],
    )
    return _looked_for(advice, seen, tell)


def _looked_for(advice: Advice, seen: Seen, tell: Tell) -> tuple[Advice, bytes | None]:
    proof = prove(seen.values, seen.bad, SEED, lambda share: tell("prove", share))
    advice = replace(advice, evidence=_evidence(proof, seen), is_found=proof.p <= SURE)
    if not advice.is_found:
        return advice, None
    whole = learn(proof.kind, seen.values, seen.bad)
    columns = list(zip(seen.names, seen.units, strict=True))
    found = drivers(proof, whole, seen.values, columns, SEED, lambda share: tell("drivers", share))
    places = tuple(seen.names.index(name) for name in advice.settable)
    better = suggest(seen, proof.kind, places, SEED, lambda share: tell("search", share))
    card = {"station.advice": json.dumps({"columns": seen.names, "target": advice.target})}
    return replace(advice, drivers=found, suggestion=better), to_onnx(whole, seen.names, card)


def _evidence(proof: Proof, seen: Seen) -> Evidence:
    return Evidence(
        parts=len(seen.bad),
        bad=int(seen.bad.sum()),
        since_ms=int(seen.at_ms[0]),
        until_ms=int(seen.at_ms[-1]),
        lately_ms=int(seen.at_ms[seen.lately][0]),
        auc=proof.auc,
        low=proof.low,
        high=proof.high,
        p=proof.p,
        method=proof.kind.value,
    )


def _lack(advice: Advice, use: Usable) -> Lack | None:
    if not use.names:
        return Lack.VALUES
    if advice.parts < LEAST_PARTS:
        return Lack.PARTS
    return Lack.BAD if min(advice.bad, advice.parts - advice.bad) < LEAST_BAD else None


def _nothing() -> Usable:
    return Usable((), np.empty(0, np.int64), np.empty((0, 0)), ())
