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
            "In {path}, line {line}, the column “{column}” is empty. Fill it in, or leave such "
            'lines out with --skip "{column}=".'
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
            "Give the time of all units in the same unit of time, and in that of the model, such "
            "as hours."
        ),
        Code.TABLE_TIME_BACK: (
            "In {path}, line {line}, the time of unit {unit} runs backwards, into a time that was "
            "there already. Where the unit was repaired or replaced, give it another name from "
            "there on; else put the lines in the order of time."
        ),
        Code.TABLE_UNIT_SHORT: (
            "In {path}, there are units with fewer than {minimum} readings: {count}, first {unit} "
            "with {rows}. That is too little to tell much: what is foretold of them is less sure."
        ),
        Code.TABLE_CAP: (
            "--cap {cap} is shorter than five readings of {path}, which come every {step}. Give "
            "the longest life that must be told apart in the unit of the column of time."
        ),
        Code.NO_SERVICE: (
            "No service of “{machine}” is noted, so its runs cannot be told apart. Known: {known}. "
            "Note one with `station health service`, or by touching its tile on the Line page."
        ),
        Code.NO_MACHINE: (
            "“{machine}” is no machine that is watched. Known: {known}. Add it to the settings, "
            "under line.machines."
        ),
        Code.TABLE_COUNTS: (
            "In {path}, line {line}, there are {bad} bad of {n} parts. Give whole numbers, at "
            "least one part, and not more bad ones than parts."
        ),
        Code.TABLE_TRUTH: (
            "{path} has {count} values for {units} units. Give one remaining life a unit, in "
            "the order of the units."
        ),
        Code.STUDY_GAP: (
            "In {path}, line {line}, the column “{column}” is empty. Every judgement needs all "
            "five: part, appraiser, trial, rating, reference."
        ),
        Code.STUDY_WORD: (
            "In {path}, line {line}, “{value}” in the column “{column}” says neither good nor bad. "
            "Write OK and NG or 1 and 0, or name the words for good with --good."
        ),
        Code.STUDY_TRUTH: (
            "In {path}, the part {part} has two references. Each part has one, whoever judges it."
        ),
        Code.STUDY_TWICE: (
            "In {path}, line {line}, {appraiser} judges the part {part} in trial {trial} a second "
            "time. Leave one of the two lines out."
        ),
        Code.STUDY_UNEVEN: (
            "In {path}, {appraiser} did not judge the part {part} in trial {trial}. All must "
            "judge the same parts equally often."
        ),
        Code.STUDY_TOO_FEW: (
            "Only {count} parts can be judged; at least {minimum} are needed for a study."
        ),
        Code.STUDY_ONE_KIND: (
            "Of “{product}” there are only good or only bad parts with a confirmed label. A study "
            "needs both: label some, or have an expert judge first."
        ),
        Code.STUDY_NOT_FOUND: "There is no study {uid}. Known: {known}.",
    }
)
