"""What an exception of the runtime means: a lost device, no memory, or a model that fails.

The runtime has one class for all of them, so their texts must tell. The texts are those of ONNX
Runtime 1.9 … 1.31 with DirectML and CUDA, as its users reported them.
"""

import re

from station.errors import ErrorCode, ModelError

NO_MEMORY = re.compile(
    r"out of memory"  # CUDA failure 2
    r"|failed to allocate"  # BFCArena, buffers
    r"|smaller than requested bytes"  # BFCArena at its limit
    r"|bad.?alloc"  # std::bad_alloc, bad allocation
    r"|_ALLOC_FAILED"  # CUBLAS_STATUS_…, CUDNN_STATUS_…
    r"|8007000E|not enough memory",  # E_OUTOFMEMORY
    re.IGNORECASE,
)
NO_DEVICE = re.compile(
    r"887A00(05|06|07|20|2B)"  # DXGI: removed, hung, reset, driver error, access lost
    r"|GetDeviceRemovedReason|DXGI_ERROR_DEVICE|device (was |is )?(removed|lost)"
    r"|DmlCommandRecorder"  # whatever the recorder meets, its device cannot go on
    r"|(CUDA|CUDNN|CUBLAS|CUFFT) (failure|error)"  # all but memory leave the context unusable
    r"|illegal memory access|unspecified launch failure|no CUDA-capable device",
    re.IGNORECASE,
)


def failure(error: Exception, provider: str) -> ModelError:
    """OUT_OF_MEMORY, DEVICE_LOST or MODEL_FAILED, with the first line of what was said.

    The first two need a new process: a device that was lost is gone for this one, and after one
    allocation that failed every following part fails too.
    """
    text = str(error)
    reason = next(iter(text.splitlines()), "") or type(error).__name__
    if isinstance(error, MemoryError) or NO_MEMORY.search(text):
        return ModelError(ErrorCode.OUT_OF_MEMORY, reason=reason)
    if NO_DEVICE.search(text):
        return ModelError(ErrorCode.DEVICE_LOST, provider=provider, reason=reason)
    return ModelError(ErrorCode.MODEL_FAILED, reason=reason)
