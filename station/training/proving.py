"""What was taught, proven and written down for people."""

from datetime import UTC, datetime
from pathlib import Path

from station.domain.recipe import Recipe
from station.training.crossed import crossed_figures, unseen_of
from station.training.job import Taught
from station.training.methods.base import Progress
from station.training.pack import Contender, Role, make_pack
from station.training.parts import Parts
from station.training.report import write_report


def prove(
    taught: Taught,
    folder: Path,
    incumbent: Path | None = None,
    progress: Progress | None = None,
    language: str = "en",
    *,
    limits: tuple[float, float] | None = None,
    robust: bool = True,
) -> Path:
    """The report on a lesson, and the pack beside it, in `folder`; the page's path.

    limits: by which the incumbent judges; None: those of its card. robust: also disturb the
    pictures. Proven on the parts that were kept back. Where none were, it is shown on those that
    were learnt from, each judged as in the cross-validation by a model that had not seen it.
    """
    kept_back = bool(taught.kept_back.samples)
    parts = taught.kept_back if kept_back else taught.dataset
    contenders = [Contender(Role.CANDIDATE, taught.result.out)]
    if incumbent is not None:
        contenders.append(Contender(Role.INCUMBENT, incumbent, _rule(incumbent, limits)))
    labels = [sample.label for sample in taught.dataset.samples]
    fitted = taught.fitted
    paths = [sample.path for sample in taught.dataset.samples]
    unseen = None if kept_back else unseen_of(fitted.crossed, fitted.card, paths)
    pack = make_pack(
        contenders,
        Parts(
            parts.samples,
            parts.good,
            source=str(taught.source),
            sha256=parts.sha256,
            kept_back=kept_back,
        ),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        crossed=crossed_figures(
            fitted.crossed, fitted.card, labels, taught.dataset.good, taught.folds
        ),
        unseen=unseen,
        robust=robust,
        progress=progress,
    )
    return write_report(pack, folder, language=language)


def _rule(model: Path, limits: tuple[float, float] | None) -> Recipe | None:
    """By which the incumbent judges the parts, which are cut to its ROI already."""
    if limits is None:
        return None
    review, ng = limits
    return Recipe(model.stem, str(model), review_limit=review, ng_limit=ng)
