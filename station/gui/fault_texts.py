"""One sentence for each fault: what is wrong, and what to do. `texts.py` translates them."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code
from station.gui.fault_texts_equipment import EQUIPMENT
from station.gui.fault_texts_pin import PIN
from station.gui.fault_texts_place import PLACE
from station.gui.fault_texts_process import PROCESS
from station.gui.fault_texts_tables import TABLES
from station.gui.fault_texts_upgrade import UPGRADE

SENTENCES: Mapping[Code, str] = MappingProxyType(
    {
        **EQUIPMENT,
        **TABLES,
        **PROCESS,
        **PIN,
        **PLACE,
        **UPGRADE,
        Code.DATA_FOLDER_NOT_WRITABLE: (
            "The data folder {path} cannot be written to ({reason}). Choose another folder "
            "with --data, or have its permissions changed."
        ),
        Code.DATA_FOLDER_IN_USE: (
            "A station already works on the data folder {path}. Use that one, or start this "
            "one with another folder (--data)."
        ),
        Code.SETTINGS_BROKEN: (
            "The settings in {path} are broken at “{field}”: {reason}. Correct that line, or "
            "put the file aside to start with the defaults."
        ),
        Code.SETTINGS_RESTORED: (
            "The settings in {path} were broken at “{field}” ({reason}); the last good ones"
            " are in use. Check what was changed last, then confirm."
        ),
        Code.RECIPE_NOT_FOUND: ("There is no recipe “{name}”. Known here: {known}."),
        Code.RECIPE_BROKEN: ("The recipe {path} cannot be read: {reason}. Correct the file."),
        Code.RECIPE_BAD_VALUE: (
            "The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}."
        ),
        Code.RECIPE_WRONG_PRODUCT: (
            "The serial number “{serial}” does not belong to the recipe “{recipe}”. Check "
            "the part, or choose the recipe of this product."
        ),
        Code.FOLDER_NOT_FOUND: ("The folder {path} does not exist. Check the name."),
        Code.FOLDER_EMPTY: (
            "There are no images in {path}. Choose a folder with PNG, JPEG, BMP, TIFF or WebP"
            " files."
        ),
        Code.IMAGE_NOT_FOUND: ("The image {path} does not exist. Check the name."),
        Code.IMAGE_UNREADABLE: ("{path} is not an image, or it is damaged. Save it again as PNG."),
        Code.IMAGE_TOO_SMALL: (
            "The image {path} is too small: {width} × {height} pixels. At least {minimum} on "
            "each side are needed."
        ),
        Code.IMAGE_UNSUPPORTED: (
            "The image {path} holds values of the kind {format}. Save it with 8 or 16 bits "
            "per channel."
        ),
        Code.ROI_OUTSIDE_FRAME: (
            "The inspection region {roi} lies outside the picture of {width} × {height} "
            "pixels. Correct the region in the recipe, or the camera’s size."
        ),
        Code.ALL_IGNORED: (
            "The areas to ignore leave nothing of the inspection region. Make them smaller on "
            "the Setup page."
        ),
        Code.MODEL_NOT_FOUND: (
            "The model file {path} does not exist. Check the name, or teach a model first."
        ),
        Code.MODEL_CHANGED: (
            "The model file {path} is not the one that the recipe was released with. Put the "
            "released file back, or release the recipe again."
        ),
        Code.MODEL_NOT_ONNX: (
            "{path} is not an ONNX model, or it is damaged. Choose a model file that this "
            "station taught."
        ),
        Code.MODEL_NO_CARD: (
            "The model {path} has no card: it was not made by this station, and must be "
            "imported first."
        ),
        Code.MODEL_OTHER_KIND: (
            "The model {path} was taught for something else: pictures, process settings and "
            "machine health each have models of their own. Give one that was taught for this."
        ),
        Code.MODEL_BAD_CARD: (
            "The card of the model {path} has a wrong value for “{field}”. Teach the model again."
        ),
        Code.MODEL_WRONG_SHAPE: (
            "The model {path} does not take or give what its card says (expected {expected}, "
            "found {found}). Teach the model again."
        ),
        Code.MODEL_FAILED: (
            "The model could not judge the part: {reason}. If it happens again, restart the "
            "station or choose the provider cpu."
        ),
        Code.MODEL_UNSAFE: (
            "The model {path} is refused, as it could do harm: {reason}. Use a model made "
            "by this program or from a source you trust."
        ),
        Code.IMPORT_UNKNOWN: (
            "Nothing is known that made the model {path} (it takes and gives {found}). A picture "
            "must go in and one number per class must come out; add the files that came with it."
        ),
        Code.IMPORT_UNSUITABLE: (
            "The model {path} is recognised, but it cannot judge parts: {reason}. Export another "
            "task or another size where it was taught."
        ),
        Code.IMPORT_WRONG_KIND: (
            "{path} is a {kind} file. Export it as ONNX where it was taught, then import that file."
        ),
        Code.IMPORT_PACKAGE: (
            "There is not exactly one readable model in {path} ({reason}). Choose the ONNX file "
            "itself, or a folder or zip with one."
        ),
        Code.IMPORT_OURS: (
            "{path} is already a model of this station. Use it as it is; nothing is to be imported."
        ),
        Code.IMPORT_OPEN: (
            "The model {path} does not say: {questions}. Give golden images with a sub-folder per "
            "class (--golden), the answers (--set, --good), or accept what is usual (--yes)."
        ),
        Code.IMPORT_BAD_ANSWER: (
            "“{answer}” is no answer to a question about the model {path}. Known: {known}."
        ),
        Code.IMPORT_STOPPED: (
            "The model {path} could not be imported: its process ended ({reason}). The file is "
            "damaged or too large; the station was not touched. Export it again."
        ),
        Code.MODEL_TOO_SLOW: (
            "The model needs {ms} ms for a part; the recipe allows {limit} ms. Check that "
            "the graphics card is used, or choose a smaller model."
        ),
        Code.DEVICE_LOST: (
            "The graphics device ({provider}) is gone: {reason}. The line starts again by "
            "itself; if it happens again, it goes on without the device, more slowly."
        ),
        Code.OUT_OF_MEMORY: (
            "There was not enough memory to judge a part: {reason}. The line starts again "
            "by itself; close other programs on this PC."
        ),
        Code.PROVIDER_UNKNOWN: ("There is no provider “{wish}”. Known: {known}."),
        Code.PROVIDER_FELL_BACK: (
            "The model runs on {actual} and not on {wish}: slower than planned. Check the "
            "graphics driver, or choose the provider auto."
        ),
        Code.INSTALLATION_BROKEN: (
            "The program is not whole ({part}): {reason}. Install it again; settings, records "
            "and pictures stay as they are."
        ),
        Code.RUNTIME_MISSING: (
            "ONNX Runtime is not installed. Install Station with one of its extras: cpu, "
            "directml, cuda or openvino."
        ),
        Code.RUNTIME_AMBIGUOUS: (
            "More than one ONNX Runtime is installed ({installed}), and they overwrite each "
            "other. Uninstall all of them, then install Station with one extra."
        ),
        Code.STORE_DISK_FULL: (
            "The disk is full: {path}. Free some space; until then no part is passed, and "
            "nothing recorded is lost."
        ),
        Code.STORE_WRITE_FAILED: (
            "{path} cannot be written: {reason}. Check the disk; until then no part is "
            "passed, and nothing recorded is lost."
        ),
        Code.STORE_BROKEN: (
            "The database {path} is damaged: {reason}. Nothing was deleted. Put the file "
            "aside and call service; the images are complete."
        ),
        Code.STORE_LOCKED: (
            "Another program holds the records in {path}. Close it; until then parts are "
            "not inspected and nothing is lost."
        ),
        Code.STORE_SET_ASIDE: (
            "The records were damaged ({reason}). The old file was put aside as {path}, new"
            " records have begun, and the old ones are being saved. Tell service, then "
            "confirm."
        ),
        Code.STORE_MISSING: (
            "The records {path} were missing although pictures are there. New records have "
            "begun, and the old ones are rebuilt from the pictures. Tell service, then "
            "confirm."
        ),
        Code.STORE_REBUILT: (
            "{rows} records were saved or rebuilt from the pictures; {failed} could not be "
            "read. Check the newest parts in the history, then confirm."
        ),
        Code.STORE_NOT_FOUND: (
            "There are no records in {path} yet. Check the folder, or run the station there first."
        ),
        Code.BACKUP_BROKEN: (
            "The backup {path} is damaged: {reason}. Use another one; nothing was changed."
        ),
        Code.RESTORE_NOT_EMPTY: (
            "The folder {path} is not empty. Restore into an empty one, so that nothing is "
            "overwritten."
        ),
        Code.EXPORT_NOTHING: (
            "There is nothing to export: no part fits the filter. Choose a longer time or "
            "fewer conditions."
        ),
        Code.PLANT_UNREACHABLE: (
            "The plant server {address} does not answer: {reason}. Everything is kept here "
            "and copied when it answers again."
        ),
        Code.PLANT_BAD_ADDRESS: ("“{address}” is no address of a plant server. Possible: {known}."),
        Code.EXTRA_MISSING: (
            "This needs a part of the program that is not installed: {extra}. On Windows install "
            "the add-on (station-…-win64-extras.exe), in an environment of Python the package: "
            'pip install "station[{extra}]".'
        ),
        Code.DISK_LOW: ("Only {free} GB are left on the disk of {path}. Free some space soon."),
        Code.DISK_DAYS_LEFT: (
            "The disk of {path} will be full in {days} days. Make room, or set how long "
            "pictures are kept."
        ),
        Code.DISK_TOO_LOW: (
            "Only {free} GB are free for {path}: no part is passed until there is room. "
            "Delete other files, or call service."
        ),
        Code.DISK_SLOW: (
            "The disk of {path} is slow: keeping a picture takes {ms} ms. Have the disk "
            "checked; the line may have to wait for it."
        ),
        Code.RECORD_NOT_FOUND: ("There is no record {uid} in this data folder."),
        Code.REVISION_NOT_FOUND: ("“{product}” has no model number {number}."),
        Code.REVISION_STATE: (
            "Model {number} of “{product}” is {state} and cannot become {wanted}. Choose "
            "another model, or other limits."
        ),
        Code.REVISION_INCOMPLETE: (
            "Model {number} of “{product}” cannot be released: its {missing} is missing or "
            "damaged. Prove it on parts that were kept back, or teach it again."
        ),
        Code.REVISION_NEEDS_REASON: (
            "Say why the model of “{product}” is changed; the reason is kept with it."
        ),
        Code.NOTHING_TO_ROLL_BACK: ("“{product}” has no earlier model to go back to."),
        Code.MODEL_RELEASED: (
            "Model {number} of “{product}” judges the parts from now on (recipe version "
            "{version}): {reason}"
        ),
        Code.MODEL_ROLLED_BACK: (
            "Back to model {number} of “{product}” (recipe version {version}): {reason}"
        ),
        Code.DATASET_ONE_CLASS: (
            "There is nothing to tell apart in {path}: found only {found}. Make one sub-"
            "folder for each class, at least two."
        ),
        Code.DATASET_TOO_FEW: (
            "The class “{label}” has only {count} usable images in {path}; at least {minimum}"
            " are needed."
        ),
        Code.DATASET_CHANGED: (
            "{file} is not as it was when {path} was frozen, so nothing is learnt from it. Freeze "
            "the images again."
        ),
        Code.DATASET_FORMAT: (
            "{path} cannot be read as images with labels: {reason}. Use one sub-folder for each "
            "class, COCO, YOLO, Pascal VOC or CSV."
        ),
        Code.ARCHIVE_UNSAFE: (
            "{path} was not unpacked: {member} is not safe ({reason}). Nothing of it was taken; "
            "pack the images again."
        ),
        Code.DATASET_UNKNOWN_CLASS: ("There is no class “{label}”. Known: {known}."),
        Code.METHOD_UNKNOWN: ("There is no method “{method}”. Known: {known}."),
        Code.LESSON_LOST: (
            "Teaching ended before it was done ({reason}). The model in use is as it was. Teach "
            "again; if it ends again, close other programs or take fewer pictures."
        ),
        Code.ADVICE_LOST: (
            "The search for causes ended before it was done ({reason}). The line is not affected. "
            "Search again; if it ends again, close other programs."
        ),
        Code.OUTPUT_NOT_WRITABLE: ("{path} cannot be written: {reason}. Choose another place."),
        Code.LINE_NOT_READY: (
            "The station is not ready ({state}). Wait until it is, or look at the message above."
        ),
        Code.LINE_BUSY: (
            "The station is still busy with the parts before. Wait a moment; this part was "
            "not inspected."
        ),
        Code.LINE_NOT_RUNNING: (
            "No station is running on the data folder {path}. Start it with “station run”, "
            "or name the right folder with --data."
        ),
        Code.LINE_LOST: (
            "The inspection has stopped answering and is being started again. Parts are "
            "rejected meanwhile; wait a moment."
        ),
        Code.START_ANEW: (
            "The new product is kept. Start the station anew, without --recipe and --model, to "
            "inspect it."
        ),
        Code.LINE_OTHER_PRODUCT: (
            "The line inspects “{runs}”, not “{product}”. Start it with that product first."
        ),
        Code.GOLDEN_REJECTED: (
            "The model rejects the golden picture {path}: {label}, score {score}, limit "
            "{limit}. The model in use goes on; check picture, model and limits."
        ),
        Code.LINE_RESTARTED: (
            "The inspection was started again ({reason}). Parts that were in work were not "
            "inspected; find them in the list."
        ),
        Code.LINE_GAVE_UP: (
            "The inspection failed {count} times within {seconds} s. It is tried again "
            "every minute; call service."
        ),
        Code.LINE_HUNG: (
            "The inspection hung ({thread}, for {seconds} s) and is started again. If it "
            "happens again, call service."
        ),
        Code.PART_INTERRUPTED: (
            "The station stopped while this part was in work; it was not inspected. Find "
            "the part and inspect it again."
        ),
        Code.PARTS_INTERRUPTED: (
            "{count} parts were in work when the station stopped, and were not inspected: "
            "{numbers}. Find them and inspect them again."
        ),
        Code.MEMORY_GROWN: (
            "The inspection uses {mb} MB of memory ({since_mb} MB after its start) and is "
            "started again between two parts."
        ),
        Code.CLOCK_JUMPED: (
            "The clock of this PC jumped by {seconds} s. The order of the parts is kept; "
            "check date and time."
        ),
        Code.SLEPT: (
            "This PC was asleep for {seconds} s. Camera and machine are connected again; inspect"
            " a golden sample before you go on."
        ),
        Code.DECISION_NEEDS_REASON: (
            "Part {number} has been decided already. To change that, give a reason."
        ),
        Code.UNDO_TOO_LATE: (
            "It is too late to undo: that is possible for {seconds} seconds. Decide again and"
            " give a reason."
        ),
        Code.NOTHING_TO_UNDO: ("There is no decision to undo."),
        Code.INTERNAL: (
            "Something unexpected happened: {reason}. The part was not passed. If it happens "
            "again, call service."
        ),
    }
)
"""In English, with `{fact}` where a fact belongs; in the translations the context is Fault."""
