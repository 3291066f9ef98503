"""What the two panels of advice may ask for, and in what they are answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station.errors import Fault
from station.insight.advice import Advice
from station.insight.advice_track import Tracked


@dataclass(frozen=True, slots=True)
class Work:
    """The process that works it out. step: read, prove, drivers, search; share: of that step."""

    runs: bool = False
    step: str = ""
    share: float = 0.0
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class AdviceView:
    """How it stands for one product.

    product: empty without parts. target: whose causes are looked for; targets: what else could be.
    marked: the process values that a person said can be set. advice: the last that was worked out
    for them, None before. is_old: it is time to work it out anew. tracked: newest first. operators:
    who works here.
    """

    product: str = ""
    target: str = ""
    targets: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    advice: Advice | None = None
    is_old: bool = False
    work: Work = Work()
    tracked: tuple[Tracked, ...] = ()
    operators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviceRoom:
    """All may block for a moment.

    look(recipe): how it stands; an empty recipe is that of the newest part.  work(product): begin
    to work it out anew, unless it is being done.  choose(product, target), mark(product, names):
    remembered.  accept(product, advice, operator): note that somebody follows the suggestion.
    """

    look: Callable[[str], AdviceView]
    work: Callable[[str], None]
    choose: Callable[[str, str], None]
    mark: Callable[[str, Sequence[str]], None]
    accept: Callable[[str, Advice, str], None]
