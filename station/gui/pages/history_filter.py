"""What is asked for on the History page: time and fields, in words and as a Filter."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from station.domain.inspection import DecisionKind, Verdict
from station.domain.part import shift_start
from station.gui.texts import label_word, translate, verdict_word
from station.gui.widgets.choice_dialog import Choices
from station.gui.word_pages import ALL, page_count, span_text, to_ms, with_all, word_page
from station.store.history import Facets, Filter

_WAITS = "waits"
NOTHING = Filter()


class Field(StrEnum):
    """What can be asked for, in the order of the keys."""

    SPAN = "span"
    VERDICT = "verdict"
    DECISION = "decision"
    LABEL = "label"
    RECIPE = "recipe"
    LOT = "lot"
    SERIAL = "serial"
    OPERATOR = "operator"
    MODEL = "model"


class Span(StrEnum):
    """Which time is asked for; days begin at midnight at the station."""

    TODAY = "today"
    SHIFT = "shift"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; `since` and `until` count only with BETWEEN, `asked` has no times."""

    span: Span = Span.WEEK
    since: datetime | None = None
    until: datetime | None = None
    asked: Filter = NOTHING

    @staticmethod
    def about(wanted: Filter) -> "Wish":
        """The same, where somebody else asked for it, from when to when."""
        since, until = (
            None if at_ms is None else datetime.fromtimestamp(at_ms / 1000).astimezone()
            for at_ms in (wanted.since_ms, wanted.until_ms)
        )
        asked = replace(wanted, since_ms=None, until_ms=None)
        return Wish(Span.BETWEEN, since, until, asked)

    def to_filter(self, now: datetime, shifts: tuple[time, ...]) -> Filter:
        """The same for the records, with times as they are now."""
        since = _begin(self, now, shifts)
        until = self.until if self.span is Span.BETWEEN else None
        return replace(self.asked, since_ms=to_ms(since), until_ms=to_ms(until))

    def chosen(self, field: Field, value: str) -> "Wish":
        """With another value of a field; ALL or nothing takes it back."""
        value = "" if value == ALL else value
        match field:
            case Field.SPAN:
                return replace(self, span=Span(value))
            case Field.VERDICT:
                return self._with(verdict=Verdict(value) if value else None)
            case Field.DECISION:
                kind = DecisionKind(value) if value and value != _WAITS else None
                return self._with(decision=kind, undecided=value == _WAITS)
            case _:
                return self._with(**{field.value: value})

    def _with(self, **values: object) -> "Wish":
        return replace(self, asked=replace(self.asked, **values))  # type: ignore[arg-type]

    def between(self, since: datetime, until: datetime) -> "Wish":
        """From that moment until just before the other."""
        return replace(self, span=Span.BETWEEN, since=since, until=until)

    def is_set(self, field: Field) -> bool:
        """Whether this field leaves something out."""
        match field:
            case Field.SPAN:
                return self.span is not Span.ALL
            case Field.DECISION:
                return self.asked.decision is not None or self.asked.undecided
            case _:
                return bool(getattr(self.asked, field.value))


def _begin(wish: Wish, now: datetime, shifts: tuple[time, ...]) -> datetime | None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    match wish.span:
        case Span.TODAY:
            return midnight
        case Span.SHIFT:
            return shift_start(now, shifts)
        case Span.WEEK:
            return midnight - timedelta(days=6)
        case Span.MONTH:
            return midnight - timedelta(days=29)
        case Span.BETWEEN:
            return wish.since
        case Span.ALL:
            return None


def field_word(field: Field) -> str:
    """The name of a field, as short as a key needs it."""
    match field:
        case Field.SPAN:
            return translate("History", "Time")
        case Field.VERDICT:
            return translate("History", "Verdict")
        case Field.DECISION:
            return translate("History", "Decision")
        case Field.LABEL:
            return translate("History", "Defect")
        case Field.RECIPE:
            return translate("History", "Recipe")
        case Field.LOT:
            return translate("History", "Lot")
        case Field.SERIAL:
            return translate("History", "Serial")
        case Field.OPERATOR:
            return translate("History", "Operator")
        case Field.MODEL:
            return translate("History", "Model")


def span_word(span: Span) -> str:
    """The name of a span of time."""
    match span:
        case Span.TODAY:
            return translate("History", "Today")
        case Span.SHIFT:
            return translate("History", "This shift")
        case Span.WEEK:
            return translate("History", "7 days")
        case Span.MONTH:
            return translate("History", "30 days")
        case Span.ALL:
            return translate("History", "All")
        case Span.BETWEEN:
            return translate("History", "From … to …")


def kind_word(kind: DecisionKind) -> str:
    """What a person said, in a word."""
    match kind:
        case DecisionKind.ACCEPT:
            return translate("History", "Accepted")
        case DecisionKind.REJECT:
            return translate("History", "Rejected")
        case DecisionKind.UNDO:
            return translate("History", "Taken back")


def value_word(wish: Wish, field: Field) -> str:
    """What is asked for in a field."""
    asked = wish.asked
    match field:
        case Field.SPAN if wish.span is Span.BETWEEN and wish.since and wish.until:
            return span_text(wish.since, wish.until)
        case Field.SPAN:
            return span_word(wish.span)
        case Field.VERDICT if asked.verdict is not None:
            return verdict_word(asked.verdict)
        case Field.DECISION if asked.undecided:
            return translate("History", "Waiting")
        case Field.DECISION if asked.decision is not None:
            return kind_word(asked.decision)
        case Field.LABEL if asked.label:
            return label_word(asked.label)
        case _ if wish.is_set(field):
            return str(getattr(asked, field.value))
        case _:
            return translate("History", "All")


def choices(field: Field, facets: Facets | None, page: int = 0) -> Choices:
    """The keys to choose from: (value, words)."""
    match field:
        case Field.SPAN:
            return tuple((span.value, span_word(span)) for span in Span)
        case Field.VERDICT:
            return with_all(tuple((one.value, verdict_word(one)) for one in Verdict))
        case Field.DECISION:
            kinds = (DecisionKind.ACCEPT, DecisionKind.REJECT)
            said = tuple((kind.value, kind_word(kind)) for kind in kinds)
            return with_all((*said, (_WAITS, translate("History", "Waiting"))))
        case Field.SERIAL:
            return with_all(())
        case _:
            return word_page(_words(field, facets), page)


def pages(field: Field, facets: Facets | None) -> int:
    """On how many pages the words of a field stand."""
    return page_count(_words(field, facets))


def _words(field: Field, facets: Facets | None) -> Choices:
    if facets is None:
        return ()
    if field is Field.LABEL:
        return tuple((label, label_word(label)) for label in facets.labels)
    known: dict[Field, tuple[str, ...]] = {
        Field.RECIPE: facets.recipes,
        Field.LOT: facets.lots,
        Field.OPERATOR: facets.operators,
        Field.MODEL: facets.models,
    }
    return tuple((word, word) for word in known.get(field, ()))


def own_prompt(field: Field) -> str:
    """What a person may type instead; empty where there is nothing to type."""
    match field:
        case Field.SERIAL:
            return translate("History", "Serial number, or its beginning and *")
        case Field.RECIPE | Field.LOT | Field.OPERATOR | Field.MODEL:
            return translate("History", "Or type it here")
        case _:
            return ""
