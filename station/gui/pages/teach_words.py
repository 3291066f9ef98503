"""What the Teach page says: captions, empty walls, figures, and how long something takes."""

import re

from station.domain.revision import Revision
from station.domain.statistics import Share
from station.gui.pages.teach_room import Ask, Board, LessonStep, Proof, Show, Since
from station.gui.texts import label_word, number, percent, translate
from station.gui.widgets.class_tiles import Sign, Tile
from station.gui.widgets.figures_table import FigureRow, Mark
from station.gui.widgets.grid_tile import GridItem
from station.store.samples import SampleRow
from station.training.costs import Outcome, Proposal, outcome

NEW_CLASS, ASIDE = "\0new", "\0aside"
DASH = "–"
_OF_SEVERAL = re.compile(r"(\d+)/(\d+) ")  # as training/auto names the steps of a method


def show_word(show: Show) -> str:
    """The name of a filter."""
    match show:
        case Show.UNREVIEWED:
            return translate("Teach", "Unreviewed")
        case Show.OVERRULED:
            return translate("Teach", "Operator overruled")
        case Show.MISLABELLED:
            return translate("Teach", "Likely mislabelled")
        case Show.TEST:
            return translate("Teach", "Held out for test")
        case Show.ASIDE:
            return translate("Teach", "Set aside")


def since_word(since: Since) -> str:
    """The name of a span of time."""
    match since:
        case Since.TODAY:
            return translate("Teach", "Today")
        case Since.WEEK:
            return translate("Teach", "Last 7 days")
        case Since.MONTH:
            return translate("Teach", "Last 30 days")
        case Since.ALL:
            return translate("Teach", "All times")


def lot_word(lot: str) -> str:
    """What stands on the key of the lot."""
    return translate("Teach", "Lot: {lot}", lot=lot or translate("Teach", "all"))


def version(revision: int) -> str:
    """v7."""
    return f"v{revision}"


# ── tiles ───────────────────────────────────────────────────────────────────────────────────


def class_tiles(board: Board, ask: Ask, labels: bool) -> tuple[Tile, ...]:
    """The classes by their number keys; labels: a touch gives the chosen images that class."""
    tiles = [
        Tile(
            one.name,
            label_word(one.name),
            number(one.n),
            Sign.GOOD if one.good else Sign.BAD,
            str(place) if labels and place < 10 else "",
            not labels and ask.label == one.name,
        )
        for place, one in enumerate(board.classes, 1)
    ]
    if labels:
        return (*tiles, Tile(ASIDE, translate("Teach", "Set aside"), cap=translate("Teach", "Del")))
    return (*tiles, Tile(NEW_CLASS, translate("Teach", "New class"), sign=Sign.ADD))


def show_tiles(board: Board, ask: Ask) -> tuple[Tile, ...]:
    """The filters with their numbers."""
    return tuple(
        Tile(show, show_word(show), number(board.kind(show)), chosen=ask.show is show)
        for show in Show
        if show is not Show.ASIDE or board.kind(show) or ask.show is show
    )


def tiles_caption(title: str, chosen: int) -> str:
    """What a touch on a class does: shows its images, or labels those that are chosen."""
    if chosen:
        return translate("Teach", "Label {count} as", count=number(chosen))
    return translate("Teach", "{product} · images", product=title)


# ── the wall ────────────────────────────────────────────────────────────────────────────────


def tile_item(
    row: SampleRow | None, ask: Ask, changed: bool, good: frozenset[str] = frozenset()
) -> GridItem:
    """What stands on the tile of an image; nothing yet where its row was not read."""
    if row is None:
        return GridItem("")
    score = "" if row.score is None else f"{int(row.score * 100 + 1e-9) / 100:.2f}".lstrip("0")
    overruled = bool(row.seen and row.label and row.seen != row.label)
    overruled = overruled and not {row.seen, row.label} <= good
    if changed:
        left = f"→ {label_or_none(row)}"
    elif overruled:
        left = translate("Teach", "overruled")
    elif ask.label:
        left = translate("Teach", "op. {operator}", operator=row.operator) if row.operator else ""
    else:
        left = label_or_none(row)
    return GridItem(picture_key(row), left, score, overruled and not changed)


def picture_key(row: SampleRow) -> str:
    """What names the picture of an image, as it is shown."""
    return row.image if row.roi is None else f"{row.image} {row.roi}"


