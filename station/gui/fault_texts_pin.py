"""The sentences about the administrator's PIN; see fault_texts.py."""

from collections.abc import Mapping

from station.errors import ErrorCode as Code

PIN: Mapping[Code, str] = {
    Code.PIN_UNFIT: ("A PIN has {least} to {most} digits and nothing else."),
    Code.PIN_EASY: (
        "That PIN is too easy to guess. Take no row such as 123456 and no pattern such as 121212 "
        "or 112233, and at least three different digits."
    ),
    Code.PIN_BROKEN: (
        "The file of the administrator’s PIN is damaged, so what it guards stays locked: {path} "
        "({reason}). Set a new PIN on this computer with “station pin set”."
    ),
    Code.PIN_NEEDED: (
        "That needs the administrator’s PIN, and it was locked meanwhile. Try again and enter it."
    ),
    Code.PIN_PAUSED: (
        "The administrator’s PIN was entered wrongly {count} times in a row; for {seconds} "
        "seconds no other try was taken."
    ),
    Code.PIN_SET: ("The administrator’s PIN was set or changed."),
    Code.PIN_CLEARED: ("The administrator’s PIN was removed. Nothing asks for it any more."),
}
