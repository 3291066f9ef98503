from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource
from station.machine.manual import ManualMachine


def test_it_never_triggers_and_takes_every_signal() -> None:
    seen: list[TriggerSource] = []
    machine = ManualMachine()
    machine.open(lambda source, _: seen.append(source), lambda _: None)
    machine.ready(True)
    for disposition in Disposition:
        machine.signal(Part(1), disposition)
    machine.ready(False)
    machine.close()
    machine.close()
    assert seen == []
