"""The hand-shake without sockets: the diagram step by step, each fail-safe rule, and at random."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from station.machine.modbus.codes import Code
from station.machine.modbus.handshake import (
    PAUSE_SECONDS,
    SILENT_SECONDS,
    Answer,
    Counts,
    HandShake,
    Rules,
)
from station.machine.modbus.map import Inputs, Order, Outputs

GOOD, BAD = Answer(True, Code.NONE, 20), Answer(False, Code.DEFECT, 900)
RULES = Rules(deadline=0.2, ack=0.5, late_limit=3)


class Bench:
    """A hand-shake, a clock, and a controller whose heart beats by itself."""

    def __init__(self, rules: Rules = RULES, ready: bool = True) -> None:
        self.shake = HandShake(rules)
        self.shake.line_ready = ready
        self.now = 100.0
        self.inputs = Inputs()
        self.beats = True
        self.uids = 0
        self.refuse = False

    def step(self, seconds: float = 0.002, seq: int = 0, recipe: int = 0, **changes: bool) -> bool:
        """Change inputs, look once; whether the line was asked for a part."""
        self.now += seconds
        if self.beats:
            changes["hb_plc"] = not self.inputs.hb_plc
        self.inputs = replace(self.inputs, **changes)
        asked = self.shake.scan(self.now, self.inputs)
        if asked and self.shake.ask(self.now, Order(seq, recipe, f"P{seq}")):
            self.uids += 1
            self.shake.taken(self.now, "" if self.refuse else self.uid)
            return True
        return False

    @property
    def uid(self) -> str:
        return f"u{self.uids}"

    @property
    def out(self) -> Outputs:
        return self.shake.outputs

    def answer(self, answer: Answer = GOOD, after: float = 0.01, uid: str = "") -> bool:
        self.now += after
        said = self.shake.result(self.now, uid or self.uid, answer)
        self.shake.said()
        return said

    def acknowledge(self) -> None:
        self.step(trig=False, ack=True)
        assert not self.out.valid
        self.step(ack=False)

    def up(self) -> None:
        """Two looks: the heart was seen to beat."""
        self.step()
        self.step()
        assert self.out.ready

    @property
    def levels(self) -> str:
        """READY BUSY VALID OK NG FAULT as a row of figures."""
        out = self.out
        bits = (out.ready, out.busy, out.valid, out.ok, out.ng, out.fault)
        return "".join(str(int(bit)) for bit in bits)


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.up()
    return bench


def test_the_diagram(bench: Bench) -> None:
    assert bench.levels == "100000"
    assert bench.step(trig=True, seq=7)
    assert bench.levels == "010000"
    assert bench.answer(GOOD, after=0.05)
    assert bench.levels == "001100"
    assert (bench.out.seq_echo, bench.out.code, bench.out.score) == (7, Code.NONE, 20)
    assert 50 <= bench.out.cycle_ms <= 53
    bench.step()
    assert bench.levels == "001100", "held until ACK"
    bench.step(ack=True)
    assert bench.levels == "000000"
    bench.step(trig=False)
    assert bench.levels == "000000", "ACK is still up"
    bench.step(ack=False)
    assert bench.levels == "100000"
    assert bench.shake.counts == Counts(ok=1)


def test_a_bad_part(bench: Bench) -> None:
    bench.step(trig=True, seq=65535)
    assert bench.answer(BAD)
    assert bench.levels == "001010"
    assert (bench.out.seq_echo, bench.out.code) == (65535, Code.DEFECT)


def test_rule_1_the_outputs_are_at_rest_before_anything_is_known() -> None:
    assert HandShake(RULES).outputs == Outputs()


def test_rule_2_another_recipe_is_answered_with_its_code_and_the_line_is_not_asked() -> None:
    bench = Bench(replace(RULES, expect_recipe=12))
    bench.up()
    assert not bench.step(trig=True, seq=3, recipe=11)
    assert bench.levels == "001010"
    assert (bench.out.seq_echo, bench.out.code) == (3, Code.WRONG_RECIPE)
    bench.acknowledge()
    assert bench.step(trig=True, seq=4, recipe=12)
    assert bench.shake.counts.wrong_recipe == 1


def test_rule_3_at_the_deadline_it_is_ng_and_the_late_result_is_not_said(bench: Bench) -> None:
    bench.step(trig=True, seq=5)
    bench.step(0.19)
    assert bench.levels == "010000"
    bench.step(0.02)
    assert bench.levels == "001010"
    assert (bench.out.seq_echo, bench.out.code) == (5, Code.LATE)
    assert not bench.answer(GOOD)
    assert bench.levels == "001010"
    bench.acknowledge()
    assert not bench.answer(GOOD)
    assert bench.shake.counts == Counts(late=1)


def test_rule_3_a_result_after_the_deadline_is_late_though_nobody_looked_yet(bench: Bench) -> None:
    bench.step(trig=True)
    assert not bench.answer(GOOD, after=0.21)
    assert bench.out.ng
    assert bench.out.code == Code.LATE


def test_rule_3_a_late_result_does_not_spill_into_the_next_part(bench: Bench) -> None:
    bench.step(trig=True, seq=1)
    late = bench.uid
    bench.step(0.21)
    bench.acknowledge()
    assert bench.step(trig=True, seq=2)
    assert not bench.answer(GOOD, uid=late)
    assert bench.levels == "010000"
    assert bench.answer(BAD)
    assert bench.out.seq_echo == 2


def test_rule_3_when_the_controller_gives_up_first_nothing_is_said(bench: Bench) -> None:
    bench.step(trig=True)
    bench.step(0.1, trig=False)
    assert bench.levels == "000000"
    assert not bench.answer(GOOD)
    assert not bench.out.valid
    assert bench.shake.counts == Counts(withdrawn=1)


def test_rule_5_ready_only_after_trig_and_ack_were_low(bench: Bench) -> None:
    bench.step(trig=True, seq=1)
    bench.step(0.21)  # late: the trigger still stands
    bench.step(ack=True)
    bench.step()
    assert bench.levels == "000000"
    bench.step(ack=False)
    assert bench.levels == "000000", "TRIG is still up"
    bench.step(trig=False)
    assert bench.levels == "100000"


def test_rule_5_without_ack_valid_falls_and_fault_rises_until_the_next_good_end(
    bench: Bench,
) -> None:
    bench.step(trig=True)
    bench.answer(GOOD)
    bench.step(0.49)
    assert bench.out.valid
    bench.step(0.02)
    assert bench.levels == "000001"
    assert bench.out.code == Code.NOT_ACKNOWLEDGED
    bench.step(trig=False)
    assert bench.levels == "100001"
    bench.step(trig=True)
    bench.answer(GOOD)
    bench.acknowledge()
    assert bench.levels == "100000"
    assert bench.shake.counts == Counts(ok=2, not_acknowledged=1)


def test_rule_6_too_many_late_in_a_row_pause_it_until_reset(bench: Bench) -> None:
    for seq in range(3):
        assert not bench.shake.tripped
        bench.step(trig=True, seq=seq)
        bench.step(0.21)
        bench.acknowledge()
    assert bench.shake.tripped
    assert bench.levels == "000001"
    bench.step(reset=True)
    bench.step(reset=False)
    assert bench.levels == "100000"
    assert not bench.shake.tripped


def test_rule_6_or_until_some_time_has_gone(bench: Bench) -> None:
    for seq in range(3):
        bench.step(trig=True, seq=seq)
        bench.step(0.21)
        bench.acknowledge()
    for _ in range(int(PAUSE_SECONDS) + 1):
        bench.step(1.0)
    assert bench.levels == "100000"


def test_rule_6_a_good_one_between_starts_the_count_anew(bench: Bench) -> None:
    for seq in range(6):
        bench.step(trig=True, seq=seq)
        if seq % 2:
            bench.step(0.21)
        else:
            bench.answer(GOOD)
        bench.acknowledge()
    assert not bench.shake.tripped


def test_a_trigger_that_nobody_was_ready_for_is_counted_and_answered(bench: Bench) -> None:
    bench.shake.line_ready = False
    bench.step()
    assert not bench.step(trig=True, seq=9)
    assert bench.levels == "001010"
    assert (bench.out.seq_echo, bench.out.code) == (9, Code.MISSED)
    bench.acknowledge()
    assert bench.shake.counts == Counts(missed=1)


def test_what_the_line_refuses_is_missed(bench: Bench) -> None:
    bench.refuse = True
    bench.step(trig=True, seq=9)
    assert bench.levels == "001010"
    assert bench.out.code == Code.MISSED


def test_a_trigger_that_stands_at_the_start_is_answered_and_not_taken() -> None:
    bench = Bench()
    assert not bench.step(trig=True, seq=3)
    assert (bench.levels, bench.out.code) == ("001010", Code.MISSED)


def test_a_second_trigger_while_the_first_is_under_way(bench: Bench) -> None:
    """It gave the first one up: that is late, and the second is missed, never queued."""
    bench.step(trig=True, seq=1)
    first = bench.uid
    bench.step(trig=False, ack=True)  # it never let us be ready
    assert not bench.step(trig=True, seq=2)
    assert (bench.levels, bench.out.seq_echo, bench.out.code) == ("001010", 2, Code.MISSED)
    assert not bench.answer(GOOD, uid=first)
    assert bench.shake.counts == Counts(withdrawn=1, missed=1)


def test_a_trigger_instead_of_ack_sees_valid_low_first(bench: Bench) -> None:
    bench.step(trig=True, seq=1)
    bench.answer(GOOD)
    bench.step(trig=False)
    assert bench.out.valid
    bench.step(trig=True, seq=2)
    assert not bench.out.valid
    bench.step(seq=2)
    assert (bench.levels, bench.out.seq_echo) == ("001011", 2)
    assert bench.shake.counts == Counts(ok=1, missed=1, not_acknowledged=1)


def test_without_a_heartbeat_it_is_never_ready() -> None:
    bench = Bench()
    bench.beats = False
    bench.step()
    bench.step()
    assert not bench.out.ready
    assert not bench.shake.silent(bench.now)
    bench.step(SILENT_SECONDS + 0.1)
    assert bench.shake.silent(bench.now)
    bench.beats = True
    bench.step()
    assert bench.out.ready
    assert not bench.shake.silent(bench.now)


def test_a_controller_that_falls_silent_gets_no_ok(bench: Bench) -> None:
    bench = Bench(replace(RULES, deadline=5.0))
    bench.up()
    bench.beats = False
    bench.step(trig=True)
    bench.step(SILENT_SECONDS - 0.1)
    assert bench.out.busy
    bench.step(0.2)
    assert (bench.levels, bench.out.code) == ("001010", Code.LINK_LOST)
    assert not bench.answer(GOOD)


def test_the_heartbeat_can_be_switched_off() -> None:
    bench = Bench(replace(RULES, heartbeat=False))
    bench.beats = False
    for _ in range(40):
        bench.step(0.1)
        assert not bench.out.hb
    assert bench.out.ready


def test_our_own_heart_beats_twice_a_second(bench: Bench) -> None:
    seen = []
    for _ in range(1000):
        bench.step(0.002)
        seen.append(bench.out.hb)
    edges = sum(a is not b for a, b in pairwise(seen))
    assert 7 <= edges <= 9  # in two seconds


def test_a_lost_link_gives_up_what_was_under_way(bench: Bench) -> None:
    bench.step(trig=True, seq=4)
    bench.shake.lost()
    assert bench.levels == "000000"
    assert not bench.answer(GOOD)
    assert not bench.step(seq=4)  # back, and the trigger still stands
    assert (bench.levels, bench.out.seq_echo, bench.out.code) == ("001010", 4, Code.LINK_LOST)
    assert bench.shake.counts == Counts(broken=1)


def test_a_result_that_could_not_be_written_does_not_count(bench: Bench) -> None:
    bench.step(trig=True, seq=4)
    assert bench.shake.result(bench.now, bench.uid, GOOD)
    bench.shake.lost()  # before it was said
    assert bench.levels == "000000"
    bench.step(trig=False)
    bench.step(trig=True, seq=5)
    assert bench.shake.counts.ok == 0
    assert bench.shake.counts.broken == 1


def test_reset_forgets_the_part_under_way(bench: Bench) -> None:
    bench.step(trig=True)
    bench.step(reset=True)
    assert bench.levels == "000000"
    assert not bench.answer(GOOD)
    bench.step(trig=False, reset=False)
    assert bench.levels == "100000"


def test_in_the_test_mode_triggers_are_missed_and_nothing_is_said(bench: Bench) -> None:
    bench.step(trig=True)
    bench.shake.test(True)
    assert bench.levels == "000000"
    assert not bench.answer(GOOD)
    bench.step(trig=False)
    assert not bench.step(trig=True)
    assert bench.levels == "000000"
    bench.shake.test(False)
    bench.step()
    assert bench.levels == "000000", "the trigger still stands"
    bench.step(trig=False)
    assert bench.levels == "100000"
    assert bench.shake.counts == Counts(broken=1, missed=1)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_controller_does_nothing_bad_is_passed(seed: int) -> None:
    """Toggles, early falls, no ACK, wrong SEQ, resets, lost links: what must never be is not."""
    dice = random.Random(seed)
    bench = Bench(replace(RULES, late_limit=dice.choice([0, 2])))
    shake = bench.shake
    owed: dict[str, tuple[float, Answer]] = {}  # when each result comes, and what it says
    asked: dict[str, tuple[int, float]] = {}
    seq, triggers, was_ok = 0, 0, False
    for _ in range(3000):
        bench.beats = dice.random() > 0.02
        shake.line_ready = dice.random() > 0.05
        changes = {name: dice.random() < 0.5 for name in ("trig", "ack") if dice.random() < 0.2}
        changes["reset"] = dice.random() < 0.01
        if changes.get("trig") and not bench.inputs.trig:
            seq, triggers = dice.choice([seq, seq + 1, dice.randrange(65536)]) % 65536, triggers + 1
        bench.refuse = dice.random() < 0.05
        before = bench.uids
        if bench.step(dice.choice([0.002, 0.01, 0.1]), seq=seq, **changes) and not bench.refuse:
            asked[bench.uid] = seq, bench.now
            answer = dice.choice([GOOD, BAD])
            owed[bench.uid] = bench.now + dice.choice([0.01, 0.1, 0.19, 0.25, 1.0]), answer
        assert bench.uids - before in (0, 1)
        for uid in [uid for uid, (at, _) in owed.items() if at <= bench.now]:
            _, answer = owed.pop(uid)
            said = shake.result(bench.now, uid, answer)
            if said and answer.ok:
                assert bench.now - asked[uid][1] <= RULES.deadline + 1e-9
                assert bench.out.seq_echo == asked[uid][0]
                assert bench.inputs.trig, "the controller had given it up"
        if dice.random() < 0.01:
            shake.lost()
            bench.inputs = replace(bench.inputs)
        shake.said()
        out = bench.out
        assert not (out.ok and out.ng)
        assert out.valid is (out.ok or out.ng)
        assert not (out.ready and (out.valid or out.busy))
        assert not (out.busy and out.valid)
        if out.ready:
            assert shake.line_ready
            assert not bench.inputs.trig
            assert not bench.inputs.ack
        if out.ok and not was_ok:
            assert shake.under_way == ""
        was_ok = out.ok
    counts = shake.counts
    assert counts.ok
    assert counts.ng
    assert counts.late + counts.withdrawn
    assert counts.missed


def test_an_ok_never_comes_of_anything_but_a_released_result() -> None:
    """The same at random, without any good result: OK is never seen."""
    dice = random.Random(99)
    bench = Bench()
    for _ in range(20_000):
        changes = {name: dice.random() < 0.5 for name in ("trig", "ack") if dice.random() < 0.3}
        bench.step(dice.choice([0.002, 0.05]), seq=dice.randrange(5), **changes)
        if dice.random() < 0.2:
            bench.answer(BAD, after=0.0)
        assert not bench.out.ok
    assert bench.shake.counts.ng > 100
