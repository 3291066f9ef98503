"""What the Line page says of a watched machine: how long it lasts, or why that cannot be said."""

from datetime import UTC, datetime

from station.gui.texts import fault_text, number, translate
from station.insight.health_tile import Condition, HealthTile

THIN, DASH, COMMA = "\u2009", "–", ", "
FEW = 10.0  # less is told with a decimal


def unwatched() -> str:
    """That there is none."""
    return translate(
        "Health", "No machine is watched: name one in the settings, under line.machines."
    )


def title(tile: HealthTile) -> str:
    """Spindle 2 · Service due."""
    if tile.due:
        return translate("Health", "{machine} · Service due", machine=tile.name)
    return translate("Health", "{machine} · Remaining life", machine=tile.name)


def figure(tile: HealthTile) -> str:
    """41 h, or a dash."""
    if tile.life is None or tile.low is None:
        return DASH
    if tile.capped:
        return f">{THIN}{_span(tile.low)}{THIN}{tile.unit}"
    return f"{_span(tile.life)}{THIN}{tile.unit}"


def detail(tile: HealthTile) -> str:
    """One short line: 31–58 h left, or why there is no figure, or what is doubtful about it."""
    match tile.condition:
        case Condition.FORETOLD:
            return _left(tile)
        case Condition.OUTSIDE:
            return translate(
                "Health", "{values}: outside what was learnt", values=COMMA.join(tile.columns)
            )
        case Condition.STOPPED:
            return translate("Health", "No values since {time}", time=_clock(tile.until_ms))
        case Condition.EARLY:
            return translate(
                "Health",
                "Too few readings yet: {count} of {needed}",
                count=tile.readings,
                needed=tile.needed,
            )
        case Condition.NO_VALUES:
            return translate("Health", "No values yet: {values}", values=COMMA.join(tile.columns))
        case Condition.NO_MODEL:
            return translate("Health", "No model is taught yet")
        case Condition.BAD_MODEL:
            return translate("Health", "The model cannot be used")
        case Condition.OTHER_MODEL:
            return translate("Health", "Not recorded: {values}", values=COMMA.join(tile.columns))
        case Condition.NO_CLOCK:
            return translate("Health", "The model counts no hours")


def more(tile: HealthTile) -> str:
    """Sentences for whoever wants to know: on what the figure rests, and what to do."""
    return " ".join(one for one in (_what_to_do(tile), _rests_on(tile)) if one)


def _what_to_do(tile: HealthTile) -> str:
    match tile.condition:
        case Condition.FORETOLD:
            return ""
        case Condition.OUTSIDE:
            return translate(
                "Health",
                "{values}: far from all that the model has learnt from, so the figure is doubtful. "
                "Look at the machine and the sensor.",
                values=COMMA.join(tile.columns),
            )
        case Condition.STOPPED:
            return translate(
                "Health",
                "{values}: no values since {time}. Check the connection under Setup.",
                values=COMMA.join(tile.columns),
                time=_clock(tile.until_ms),
            )
        case Condition.EARLY:
            return translate(
                "Health",
                "The remaining life is told once there are {needed} readings.",
                needed=tile.needed,
            )
        case Condition.NO_VALUES:
            return translate(
                "Health",
                "{values}: not read since the service. Check the connection under Setup.",
                values=COMMA.join(tile.columns),
            )
        case Condition.NO_MODEL:
            return translate(
                "Health",
                "Collect the values of some runs, note each service, and teach a model; the "
                "manual's page on machine health says how.",
            )
        case Condition.BAD_MODEL:
            return "" if tile.fault is None else fault_text(tile.fault)
        case Condition.OTHER_MODEL:
            return translate(
                "Health",
                "The model {model} needs values that are not recorded under these names: "
                "{values}. Name the readings so, or teach it anew.",
                model=tile.model,
                values=COMMA.join(tile.columns),
            )
        case Condition.NO_CLOCK:
            return translate(
                "Health",
                "The model {model} counts cycles, or it does not say what. Teach it from a table "
                "with the time in hours, or with --time-unit.",
                model=tile.model,
            )


def _rests_on(tile: HealthTile) -> str:
    if tile.since_ms is None:
        return ""
    since = _clock(tile.since_ms)
    if tile.noted:
        return translate("Health", "Last service: {time}.", time=since)
    return translate(
        "Health", "No service is noted: counted from the first value, {time}.", time=since
    )


def _left(tile: HealthTile) -> str:
    if tile.low is None or tile.high is None:
        return ""
    if tile.capped:
        most = f"{_span(tile.high)}{THIN}{tile.unit}"
        return translate("Health", "the model tells no more than {most}", most=most)
    span = f"{_span(tile.low)}–{_span(tile.high)}{THIN}{tile.unit}"
    return translate("Health", "{span} left", span=span)


def _span(value: float) -> str:
    return number(value, 1 if value < FEW else 0)


def _clock(at_ms: int | None) -> str:
    """The time of today, else with the day before it."""
    if at_ms is None:
        return DASH
    at, now = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(), datetime.now().astimezone()
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"
