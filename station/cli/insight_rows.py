"""What `station insight` prints: rows for programs, lines for people."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from station.domain.statistics import Share
from station.gui.line_words import drift_hint, drift_words, event_hint, event_words
from station.insight.control import Control, Event, Point
from station.insight.drift import Drift, State
from station.insight.figures import Known, LineFigures
from station.insight.overview import Seen

_DIGITS = 6


def figures_row(name: str, of: LineFigures, seen: Seen | None = None) -> dict[str, Any]:
    """The figures of a span, or of what is called so in it."""
    span = {"since": _time(seen.since_ms), "until": _time(seen.until_ms)} if seen else {}
    row: dict[str, Any] = {"row": "figures", "of": name or "all"} | span
    row |= {"parts": of.parts, "not_inspected": of.not_inspected, "waiting": of.waiting}
    row |= {"yield": _share(of.good), "first_pass": _share(of.first_pass)}
    row |= {"overruled": _share(of.overruled)}
    row |= {"escapes": _known(of.escapes), "false_rejects": _known(of.false_rejects)}
    row["kappa"] = _rounded(of.kappa.value) if of.kappa else None
    row |= {"judged": of.judged, "per_minute": _rounded(of.pace), "cycle": _rounded(of.cycle)}
    row["oee"] = _rounded(of.oee.value) if of.oee else None
    for factor in ("availability", "performance", "quality"):
        row[factor] = _rounded(getattr(of.oee, factor)) if of.oee else None
    row["ideal_cycle"] = _rounded(of.ideal.seconds) if of.ideal else None
    row["ideal_from"] = None if of.ideal is None else "shown" if of.ideal.shown else "settings"
    row |= {"planned_seconds": _rounded(of.planned), "stopped_seconds": _rounded(of.stopped)}
    return row | ({"stops": len(of.stops), "by_hours": seen.by_hours} if seen else {})


def report_rows(seen: Seen) -> Iterator[dict[str, Any]]:
    """The signals, the defects and the drift."""
    for event in seen.chart.events if seen.chart else ():
        assert seen.chart is not None
        yield _event_row(seen.chart, event)
    for bar in seen.pareto.bars:
        label = "other" if bar.label is None else bar.label
        yield {
            "row": "defect",
            "label": label,
            "other": bar.label is None,
            "count": bar.count,
            "share": _rounded(bar.share),
            "cumulative": _rounded(bar.running),
        }
    yield from map(_drift_row, seen.drifts)


def chart_rows(chart: Control) -> Iterator[dict[str, Any]]:
    """The points, then the events."""
    signals: dict[int, list[str]] = {}
    for one in chart.signals:
        signals.setdefault(one.index, []).append(one.rule.value)
    for number, point in enumerate(chart.points):
        yield _point_row(number + 1, point, signals.get(number, []))
    for event in chart.events:
        yield _event_row(chart, event)


def chart_row(chart: Control | None) -> dict[str, Any]:
    """What holds for the whole chart."""
    if chart is None:
        return {"row": "chart", "points": 0}
    return {
        "row": "chart",
        "points": len(chart.points),
        "centre": _rounded(chart.centre),
        "centre_parts": chart.known,
        "sigma_z": _rounded(chart.spread),
        "limits": "binomial" if chart.exact else "three sigma",
        "signals": len(chart.events),
    }


def figures_line(row: dict[str, Any]) -> str:
    """A block for people."""
    head = f"{row['of']}: {row['parts']} parts"
    if "since" in row:
        head += f", {row['since']} – {row['until']}"
    if row.get("by_hours"):
        head += ", by whole hours"
    lines = [head]
    shares = ("yield", "first_pass", "overruled")
    lines += [f"  {name:16}{_share_words(row[name])}" for name in shares]
    for name in ("escapes", "false_rejects"):
        known = row[name]
        lines.append(
            f"  {name:16}{_share_words(known['of_reviewed'])} reviewed; "
            f"{_share_words(known['of_all'])} in all"
        )
    lines.append(f"  {'kappa':16}{_number(row['kappa'])}, from {row['judged']} judged parts")
    lines.append(
        f"  {'pace':16}{_number(row['per_minute'])} a minute, cycle {_number(row['cycle'])} s"
    )
    factors = "  ".join(
        f"{letter} {_percent(row[name])}"
        for letter, name in (("A", "availability"), ("P", "performance"), ("Q", "quality"))
    )
    ideal = f"ideal cycle {_number(row['ideal_cycle'])} s, {row['ideal_from'] or 'not known'}"
    lines.append(f"  {'OEE':16}{_percent(row['oee'])}  {factors}  ({ideal})")
    lines.append(f"  {'not inspected':16}{row['not_inspected']}, waiting {row['waiting']}")
    return "\n".join(lines)


def row_line(row: dict[str, Any]) -> str:
    """Any other row for people."""
    match row["row"]:
        case "signal":
            when = f"{row['at']}  " if row["at"] else ""
            return f"signal  {when}point {row['point']}  {row['message']}. {row['look']}".rstrip()
        case "defect":
            return (
                f"defect  {row['label'] or '–':20}{row['count']:>7}  {_percent(row['share'])}  "
                f"{_percent(row['cumulative'])}"
            )
        case "drift":
            return f"drift   {row['message']} {row['look']}".rstrip()
        case "point":
            tail = "  ".join(row["signals"]) or ("" if row["tested"] else "(not complete)")
            return (
                f"{row['point']:>5}  {row['at'] or row['name']:19}{row['bad']:>7} of {row['n']:<7}"
                f"{row['share']:8.4f}  {row['lower']:.4f} … {row['upper']:.4f}"
                f"{row['z']:>7.2f}  {tail}"
            ).rstrip()
        case _:
            return "  ".join(f"{name} {value}" for name, value in row.items() if name != "row")


def _event_row(chart: Control, event: Event) -> dict[str, Any]:
    point = chart.points[event.index]
    return {
        "row": "signal",
        "at": _time(event.at_ms),
        "since": _time(event.since_ms),
        "point": event.index + 1,
        "worst": event.worst + 1,
        "last": event.last + 1,
        "rules": [rule.value for rule in event.rules],
        "side": event.side.value,
        "share": _rounded(point.share),
        "look_at": event.look.value,
        "message": event_words(event),
        "look": event_hint(chart, event) if event.at_ms else "",
    }


def _point_row(number: int, point: Point, signals: list[str]) -> dict[str, Any]:
    return {
        "row": "point",
        "point": number,
        "name": point.name,
        "at": _time(point.until_ms),
        "bad": point.bad,
        "n": point.n,
        "share": _rounded(point.share),
        "lower": _rounded(point.lower),
        "upper": _rounded(point.upper),
        "z": _rounded(point.z),
        "tested": point.tested,
        "signals": signals,
    }


def _drift_row(one: Drift) -> dict[str, Any]:
    return {
        "row": "drift",
        "quantity": one.quantity.value,
        "state": one.state.value,
        "since": None if one.state is State.INSIDE else _time(one.since_ms or 0),
        "up": one.up,
        "last": _rounded(one.points[-1].mean),
        "centre": _rounded(one.band.centre),
        "low": _rounded(one.band.low),
        "high": _rounded(one.band.high),
        "baseline_parts": one.band.parts,
        "look_at": one.look.value if one.look else None,
        "message": drift_words(one),
        "look": drift_hint(one),
    }


def _share(one: Share) -> dict[str, Any]:
    return {
        "count": one.count,
        "n": one.n,
        "rate": _rounded(one.rate),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
    }


def _known(one: Known) -> dict[str, Any]:
    return {"of_reviewed": _share(one.of_reviewed), "of_all": _share(one.of_all)}


def _share_words(row: dict[str, Any]) -> str:
    if row["rate"] is None:
        return f"–  ({row['count']} of {row['n']})"
    span = f"{_percent(row['low'])} … {_percent(row['high'])}"
    return f"{_percent(row['rate'])}  ({row['count']} of {row['n']}, {span})"


def _time(at_ms: int) -> str:
    """By the clock here; empty for a chart of a table, which has no times."""
    if not at_ms:
        return ""
    return datetime.fromtimestamp(at_ms / 1000).astimezone().isoformat(" ", "seconds")[:19]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