def label_or_none(row: SampleRow) -> str:
    """Its class in words; before there is one, what the model saw."""
    if row.label:
        return label_word(row.label)
    if row.waits:
        return f"{label_word(row.seen)}?" if row.seen else translate("Teach", "no class")
    return translate("Teach", "set aside")


def look_title(row: SampleRow, place: int, count: int) -> str:
    """What stands over an image that is shown large."""
    parts = [label_or_none(row)]
    if row.seen and row.seen != row.label and not row.waits:
        parts.append(translate("Teach", "the model saw {label}", label=label_word(row.seen)))
    if row.test:
        parts.append(translate("Teach", "held out for test"))
    where = translate("Teach", "{count} of {n}", count=number(place + 1), n=number(count))
    return " · ".join((*parts, where))


def wall_caption(total: int, chosen: int) -> str:
    """How many there are, or how many of them are chosen."""
    if chosen:
        return translate(
            "Teach", "{chosen} of {count} chosen", chosen=number(chosen), count=number(total)
        )
    if total == 1:
        return translate("Teach", "1 image")
    return translate("Teach", "{count} images · newest first", count=number(total))


def empty_wall(board: Board | None, ask: Ask) -> str:
    """Why there is nothing, and what to do."""
    if board is None:
        return translate("Teach", "No product is inspected. Teach a new product to begin.")
    if ask.lot or ask.since is not Since.ALL:
        return translate("Teach", "No such images in this lot and time. Choose all to see more.")
    match ask.show:
        case Show.UNREVIEWED:
            return translate("Teach", "Every image has its class. Nothing is left to review.")
        case Show.OVERRULED:
            return translate("Teach", "No operator has said something else than the model.")
        case Show.MISLABELLED:
            return translate("Teach", "No label looks wrong. Each lesson looks for them again.")
        case Show.TEST:
            return translate("Teach", "No image is kept back yet. The first lesson chooses them.")
        case Show.ASIDE:
            return translate("Teach", "No image is set aside.")
        case None:
            return translate(
                "Teach",
                "No images of this class yet. Import a folder, or choose images in Unreviewed "
                "and give them this class.",
            )


# ── the lesson ──────────────────────────────────────────────────────────────────────────────


def lesson_caption(candidate: int | None, following: int, incumbent: int | None) -> str:
    """What the panel is about."""
    if candidate is not None:
        return translate("Teach", "Candidate {version}", version=version(candidate))
    if incumbent is None:
        return translate("Teach", "First model")
    return translate("Teach", "Teach candidate {version}", version=version(following))


def learning(board: Board) -> str:
    """From how many images is being learnt."""
    return translate(
        "Teach",
        "Learning from {learns} images, testing on {tests} kept back",
        learns=number(board.learns),
        tests=number(board.tests),
    )


def ready_to_learn(board: Board) -> str:
    """What a lesson would learn from, or why it cannot begin."""
    if not board.has_good:
        return translate(
            "Teach", "There are no good parts yet. Show some to the camera, or import a folder."
        )
    return translate(
        "Teach",
        "{learns} images to learn from, {tests} kept back for the test",
        learns=number(board.learns),
        tests=number(board.tests),
    )


def step_word(step: LessonStep) -> str:
    """What a lesson does now; one of several methods is named by its place alone."""
    several = _OF_SEVERAL.match(step.step)
    if several is not None:
        place, count = several.groups()
        return translate("Teach", "Comparing ways to learn: {n} of {count}", n=place, count=count)
    match step.step:
        case "snapshot":
            return translate("Teach", "Freezing the data set")
        case "read":
            return translate("Teach", "Reading images")
        case "embed":
            return translate("Teach", "Looking at images")
        case "sizes":
            return translate("Teach", "Comparing image sizes")
        case "learn" | "spots":
            return translate("Teach", "Learning")
        case "evaluate" | "answers" | "disturb":
            return translate("Teach", "Testing on kept-back parts")
        case "write":
            return translate("Teach", "Writing the model")
        case _:
            return translate("Teach", "Working")


def time_left(seconds: float | None) -> str:
    """About how long it still takes."""
    if seconds is None:
        return ""
    if seconds < 90:
        rounded = number(max(1, round(seconds)))
        return translate("Teach", "about {seconds} s left", seconds=rounded)
    minutes = number(max(2, round(seconds / 60)))
    return translate("Teach", "about {minutes} min left", minutes=minutes)


