import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from station.errors import ErrorCode, ModelError
from station.inference import provider
from tests.models import build_bright_model

WITHOUT = """
import sys
{before}
from station.errors import ModelError
from station.inference.provider import runtime
try:
    runtime()
except ModelError as error:
    print(error.code, dict(error.fault.facts))
"""


def in_a_process(before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(before=before)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    return done.stdout.strip()


def test_exactly_one_runtime_is_installed_here() -> None:
    assert len(provider.installed_runtimes()) == 1


def installed(folder: Path, *names: str) -> str:
    """The line that puts a folder first in which those flavours brought one module."""
    found = find_spec("onnxruntime")
    assert found is not None
    (folder / "onnxruntime").symlink_to(Path(found.origin or "").parent)
    for name in names:
        info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    return f"sys.path.insert(0, {str(folder)!r})"


def test_two_flavours_are_refused(tmp_path: Path) -> None:
    said = in_a_process(installed(tmp_path, "onnxruntime", "onnxruntime-gpu"))
    assert said.startswith("runtime_ambiguous")
    assert "onnxruntime, onnxruntime-gpu" in said


def test_that_of_an_add_on_comes_first_and_alone(tmp_path: Path) -> None:
    have = provider.installed_runtimes()[0]
    other = "onnxruntime-gpu" if have != "onnxruntime-gpu" else "onnxruntime"
    before = installed(tmp_path, other)
    told = (
        "; from station.inference.provider import installed_runtimes; print(installed_runtimes())"
    )
    assert in_a_process(before + told) == f"('{other}',)"


def test_nothing_is_kept_to_be_reported_to_anybody(tmp_path: Path) -> None:
    """Its maker's runtime begins a device id and a queue of events in the home folder, else."""
    homes = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
    assert in_a_process(f"import os; os.environ.update({homes!r})") == ""
    assert list(tmp_path.iterdir()) == []


def test_relatives_that_bring_another_module_do_not_count(tmp_path: Path) -> None:
    info = tmp_path / "onnxruntime_extensions-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: onnxruntime-extensions\nVersion: 1.0\n"
    )
    assert in_a_process(f"sys.path.append({str(tmp_path)!r})") == ""


def test_no_runtime_is_told() -> None:
    assert in_a_process("sys.modules['onnxruntime'] = None") == "runtime_missing {}"


def test_an_empty_shell_is_no_runtime() -> None:
    shell = "import types; sys.modules['onnxruntime'] = types.ModuleType('onnxruntime')"
    assert in_a_process(shell) == "runtime_missing {}"


def test_an_unknown_wish_names_the_known_ones() -> None:
    with pytest.raises(ModelError) as caught:
        provider.check_wish("gpu")
    assert caught.value.code is ErrorCode.PROVIDER_UNKNOWN
    assert caught.value.fault.fact("known") == "auto, cuda, directml, openvino, cpu"


def test_threads_leave_a_core_free_and_are_never_none() -> None:
    import os

    assert 1 <= provider.default_threads() <= max(1, (os.cpu_count() or 1) - 1)


class Pretended:
    """The real runtime, except that it says and does what the test wants of one provider."""

    def __init__(self, real: Any, reported: str, fails: bool) -> None:
        self._real = real
        self._reported = reported
        self._fails = fails

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def get_available_providers(self) -> list[str]:
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def preload_dlls(self, directory: str) -> None:
        print("this must not reach stdout")

    def InferenceSession(self, model: bytes, options: Any, providers: Any, **kwargs: Any) -> Any:
        if self._fails:
            raise RuntimeError("no card")
        assert providers[0][0] == "CUDAExecutionProvider"
        session = self._real.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], **kwargs
        )
        reported = self._reported

        class Session:
            def get_providers(self) -> list[str]:
                return [reported, "CPUExecutionProvider"]

            def run(self, *args: Any) -> Any:
                return session.run(*args)

        return Session()


@pytest.mark.parametrize(
    ("reported", "fails", "passes", "actual"),
    [
        ("CUDAExecutionProvider", False, True, "cuda"),
        ("CUDAExecutionProvider", False, False, "cpu"),  # it runs, and says something else
        ("CPUExecutionProvider", False, True, "cpu"),  # the silent fall-back of the runtime
        ("CUDAExecutionProvider", True, True, "cpu"),
    ],
)
@pytest.mark.parametrize("wish", ["auto", "cuda"])
def test_a_card_counts_only_when_it_really_runs_and_agrees(
    wish: str,
    reported: str,
    fails: bool,
    passes: bool,
    actual: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    model = build_bright_model(tmp_path / "m.onnx").read_bytes()
    cpu = provider.new_session(model, "cpu", 1)
    pretended = Pretended(provider.runtime(), reported, fails)
    monkeypatch.setattr(provider, "runtime", lambda: pretended)
    started = provider.start(model, wish, 1, cpu, lambda session: passes)
    assert started.actual == actual
    assert started.fell_back == (actual == "cpu")
    assert (started.session is cpu) == (actual == "cpu")
    assert capsys.readouterr().out == ""
