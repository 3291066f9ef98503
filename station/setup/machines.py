"""The machine, for the page: which one is served, its signals, and the test of its outputs."""

from station.gui.pages.setup_room import Change, MachineRoom
from station.machine.registry import make_machine
from station.settings import MachineSettings
from station.setup.use import Use, change, saved


def machine_room(use: Use) -> MachineRoom:
    """Over the settings of that data folder and its line."""
    return MachineRoom(
        chosen=lambda: saved(use).machine,
        use=lambda machine: use_machine(use, machine),
        signals=use.line.machine_signals,
        test=use.line.test_machine,
        press=use.line.press_output,
    )


def use_machine(use: Use, machine: MachineSettings) -> Change:
    """Have the line serve that one. Raises SettingsError for what no driver takes."""
    make_machine(machine.kind, machine.period, machine.address, machine.options)
    return change(use, saved(use).model_copy(update={"machine": machine}))
