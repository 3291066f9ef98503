"""Which parts the Line page is about: a span of time, and what else is asked for."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from station.domain.part import shift_end, shift_start
from station.gui.texts import translate
from station.gui.widgets.choice_dialog import Choices
from station.gui.word_pages import ALL, page_count, span_text, to_ms, word_page
from station.store.history import Facets, Filter

NOTHING = Filter()


class Field(StrEnum):
    """What can be asked for, in the order of the keys."""

    SPAN = "span"
    LOT = "lot"
    RECIPE = "recipe"
    OPERATOR = "operator"
    MODEL = "model"


class Span(StrEnum):
    """Which time; days begin at midnight at the station."""

    SHIFT = "shift"
    LAST = "last"
    TODAY = "today"
    WEEK = "week"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for; `since` and `until` count only with BETWEEN, `asked` has no times."""

    span: Span = Span.SHIFT
    since: datetime | None = None
    until: datetime | None = None
    asked: Filter = NOTHING

    def times(
        self, now: datetime, shifts: tuple[time, ...]
    ) -> tuple[datetime | None, datetime | None]:
        """From when to when; None: no end."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        begin = shift_start(now, shifts)
        match self.span:
            case Span.SHIFT:
                return begin, None
            case Span.LAST:
                return shift_start(begin - timedelta(minutes=1), shifts), begin
            case Span.TODAY:
                return midnight, None
            case Span.WEEK:
                return midnight - timedelta(days=6), None
            case Span.BETWEEN:
                return self.since, self.until

    def to_filter(self, now: datetime, shifts: tuple[time, ...]) -> Filter:
        """The same for the records, with times as they are now."""
        since, until = self.times(now, shifts)
        return replace(self.asked, since_ms=to_ms(since), until_ms=to_ms(until))

    def grows(self, now: datetime) -> bool:
        """Whether parts that come now may be in it."""
        ended = self.span is Span.BETWEEN and self.until is not None and self.until <= now
        return self.span is not Span.LAST and not ended

    def chosen(self, field: Field, value: str) -> "Scope":
        """With another value of a field; ALL or nothing takes it back."""
        if field is Field.SPAN:
            return replace(self, span=Span(value))
        value = "" if value == ALL else value
        changed: dict[str, str] = {field.value: value}
        return replace(self, asked=replace(self.asked, **changed))  # type: ignore[arg-type]

    def between(self, since: datetime, until: datetime) -> "Scope":
        """From that moment until just before the other."""
        return replace(self, span=Span.BETWEEN, since=since, until=until)

    def is_set(self, field: Field) -> bool:
        """Whether this field leaves out more than it does at first."""
        if field is Field.SPAN:
            return self.span is not Span.SHIFT
        return bool(getattr(self.asked, field.value))


def field_word(field: Field) -> str:
    """The name of a field, as short as a key needs it."""
    match field:
        case Field.SPAN:
            return translate("Line", "Shift")
        case Field.LOT:
            return translate("History", "Lot")
        case Field.RECIPE:
            return translate("History", "Recipe")
        case Field.OPERATOR:
            return translate("History", "Operator")
        case Field.MODEL:
            return translate("History", "Model")


def span_word(span: Span) -> str:
    """The name of a span of time."""
    match span:
        case Span.SHIFT:
            return translate("History", "This shift")
        case Span.LAST:
            return translate("Line", "Last shift")
        case Span.TODAY:
            return translate("History", "Today")
        case Span.WEEK:
            return translate("History", "7 days")
        case Span.BETWEEN:
            return translate("History", "From … to …")


def value_word(scope: Scope, field: Field, now: datetime, shifts: tuple[time, ...]) -> str:
    """What is asked for in a field; of a shift also from when to when."""
    if field is not Field.SPAN:
        return str(getattr(scope.asked, field.value)) or translate("History", "All")
    if scope.span is Span.BETWEEN and scope.since and scope.until:
        return span_text(scope.since, scope.until)
    if scope.span not in (Span.SHIFT, Span.LAST):
        return span_word(scope.span)
    begin, end = scope.times(now, shifts)
    if begin is None:
        return span_word(scope.span)
    end = end or shift_end(begin, shifts)
    return f"{span_word(scope.span)} {begin:%H}–{end:%H}"


def choices(field: Field, facets: Facets | None, page: int = 0) -> Choices:
    """The keys to choose from: (value, words)."""
    if field is Field.SPAN:
        return tuple((span.value, span_word(span)) for span in Span)
    return word_page(_words(field, facets), page)


def pages(field: Field, facets: Facets | None) -> int:
    """On how many pages the words of a field stand."""
    return page_count(_words(field, facets))


def _words(field: Field, facets: Facets | None) -> Choices:
    if facets is None:
        return ()
    known = {
        Field.LOT: facets.lots,
        Field.RECIPE: facets.recipes,
        Field.OPERATOR: facets.operators,
        Field.MODEL: facets.models,
    }
    return tuple((word, word) for word in known.get(field, ()))
