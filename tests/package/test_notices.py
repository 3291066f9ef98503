"""What the build says of the works of others: on the libraries that are installed here."""

import json
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from station import __version__
from station.notices.bill import bill_of, works_of, written
from station.notices.shipped import licence_text
from station.notices.work import Work
from tests.package.test_files import PACKAGING, module, pinned

SITE = Path(sysconfig.get_path("purelib"))
LIBRARIES = ("opencv_python_headless.libs", "psycopg_binary.libs", "scikit_learn.libs")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    return module("notices")


@pytest.fixture(scope="module")
def libraries(build: ModuleType) -> list[Work]:
    """Those that lie beside three wheels."""
    missing = [name for name in LIBRARIES if not (SITE / name).is_dir()]
    if missing:
        pytest.skip(f"{', '.join(missing)}: the wheels of this system have none")
    return [one for name in LIBRARIES for one in build.natives.natives(SITE / name, SITE)]


def test_libraries_in_wheels_are_known_with_version_and_text(libraries: list[Work]) -> None:
    named = {one.name: one for one in libraries}
    wanted = {"FFmpeg libavcodec", "OpenSSL", "OpenBLAS", "libvpx", "libpq", "MIT Kerberos"}
    assert wanted <= set(named)
    for one in libraries:
        assert one.version[0].isdigit(), one
        assert licence_text(one), one
        assert one.places, one
    assert named["FFmpeg libavcodec"].licence == "LGPL-2.1-or-later"
    assert named["libgomp"].purl.startswith("pkg:rpm/")


def test_no_library_in_a_wheel_is_nobodys(build: ModuleType, tmp_path: Path) -> None:
    for name in LIBRARIES:
        if (SITE / name).is_dir():
            assert build.natives.unknown(SITE / name) == []
    strange = tmp_path / "some.libs" / "libstrange-0a1b2c3d.so.4"
    strange.parent.mkdir()
    strange.write_bytes(b"\x7fELF")
    assert build.natives.unknown(tmp_path) == ["some.libs/libstrange-0a1b2c3d.so.4"]


def test_every_text_of_the_rows_is_there(build: ModuleType) -> None:
    for row in build.natives.ROWS:
        for name in row.texts:
            assert (PACKAGING / "licences" / name).read_text("utf-8").strip(), name


def test_the_packages_of_here_could_be_shipped(
    build: ModuleType, libraries: list[Work], tmp_path: Path
) -> None:
    known = pinned(PACKAGING / "constraints.txt")
    wheels = [one for one in build.from_wheels(SITE, "linux") if build.plain(one.name) in known]
    works = [*wheels, *libraries, *build.of_resources(), build.of_interpreter()]
    assert build.wrong(works) == []
    kept = build.write_texts(works, tmp_path)
    bill = written(bill_of(kept, "linux"))
    assert build.not_valid(bill) == []
    read = works_of(json.loads(bill), tmp_path)
    assert sorted(one.key for one in read) == sorted(one.key for one in works)
    for one in read:
        assert licence_text(one).strip(), one.name
    qt = next(one for one in read if one.name == "PySide6_Essentials")
    assert "LESSER GENERAL PUBLIC LICENSE" in licence_text(qt)
    listed = (tmp_path / "THIRD-PARTY.txt").read_text("utf-8")
    assert all(f"{one.name} {one.version}: {one.licence}\n" in listed for one in works)
    sources = (tmp_path / "SOURCES.txt").read_text("utf-8")
    assert all(name in sources for name in ("Qt", "psycopg", "asyncua", "FFmpeg", "three\nyears"))


@pytest.mark.parametrize(
    ("licence", "is_spdx", "refused"),
    [
        ("MIT", True, False),
        ("GPL-3.0-only", True, True),
        ("AGPL-3.0-or-later", True, True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True, False),
        ("MIT AND GPL-2.0-only", True, True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True, False),
        ("GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0", True, False),
        ("GPL-2.0-or-later WITH Bootloader-exception AND GPL-2.0-only", True, True),
        ("GNU General Public License v3", False, True),
        ("GNU Lesser General Public License v3", False, False),
    ],
)
def test_the_gpl_is_not_shipped(
    build: ModuleType, licence: str, is_spdx: bool, refused: bool
) -> None:
    assert build.forbidden(Work("one", "1", licence, is_spdx)) is refused


def test_what_cannot_be_shipped_is_said(build: ModuleType) -> None:
    said = build.wrong([Work("one", "unknown", "")])
    assert said == [
        "one unknown: no licence text",
        "one unknown: no version",
        "one unknown: no licence named",
    ]


def test_an_invalid_bill_is_said(build: ModuleType) -> None:
    good = bill_of([Work("one", "1", "MIT")])
    assert build.not_valid(written(good)) == []
    for licence in ("No-Such", "MIT ODER Apache-2.0"):
        assert build.not_valid(written(bill_of([Work("one", "1", licence)]))) != []
    assert build.not_valid(written({**good, "specVersion": 7})) != []


# ── what was built ──────────────────────────────────────────────────────────────────────────────


def test_the_bills_that_were_built_are_valid_and_name_all(packages: Path) -> None:
    bills = sorted(packages.glob("station-*.cdx.json"))
    assert bills
    for path in bills:
        text = path.read_text("utf-8")
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
        bill = json.loads(text)
        own = bill["metadata"]["component"]
        assert (own["name"], own["version"]) == ("Station", __version__)
        assert bill["metadata"]["timestamp"]
        named = {part["name"]: part for part in bill["components"]}
        wanted = {"PySide6_Essentials", "Qt", "CPython", "EfficientNet-Lite0", "Inter", "OpenSSL"}
        system = path.name.split("-")[1].split(".")[0]
        if system == "windows":
            wanted |= {"Microsoft Visual C++ runtime", "DirectML", "NSIS", "FFmpeg in OpenCV"}
        else:
            wanted |= {"PyInstaller's starter", "FFmpeg libavcodec"}
        assert wanted <= set(named), system
        assert {"pip", "setuptools", "pytest"}.isdisjoint(named)
        listed = (packages / f"THIRD-PARTY-{system}.txt").read_text("utf-8")
        assert all(f"{name} {part['version']}: " in listed for name, part in named.items())
