"""All methods on real data: the table of the manual, and what few images are enough for.

    python tools/methods.py                     whatever is not measured yet, then the tables
    python tools/methods.py --only linear cnn   of these methods alone
    python tools/methods.py --few 5 20          also teach from so few images a class, ten times
    python tools/methods.py --anew              forget what was measured before

Every figure is of parts that the judging model has not seen. Measured once, a row is kept in
bench-out/methods.json, so that an interrupted run goes on where it was.
"""

import argparse
import csv
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from threadpoolctl import threadpool_limits

from station.cameras.image_file import read_image
from station.errors import StationError
from station.inference.model import INPUT, SCORES
from station.inference.prepare import prepare
from station.inference.provider import CPU, new_session
from station.training.backbone import Input
from station.training.cache import PLACE
from station.training.dataset import Dataset, read_dataset
from station.training.embed import THREADS
from station.training.evaluate import auroc
from station.training.expected import expected_of, scores_of
from station.training.folds import fold_numbers
from station.training.job import no_progress
from station.training.methods.base import Fitted, Wishes
from station.training.registry import METHODS, method
from station.training.sizes import part_ms

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "bench-out" / "methods.json"
MANUAL = ROOT / "resources" / "manual"
STEEL, TILES = "NEU", "magnetic tile"
SEEDS = 10
Row = dict[str, Any]


def main() -> int:
    wished = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    wished.add_argument("--only", nargs="+", choices=[*METHODS], default=[*METHODS])
    wished.add_argument("--few", nargs="*", type=int, default=[])
    wished.add_argument("--anew", action="store_true")
    told = wished.parse_args()
    rows = {} if told.anew or not KEPT.exists() else json.loads(KEPT.read_text("utf-8"))
    data = Path(os.environ.get("STATION_DATA", ROOT.parent / "shared" / "data"))
    for name, folder in ((STEEL, data / "neu_cls"), (TILES, data / "magnetic_tile")):
        if not folder.is_dir():
            print(f"{name}: no data at {folder}; set STATION_DATA to its folder")
            continue
        for each in told.only:
            measure(rows, f"{each} · {name}", lambda e=each, n=name, f=folder: row(e, n, f))
    if told.few and (data / "neu_cls").is_dir():
        for count in told.few:
            few(rows, data / "neu_cls" / "train", count)
    write_tables(rows)
    return 0


def measure(rows: dict[str, Row], key: str, ask: Any) -> None:
    """Ask once, and keep what was said; what failed is asked again the next time."""
    if key in rows:
        print(f"{key}: kept")
        return
    try:
        rows[key] = ask()
    except StationError as error:
        print(f"{key}: {error}")
        return
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    print(f"{key}: {json.dumps(rows[key], ensure_ascii=False)}", flush=True)


def row(name: str, data: str, folder: Path) -> Row:
    with no_cache(), threadpool_limits(THREADS):
        return on_steel(name, folder) if data == STEEL else on_tiles(name, folder)


def on_steel(name: str, folder: Path) -> Row:
    """Five folds over all images, six classes; near-duplicates stand in one fold."""
    if METHODS[name].from_good_only:
        return {"none": "no good class"}
    dataset = read_dataset(folder / "train")
    fitted, folds, figures = taught(name, dataset)
    seen = expected_of(fitted, dataset, folds)
    return figures | {"accuracy": seen.cv_accuracy, "std": seen.cv_std}


def on_tiles(name: str, folder: Path) -> Row:
    """The score, good against bad, over val/good and dev; a tile's exposures are never parted.

    What needs only good parts learns from train/good. All others learn from bad parts too, and
    are asked of each part by a model of the other folds.
    """
    with tempfile.TemporaryDirectory() as place:
        groups = class_folders(folder, Path(place))
        dataset = read_dataset(Path(place), ["good"], groups)
        asked = np.array([not s.path.name.startswith("train-") for s in dataset.samples])
        truth = np.array([s.label == "good" for s in dataset.samples])
        if METHODS[name].from_good_only:
            chosen = tuple(s for s, a in zip(dataset.samples, asked, strict=True) if not a)
            fitted, _, figures = taught(name, replace(dataset, samples=chosen, classes=("good",)))
            paths = [s.path for s, a in zip(dataset.samples, asked, strict=True) if a]
            scores = scores_of(probabilities(fitted, paths), fitted.card)
        else:
            fitted, _, figures = taught(name, dataset)
            scores = scores_of(fitted.crossed, fitted.card)[asked]
    good = truth[asked]
    return figures | {"auroc": auroc(scores[good].tolist(), scores[~good].tolist())}


