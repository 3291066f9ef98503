"""Station: a desktop inspection station for the shop floor."""

import os

__version__ = "0.1.0"

# ONNX Runtime would report its use to its maker, from its first import on. A station tells nobody.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
