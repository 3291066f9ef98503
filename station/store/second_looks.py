"""What a shadow said of the parts that another model judged, and where the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from station.domain.inspection import Verdict
from station.store.entry import Entry, entry_from
from station.store.rows import fit_text
from station.store.schema import current, inspections, second_looks


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a shadow said of one part; `verdict` by its own limits, `ms` its time for it."""

    uid: str
    model_sha256: str
    label: str
    score: float
    verdict: Verdict
    ms: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A part with two verdicts; its picture is `Reader.still(entry.inspection.uid)`.

    look_id rises with every second look. entry.decision tells whom a person found right.
    """

    look_id: int
    entry: Entry
    look: SecondLook


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many parts got which pair of verdicts: the one that counted, the shadow's, how many."""

    pairs: tuple[tuple[Verdict, Verdict, int], ...]

    @property
    def parts(self) -> int:
        """How many parts the shadow looked at."""
        return sum(count for _, _, count in self.pairs)

    @property
    def differing(self) -> int:
        """How many of them it judged otherwise."""
        return sum(count for one, other, count in self.pairs if one is not other)

    def count(self, ours: Verdict, shadow: Verdict) -> int:
        """How many parts got that pair."""
        return sum(n for one, other, n in self.pairs if (one, other) == (ours, shadow))

    @property
    def both_ok(self) -> int:
        """Both let it pass."""
        return self.count(Verdict.OK, Verdict.OK)

    @property
    def both_ng(self) -> int:
        """Both reject it."""
        return self.count(Verdict.NG, Verdict.NG)

    @property
    def only_shadow_ng(self) -> int:
        """It passed, and the shadow would have rejected it."""
        return self.count(Verdict.OK, Verdict.NG)

    @property
    def only_ours_ng(self) -> int:
        """It was rejected, and the shadow would have let it pass."""
        return self.count(Verdict.NG, Verdict.OK)

    @property
    def unsure(self) -> int:
        """One of the two, or both, leave it to a person."""
        review = Verdict.REVIEW
        return sum(n for one, other, n in self.pairs if review in (one, other))


def append_looks(connection: Connection, looks: Iterable[SecondLook]) -> int:
    """Append those of recorded parts that are not there yet; returns how many."""
    count = 0
    for look in looks:
        part = select(inspections.c.id).where(inspections.c.uid == fit_text(look.uid))
        id_ = connection.execute(part).scalar()
        same = (second_looks.c.inspection == id_, second_looks.c.model_sha256 == look.model_sha256)
        there = connection.execute(select(second_looks.c.id).where(*same)).first()
        if id_ is None or there is not None:
            continue
        row = {
            "inspection": id_,
            "model_sha256": look.model_sha256,
            "label": fit_text(look.label),
            "score": float(look.score),
            "verdict": look.verdict.value,
            "ms": float(look.ms),
        }
        connection.execute(insert(second_looks), row)
        count += 1
    return count


def agreement(connection: Connection, product: str, model_sha256: str) -> Agreement:
    """Counted over all parts of the product that this shadow has looked at."""
    query = (
        select(inspections.c.verdict, second_looks.c.verdict, func.count())
        .join(second_looks, second_looks.c.inspection == inspections.c.id)
        .where(second_looks.c.model_sha256 == model_sha256)
        .where(inspections.c.recipe == fit_text(product))
        .group_by(inspections.c.verdict, second_looks.c.verdict)
        .order_by(inspections.c.verdict, second_looks.c.verdict)
    )
    rows = connection.execute(query)
    return Agreement(tuple((Verdict(one), Verdict(other), n) for one, other, n in rows))


def disagreements(
    connection: Connection, product: str, model_sha256: str, limit: int, before_id: int | None
) -> list[Disagreement]:
    """Newest first."""
    looks = second_looks.c
    query = (
        select(
            current,
            looks.id.label("look_id"),
            looks.label.label("look_label"),
            looks.score.label("look_score"),
            looks.verdict.label("look_verdict"),
            looks.ms.label("look_ms"),
        )
        .join(second_looks, looks.inspection == current.c.id)
        .where(looks.model_sha256 == model_sha256)
        .where(looks.verdict != current.c.verdict)
        .where(current.c.recipe == fit_text(product))
        .order_by(looks.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(looks.id < before_id)
    return [_disagreement(row, model_sha256) for row in connection.execute(query)]


def _disagreement(row: Row[Any], model_sha256: str) -> Disagreement:
    look = SecondLook(
        row.uid,
        model_sha256,
        row.look_label,
        row.look_score,
        Verdict(row.look_verdict),
        row.look_ms,
    )
    return Disagreement(row.look_id, entry_from(row._asdict()), look)