def class_folders(folder: Path, place: Path) -> Mapping[str, str]:
    """Copy the tiles to one folder a class; the session of each, by its new path."""
    groups = {}
    with (folder / "index.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            split, label, name = line["file"].split("/")[-3:]
            source = folder / line["file"]
            if split in ("train", "val", "dev") and source.is_file():
                (place / label).mkdir(exist_ok=True)
                shutil.copyfile(source, place / label / f"{split}-{name}")
                groups[f"{label}/{split}-{name}"] = line["tile_session"]
    return groups


def taught(name: str, dataset: Dataset, seed: int = 0) -> tuple[Fitted, Any, Row]:
    """The lesson, its folds, and what it cost."""
    folds = fold_numbers(np.array(dataset.labels, np.intp), seed, dataset.groups)
    fit, began = method(name).load(), time.monotonic()
    fitted = fit(dataset, folds, Wishes(seed), name, no_progress)
    seconds, card = time.monotonic() - began, fitted.card
    form = Input(card.height, card.width, card.channels)
    peak = psutil.Process().memory_info()
    figures = {
        "kind": fitted.kind,
        "size": card.height,
        "ms": part_ms(fitted.model, form),
        "seconds": seconds,
        "megabytes": len(fitted.model) / 1e6,
        "memory_mb": getattr(peak, "peak_wset", peak.rss) / 1e6,
    }
    return fitted, folds, figures


def probabilities(fitted: Fitted, paths: list[Path]) -> Any:
    """What the model file itself says of pictures, one by one as on the line."""
    session = new_session(fitted.model, CPU, THREADS)
    images = (prepare(read_image(path), None, fitted.card) for path in paths)
    return np.concatenate([session.run([SCORES], {INPUT: image})[0] for image in images])


def few(rows: dict[str, Row], folder: Path, count: int) -> None:
    """Teach from so many images of each class, ten times; all others are the test."""
    dataset = read_dataset(folder)
    labels = np.array(dataset.labels)
    for seed in range(SEEDS):
        measure(rows, f"few {count} · {seed}", lambda s=seed: few_row(dataset, labels, count, s))
    found = [rows[key]["accuracy"] for key in rows if key.startswith(f"few {count} ·")]
    print(
        f"{count} images a class: {np.mean(found):.4f} ± {np.std(found):.4f} ({len(found)} times)"
    )


def few_row(dataset: Dataset, labels: Any, count: int, seed: int) -> Row:
    rng = np.random.default_rng(seed)
    classes = range(len(dataset.classes))
    drawn = [rng.choice(np.flatnonzero(labels == k), count, replace=False) for k in classes]
    chosen = np.sort(np.concatenate(drawn))
    rest = np.setdiff1d(np.arange(len(labels)), chosen)
    part = replace(dataset, samples=tuple(dataset.samples[i] for i in chosen))
    with threadpool_limits(THREADS):
        fitted, _, figures = taught("linear", part, seed)
        said = probabilities(fitted, [dataset.samples[i].path for i in rest])
    return figures | {"accuracy": float((said.argmax(axis=1) == labels[rest]).mean())}


@contextmanager
def no_cache() -> Iterator[None]:
    """Nothing is known beforehand, so that the seconds are those of a first lesson."""
    before = os.environ.get(PLACE)
    with tempfile.TemporaryDirectory() as place:
        os.environ[PLACE] = place
        try:
            yield
        finally:
            if before is None:
                del os.environ[PLACE]
            else:
                os.environ[PLACE] = before


def write_tables(rows: dict[str, Row]) -> None:
    few_counts = sorted({int(key.split()[1]) for key in rows if key.startswith("few ")})
    for language, words in WORDS.items():
        lines = [words["title"], "", words["intro"], "", words["head"], "|---" * 7 + "|"]
        lines += [line(rows, name, data, words) for name in METHODS for data in (STEEL, TILES)]
        lines += ["", words["notes"]]
        for count in few_counts:
            found = [rows[key]["accuracy"] for key in rows if key.startswith(f"few {count} ·")]
            mean, std = 100 * np.mean(found), 100 * np.std(found)
            lines += ["", words["few"].format(count=count, times=len(found), mean=mean, std=std)]
        (MANUAL / f"methods.{language}.md").write_text("\n".join(lines) + "\n", "utf-8")


def line(rows: dict[str, Row], name: str, data: str, words: Mapping[str, str]) -> str:
    found = rows.get(f"{name} · {data}")
    where = words[data]
    if found is None:
        return f"| {name} | {where} | {words['open']} | | | | |"
    if "none" in found:
        return f"| {name} | {where} | {words['none']} | | | | |"
    if "accuracy" in found:
        result = f"{100 * found['accuracy']:.2f} ± {100 * found['std']:.2f} %"
    else:
        result = f"AUROC {found['auroc']:.3f}"
    return (
        f"| {name} | {where} | {result} | {found['ms']:.1f} | {found['seconds']:.0f} "
        f"| {found['megabytes']:.1f} | {found['size']} |"
    )


WORDS = {
    "en": {
        "title": "# The methods, measured",
        "intro": "Every figure is of parts that the judging model had not seen. "
        "Made anew by `make methods`.",
        "head": "| method | data | result | ms a part | seconds to teach | MB | input |",
        "notes": "Steel (NEU): six classes of defects, accuracy by five-fold cross-validation. "
        "Magnetic tile: good against bad over the same kept-back parts; exposures of one tile are "
        "never parted. memory_bank and autoencoder learn from good parts alone, the others from "
        "bad ones too. Time of a part: model alone, on one processor core less than the PC has.",
        "few": "linear from {count} images of each class (steel), {times} times: "
        "{mean:.1f} ± {std:.1f} % of all other images right.",
        "open": "not measured",
        "none": "needs a good class",
        STEEL: "steel (NEU)",
        TILES: "magnetic tile",
    },
    "de": {
        "title": "# Die Verfahren, gemessen",
        "intro": "Jede Zahl gilt für Teile, die das urteilende Modell nicht gesehen hatte. "
        "Neu erzeugt mit `make methods`.",
        "head": "| Verfahren | Daten | Ergebnis | ms je Teil | Sekunden Lernzeit | MB | Eingang |",
        "notes": "Stahl (NEU): sechs Fehlerklassen, Genauigkeit in fünffacher Kreuzprüfung. "
        "Magnetkachel: gut gegen schlecht auf denselben zurückgehaltenen Teilen; Aufnahmen einer "
        "Kachel bleiben zusammen. memory_bank und autoencoder lernen nur von guten Teilen, die "
        "anderen auch von schlechten. Zeit je Teil: nur das Modell, auf einem Prozessorkern "
        "weniger, als der PC hat.",
        "few": "linear mit {count} Bildern je Klasse (Stahl), {times} Mal: "
        "{mean:.1f} ± {std:.1f} % aller übrigen Bilder richtig.",
        "open": "nicht gemessen",
        "none": "braucht eine gute Klasse",
        STEEL: "Stahl (NEU)",
        TILES: "Magnetkachel",
    },
    "zh_CN": {
        "title": "# 各种方法的实测结果",
        "intro": "所有数字都来自模型未见过的工件。用 `make methods` 重新生成。",
        "head": "| 方法 | 数据 | 结果 | 每件毫秒 | 训练秒数 | MB | 输入 |",
        "notes": "钢板（NEU）：六类缺陷，五折交叉验证的准确率。"
        "磁瓦：在同一批保留工件上区分合格与不合格；同一磁瓦的各次曝光不拆开。"
        "memory_bank 和 autoencoder 只从合格件学习，其他方法也用不合格件。"
        "每件时间：仅模型，使用比电脑核心数少一个的核心。",
        "few": "linear 每类 {count} 张图（钢板），{times} 次："
        "其余图片 {mean:.1f} ± {std:.1f} % 正确。",
        "open": "未测量",
        "none": "需要合格类别",
        STEEL: "钢板（NEU）",
        TILES: "磁瓦",
    },
}


if __name__ == "__main__":
    sys.exit(main())
