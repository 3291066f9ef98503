"""Which of the processor's or a card's ways runs the model, and whether it really does."""

import contextlib
import importlib
import importlib.util
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import psutil

from station.errors import ErrorCode, ModelError

log = logging.getLogger(__name__)

AUTO = "auto"
CPU = "cpu"
PROVIDERS = {  # in the order in which `auto` tries them
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    CPU: "CPUExecutionProvider",
}
WISHES = (AUTO, *PROVIDERS)
FLAVOURS = frozenset(  # distributions that install the same module `onnxruntime`
    [
        "onnxruntime-gpu",
        "onnxruntime-directml",
        "onnxruntime-openvino",
        "onnxruntime-windowsml",
        "onnxruntime",
        "onnxruntime-training",
        "onnxruntime-qnn",
        "onnxruntime-rocm",
        "onnxruntime-migraphx",
    ]
)
FATAL = 4  # of ORT's severities: nothing below it reaches the console
CUDA_BYTES = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Started:
    """A session that was tried, the provider that really runs it, and whether that is the wish."""

    session: Any
    actual: str
    fell_back: bool


def installed_runtimes() -> tuple[str, ...]:
    """The distributions whose module `onnxruntime` lies where it is loaded from, by name.

    An add-on brings another in a folder of its own, before this one: they overwrite nothing.
    """
    places = _places()
    return tuple(sorted(name for name in FLAVOURS if any(distributions(name=name, path=places))))


def _places() -> list[str]:
    """The folder that the module is loaded from; all of them where there is none."""
    with contextlib.suppress(ValueError):  # a module that was put there by hand
        found = importlib.util.find_spec("onnxruntime")
        if found is not None and found.origin is not None:
            return [str(Path(found.origin).parent.parent)]
    return sys.path


def runtime() -> Any:
    """The module `onnxruntime`, of which exactly one flavour must be installed.

    Two overwrite each other's files, and then anything may happen without a word.
    Raises ModelError RUNTIME_AMBIGUOUS or RUNTIME_MISSING.
    """
    installed = installed_runtimes()
    if len(installed) > 1:
        raise ModelError(ErrorCode.RUNTIME_AMBIGUOUS, installed=", ".join(installed))
    try:
        module = importlib.import_module("onnxruntime")
    except ImportError:
        raise ModelError(ErrorCode.RUNTIME_MISSING) from None
    if not hasattr(module, "InferenceSession"):  # an empty shell left by an uninstalled flavour
        raise ModelError(ErrorCode.RUNTIME_MISSING)
    module.set_default_logger_severity(FATAL)
    module.disable_telemetry_events()
    return module


def check_wish(wish: str) -> None:
    """Raises ModelError PROVIDER_UNKNOWN."""
    if wish not in WISHES:
        raise ModelError(ErrorCode.PROVIDER_UNKNOWN, wish=wish, known=", ".join(WISHES))


def default_threads() -> int:
    """One fewer than the cores this process may use, so that the screen keeps one; at least 1."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    with contextlib.suppress(AttributeError):  # only Linux knows it
        cores = min(cores, len(os.sched_getaffinity(0)))
    return max(1, cores - 1)


def start(
    model: bytes, wish: str, threads: int, cpu_session: Any, trial: Callable[[Any], bool]
) -> Started:
    """The first of the wished providers whose session passes `trial`; the CPU's if none does.

    A provider that was wished, or is built into the installed runtime, and does not start is a
    fall-back. An exception of `trial` counts as failed.
    """
    module = runtime()
    missed = False
    for name in _candidates(wish):
        if name == CPU:
            break
        if PROVIDERS[name] not in module.get_available_providers():
            missed = missed or wish != AUTO
            continue
        session = _try(model, name, threads, trial)
        if session is not None:
            return Started(session, name, missed)
        missed = True
    return Started(cpu_session, CPU, missed)


def new_session(model: bytes, name: str, threads: int) -> Any:
    """A session of that provider with the options right for it; ORT's own errors come through."""
    module = runtime()
    if name == "cuda":
        _preload(module)
    return module.InferenceSession(
        model,
        _session_options(module, name, threads),
        providers=[(PROVIDERS[name], _provider_options(name, threads))],
        enable_fallback=0,  # it would print to stdout and go on with another provider
        read_config_from_model=0,
    )


def _candidates(wish: str) -> tuple[str, ...]:
    return tuple(PROVIDERS) if wish == AUTO else (wish,)


def _try(model: bytes, name: str, threads: int, trial: Callable[[Any], bool]) -> Any:
    """The session if it really runs on that provider and passes the trial, else None."""
    try:
        session = new_session(model, name, threads)
        if session.get_providers()[0] == PROVIDERS[name] and trial(session):
            return session
        log.warning("provider %s did not do what it should", name)
    except Exception as error:  # noqa: BLE001 - drivers fail in ways of their own
        log.warning("provider %s did not start: %s", name, error)
    return None


def _session_options(module: Any, name: str, threads: int) -> Any:
    options = module.SessionOptions()
    options.log_severity_level = FATAL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = module.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if name == "directml":
        options.enable_mem_pattern = False
    if name == "openvino":  # it optimises for itself, and better from the graph as it is
        options.graph_optimization_level = module.GraphOptimizationLevel.ORT_DISABLE_ALL
    return options


def _provider_options(name: str, threads: int) -> dict[str, str]:
    match name:
        case "cuda":
            return {
                "gpu_mem_limit": str(CUDA_BYTES),
                "arena_extend_strategy": "kSameAsRequested",
                "cudnn_conv_algo_search": "HEURISTIC",
            }
        case "openvino":
            return {"device_type": "CPU", "num_of_threads": str(threads)}
        case _:
            return {}


def _preload(module: Any) -> None:
    """Find the CUDA libraries that came as Python packages; what it prints is no row of ours."""
    if hasattr(module, "preload_dlls"):
        with contextlib.redirect_stdout(sys.stderr):
            module.preload_dlls(directory="")
