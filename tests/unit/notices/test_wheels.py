"""What Python packages tell of themselves: here, and in packages made for the purpose."""

import json
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from station.notices.shipped import licence_text
from station.notices.wheels import licence_of, of_environment, of_folder, of_wheel, texts_of
from station.notices.work import Work


@pytest.fixture(scope="module")
def works() -> list[Work]:
    return of_environment()


def package(folder: Path, name: str, metadata: str = "", **files: str) -> Distribution:
    """A package that pip might have put there; `files` by their paths, dots for slashes."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    told = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}"
    (info / "METADATA").write_text(told, "utf-8")
    paths = {
        path.replace("__", "/").replace("INFO", info.name): text for path, text in files.items()
    }
    for path, text in paths.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    rows = [f"{path},," for path in (f"{info.name}/METADATA", *paths)]
    (info / "RECORD").write_text("\n".join(rows), "utf-8")
    return next(one for one in distributions(path=[str(folder)]) if one.name == name)


def test_every_package_here_has_its_licence_or_the_place_where_it_is(works: list[Work]) -> None:
    assert len(works) > 50
    for one in works:
        assert one.licence, one.name
        assert one.version, one.name
        assert licence_text(one).strip() or one.note.startswith("https://"), one.name


def test_what_the_station_asks_for_is_there_and_what_its_tests_ask_for_is_not(
    works: list[Work],
) -> None:
    named = {one.name.lower().replace("_", "-") for one in works}
    assert {"pyside6-essentials", "onnxruntime", "asyncua", "packaging", "psycopg-binary"} <= named
    assert {"pytest", "ruff", "mypy", "cyclonedx-python-lib", "station"}.isdisjoint(named)


def test_qt_is_used_under_the_lgpl(works: list[Work]) -> None:
    qt = {one.name: one.licence for one in works if "PySide" in one.name or "shiboken" in one.name}
    assert set(qt.values()) == {"LGPL-3.0-only"}


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ("License-Expression: MIT OR Apache-2.0\n", ("MIT OR Apache-2.0", True)),
        ("License: MIT License\n", ("MIT", True)),
        ("License: MIT\n", ("MIT", True)),
        ("Classifier: License :: OSI Approved :: ISC License\n", ("ISC", True)),
        (
            "Classifier: License :: OSI Approved :: GNU Lesser General Public License v3 or later"
            " (LGPLv3+)\n",
            ("LGPL-3.0-or-later", True),
        ),
        ("License: as you like it\n", ("as you like it", False)),
        ("", ("", False)),
    ],
)
def test_the_licence_in_their_own_words(
    tmp_path: Path, metadata: str, told: tuple[str, bool]
) -> None:
    assert licence_of(package(tmp_path, "one", metadata)) == told


def test_texts_lie_in_many_places(tmp_path: Path) -> None:
    one = package(
        tmp_path,
        "one",
        "License-File: terms\n",
        INFO__licenses__terms="1",
        INFO__licenses__epl_v20="2",
        INFO__COPYING="3",
        **{"one__ThirdPartyNotices.txt": "4", "one__licences.py": "no text"},
        **{"INFO__licenses__LicenseRef-Qt-Commercial.txt": "an offer that is not taken"},
    )
    assert sorted(path.read_text() for path in texts_of(one)) == ["1", "2", "3", "4"]


def test_what_was_built_into_a_package_is_told(tmp_path: Path) -> None:
    bill = {"bomFormat": "CycloneDX", "components": [{"name": "openssl", "version": "3.5"}]}
    one = package(
        tmp_path,
        "one",
        **{"INFO__sboms__sbom.json": json.dumps(bill), "INFO__sboms__torn.json": "{"},
        **{"INFO__sboms__auditwheel.cdx.json": json.dumps(bill)},
    )
    assert [part["name"] for part in of_wheel(one, (), {}).inside] == ["openssl"]


def test_a_package_for_another_system_asks_for_what_that_system_needs(tmp_path: Path) -> None:
    package(
        tmp_path,
        "one",
        "Requires-Dist: two; sys_platform == 'win32'\nRequires-Dist: three; extra == 'more'\n",
    )
    for name in ("two", "three"):
        package(tmp_path, name)
    needs = {system: of_folder(tmp_path, system)[0].needs for system in ("linux", "windows")}
    assert needs == {"linux": (), "windows": ("two",)}
