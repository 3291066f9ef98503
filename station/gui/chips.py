"""What the chips of the top bar say."""

from collections.abc import Mapping
from dataclasses import dataclass

from station.gui.texts import fault_text, number, state_word, translate
from station.gui.widgets.status_chip import ChipState, StatusChip
from station.pipeline.events import LineState, LineStatus

NAMES = ("camera", "model", "disk", "operator")
LOW_DAYS = 3.0
LOW_BYTES = 5 * 10**9
_PROVIDERS = {
    "cpu": "CPU",
    "cuda": "CUDA",
    "directml": "DirectML",
    "openvino": "OpenVINO",
}


@dataclass(frozen=True, slots=True)
class Disk:
    """Room left for records: bytes, and days at the present pace (None while it is unknown)."""

    free_bytes: int
    days: float | None = None


def show(
    bar: Mapping[str, StatusChip], status: LineStatus, disk: Disk | None, operator: str
) -> None:
    """Write every chip anew; costs little where nothing changed."""
    _camera(bar["camera"], status)
    _model(bar["model"], status)
    _disk(bar["disk"], disk)
    chip = bar["operator"]
    chip.setVisible(bool(operator))
    chip.set_status(ChipState.PLAIN, operator, translate("Window", "operator"))


def _camera(chip: StatusChip, status: LineStatus) -> None:
    name = translate("Window", "Camera")
    fault = status.fault
    if fault is not None and fault.code.value.startswith("camera"):
        chip.set_status(ChipState.BAD, name, translate("Window", "fault"), fault_text(fault))
    elif status.state in (LineState.READY, LineState.RUNNING, LineState.FAULT):
        fps = translate("Window", "{fps} fps", fps=number(status.fps)) if status.fps else ""
        chip.set_status(ChipState.OK, name, fps or status.camera.split(":")[0], status.camera)
    else:
        chip.set_status(ChipState.OFF, name, state_word(status.state))


def _model(chip: StatusChip, status: LineStatus) -> None:
    name = translate("Window", "Model")
    if not status.model:
        bad = status.fault is not None
        detail = translate("Window", "fault") if bad else state_word(status.state)
        tip = fault_text(status.fault) if status.fault else ""
        chip.set_status(ChipState.BAD if bad else ChipState.OFF, name, detail, tip)
        return
    provider = _PROVIDERS.get(status.provider, status.provider)
    if status.provider_fell_back:
        detail = translate("Window", "slow: on {provider} only", provider=provider)
        chip.set_status(ChipState.WARN, name, detail)
    else:
        chip.set_status(ChipState.OK, name, f"{status.model} · {provider}")


def _disk(chip: StatusChip, disk: Disk | None) -> None:
    if disk is None:
        chip.set_status(ChipState.OFF, translate("Window", "Disk"), "…")
        return
    words = [translate("Window", "{free} GB", free=number(disk.free_bytes / 1e9))]
    if disk.days is not None:
        days = number(disk.days, 0 if disk.days >= 2 else 1) if disk.days < 1000 else "1000+"
        words.append(translate("Window", "{days} days", days=days))
    low = disk.free_bytes < LOW_BYTES or (disk.days is not None and disk.days < LOW_DAYS)
    state = ChipState.WARN if low else ChipState.OK
    chip.set_status(state, translate("Window", "Disk"), " · ".join(words))
