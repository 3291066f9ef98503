"""What the runtime says when a device goes or memory ends, as its users reported it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from station.errors import ErrorCode, ModelError
from station.inference import engine as engine_module
from station.inference import provider
from station.inference.engine import Engine
from station.inference.failures import failure
from tests.models import build_bright_model

HEAD = "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running "
CUDA = "Status Message: /onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:121 "
DML = (
    "[ONNXRuntimeError] : 1 : FAIL : D:\\a\\_work\\1\\s\\onnxruntime\\core\\providers\\dml\\"
    "DmlExecutionProvider\\src\\"
)

LOST = [
    DML + "ExecutionProvider.cpp(962)\\onnxruntime_pybind11_state.pyd!00007FFABA30B0B1: (caller: "
    "00007FFABA30B740) Exception(3) tid(5a68) 887A0005 The GPU device instance has been suspended."
    " Use GetDeviceRemovedReason to determine the appropriate action.\r\n",
    "DmlGraphFusionHelper.cpp(1078) ... 887A0006 The GPU will not respond to more commands, most "
    "likely because of an invalid command passed by the calling application.",
    DML + "ExecutionProvider.cpp(952) 887a0007 The GPU will not respond to more commands",
    DML + "DmlCommandRecorder.cpp(342) 80004005 Unspecified error",
    HEAD + "Conv node. " + CUDA + "CUDA failure 700: an illegal memory access was encountered ; "
    "GPU=0 ; hostname=x ; expr=cudaStreamSynchronize(stream);",
    CUDA + "CUDA failure 719: unspecified launch failure ; GPU=0 ;",
    CUDA + "CUDA failure 999: unknown error ; GPU=192915439 ; expr=cudaSetDevice(info_.device_id);",
    CUDA + "CUDA failure 100: no CUDA-capable device is detected ; GPU=0 ;",
    HEAD + "Gemm node. CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED ; GPU=0 ;",
    HEAD + "Conv node. CUDNN failure 5000: CUDNN_STATUS_EXECUTION_FAILED ; GPU=0 ;",
    "[ONNXRuntimeError] : 1 : FAIL : CUDA error executing cudaMemcpy(dst_data, src_data, bytes, "
    "cudaMemcpyDeviceToHost)",
]
FULL = [
    HEAD + "ReduceSum node. onnxruntime::BFCArena::AllocateRawInternal Failed to allocate memory "
    "for requested buffer of size 939524096",
    HEAD + "Mul node. BFCArena::AllocateRawInternal: Available memory of 536870912 is smaller than"
    " requested bytes of 1073741824",
    CUDA + "CUDA failure 2: out of memory ; GPU=0 ; hostname=x ; line=175 ; "
    "expr=cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);",
    HEAD + "Gemm node. Name:'fc1' " + CUDA + "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0",
    HEAD + "MemcpyToHost node. " + DML + "MLOperatorAuthorImpl.cpp(1978): (caller: 0) Exception(3)"
    " tid(4304) 8007000E Not enough memory resources are available to complete this operation.",
    HEAD + "Conv node. Status Message: std::bad_alloc",
    "Status Message: bad allocation",
]
OTHER = [
    HEAD + "Gather node. Name:'' Status Message: indices element out of data bounds, idx=250",
    "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions for input: image",
    "[ONNXRuntimeError] : 9 : NOT_IMPLEMENTED : Could not find an implementation for Conv(11)",
]


@pytest.mark.parametrize("text", LOST)
def test_a_lost_device(text: str) -> None:
    error = failure(RuntimeError(text), "cuda")
    assert error.code is ErrorCode.DEVICE_LOST
    assert error.fault.fact("provider") == "cuda"
    assert error.fault.fact("reason") == text.splitlines()[0]


@pytest.mark.parametrize("text", FULL)
def test_no_memory(text: str) -> None:
    assert failure(RuntimeError(text), "cuda").code is ErrorCode.OUT_OF_MEMORY


@pytest.mark.parametrize("text", OTHER)
def test_a_model_that_fails_for_itself(text: str) -> None:
    assert failure(RuntimeError(text), "cuda").code is ErrorCode.MODEL_FAILED


def test_pythons_own_error_has_often_no_text() -> None:
    error = failure(MemoryError(), "cpu")
    assert error.code is ErrorCode.OUT_OF_MEMORY
    assert error.fault.fact("reason") == "MemoryError"


def test_only_the_first_line_is_told_and_all_are_read() -> None:
    error = failure(RuntimeError("Fail\nStacktrace:\n 887A0005 gone"), "directml")
    assert error.code is ErrorCode.DEVICE_LOST
    assert error.fault.fact("reason") == "Fail"


class Failing:
    """The real session, until its device goes."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.text = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def run(self, *args: Any) -> Any:
        if self.text:
            raise RuntimeError(self.text)
        return self._session.run(*args)


@pytest.mark.parametrize(
    ("text", "code"),
    [(LOST[0], ErrorCode.DEVICE_LOST), (FULL[0], ErrorCode.OUT_OF_MEMORY)],
)
def test_the_engine_tells_what_happened_while_it_ran(
    text: str, code: ErrorCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Failing] = []
    real = provider.new_session

    def new_session(model: bytes, name: str, threads: int) -> Failing:
        made.append(Failing(real(model, name, threads)))
        return made[-1]

    monkeypatch.setattr(provider, "new_session", new_session)
    with Engine(build_bright_model(tmp_path / "m.onnx"), "cpu") as engine:
        engine.look(np.full((64, 64), 180, np.uint8))
        made[-1].text = text
        with pytest.raises(ModelError) as caught:
            engine.look(np.full((64, 64), 180, np.uint8))
    assert caught.value.code is code


def test_a_frame_too_large_to_be_made_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object) -> None:
        raise MemoryError

    with Engine(build_bright_model(tmp_path / "m.onnx"), "cpu") as engine:
        monkeypatch.setattr(engine_module, "prepare", none_left)
        with pytest.raises(ModelError) as caught:
            engine.look(np.full((64, 64), 180, np.uint8))
    assert caught.value.code is ErrorCode.OUT_OF_MEMORY
