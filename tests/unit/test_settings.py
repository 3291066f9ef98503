"""The station's settings: defaults, a round trip, and a name for what is wrong."""

import os
import tomllib
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from station import settings as module
from station.errors import ErrorCode, SettingsError
from station.settings import (
    FILE_NAME,
    SCHEMA_VERSION,
    CameraSettings,
    KeepSettings,
    MachineSettings,
    Settings,
    load_settings,
    load_settings_told,
    save_settings,
)

OTHER = Settings(
    language="zh_CN",
    theme="light",
    operator="Wang 王",
    lot="L-7",
    recipe="flange",
    provider="cpu",
    shifts=(time(5, 30), time(17, 30)),
    camera=CameraSettings(
        kind="folder", source="图片/ü", options={"loop": True, "seed": 3, "rate": 1.5, "a": "b"}
    ),
    machine=MachineSettings(kind="timer", period=0.5),
    keep=KeepSettings(gigabytes=500, days=365),
)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / FILE_NAME).write_bytes(text.encode(encoding))
    return folder


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == load_settings(tmp_path / "none") == Settings()
    assert list(tmp_path.iterdir()) == [], "looking on makes nothing"


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_settings(tmp_path / "new" / "folder", OTHER)
    assert load_settings(tmp_path / "new" / "folder") == OTHER
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == [FILE_NAME]


def test_only_what_differs_from_the_defaults_is_written(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(theme="light"))
    values = tomllib.loads((tmp_path / FILE_NAME).read_text("utf-8"))
    assert values == {"schema_version": SCHEMA_VERSION, "theme": "light"}


def test_three_generations_stay(tmp_path: Path) -> None:
    for lot in ("1", "2", "3", "4", "5", "5"):  # the same again is no new generation
        save_settings(tmp_path, Settings(lot=lot))
    found = {path.name: load_settings_from(path).lot for path in sorted(tmp_path.iterdir())}
    assert found == {
        FILE_NAME: "5",
        f"{FILE_NAME}.1": "4",
        f"{FILE_NAME}.2": "3",
        f"{FILE_NAME}.3": "2",
    }


def load_settings_from(path: Path) -> Settings:
    return Settings.model_validate(
        {k: v for k, v in tomllib.loads(path.read_text("utf-8")).items() if k != "schema_version"}
    )


def test_at_no_moment_are_there_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lot in ("1", "2", "3"):
        save_settings(tmp_path, Settings(lot=lot))
    seen: list[str] = []
    real = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append(load_settings_from(tmp_path / FILE_NAME).lot)
        done = real(self, target)
        seen.append(load_settings_from(tmp_path / FILE_NAME).lot)
        return done

    monkeypatch.setattr(Path, "replace", watched)
    save_settings(tmp_path, Settings(lot="4"))
    assert len(seen) >= 6
    assert set(seen[:-1]) == {"3"}
    assert seen[-1] == "4"


def randomised(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_a_line(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def cut_between_lines(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]), "utf-8")


def mistyped(path: Path) -> None:
    path.write_text("lot = '3'\ntheme = 'pink'\n", "utf-8")


def deleted(path: Path) -> None:
    path.unlink()


HARMS = [randomised, zeroed, emptied, cut_in_a_line, cut_between_lines, mistyped, deleted]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_gives_way_to_the_last_good_one(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    for lot in ("1", "2", "3"):
        save_settings(tmp_path, Settings(lot=lot, theme="light", operator="Wang 王"))
    path = tmp_path / FILE_NAME
    harm(path)
    damaged = path.read_bytes() if path.exists() else None
    assert load_settings(tmp_path).lot == "2"
    assert not path.exists() or path.read_bytes() == damaged, "merely reading repairs nothing"

    settings, fault = load_settings_told(tmp_path)
    assert (settings.lot, settings.theme, settings.operator) == ("2", "light", "Wang 王")
    assert fault is not None
    assert fault.code is ErrorCode.SETTINGS_RESTORED
    assert fault.fact("path") == str(path)
    assert fault.fact("field") == ("theme" if harm is mistyped else "")
    assert fault.fact("reason")
    aside = [one.read_bytes() for one in tmp_path.glob(f"{FILE_NAME}.broken-*")]
    assert aside == ([] if damaged is None else [damaged])

    assert load_settings_told(tmp_path) == (settings, None), "once is enough"
    save_settings(tmp_path, Settings(lot="4"))
    assert load_settings(tmp_path).lot == "4"


def test_a_damaged_generation_is_passed_over(tmp_path: Path) -> None:
    for lot in ("1", "2", "3"):
        save_settings(tmp_path, Settings(lot=lot))
    emptied(tmp_path / FILE_NAME)
    newest = tmp_path / f"{FILE_NAME}.1"
    newest.write_text(newest.read_text("utf-8").replace("'2'", "'8'").replace('"2"', '"8"'))
    assert load_settings(tmp_path).lot == "1"
    for path in tmp_path.glob(f"{FILE_NAME}.?"):
        randomised(path)
    with pytest.raises(SettingsError) as told:
        load_settings_told(tmp_path)
    assert told.value.code is ErrorCode.SETTINGS_BROKEN


def test_what_a_person_edits_holds(tmp_path: Path) -> None:
    for lot in ("1", "2"):
        save_settings(tmp_path, Settings(lot=lot))
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text("utf-8").replace('"2"', '"7"'), "utf-8")
    settings, fault = load_settings_told(tmp_path)
    assert (settings.lot, fault) == ("7", None)
    path.write_text("lot = '9'", "utf-8")
    settings, fault = load_settings_told(tmp_path)
    assert (settings.lot, fault) == ("9", None)
    save_settings(tmp_path, Settings(lot="10"))
    path.unlink()
    assert load_settings(tmp_path).lot == "9", "an edited file becomes a generation too"