def heads(incumbent: Revision | None, candidate: Revision | None) -> tuple[str, str]:
    """What stands over the columns of the figures."""
    first = (
        translate("Teach", "{version} in use", version=version(incumbent.number))
        if incumbent
        else ""
    )
    second = (
        translate("Teach", "{version} candidate", version=version(candidate.number))
        if candidate
        else ""
    )
    return first, second


def table_caption(parts: int) -> str:
    """On which parts the figures were won."""
    if not parts:
        return translate("Teach", "No figures yet")
    return translate("Teach", "On the same {count} kept-back parts", count=number(parts))


def figure_rows(first: Proof | None, second: Proof | None) -> tuple[FigureRow, ...]:
    """The figures of the one in use and of the candidate, each by its own limits."""
    one, other = _figures(first), _figures(second)
    names = (
        translate("Teach", "Escapes (bad passed)"),
        translate("Teach", "False rejects (good failed)"),
        translate("Teach", "Sent to review"),
        translate("Teach", "Recall"),
        translate("Teach", "Precision"),
        translate("Teach", "5-fold accuracy"),
        translate("Teach", "Time per part (p95)"),
    )
    return tuple(
        FigureRow(name, a[0], b[0], _mark(a[1], b[1]))
        for name, a, b in zip(names, one, other, strict=True)
    )


_Figure = tuple[str, float | None]
"""In words, and as a number that is the better the larger it is; None: nothing to compare."""


def _figures(proof: Proof | None) -> list[_Figure]:
    if proof is None:
        return [(DASH, None)] * 7
    found = outcome(proof.parts, *proof.limits)
    return [
        (_of(found.escapes), _less(found.escapes)),
        (_of(found.false_rejects), _less(found.false_rejects)),
        _reviews(found),
        _rate(recall(found)),
        _rate(precision(found)),
        _folds(proof),
        (DASH, None) if proof.ms is None else (_ms(proof.ms), -round(proof.ms)),
    ]


def recall(found: Outcome) -> float | None:
    """The share of the bad parts that did not pass."""
    rate = found.escapes.rate
    return None if rate is None else 1.0 - rate


def precision(found: Outcome) -> float | None:
    """The share of bad parts among those that were rejected or held for a person as bad."""
    caught = found.escapes.n - found.escapes.count
    stopped = caught + found.false_rejects.count
    return caught / stopped if stopped else None


def _of(share: Share) -> str:
    if not share.n:
        return DASH
    return translate("Teach", "{count} of {n}", count=number(share.count), n=number(share.n))


def _less(share: Share) -> float | None:
    return None if share.rate is None else -share.rate


def _rate(value: float | None) -> _Figure:
    """100 % only where none is missing."""
    if value is None:
        return DASH, None
    return percent(value if value == 1.0 else min(value, 0.999), 1 if value < 1.0 else 0), value


def _reviews(found: Outcome) -> _Figure:
    n = found.escapes.n + found.false_rejects.n
    count = found.good_reviews.count + found.bad_reviews.count
    if not n:
        return DASH, None
    words = translate("Teach", "{count} of {n}", count=number(count), n=number(n))
    return words, -count / n


def _folds(proof: Proof) -> _Figure:
    if proof.folds is None:
        return DASH, None
    mean, spread = proof.folds
    if spread is None:
        return percent(mean, 1), round(mean, 3)
    return f"{number(mean * 100, 1)} ± {percent(spread, 1)}", round(mean, 3)


def _ms(value: float) -> str:
    return translate("Teach", "{ms} ms", ms=number(value))


def _mark(first: float | None, second: float | None) -> Mark:
    if first is None or second is None or first == second:
        return Mark.SAME
    return Mark.BETTER if second > first else Mark.WORSE


def _whole(share: float) -> str:
    """Per cent that no line break parts from its sign."""
    return percent(share, 1).replace("\u2009", "\u202f")


def proof_words(found: Proposal) -> str:
    """What the wish for few escapes is worth: proven by the parts at hand, or not."""
    escapes = found.outcome.escapes
    if not escapes.n:
        return translate("Teach", "Without known bad parts nothing can be said about escapes.")
    high = _whole(escapes.high)
    if found.proven or found.needed is None:
        return translate("Teach", "Proven: at most {high} escape.", high=high)
    return translate(
        "Teach",
        "Proven: at most {high} escape. {needed} bad parts could prove {most}.",
        high=high,
        needed=number(found.needed),
        most=_whole(found.most),
    )
