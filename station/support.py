"""What somebody far away needs to help, in one ZIP file that may be sent.

    about.json  settings.toml  recipes/  files.json  health.json  database.json  hours.json
    faults.json  audit.json  logs/  [pictures/]  problems.json: what could not be put in, and why

Never in it: passwords and keys, serials, lots, names of operators, records in pictures. Paths of
this computer are. It changes nothing, and can be made beside a running station.
"""

import json
import os
import platform
import secrets
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import psutil
import tomli_w
from filelock import FileLock, Timeout
from sqlalchemy import func, literal_column, select

from station import __version__
from station.check import run_checks
from station.choice import RunChoice
from station.errors import ErrorCode, Facts, Fault, SettingsError
from station.inference.provider import runtime
from station.logs import LOGS, MASK, is_secret_name, mask
from station.store.images import sync_folder
from station.store.lock import LOCK_NAME
from station.store.png import encode_png, read_png
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME, inspections

Files = Iterator[tuple[str, bytes]]

CHECK_SECONDS = 60.0
LOG_BYTES = 20 * 10**6  # of one file; ours are smaller
QUICK_CHECK_BYTES = 64 * 2**20
HOURS = 7 * 24
LAST_ENTRIES = 200
LAST_PICTURES = 50
PRIVATE = frozenset({"operator", "lot", "serial"})

_NOT_OK = inspections.c.verdict != literal_column("'OK'")  # as the partial index has it


