"""The bill of materials is CycloneDX by CycloneDX's own schema, says all, and can be read back."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from station import __version__
from station.errors import ErrorCode, SettingsError
from station.notices import shipped as module
from station.notices.bill import FILE_NAME, bill_of, works_of, written
from station.notices.resources import of_interpreter, of_resources, sha256_of
from station.notices.shipped import FOLDER, Shipped, licence_text, own_licence, shipped
from station.notices.work import Work

ODD = Work(
    "Ödd & Söhne",
    "1.0",
    "as you like it",
    is_spdx=False,
    note="https://example.org",
    inside=({"name": "zlib", "version": "1.3", "type": "library", "licenses": []},),
    places=("a/b.so", "a/ü.so"),
    sha256="ab" * 32,
)


@pytest.fixture(scope="module")
def found() -> Shipped:
    return shipped()


def faults(bill: dict[str, Any]) -> str:
    """What the schema has against it."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(written(bill))
    return str(error or "")


def test_it_is_valid_with_all_that_is_here(found: Shipped) -> None:
    assert faults(found.bill) == ""
    assert faults(bill_of([*found.works, ODD], "linux")) == ""


def test_the_schema_finds_what_is_wrong(found: Shipped) -> None:
    for spoil in (
        lambda bill: bill["components"][0].pop("name"),
        lambda bill: bill["components"][0].update(licenses=[{"license": {"id": "No-Such"}}]),
        lambda bill: bill.update(serialNumber="17"),
        lambda bill: bill["components"].append(bill["components"][0]),
    ):
        bill = copy.deepcopy(found.bill)
        spoil(bill)
        assert faults(bill), spoil


def test_it_names_what_is_no_python_package_too(found: Shipped) -> None:
    named = {one["name"]: one for one in found.bill["components"]}
    assert named["CPython"]["version"]
    assert named["EfficientNet-Lite0"]["type"] == "machine-learning-model"
    assert {"Inter", "Noto Sans SC", "OPC 40100-1 node set"} <= set(named)
    assert found.bill["metadata"]["component"]["version"] == __version__
    for part in found.bill["components"]:
        assert part["version"], part
        assert part["licenses"], part
        assert part["purl"].startswith("pkg:"), part


def test_hashes_are_those_of_the_files() -> None:
    resources = Path(__file__).resolve().parents[3] / "resources"
    hashed = [one for one in of_resources() if one.sha256]
    assert len(hashed) == 2
    for one in hashed:
        assert sha256_of(resources / one.places[0]) == one.sha256


def test_every_dependency_is_a_component_and_nothing_hangs_loose(found: Shipped) -> None:
    bill = found.bill
    refs = {part["bom-ref"] for part in bill["components"]}
    asked = {row["ref"]: row.get("dependsOn", []) for row in bill["dependencies"]}
    own = bill["metadata"]["component"]["bom-ref"]
    assert set(asked) == {own, *refs}
    assert {ref for needs in asked.values() for ref in needs} == refs


def test_the_same_works_give_the_same_bytes(
    found: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    one = written(bill_of(found.works, "linux"))
    assert written(bill_of(reversed(found.works), "linux")) == one
    assert json.loads(one)["metadata"]["timestamp"] == "2025-06-15T15:06:40Z"
    other = bill_of([*found.works, ODD], "linux")
    assert other["serialNumber"] != json.loads(one)["serialNumber"]
    assert faults(other) == ""


def test_it_can_be_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "licences" / ODD.key
    folder.mkdir(parents=True)
    (folder / "LICENSE").write_text("do as you like", "utf-8")
    work = Work(**{**{name: getattr(ODD, name) for name in ODD.__slots__}, "texts": (folder,)})
    read = works_of(json.loads(written(bill_of([work]))), tmp_path)
    assert [(one.name, one.version, one.licence, one.is_spdx) for one in read] == [
        (ODD.name, ODD.version, ODD.licence, False)
    ]
    assert licence_text(read[0]) == "do as you like"
    assert (read[0].note, read[0].places, read[0].sha256) == (ODD.note, ODD.places, ODD.sha256)
    assert [part["name"] for part in read[0].inside] == ["zlib"]


# ── an installed program ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a package brings, where the program looks for it."""
    folder = tmp_path / FOLDER
    one = of_interpreter()
    texts = folder / "licences" / one.key
    texts.mkdir(parents=True)
    (texts / "LICENSE.txt").write_text("of Python", "utf-8")
    (folder / FILE_NAME).write_text(written(bill_of([one], "linux")), "utf-8")
    monkeypatch.setattr(module, "resource", lambda name: tmp_path / name)
    return folder


def test_an_installed_program_reads_what_its_package_brought(installed: Path) -> None:
    found = shipped()
    assert found.file == installed / FILE_NAME
    assert [one.name for one in found.works] == ["CPython"]
    assert licence_text(found.works[0]) == "of Python"
    assert found.text() == (installed / FILE_NAME).read_text("utf-8")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"components": [{"name": "x"}]}'])
def test_a_damaged_bill_is_told(installed: Path, content: str) -> None:
    (installed / FILE_NAME).write_text(content, "utf-8")
    with pytest.raises(SettingsError) as error:
        shipped()
    assert error.value.code is ErrorCode.INSTALLATION_BROKEN


def test_a_licence_text_that_was_lost_is_no_end(installed: Path) -> None:
    found = shipped()
    found.works[0].texts[0].unlink()
    with pytest.raises(SettingsError) as error:
        licence_text(found.works[0])
    assert error.value.code is ErrorCode.INSTALLATION_BROKEN
    assert licence_text(shipped().works[0]) == ""


def test_the_products_own_licence() -> None:
    assert "Apache License" in own_licence()
