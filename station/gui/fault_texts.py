"""One sentence for each fault: what is wrong, and what to do. `texts.py` translates them."""

from collections.abc import Mapping
from types import MappingProxyType

from station.errors import ErrorCode as Code

SENTENCES: Mapping[Code, str] = MappingProxyType(
    {
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
        Code.SETTINGS_NEWER: (
            "The settings in {path} were written by a newer program (form {version}). Install"
            " the newer program, or choose another data folder."
        ),
        Code.RECIPE_NOT_FOUND: ("There is no recipe “{name}”. Known here: {known}."),
        Code.RECIPE_BROKEN: ("The recipe {path} cannot be read: {reason}. Correct the file."),
        Code.RECIPE_BAD_VALUE: (
            "The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}."
        ),
        Code.CAMERA_UNKNOWN_KIND: ("There is no kind of camera “{kind}”. Known: {known}."),
        Code.CAMERA_BAD_OPTION: (
            "The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}."
        ),
        Code.CAMERA_NOT_FOUND: (
            "The camera {source} was not found. Check the cable and the power, and that no "
            "other program uses it."
        ),
        Code.CAMERA_LOST: (
            "The camera {source} is gone. Check the cable and the power; the station connects"
            " again by itself."
        ),
        Code.CAMERA_NO_FRAME: (
            "The camera {source} sent no picture within {seconds} s. Check cable, trigger and"
            " exposure."
        ),
        Code.CAMERA_FROZEN: (
            "The camera {source} sends the same picture again and again. Unplug it and plug "
            "it in again."
        ),
        Code.CAMERA_BLACK: ("The picture of {source} is black. Check the light and the lens cap."),
        Code.CAMERA_NO_MORE_IMAGES: (
            "All images of {source} have been inspected. Choose another folder to go on."
        ),
        Code.MACHINE_UNKNOWN_KIND: ("There is no kind of machine “{kind}”. Known: {known}."),
        Code.MACHINE_BAD_OPTION: (
            "The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}."
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
        Code.PROVIDER_UNKNOWN: ("There is no provider “{wish}”. Known: {known}."),
        Code.PROVIDER_FELL_BACK: (
            "The model runs on {actual} and not on {wish}: slower than planned. Check the "
            "graphics driver, or choose the provider auto."
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
        Code.STORE_NEWER: (
            "The database {path} was written by a newer program (form {found}, known "
            "{known}). Install the newer program."
        ),
        Code.STORE_NOT_FOUND: (
            "There are no records in {path} yet. Check the folder, or run the station there first."
        ),
        Code.DISK_LOW: ("Only {free} GB are left on the disk of {path}. Free some space soon."),
        Code.RECORD_NOT_FOUND: ("There is no record {uid} in this data folder."),
        Code.DATASET_ONE_CLASS: (
            "There is nothing to tell apart in {path}: found only {found}. Make one sub-"
            "folder for each class, at least two."
        ),
        Code.DATASET_TOO_FEW: (
            "The class “{label}” has only {count} usable images in {path}; at least {minimum}"
            " are needed."
        ),
        Code.DATASET_UNKNOWN_CLASS: ("There is no class “{label}”. Known: {known}."),
        Code.METHOD_UNKNOWN: ("There is no method “{method}”. Known: {known}."),
        Code.OUTPUT_NOT_WRITABLE: ("{path} cannot be written: {reason}. Choose another place."),
        Code.LINE_NOT_READY: (
            "The station is not ready ({state}). Wait until it is, or look at the message above."
        ),
        Code.LINE_BUSY: (
            "The station is still busy with the parts before. Wait a moment; this part was "
            "not inspected."
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