def test_saving_over_a_damaged_file_keeps_it_and_the_generations(tmp_path: Path) -> None:
    for lot in ("1", "2", "3"):
        save_settings(tmp_path, Settings(lot=lot))
    path = tmp_path / FILE_NAME
    path.write_bytes(b"\xff\xfe nonsense")
    save_settings(tmp_path, Settings(lot="4"))
    assert [one.read_bytes() for one in tmp_path.glob("*.broken-*")] == [b"\xff\xfe nonsense"]
    path.unlink()
    assert load_settings(tmp_path).lot == "2"


def test_every_cut_is_noticed_or_loses_nothing(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(lot="old"))
    save_settings(tmp_path, OTHER)
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert load_settings(tmp_path) in (Settings(lot="old"), OTHER), size


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError) as told:
        save_settings(tmp_path / "file" / "data", OTHER)
    assert told.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    with pytest.raises(SettingsError) as told:
        load_settings(tmp_path / "file" / "data")
    assert told.value.code is ErrorCode.DATA_FOLDER_NOT_WRITABLE
    assert told.value.fault.fact("path") == str(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("language = 'fr'", "language"),
        ("theme = 'pink'", "theme"),
        ("colour = 'red'", "colour"),
        ("operator = 7", "operator"),
        ("shifts = []", "shifts"),
        ("shifts = [6, 14]", "shifts"),
        ("shifts = ['late']", "shifts.0"),
        ("camera = 'folder'", "camera"),
        ("[camera]\nsauce = 'x'", "camera.sauce"),
        ("[machine]\nperiod = 0", "machine.period"),
        ("[machine]\nperiod = nan", "machine.period"),
        ("[machine]\nperiod = 1e9", "machine.period"),
        ("schema_version = 'one'", "schema_version"),
        ("schema_version = true", "schema_version"),
        ("schema_version = 0", "schema_version"),
        ("schema_version = -1", "schema_version"),
        ("[keep]\ngigabytes = 0", "keep.gigabytes"),
        ("[keep]\ngigabytes = inf", "keep.gigabytes"),
        ("[keep]\ndays = 0", "keep.days"),
        ("language = ", ""),
        ("", ""),
    ],
)
def test_a_wrong_value_is_named_by_its_field(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(write(tmp_path, text))
    fault = told.value.fault
    assert fault.code is ErrorCode.SETTINGS_BROKEN
    assert fault.fact("path") == str(tmp_path / FILE_NAME)
    assert fault.fact("field") == field
    assert fault.fact("reason")


def test_what_is_no_text_is_broken(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(write(tmp_path, "operator = 'Jörg'", "latin-1"))
    assert told.value.code is ErrorCode.SETTINGS_BROKEN


def test_the_mark_that_windows_editors_write_is_no_part_of_it(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "lot = '7'", "utf-8-sig")).lot == "7"


def test_a_newer_file_is_not_touched(tmp_path: Path) -> None:
    text = f"schema_version = {SCHEMA_VERSION + 1}\nflavour = 'sweet'"
    with pytest.raises(SettingsError) as told:
        load_settings(write(tmp_path, text))
    assert told.value.code is ErrorCode.SETTINGS_NEWER
    assert told.value.fault.fact("form") == str(SCHEMA_VERSION + 1)
    assert (tmp_path / FILE_NAME).read_text("utf-8") == text


@pytest.fixture
def of_a_newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that hold since a newer program wrote them, over those of this one."""
    save_settings(tmp_path, Settings(lot="L-1"))
    monkeypatch.setattr(module, "__version__", "7.8.9")
    save_settings(tmp_path, Settings(lot="L-2"))
    text = (tmp_path / FILE_NAME).read_text("utf-8").replace("lot =", "flavour = 'sweet'\nlot =")
    body = text.partition("\n")[2]
    write(tmp_path, f"{module._SUM}{module._digest(body)}\n{body}")
    monkeypatch.undo()
    return tmp_path


def test_what_a_newer_program_wrote_is_told_by_its_version_and_not_taken_for_damage(
    of_a_newer_program: Path,
) -> None:
    before = {path.name: path.read_bytes() for path in of_a_newer_program.iterdir()}
    for load in (load_settings, load_settings_told):
        with pytest.raises(SettingsError) as told:
            load(of_a_newer_program)
        fault = told.value.fault
        assert fault.code is ErrorCode.SETTINGS_NEWER
        assert (fault.fact("version"), fault.fact("form")) == ("7.8.9", str(SCHEMA_VERSION))
    assert {path.name: path.read_bytes() for path in of_a_newer_program.iterdir()} == before


def test_with_a_newer_file_put_aside_the_last_known_settings_hold(of_a_newer_program: Path) -> None:
    (of_a_newer_program / FILE_NAME).rename(of_a_newer_program / "settings.newer")
    settings, told = load_settings_told(of_a_newer_program)
    assert settings.lot == "L-1"
    assert told is not None
    assert told.code is ErrorCode.SETTINGS_RESTORED


def test_what_a_person_wrote_wrongly_is_no_newer_program(of_a_newer_program: Path) -> None:
    path = of_a_newer_program / FILE_NAME
    path.write_text(path.read_text("utf-8").replace("sweet", "sour"), "utf-8")
    assert load_settings(of_a_newer_program).lot == "L-1"


def test_an_older_file_is_brought_forward_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {
        1: lambda values: {**values, "lot": values["batch"]},
        2: lambda values: {key: value for key, value in values.items() if key != "batch"},
    }
    monkeypatch.setattr(module, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(module, "MIGRATIONS", steps)
    assert load_settings(write(tmp_path, "schema_version = 1\nbatch = '7'")).lot == "7"


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="frozen"):
        OTHER.theme = "dark"
