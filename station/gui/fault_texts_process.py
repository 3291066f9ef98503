"""The sentences for what is wrong with a process to be learnt; part of `fault_texts.SENTENCES`."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

PROCESS: Mapping[Code, str] = MappingProxyType(
    {
        Code.TABLE_TAKEN: (
            "“{column}” is asked for twice: a column is the target, the time, the group or "
            "left out, and only one of them."
        ),
        Code.TABLE_TARGET_CONSTANT: (
            "There is nothing to learn: the target “{column}” of {path} is always {value}. "
            "Take a longer time, in which it changes."
        ),
        Code.TABLE_HOLLOW: (
            "These columns are mostly empty, and are left out: {columns}. Check that the "
            "sensors work."
        ),
        Code.TABLE_GAPS_SKIPPED: (
            "In {path}, {count} lines have an empty cell and are left out, first line {line} "
            "in the column “{column}”."
        ),
        Code.TABLE_BEYOND: (
            "{count} rows lie beyond all that was learnt from, in: {columns}. What is "
            "foretold there is a guess."
        ),
        Code.TABLE_TIME_TAKEN: (
            "The column “{column}” of {path} holds dates and is taken as the time. Name "
            "another one with --time, or whole series with --group."
        ),
        Code.TABLE_ORDER_TAKEN: (
            "The rows of {path} are taken to stand in the order of time. If they do not, name "
            "the time with --time, or what belongs together with --group."
        ),
        Code.TABLE_NOT_A_TIME: (
            "In {path}, line {line}, the column “{column}” holds “{value}”, which is no time "
            "like the others. Correct it, or leave that line out."
        ),
        Code.TABLE_TIME_UNSORTED: (
            "In {path}, the time “{column}” runs backwards at {count} places, first in line "
            "{line}. The rows were put in order."
        ),
        Code.TABLE_TIME_EQUAL: (
            "In {path}, {count} rows have the same time “{column}” as the row before, first "
            "in line {line}. If rows were copied twice, leave one of each out."
        ),
        Code.TABLE_TIME_CHANGES: (
            "In {path}, from line {line} on, “{column}” counts {found} from row to row, where "
            "it was {expected} before. Give the time of all rows in the same unit."
        ),
        Code.TABLE_STEP_CHANGES: (
            "In {path}, from line {line} on, rows come every {found} s, where it was every "
            "{expected} s before. If values are sums over the step, they are no longer the "
            "same thing."
        ),
        Code.TABLE_STEPS_MISSING: (
            "In {path}, rows are missing at {count} places, first before line {line} (time "
            "“{column}”)."
        ),
        Code.PROCESS_NOTHING: (
            "Nothing in this table drives “{target}” as far as is seen: no model foretells it "
            "better than its mean does."
        ),
        Code.PROCESS_PERSISTS: (
            "The last value foretells better (error {last}) than the model does (error "
            "{error}). The model tells what goes along with the target, but do not foretell "
            "with it."
        ),
        Code.PROCESS_TOO_GOOD: (
            "The inputs explain {percent} % of “{target}”: it can nearly be calculated from "
            "them. That is right where they are measured at the same moment and stand in for "
            "it, but they do not tell what drives it. Leave out with --drop what is measured "
            "of the same thing."
        ),
        Code.PROCESS_NO_INPUT: ("“{column}” is no input of this model. It has: {known}."),
        Code.PROCESS_BAD_VALUE: (
            "“{value}” cannot be the value of “{column}”. Seen was: {allowed}."
        ),
        Code.PROCESS_UNSEEN: (
            "The present values (line {line} of {path}) are unlike all that was learnt from. "
            "Nothing is suggested from there: it would be a guess."
        ),
        Code.PROCESS_STANDS_IN: (
            "Nothing is suggested: the inputs explain {percent} % of “{target}”, so they measure "
            "the same thing, and the model stands in for a meter of it. It tells what “{target}” "
            "is, not what happens if one of them is set otherwise. Learn again without what is "
            "measured of the same thing (--drop)."
        ),
        Code.PROCESS_NO_BETTER: (
            "No better settings for “{target}” were found among those that are like what was seen. "
            "Keep the present ones."
        ),
        Code.PROCESS_ADVICE: (
            "This is advice, from what went along with what so far. Change one thing at a time, "
            "and see whether it does what is expected."
        ),
        Code.PROCESS_SAME_TABLE: (
            "The model was learnt from {path} itself, so these figures flatter it. Give rows that "
            "came later."
        ),
    }
)