def support_bundle(data: Path, target: Path, with_images: bool = False) -> Path:
    """Write the bundle of that data folder to that file, durably, and say where it is.

    with_images: also the last pictures that were not OK, as bare pixels. What cannot be read is
    named inside and stops nothing. Raises SettingsError OUTPUT_NOT_WRITABLE.
    """
    half = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with half.open("xb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
                _fill(bundle, data, with_images)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise SettingsError(ErrorCode.OUTPUT_NOT_WRITABLE, path=target, reason=error) from None
    return target


def _fill(bundle: ZipFile, data: Path, with_images: bool) -> None:
    problems: dict[str, str] = {}
    for part in (*_PARTS, *([_pictures] if with_images else [])):
        name = part.__name__.strip("_")
        for path, content in _guarded(part(data), name, problems):
            kind = ZIP_STORED if path.endswith(".png") else ZIP_DEFLATED
            bundle.writestr(path, content, kind)
    bundle.writestr("problems.json", _json(problems))


def _guarded(files: Files, name: str, problems: dict[str, str]) -> Files:
    """The files until one fails; only reading is guarded, what cannot be written must be told."""
    while True:
        try:
            one = next(files)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001 - the other parts are wanted all the more
            problems[name] = mask(f"{type(error).__name__}: {error}")
            return
        yield one


# ── the parts ───────────────────────────────────────────────────────────────────────────────


def _about(data: Path) -> Files:
    now = time.time()
    yield (
        "about.json",
        _json(
            {
                "made": _utc(now * 1000),
                "local": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
                "station": __version__,
                "data": str(data),
                "python": sys.version,
                "bundled": bool(getattr(sys, "frozen", False)),
                "system": platform.platform(),
                "machine": platform.machine(),
                "cores": os.cpu_count(),
                "memory_mb": psutil.virtual_memory().total // 10**6,
                "booted": _utc(psutil.boot_time() * 1000),
                "packages": {one.name: one.version for one in metadata.distributions()},
            }
        ),
    )


def _providers(data: Path) -> Files:  # noqa: ARG001 - of the computer, not the folder
    module = runtime()
    found = {"version": module.__version__, "providers": module.get_available_providers()}
    yield "providers.json", _json(found)


def _settings(data: Path) -> Files:
    for path in sorted(data.glob("settings.toml*")):
        text = path.read_text("utf-8-sig", "replace")
        try:
            text = tomli_w.dumps(_without_secrets(tomllib.loads(text)))
        except (tomllib.TOMLDecodeError, TypeError):
            text = "".join(_unless_private(line) for line in text.splitlines(keepends=True))
        yield path.name, text.encode()


def _recipes(data: Path) -> Files:
    for path in sorted((data / "recipes").glob("*.toml")):
        yield f"recipes/{path.name}", mask(path.read_text("utf-8-sig", "replace")).encode()


def _files(data: Path) -> Files:
    """Names and sizes at the top of the data folder: what lies there, and what is missing."""
    rows = [
        {"name": path.name, "bytes": None if path.is_dir() else path.lstat().st_size}
        for path in sorted(data.iterdir())
    ]
    yield "files.json", _json(rows)


def _health(data: Path) -> Files:
    disk, memory = psutil.disk_usage(str(data)), psutil.virtual_memory()
    running = _is_running(data)
    yield (
        "health.json",
        _json(
            {
                "running": running,
                "disk": {"total": disk.total, "free": disk.free},
                "memory": {"total": memory.total, "free": memory.available},
                "load": psutil.getloadavg(),
                "processes": list(_processes()),
                "checks": _checks(data, running),
            }
        ),
    )


def _database(data: Path) -> Files:
    day_ago = int((time.time() - 24 * 3600) * 1000)
    with Reader(data) as reader:
        counts = reader.counts(day_ago)
        yield (
            "database.json",
            _json(
                {
                    "last_number": reader.last_number(),
                    "waiting": reader.waiting_count(),
                    "last_24_h": {name: getattr(counts, name) for name in counts.__slots__},
                    "recipes": [[recipe.name, recipe.version] for recipe in reader.recipes()],
                    "models": [[model.name, model.sha256, model.path] for model in reader.models()],
                    "quick_check": _quick_check(data, reader),
                }
            ),
        )


def _hours(data: Path) -> Files:
    """How many of each verdict in each of the last hours."""
    since = int((datetime.now(UTC) - timedelta(hours=HOURS)).timestamp() * 1000)
    hour = (inspections.c.at_ms - inspections.c.at_ms % 3_600_000).label("hour")
    columns = (hour, inspections.c.recipe, inspections.c.verdict)
    query = select(*columns, func.count().label("parts")).where(inspections.c.at_ms >= since)
    with Reader(data) as reader, reader.connection() as connection:
        found = connection.execute(query.group_by(*columns).order_by(*columns)).mappings()
        rows = [{**row, "hour": _utc(row["hour"])} for row in found]
    yield "hours.json", _json(rows)


def _faults(data: Path) -> Files:
    """The last parts that were not inspected, and why."""
    names = ("number", "uid", "at_ms", "recipe", "camera", "provider", "fault", "fault_facts")
    query = (
        select(*(inspections.c[name] for name in names))
        .where(_NOT_OK, inspections.c.fault.is_not(None))
        .order_by(inspections.c.at_ms.desc())
        .limit(LAST_ENTRIES)
    )
    with Reader(data) as reader, reader.connection() as connection:
        found = [dict(row) for row in connection.execute(query).mappings()]
    for row in found:
        row["at"] = _utc(row.pop("at_ms"))
        row["fault_facts"] = _open_facts(tuple(json.loads(row["fault_facts"] or "[]")))
    yield "faults.json", _json(found)


def _audit(data: Path) -> Files:
    with Reader(data) as reader:
        entries = reader.audit(LAST_ENTRIES)
    rows = [
        {
            "id": entry.id,
            "at": _utc(entry.at_ms),
            "action": entry.action,
            "fault": _open_fault(entry.fault),
            "confirms": entry.confirms,
        }
        for entry in entries
    ]
    yield "audit.json", _json(rows)


def _logs(data: Path) -> Files:
    for path in sorted((data / LOGS).glob("*")):
        if path.is_file() and path.stat().st_size <= LOG_BYTES:
            yield f"{LOGS}/{path.name}", path.read_bytes()


def _pictures(data: Path) -> Files:
    """The last pictures that were not OK; the records in them, with serial and all, stay here."""
    query = (
        select(inspections.c.image)
        .where(_NOT_OK, inspections.c.image.is_not(None))
        .order_by(inspections.c.at_ms.desc())
        .limit(LAST_PICTURES)
    )
    with Reader(data) as reader, reader.connection() as connection:
        images = list(connection.execute(query).scalars())
    for image in images:
        path = f"pictures/{Path(image).name}"
        try:
            pixels, _ = read_png((data / image).read_bytes())
        except (OSError, ValueError) as error:  # one that is broken must not hide the others
            yield f"{path}.txt", str(error).encode()
        else:
            yield path, encode_png(pixels, {})


_PARTS: tuple[Callable[[Path], Files], ...] = (
    _about,
    _providers,
    _settings,
    _recipes,
    _files,
    _health,
    _database,
    _hours,
    _faults,
    _audit,
    _logs,
)


# ── health ──────────────────────────────────────────────────────────────────────────────────


def _is_running(data: Path) -> bool:
    if not (data / LOCK_NAME).exists():
        return False
    try:
        with FileLock(data / LOCK_NAME, timeout=0):
            return False
    except Timeout:
        return True


def _checks(data: Path, running: bool) -> list[dict[str, Any]]:
    """As `station check` has them; the store is read elsewhere, a camera in use is left alone."""
    without = frozenset({"store", "camera"} if running else {"store"})
    rows: list[dict[str, Any]] = []

    def look() -> None:
        for one in run_checks(RunChoice(data=data), without):
            fault = _open_fault(one.fault)
            rows.append(
                {"check": one.name, "ok": one.ok, "detail": mask(one.detail), "fault": fault}
            )

    thread = threading.Thread(target=look, name="support-checks", daemon=True)
    thread.start()
    thread.join(CHECK_SECONDS)  # a driver may hang for ever
    return rows + ([{"check": "the next one", "ok": False}] if thread.is_alive() else [])


def _processes() -> Iterator[dict[str, Any]]:
    """Those of the program, with what they hold."""
    for process in psutil.process_iter(["pid", "name", "cmdline", "create_time", "memory_info"]):
        found = process.info
        words = found["cmdline"] or []
        if any(Path(word).stem == "station" or word == "station" for word in words[:3]):
            held = found["memory_info"]
            yield {
                "pid": found["pid"],
                "words": mask(" ".join(words)),
                "since": _utc(found["create_time"] * 1000),
                "rss_mb": held.rss // 10**6 if held else None,
            }


def _quick_check(data: Path, reader: Reader) -> str:
    if (data / DATABASE_NAME).stat().st_size > QUICK_CHECK_BYTES:
        return "not done: takes too long"
    with reader.connection() as connection:
        return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())


# ── what may be told ────────────────────────────────────────────────────────────────────────


def _without_secrets(value: Any, name: str = "") -> Any:
    """The same values, with a mask for secrets and for what belongs to persons and products."""
    if isinstance(value, dict):
        return {key: _without_secrets(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_secrets(inner, name) for inner in value]
    if value != "" and (is_secret_name(name) or name in PRIVATE):
        return MASK
    return mask(value) if isinstance(value, str) else value


def _unless_private(line: str) -> str:
    name, equals, _ = line.partition("=")
    return f"{name}= {MASK}\n" if equals and name.strip() in PRIVATE else mask(line)


def _open_facts(facts: Facts) -> dict[str, str]:
    return {str(k): str(_without_secrets(v, k)) for k, v in facts}


def _open_fault(fault: Fault | None) -> dict[str, Any] | None:
    if fault is None:
        return None
    return {"code": fault.code.value, "facts": _open_facts(fault.facts)}


def _utc(ms: float) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()
