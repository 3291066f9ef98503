"""What can go wrong, as codes and facts; the words for people are in `gui/texts.py`.

StationError
 ├── SettingsError    the station's own settings, its data folder
 ├── RecipeError      how one product is inspected
 ├── CameraError      no picture, or not one to be trusted
 ├── ImageError       a file, or what a camera sent, that is no usable picture
 ├── ModelError       a model file or the provider that runs it
 ├── StoreError       what must be kept could not be kept
 ├── DatasetError     a folder that cannot be learnt from
 └── LineError        an order that the line cannot follow now
"""

from dataclasses import dataclass
from enum import StrEnum


class ErrorCode(StrEnum):
    """Every fault by name; behind each, the facts that come with it."""

    DATA_FOLDER_NOT_WRITABLE = "data_folder_not_writable"  # path, reason
    DATA_FOLDER_IN_USE = "data_folder_in_use"  # path
    DATA_FOLDER_MISSING = "data_folder_missing"  # path, note
    DATA_FOLDER_PROGRAM = "data_folder_program"  # path
    DATA_FOLDER_FOREIGN = "data_folder_foreign"  # path, found
    DATA_FOLDER_NARROW = "data_folder_narrow"  # path, free, least (GB)
    DATA_FOLDER_REFUSES = "data_folder_refuses"  # path, reason
    SETTINGS_BROKEN = "settings_broken"  # path, field, reason
    SETTINGS_NEWER = "settings_newer"  # path, version, form
    SETTINGS_RESTORED = "settings_restored"  # path, field, reason
    PIN_UNFIT = "pin_unfit"  # least, most
    PIN_EASY = "pin_easy"  # (none)
    PIN_BROKEN = "pin_broken"  # path, reason
    PIN_NEEDED = "pin_needed"  # (none)
    PIN_PAUSED = "pin_paused"  # count, seconds
    PIN_SET = "pin_set"  # (none)
    PIN_CLEARED = "pin_cleared"  # (none)

    RECIPE_NOT_FOUND = "recipe_not_found"  # name, known
    RECIPE_BROKEN = "recipe_broken"  # path, reason
    RECIPE_BAD_VALUE = "recipe_bad_value"  # field, value, allowed
    RECIPE_WRONG_PRODUCT = "recipe_wrong_product"  # serial, recipe

    CAMERA_UNKNOWN_KIND = "camera_unknown_kind"  # kind, known
    CAMERA_BAD_OPTION = "camera_bad_option"  # kind, option, allowed
    CAMERA_NOT_FOUND = "camera_not_found"  # source
    CAMERA_LOST = "camera_lost"  # source
    CAMERA_NO_FRAME = "camera_no_frame"  # source, seconds
    CAMERA_FROZEN = "camera_frozen"  # source
    CAMERA_BLACK = "camera_black"  # source
    CAMERA_OVEREXPOSED = "camera_overexposed"  # source, percent
    CAMERA_BLURRED = "camera_blurred"  # source, focus, limit
    CAMERA_IN_USE = "camera_in_use"  # source
    CAMERA_DRIVER_MISSING = "camera_driver_missing"  # kind, reason
    CAMERA_INCOMPLETE = "camera_incomplete"  # source, reason
    CAMERA_FEATURE_REFUSED = "camera_feature_refused"  # source, feature, value, allowed
    CAMERA_NO_FEATURES = "camera_no_features"  # source
    CAMERA_NO_MORE_IMAGES = "camera_no_more_images"  # source

    MACHINE_UNKNOWN_KIND = "machine_unknown_kind"  # kind, known
    MACHINE_BAD_OPTION = "machine_bad_option"  # kind, option, allowed
    MACHINE_LINK_LOST = "machine_link_lost"  # address
    MACHINE_PORT_TAKEN = "machine_port_taken"  # address
    MACHINE_REFUSED_LOGIN = "machine_refused_login"  # address
    MACHINE_MISSPOKE = "machine_misspoke"  # address, reason
    MACHINE_LATE = "machine_late"  # count
    MACHINE_MISSED = "machine_missed"  # count
    MACHINE_NO_ACK = "machine_no_ack"  # count
    MACHINE_SILENT = "machine_silent"  # address, signal
    MACHINE_CANNOT_LISTEN = "machine_cannot_listen"  # address, reason
    MACHINE_UNPROTECTED = "machine_unprotected"  # address, variable
    MACHINE_BESIDE_LOST = "machine_beside_lost"  # machine
    MACHINE_BESIDE_REFUSED = "machine_beside_refused"  # machine
    MACHINE_BESIDE_FAILED = "machine_beside_failed"  # machine, reason
    MACHINE_NOT_IN_TEST = "machine_not_in_test"
    MACHINE_NO_SIGNALS = "machine_no_signals"  # kind
    SIMULATED_PLC_LOST = "simulated_plc_lost"  # reason
    READINGS_LOST = "readings_lost"  # kind, address
    CODE_DIFFERS = "code_differs"  # serial, code
    CODE_NOT_READ = "code_not_read"

    FOLDER_NOT_FOUND = "folder_not_found"  # path
    FOLDER_EMPTY = "folder_empty"  # path
    IMAGE_NOT_FOUND = "image_not_found"  # path
    IMAGE_UNREADABLE = "image_unreadable"  # path
    IMAGE_TOO_SMALL = "image_too_small"  # path, width, height, minimum
    IMAGE_UNSUPPORTED = "image_unsupported"  # path, format
    ROI_OUTSIDE_FRAME = "roi_outside_frame"  # roi, width, height
    ALL_IGNORED = "all_ignored"

    MODEL_NOT_FOUND = "model_not_found"  # path
    MODEL_CHANGED = "model_changed"  # path
    MODEL_NOT_ONNX = "model_not_onnx"  # path
    MODEL_NO_CARD = "model_no_card"  # path
    MODEL_OTHER_KIND = "model_other_kind"  # path
    MODEL_BAD_CARD = "model_bad_card"  # path, field
    MODEL_WRONG_SHAPE = "model_wrong_shape"  # path, expected, found
    MODEL_FAILED = "model_failed"  # reason
    MODEL_UNSAFE = "model_unsafe"  # path, reason
    MODEL_TOO_SLOW = "model_too_slow"  # ms, limit
    IMPORT_UNKNOWN = "import_unknown"  # path, found
    IMPORT_UNSUITABLE = "import_unsuitable"  # path, reason
    IMPORT_WRONG_KIND = "import_wrong_kind"  # path, kind
    IMPORT_PACKAGE = "import_package"  # path, reason
    IMPORT_OURS = "import_ours"  # path
    IMPORT_OPEN = "import_open"  # path, questions
    IMPORT_BAD_ANSWER = "import_bad_answer"  # path, answer, known
    IMPORT_STOPPED = "import_stopped"  # path, reason
    DEVICE_LOST = "device_lost"  # provider, reason
    OUT_OF_MEMORY = "out_of_memory"  # reason
    PROVIDER_UNKNOWN = "provider_unknown"  # wish, known
    PROVIDER_FELL_BACK = "provider_fell_back"  # wish, actual
    INSTALLATION_BROKEN = "installation_broken"  # part, reason
    RUNTIME_MISSING = "runtime_missing"  # (none)
    RUNTIME_AMBIGUOUS = "runtime_ambiguous"  # installed

    STORE_DISK_FULL = "store_disk_full"  # path
    STORE_WRITE_FAILED = "store_write_failed"  # path, reason
    STORE_BROKEN = "store_broken"  # path, reason
    STORE_NEWER = "store_newer"  # path, found, known, version
    STORE_OLDER = "store_older"  # path, found, known
    UPGRADE_NO_ROOM = "upgrade_no_room"  # path, version, needed, missing (MB)
    UPGRADE_NO_COPY = "upgrade_no_copy"  # path, version, reason
    UPGRADE_FAILED = "upgrade_failed"  # path, version, found, known, reason, copy
    FORMER_NOT_FOUND = "former_not_found"  # path
    STORE_LOCKED = "store_locked"  # path
    STORE_SET_ASIDE = "store_set_aside"  # path, reason
    STORE_MISSING = "store_missing"  # path
    STORE_REBUILT = "store_rebuilt"  # rows, failed
    DISK_LOW = "disk_low"  # path, free (GB)
    DISK_DAYS_LEFT = "disk_days_left"  # path, days
    DISK_TOO_LOW = "disk_too_low"  # path, free
    DISK_SLOW = "disk_slow"  # path, ms
    RECORD_NOT_FOUND = "record_not_found"  # uid
    REVISION_NOT_FOUND = "revision_not_found"  # product, number
    REVISION_STATE = "revision_state"  # product, number, state, wanted
    REVISION_INCOMPLETE = "revision_incomplete"  # product, number, missing
    REVISION_NEEDS_REASON = "revision_needs_reason"  # product
    NOTHING_TO_ROLL_BACK = "nothing_to_roll_back"  # product
    MODEL_RELEASED = "model_released"  # product, number, version, reason
    MODEL_ROLLED_BACK = "model_rolled_back"  # product, number, version, reason
    STORE_NOT_FOUND = "store_not_found"  # path
    BACKUP_BROKEN = "backup_broken"  # path, reason
    RESTORE_NOT_EMPTY = "restore_not_empty"  # path
    EXPORT_NOTHING = "export_nothing"  # (none)
    PLANT_UNREACHABLE = "plant_unreachable"  # address, reason
    PLANT_NEWER = "plant_newer"  # address, found, known
    PLANT_BAD_ADDRESS = "plant_bad_address"  # address, known
    EXTRA_MISSING = "extra_missing"  # extra

    DATASET_ONE_CLASS = "dataset_one_class"  # path, found
    DATASET_TOO_FEW = "dataset_too_few"  # path, label, count, minimum
    DATASET_CHANGED = "dataset_changed"  # path, file
    DATASET_FORMAT = "dataset_format"  # path, reason
    ARCHIVE_UNSAFE = "archive_unsafe"  # path, member, reason
    DATASET_UNKNOWN_CLASS = "dataset_unknown_class"  # label, known
    METHOD_UNKNOWN = "method_unknown"  # method, known
    LESSON_LOST = "lesson_lost"  # reason
    ADVICE_LOST = "advice_lost"  # reason
    OUTPUT_NOT_WRITABLE = "output_not_writable"  # path, reason

    TABLE_NOT_FOUND = "table_not_found"  # path
    TABLE_UNREADABLE = "table_unreadable"  # path, reason
    TABLE_NO_COLUMN = "table_no_column"  # path, column, known
    TABLE_GAP = "table_gap"  # path, column, line
    TABLE_NOT_A_NUMBER = "table_not_a_number"  # path, column, line, value
    TABLE_UNKNOWN_WORD = "table_unknown_word"  # path, column, line, value, known
    TABLE_TOO_FEW = "table_too_few"  # path, count, minimum
    TABLE_TOO_FEW_UNITS = "table_too_few_units"  # path, column, count, minimum
    TABLE_CONSTANT = "table_constant"  # columns
    TABLE_NOTHING_LEFT = "table_nothing_left"  # path
    TABLE_ONE_CLASS = "table_one_class"  # path, column, found
    TABLE_GROUP_MIXED = "table_group_mixed"  # path, group, column
    TABLE_SKIP = "table_skip"  # rule
    TABLE_LEAK = "table_leak"  # column, target, correlation
    TABLE_TIME_TWICE = "table_time_twice"  # path, unit, time
    TABLE_TIME_MISSING = "table_time_missing"  # path, count, unit, time
    TABLE_TIME_UNIT = "table_time_unit"  # path, unit, found, expected
    TABLE_TIME_BACK = "table_time_back"  # path, unit, line
    TABLE_UNIT_SHORT = "table_unit_short"  # path, count, unit, rows, minimum
    TABLE_CAP = "table_cap"  # path, cap, step
    TABLE_TRUTH = "table_truth"  # path, count, units
    TABLE_TAKEN = "table_taken"  # column
    TABLE_TARGET_CONSTANT = "table_target_constant"  # path, column, value
    TABLE_HOLLOW = "table_hollow"  # columns
    TABLE_GAPS_SKIPPED = "table_gaps_skipped"  # path, column, line, count
    TABLE_BEYOND = "table_beyond"  # columns, count
    TABLE_TIME_TAKEN = "table_time_taken"  # path, column
    TABLE_ORDER_TAKEN = "table_order_taken"  # path
    TABLE_NOT_A_TIME = "table_not_a_time"  # path, column, line, value
    TABLE_TIME_UNSORTED = "table_time_unsorted"  # path, column, count, line
    TABLE_TIME_EQUAL = "table_time_equal"  # path, column, count, line
    TABLE_TIME_CHANGES = "table_time_changes"  # path, column, line, found, expected
    TABLE_STEP_CHANGES = "table_step_changes"  # path, column, line, found, expected
    TABLE_STEPS_MISSING = "table_steps_missing"  # path, column, count, line
    PROCESS_NOTHING = "process_nothing"  # target
    PROCESS_PERSISTS = "process_persists"  # error, last
    PROCESS_TOO_GOOD = "process_too_good"  # target, percent
    PROCESS_NO_INPUT = "process_no_input"  # column, known
    PROCESS_BAD_VALUE = "process_bad_value"  # column, value, allowed
    PROCESS_UNSEEN = "process_unseen"  # path, line
    PROCESS_STANDS_IN = "process_stands_in"  # target, percent
    PROCESS_NO_BETTER = "process_no_better"  # target
    PROCESS_SAME_TABLE = "process_same_table"  # path
    PROCESS_ADVICE = "process_advice"  # (none)
    TABLE_COUNTS = "table_counts"  # path, line, bad, n

    STUDY_GAP = "study_gap"  # path, line, column
    STUDY_WORD = "study_word"  # path, line, column, value
    STUDY_TRUTH = "study_truth"  # path, part
    STUDY_TWICE = "study_twice"  # path, line, part, appraiser, trial
    STUDY_UNEVEN = "study_uneven"  # path, part, appraiser, trial
    STUDY_TOO_FEW = "study_too_few"  # count, minimum
    STUDY_ONE_KIND = "study_one_kind"  # product
    STUDY_NOT_FOUND = "study_not_found"  # uid, known
    NO_SERVICE = "no_service"  # machine, known
    NO_MACHINE = "no_machine"  # machine, known

    NOTHING_TAUGHT = "nothing_taught"
    LINE_NOT_READY = "line_not_ready"  # state
    LINE_BUSY = "line_busy"  # waiting
    LINE_NOT_RUNNING = "line_not_running"  # path
    LINE_LOST = "line_lost"  # (none)
    START_ANEW = "start_anew"
    LINE_OTHER_PRODUCT = "line_other_product"  # product, runs
    GOLDEN_REJECTED = "golden_rejected"  # path, label, score, limit
    LINE_RESTARTED = "line_restarted"  # reason
    LINE_GAVE_UP = "line_gave_up"  # count, seconds
    LINE_HUNG = "line_hung"  # thread, seconds
    PART_INTERRUPTED = "part_interrupted"  # (none)
    PARTS_INTERRUPTED = "parts_interrupted"  # count, numbers
    MEMORY_GROWN = "memory_grown"  # mb, since_mb
    CLOCK_JUMPED = "clock_jumped"  # seconds
    SLEPT = "slept"  # seconds
    DECISION_NEEDS_REASON = "decision_needs_reason"  # number
    UNDO_TOO_LATE = "undo_too_late"  # seconds
    NOTHING_TO_UNDO = "nothing_to_undo"  # (none)
    INTERNAL = "internal"  # reason


Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as a value that can be sent, stored and shown."""

    code: ErrorCode
    facts: Facts = ()

    def fact(self, name: str) -> str:
        """The fact of that name, or an empty string."""
        return dict(self.facts).get(name, "")


class StationError(Exception):
    """The base of all errors that the program expects; carries a code and facts, no prose."""

    def __init__(self, code: ErrorCode, **facts: object) -> None:
        self.fault = Fault(code, tuple((key, str(value)) for key, value in facts.items()))
        super().__init__(f"{code} {dict(self.fault.facts)}")

    @property
    def code(self) -> ErrorCode:
        """Which of the known errors this is."""
        return self.fault.code


class SettingsError(StationError):
    """The station's own settings, or its data folder."""


class RecipeError(StationError):
    """A recipe that cannot be used."""


class CameraError(StationError):
    """No picture, or not one to be trusted."""


class ImageError(StationError):
    """A file, or what a camera sent, that is no usable picture."""


class ModelError(StationError):
    """A model file, or the provider that runs it."""


class StoreError(StationError):
    """What must be kept could not be kept."""


class DatasetError(StationError):
    """A folder that cannot be learnt from."""


class LineError(StationError):
    """An order that the line cannot follow now."""


def raised(fault: Fault) -> StationError:
    """The error of a fault that came from elsewhere, to be raised here."""
    error = StationError(fault.code)
    error.fault = fault
    return error


def internal(error: BaseException) -> Fault:
    """The fault that stands for an error nobody expected; its traceback belongs in the log."""
    if isinstance(error, StationError):
        return error.fault
    return Fault(ErrorCode.INTERNAL, (("reason", f"{type(error).__name__}: {error}"),))
