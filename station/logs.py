"""What a process writes about itself: one rotated file of JSON lines each, and no secrets in it.

<data folder>/logs/<process>.jsonl      the newest lines; .1 … .5 are older
<data folder>/logs/<process>.crash      where each thread was when the process died of a fault
                                        of native code
"""

import faulthandler
import io
import json
import logging
import os
import re
import signal
import sys
import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)

LOGS = "logs"
FILE_BYTES = 10 * 10**6
OLDER_FILES = 5
CRASH_BYTES = 10**6
ROTATE_AGAIN_SECONDS = 60.0
MASK = "***"
MESSAGE_LETTERS = 10_000  # of one line; an exception may have as many again

_URL = re.compile(r"(?P<before>://[^\s:/@\"']*:)[^\s\"'<>]*@")
_BEARER = re.compile(r"(?i)\b(?P<before>bearer|basic)\s+[\w+/=.~-]{8,}")
_ACCESS_KEY = re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{12,}")
_NAME = (
    r"(?<![\w-])(?:[\w-]*?(?:passwor[dt]|passwd|passphrase|pwd|secret|token|credential|signature"
    r"|authorization|(?:api|access|private|auth)[_-]?key)[\w-]*"
    r"|(?:\w+[_-])?(?:pin|badge)(?:[_-]\w+)?)(?![\w-])"
)
_SECRET_NAME = re.compile(rf"(?i){_NAME}")
_PAIR = re.compile(
    rf"(?i)(?P<before>{_NAME}[\"']?\s*[=:,]\s*)"
    r"(?:\"[^\"]*\"|'[^']*'|(?:bearer|basic)\s+\S+|[^\s,;&\"'}\])]+)"
)


def mask(text: str) -> str:
    """The text without passwords in addresses, keys, tokens, PINs and badges."""
    text = _URL.sub(rf"\g<before>{MASK}@", text)
    text = _PAIR.sub(rf"\g<before>{MASK}", text)
    text = _BEARER.sub(rf"\g<before> {MASK}", text)
    return _ACCESS_KEY.sub(MASK, text)


def is_secret_name(name: str) -> bool:
    """Whether the value of that name is nobody's business."""
    return _SECRET_NAME.fullmatch(name) is not None


class OneLine(logging.Formatter):
    """Tracebacks are not for the person at the machine; STATION_TRACEBACK=1 shows them."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return mask(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - overrides
        """One line for an exception."""
        if os.environ.get("STATION_TRACEBACK"):
            return super().formatException(ei)
        return f"  {ei[0].__name__}: {ei[1]}" if ei[0] else ""


def set_up_console() -> None:
    """What is printed is UTF-8 whatever the system's code page; SIGTERM is Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def set_up_logs(folder: Path, process: str) -> ExitStack:
    """From here on this process writes to its files below the data folder, beside stderr.

    `process` names the files; of two processes of one folder each has a name of its own. A
    folder that cannot be written is said once on stderr, and stderr goes on alone. Closing what
    is returned undoes all of it; a program never needs to.
    """
    undo, root, ours = ExitStack(), logging.getLogger(), logging.getLogger("station")
    if not root.handlers:
        stderr = logging.StreamHandler()
        stderr.setFormatter(OneLine("%(levelname)s %(name)s: %(message)s"))
        _add(root, stderr, undo)
    for handler in root.handlers:
        if handler.level == logging.NOTSET:
            undo.callback(handler.setLevel, logging.NOTSET)
            handler.setLevel(logging.WARNING)  # what is less goes to the file only
    try:
        (folder / LOGS).mkdir(parents=True, exist_ok=True)
        to_file = LogFile(folder / LOGS / f"{process}.jsonl", process)
        _add(root, to_file, undo)
        _catch_crashes(folder / LOGS / f"{process}.crash", undo)
    except OSError as error:
        log.warning("no log is kept below %s: %s", folder, error)
    undo.callback(ours.setLevel, ours.level)
    ours.setLevel(logging.INFO)
    _hear_unexpected(undo)
    return undo


class LogFile(RotatingFileHandler):
    """JSON lines; what cannot be written is said once on stderr, until it can be again."""

    def __init__(self, path: Path, process: str) -> None:
        super().__init__(
            path,
            maxBytes=FILE_BYTES,
            backupCount=OLDER_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
        self.setFormatter(JsonLine(process))
        self._rotate_at = 0.0
        self._trouble = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        before, self._trouble = self._trouble, ""
        super().emit(record)
        if self._trouble and not before:
            self._say(f"the log {self.baseFilename} cannot be written: {self._trouble}")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - overrides
        """A full disk stops no inspection."""
        self._trouble = str(sys.exception())

    def doRollover(self) -> None:  # noqa: N802 - overrides
        """Begin a new file; where the system does not let go of the old one, go on in it."""
        if time.monotonic() < self._rotate_at:
            return
        try:
            super().doRollover()
        except OSError:
            self._rotate_at = time.monotonic() + ROTATE_AGAIN_SECONDS
            if self.stream is None:
                self.stream = self._open()

    @staticmethod
    def _say(words: str) -> None:
        with suppress(OSError, ValueError, AttributeError):  # there may be no stderr at all
            sys.stderr.write(f"{mask(words)}\n")


class JsonLine(logging.Formatter):
    """One record as one JSON object."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Everything that somebody who was not there wants to know."""
        at = datetime.fromtimestamp(record.created, UTC)
        row = {
            "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "process": self._process,
            "pid": record.process,
            "thread": record.threadName,
            "logger": record.name,
            "message": mask(record.getMessage()[:MESSAGE_LETTERS]),
        }
        if record.exc_info:
            row["exception"] = mask(self.formatException(record.exc_info)[-MESSAGE_LETTERS:])
        return json.dumps(row, ensure_ascii=False)


def _add(root: logging.Logger, handler: logging.Handler, undo: ExitStack) -> None:
    root.addHandler(handler)
    undo.callback(handler.close)
    undo.callback(root.removeHandler, handler)


def _catch_crashes(path: Path, undo: ExitStack) -> None:
    if path.exists() and path.stat().st_size > CRASH_BYTES:
        path.unlink()
    file = undo.enter_context(path.open("a", encoding="utf-8"))
    file.write(f"─── {datetime.now(UTC).isoformat(timespec='seconds')} pid {os.getpid()}\n")
    file.flush()
    faulthandler.enable(file)
    undo.callback(faulthandler.disable)


def _hear_unexpected(undo: ExitStack) -> None:
    """An error that nobody caught is in the log too, before it goes its old way."""
    old, old_in_thread = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            log.critical("nobody caught this", exc_info=(kind, error, trace))
        old(kind, error, trace)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            exc_info = (args.exc_type, args.exc_value, args.exc_traceback)
            log.critical("nobody caught this", exc_info=exc_info)
        old_in_thread(args)

    sys.excepthook, threading.excepthook = hook, thread_hook
    undo.callback(setattr, threading, "excepthook", old_in_thread)
    undo.callback(setattr, sys, "excepthook", old)
