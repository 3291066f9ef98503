#!/usr/bin/env bash
# Makes real exported files of other programs, and what those programs say of ten images, for
# tests/peers/test_foreign_models.py. Needs 4 GB of disk, the package index and some ten minutes;
# nothing of it is ever part of the product.
#
#   tools/foreign_models.sh [OUT] [ENVIRONMENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
out="${1:-bench-out/foreign}"
envs="${2:-/tmp/station-foreign}"
python="${PYTHON:-python3.11}"

install() { # NAME, then what pip is told; once
    [ -e "$envs/$1/.done" ] && return
    "$python" -m venv "$envs/$1"
    "$envs/$1/bin/pip" install --quiet "${@:2}"
    touch "$envs/$1/.done"
}

# torch without CUDA: a wheel with a local version, from torch's own index or a local folder.
torch="torch==2.13.0+cpu torchvision==0.28.0"
index="--extra-index-url https://download.pytorch.org/whl/cpu"
# shellcheck disable=SC2086
[ -e "$envs/torch/.done" ] || {
    "$python" -m venv "$envs/torch"
    "$envs/torch/bin/pip" install --quiet $torch $index
    "$envs/torch/bin/pip" install --quiet --no-deps timm==1.0.31 ultralytics==8.4.190 \
        ultralytics-thop==2.2.3 ultralytics-platform==0.1.99
    "$envs/torch/bin/pip" install --quiet $torch $index anomalib==2.7.0 transformers==5.23.0 \
        onnx==1.23.2 onnxruntime==1.31.1 onnxslim==0.1.98 onnxscript skl2onnx==1.20.0 \
        scikit-learn==1.9.1 opencv-python-headless polars psutil
    touch "$envs/torch/.done"
}
install keras tensorflow-cpu==2.21.0 tf2onnx==1.17.0 onnx==1.23.2 onnxruntime==1.31.1 \
    opencv-python-headless

export OMP_NUM_THREADS="${OMP_NUM_THREADS:-2}"
for case in yolo_classify yolo_detect yolo_segment yolo_end2end timm torchvision hugging_face \
    sklearn_forest sklearn_logistic anomalib_padim anomalib_patchcore; do
    "$envs/torch/bin/python" tools/foreign_models.py "$case" --out "$out"
done
for case in keras keras_rescaling keras_sigmoid teachable_machine; do
    "$envs/keras/bin/python" tools/foreign_models.py "$case" --out "$out"
done
