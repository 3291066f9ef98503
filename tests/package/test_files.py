"""What the packages are made of, looked at without building them; and what lies beside them."""

import hashlib
import re
import shutil
import subprocess
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from station import __version__

PACKAGING = Path(__file__).resolve().parent.parent.parent / "packaging"


def module(name: str) -> ModuleType:
    """One of the files of the build, which is no package."""
    place = spec_from_file_location(Path(name).name, PACKAGING / f"{name}.py")
    assert place is not None
    assert place.loader is not None
    loaded = module_from_spec(place)
    place.loader.exec_module(loaded)
    return loaded


def pinned(path: Path) -> dict[str, str]:
    """Versions by name."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    rows = (line.split("==") for line in lines if line)
    return {name.lower().replace("_", "-"): version for name, version in rows}


@pytest.mark.parametrize(
    "path",
    [
        *("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "PySide6/Qt/lib/libQt6Quick.so.6"),
        *("cv2/data/haarcascade_eye.xml", "sklearn/tests/test_base.py", "numpy/core/x.pyi"),
        *("station/_resources/i18n/station_de.ts", "pygments/lexers/python"),
        *("onnx/defs/nn/defs.cc", "genicam/viky.cti"),
    ],
)
def test_what_no_station_needs_is_left_out(path: str) -> None:
    assert module("prune").dropped(path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "PySide6/Qt/plugins/platforms/libqxcb.so",
            "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        ),
        *("PySide6/plugins/platforms/qwindows.dll", "cv2/cv2.abi3.so", "cv2/config.py"),
        *("station/_resources/i18n/station_de.qm", "pygments/lexers/_mapping", "pygments/lexers"),
        *("sklearn/datasets/_svmlight_format_fast.so", "station/store/migrations/env.py"),
        *("psycopg-3.dist-info/METADATA", "PySide6/Qt/plugins/imageformats/libqjpeg.so"),
    ],
)
def test_what_it_needs_stays(path: str) -> None:
    assert not module("prune").dropped(path)


def test_libraries_of_the_build_machine_are_not_shipped() -> None:
    of_the_system = module("prune").of_the_system
    assert of_the_system("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6")
    assert not of_the_system("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1")
    assert not of_the_system("numpy.libs/libscipy_openblas.so", "/venv/numpy.libs/x.so")


SOURCE = '''"""What it is,
in two lines."""  # and a word

class One: "é is two bytes"; after = 1

def two():
    r"""How
    it works."""
    assert after, """no docstring
    at all"""
'''.encode()


def test_docstrings_of_others_go_and_lines_stay() -> None:
    slim = module("slim")
    short = slim.bare(SOURCE).decode()
    assert "What it is" not in short
    assert "two bytes" not in short
    assert "How" not in short
    assert "no docstring" in short
    assert short.splitlines()[3] == 'class One: "."; after = 1'
    assert short.splitlines()[8].strip().startswith("assert after")
    assert slim.bare(short.encode()) == short.encode()


def test_docstrings_of_the_station_stay(tmp_path: Path) -> None:
    slim = module("slim")
    for name in ("station", "scipy"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.py").write_bytes(SOURCE)
    slim.shorten(tmp_path)
    assert (tmp_path / "station" / "one.py").read_bytes() == SOURCE
    assert (tmp_path / "scipy" / "one.py").read_bytes() == slim.bare(SOURCE)


def test_a_stand_in_takes_the_place_of_machine_code(tmp_path: Path) -> None:
    folder = tmp_path / "PySide6"
    folder.mkdir()
    (tmp_path / "scipy" / "optimize" / "_highspy").mkdir(parents=True)
    for name in ("QtOpenGL.abi3.so", "QtOpenGL.pyd", "QtOpenGLWidgets.abi3.so", "QtGui.abi3.so"):
        (folder / name).write_bytes(b"machine code")
    module("slim").replace(tmp_path)
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["QtGui.abi3.so", "QtOpenGL.py", "QtOpenGLWidgets.py"]


def test_set_up_packs_every_file_once(tmp_path: Path) -> None:
    for name in ("a/one.pyd", "b/two.txt", "b/c/one.pyd", "three$.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert list(module("windows/order").lines(tmp_path)) == [
        *(r'SetOutPath "$4\a"', f'File "{tmp_path}/a/one.pyd"'),
        *(r'SetOutPath "$4\b\c"', f'File "{tmp_path}/b/c/one.pyd"'),
        *('SetOutPath "$4"', f'File "{tmp_path}/three$$.txt"'),
        *(r'SetOutPath "$4\b"', f'File "{tmp_path}/b/two.txt"'),
    ]


def test_both_systems_get_the_same_versions() -> None:
    linux = pinned(PACKAGING / "constraints.txt")
    windows = pinned(PACKAGING / "windows" / "requirements.txt")
    only = {"onnxruntime", "onnxruntime-windowsml", "tzdata"}
    assert {name: version for name, version in linux.items() if name not in only} == {
        name: version for name, version in windows.items() if name not in only
    }
    for versions in (linux, windows):
        assert len([name for name in versions if name.startswith("onnxruntime")]) == 1


@pytest.mark.parametrize("path", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_scripts_can_be_read(path: Path) -> None:
    subprocess.run(["sh", "-n", str(path)], check=True)


@pytest.mark.parametrize("name", ["postinst", "prerm", "postrm"])
def test_maintainer_scripts_can_be_read(name: str) -> None:
    subprocess.run(["sh", "-n", str(PACKAGING / "linux" / "debian" / name)], check=True)


def test_the_menu_entry_is_valid() -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-utils is not installed")
    subprocess.run(
        ["desktop-file-validate", str(PACKAGING / "linux" / "station.desktop")], check=True
    )


def test_set_up_refuses_in_three_languages() -> None:
    words = (PACKAGING / "windows" / "words.nsh").read_text("utf-8-sig")
    found = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\} \"(.+)\"$", words, re.MULTILINE)
    languages: dict[str, set[str]] = {}
    for name, language, text in found:
        languages.setdefault(name, set()).add(language)
        english = next(
            other for which, first, other in found if (which, first) == (name, "ENGLISH")
        )
        gaps = r"\$(?:\{\w+\}|\w+)"
        assert sorted(re.findall(gaps, text)) == sorted(re.findall(gaps, english))
    assert languages
    assert set(map(frozenset, languages.values())) == {
        frozenset(("ENGLISH", "GERMAN", "SIMPCHINESE"))
    }
    scripts = [PACKAGING / "windows" / name for name in ("station.nsi", "addon.nsi", "shared.nsh")]
    said = "".join(path.read_text("utf-8") for path in scripts)
    assert set(languages) == set(re.findall(r"\"\$\((\w+)\)\"", said))


# ── what was built ──────────────────────────────────────────────────────────────────────────────


def test_the_sums_are_right(packages: Path) -> None:
    lines = (packages / "SHA256SUMS").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        sha256, _, name = line.partition("  ")
        assert hashlib.sha256((packages / name).read_bytes()).hexdigest() == sha256, name
    names = {line.partition("  ")[2] for line in lines}
    present = {path.name for path in packages.iterdir() if path.name != "SHA256SUMS"}
    assert names == present


def test_every_licence_has_its_text(packages: Path) -> None:
    for path in packages.glob("THIRD-PARTY-*.txt"):
        windows = path.stem.endswith("windows")
        listed = path.read_text("utf-8")
        named = set(
            pinned(PACKAGING / ("windows/requirements.txt" if windows else "constraints.txt"))
        )
        told = {line.split(" ")[0].lower().replace("_", "-") for line in listed.splitlines()}
        assert named - told == set()


def test_the_wheel_holds_what_is_not_python(packages: Path) -> None:
    wheel = packages / f"station-{__version__}-py3-none-any.whl"
    if not wheel.exists():
        pytest.skip(f"no wheel in {packages}")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("models/efficientnet_lite0.onnx", "demo/flange.onnx", "i18n/station_zh_CN.qm"):
        assert f"station/_resources/{name}" in names
    assert "station/store/migrations/versions/r0001_records.py" in names
