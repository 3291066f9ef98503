"""The sentences for what is wrong with tables of readings; part of `fault_texts.SENTENCES`."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

TABLES: Mapping[Code, str] = MappingProxyType(
    {
        Code.TABLE_NOT_FOUND: ("The table {path} does not exist. Check the name."),
        Code.TABLE_UNREADABLE: (
            "{path} cannot be read as a table: {reason}. Give CSV with a header, tab-separated "
            "text, or the text of C-MAPSS with 26 columns."
        ),
        Code.TABLE_NO_COLUMN: ("There is no column “{column}” in {path}. Known: {known}."),
        Code.TABLE_GAP: (
            "In {path}, line {line}, the column “{column}” is empty. Fill it in, or leave that "
            "line out."
        ),
        Code.TABLE_NOT_A_NUMBER: (
            "In {path}, line {line}, the column “{column}” holds “{value}”, which is no number. "
            "Correct it, or leave that line out."
        ),
        Code.TABLE_UNKNOWN_WORD: (
            "In {path}, line {line}, the column “{column}” holds “{value}”, which was never "
            "learnt. Known: {known}."
        ),
        Code.TABLE_TOO_FEW: (
            "{path} has only {count} rows; at least {minimum} are needed. Collect more first."
        ),
        Code.TABLE_TOO_FEW_UNITS: (
            "“{column}” names only {count} in {path}; at least {minimum} are needed, so that some "
            "can be kept back to check what was learnt."
        ),
        Code.TABLE_CONSTANT: (
            "These columns never change, and are left out: {columns}. Check that the sensors work."
        ),
        Code.TABLE_NOTHING_LEFT: (
            "No column of {path} is left to learn from: what is there never changes, is the "
            "target, or was left out."
        ),
        Code.TABLE_ONE_CLASS: (
            "There is nothing to tell apart: the column “{column}” of {path} holds {found}. Two "
            "values are needed, each several times."
        ),
        Code.TABLE_GROUP_MIXED: (
            "In {path}, the group {group} has more than one value of “{column}”. Give a column "
            "that names one whole series."
        ),
        Code.TABLE_SKIP: (
            "“{rule}” does not say which lines to skip. Write COLUMN=VALUE or COLUMN!=VALUE."
        ),
        Code.TABLE_LEAK: (
            "“{column}” almost is “{target}” (correlation {correlation}). If it is only known "
            "afterwards, or is a part of it, the result is worth nothing: leave it out with "
            "--drop {column}."
        ),
        Code.TABLE_TIME_TWICE: (
            "In {path}, the time {time} of unit {unit} stands there twice. Leave one of the two "
            "lines out."
        ),
        Code.TABLE_TIME_MISSING: (
            "In {path}, readings are missing at {count} places, first of unit {unit} after time "
            "{time}. What was learnt or foretold there is less sure."
        ),
        Code.TABLE_TIME_UNIT: (
            "In {path}, unit {unit} has a reading every {found}, where {expected} was expected. "
            "Give the time of all units in the same unit of time."
        ),
        Code.TABLE_TRUTH: (
            "{path} has {count} values for {units} units. Give one remaining life a unit, in "
            "the order of the units."
        ),
    }
)
