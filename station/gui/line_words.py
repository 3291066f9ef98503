"""Words for what the charts of the line say: which rule, since when, and what to look at."""

from datetime import datetime

from station.gui.texts import translate
from station.insight.control import Control, Event, Look, Side
from station.insight.drift import Drift, DriftLook, Quantity, State
from station.insight.spc import Rule


def rule_word(rule: Rule, side: Side = Side.NEITHER) -> str:
    """A rule in a few words, as they stand beside a point."""
    up = side is not Side.DOWN
    match rule:
        case Rule.BEYOND:
            return translate("LineRule", "out")
        case Rule.RUN:
            return translate("LineRule", "9 above") if up else translate("LineRule", "9 below")
        case Rule.EIGHT:
            return translate("LineRule", "8 above") if up else translate("LineRule", "8 below")
        case Rule.TREND:
            return translate("LineRule", "6 rising") if up else translate("LineRule", "6 falling")
        case Rule.ZIGZAG:
            return translate("LineRule", "14 up and down")
        case Rule.NEAR_LIMIT:
            return translate("LineRule", "2 of 3 near the limit")
        case Rule.OFF_CENTRE:
            return translate("LineRule", "4 of 5 off centre")
        case Rule.TOO_STEADY:
            return translate("LineRule", "15 too steady")
        case Rule.TWO_GROUPS:
            return translate("LineRule", "8 in two groups")


def rule_sentence(rule: Rule) -> str:
    """The whole rule, for a table or a tooltip."""
    match rule:
        case Rule.BEYOND:
            return translate("LineRule", "One point beyond a limit.")
        case Rule.RUN:
            return translate("LineRule", "Nine points in a row on one side of the centre.")
        case Rule.EIGHT:
            return translate("LineRule", "Eight points in a row on one side of the centre.")
        case Rule.TREND:
            return translate("LineRule", "Six points in a row rising, or falling.")
        case Rule.ZIGZAG:
            return translate("LineRule", "Fourteen points in a row going up and down by turns.")
        case Rule.NEAR_LIMIT:
            return translate("LineRule", "Two of three points beyond two sigma on one side.")
        case Rule.OFF_CENTRE:
            return translate("LineRule", "Four of five points beyond one sigma on one side.")
        case Rule.TOO_STEADY:
            return translate("LineRule", "Fifteen points in a row within one sigma.")
        case Rule.TWO_GROUPS:
            return translate("LineRule", "Eight points in a row beyond one sigma on both sides.")


def event_words(event: Event) -> str:
    """What an event is, shortly: “6 rising, out”; the first rule, and a point beyond a limit."""
    others = sorted(event.rules[1:], key=lambda rule: rule is not Rule.BEYOND)
    return ", ".join(rule_word(rule, event.side) for rule in (event.rules[0], *others[:1]))


def event_hint(chart: Control, event: Event) -> str:
    """What to look at, with the times of the parts."""
    first, worst = chart.points[event.index], chart.points[event.worst]
    since = clock(event.since_ms or min(first.since_ms, worst.since_ms))
    until = clock(max(first.until_ms, worst.until_ms))[-len("12:40") :]
    match event.look:
        case Look.PARTS:
            return translate(
                "LineHint",
                "Look at the bad parts of {since}–{until}: what do they have in common?",
                since=since,
                until=until,
            )
        case Look.LEVEL:
            return translate(
                "LineHint",
                "More bad parts since about {since}: what was changed then – material, lot, tool, "
                "setting?",
                since=since,
            )
        case Look.WEAR:
            return translate(
                "LineHint",
                "It gets worse step by step: look for what changes slowly – a tool that wears, "
                "heat, dirt.",
            )
        case Look.FEWER:
            return translate(
                "LineHint",
                "Fewer bad parts than usual: prove with known bad parts that the station still "
                "sees them.",
            )
        case Look.ALTERNATING:
            return translate(
                "LineHint", "Good and bad by turns: compare nests, spindles or feeders."
            )
        case Look.MIXED:
            return translate("LineHint", "Two kinds are mixed: compare lots or machines.")
        case Look.STEADY:
            return translate(
                "LineHint",
                "Steadier than chance allows: is the centre still right, are all parts inspected?",
            )


def quantity_word(quantity: Quantity) -> str:
    """What is watched of the pictures."""
    match quantity:
        case Quantity.BRIGHTNESS:
            return translate("LineDrift", "Brightness")
        case Quantity.SHARPNESS:
            return translate("LineDrift", "Sharpness")
        case Quantity.UNLIKE:
            return translate("LineDrift", "Unlikeness")
        case Quantity.SCORE:
            return translate("LineDrift", "Score of good parts")


def drift_words(one: Drift) -> str:
    """How a quantity stands, as a sentence, such as “Brightness creeping up since 12:40”."""
    name = quantity_word(one.quantity)
    if one.state is State.INSIDE or one.since_ms is None:
        return translate("LineDrift", "{name} as at the release.", name=name)
    at = clock(one.since_ms)
    match one.state, one.up:
        case State.CREEPING, True:
            return translate("LineDrift", "{name} creeping up since {at}.", name=name, at=at)
        case State.CREEPING, _:
            return translate("LineDrift", "{name} creeping down since {at}.", name=name, at=at)
        case State.JUMPED, True:
            return translate("LineDrift", "{name} higher since {at}.", name=name, at=at)
        case State.JUMPED, _:
            return translate("LineDrift", "{name} lower since {at}.", name=name, at=at)
        case _, True:
            return translate("LineDrift", "{name} too high since {at}.", name=name, at=at)
        case _:
            return translate("LineDrift", "{name} too low since {at}.", name=name, at=at)


def drift_hint(one: Drift) -> str:
    """What to look at, as a sentence; empty where nothing needs it."""
    match one.look:
        case None:
            return ""
        case DriftLook.BRIGHTER:
            return translate("LineDrift", "Check the ring light, exposure and stray light.")
        case DriftLook.DARKER:
            return translate("LineDrift", "Check the ring light, and clean lens and light.")
        case DriftLook.BLURRED:
            return translate("LineDrift", "Check the focus, and clean the lens.")
        case DriftLook.SHARPER:
            return translate("LineDrift", "Check the focus, the distance and the parts' surface.")
        case DriftLook.NEW_KIND:
            return translate(
                "LineDrift", "The parts look other than those taught: look at some, teach them."
            )
        case DriftLook.TO_LIMIT:
            return translate("LineDrift", "Good parts come nearer to the limit: look at some.")
        case DriftLook.FROM_LIMIT:
            return translate(
                "LineDrift", "Prove with known bad parts that the station still sees them."
            )


def clock(at_ms: int) -> str:
    """The time of day here; with its day where it was not within the last day."""
    at = datetime.fromtimestamp(at_ms / 1000).astimezone()
    old = abs((datetime.now().astimezone() - at).total_seconds()) > 86_400
    return f"{at:%Y-%m-%d %H:%M}" if old else f"{at:%H:%M}"
