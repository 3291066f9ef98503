"""Cuts the shipped fonts out of their packages: `python tools/make_fonts.py`.

Needs npm and the dev tools (fonttools). Run it again when a text uses a Chinese character that
the shipped subset lacks; the test of the fonts names such characters.
"""

import argparse
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
INTER = "@expo-google-fonts/inter@0.4.2"
NOTO = "@expo-google-fonts/noto-sans-sc@0.4.3"
INTER_FACES = {
    "Inter-Regular.ttf": "400Regular/Inter_400Regular.ttf",
    "Inter-Medium.ttf": "500Medium/Inter_500Medium.ttf",
    "Inter-SemiBold.ttf": "600SemiBold/Inter_600SemiBold.ttf",
    "Inter-Bold.ttf": "700Bold/Inter_700Bold.ttf",
}
NOTO_FACES = {
    "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
}
LATIN = "U+0020-007E,U+00A0-017F,U+0218-021B,U+02C6-02DD,U+0300-0304,U+0391-03C9,U+1E9E"
CYRILLIC = "U+0400-045F"
SIGNS = "U+2000-206F,U+2070-208E,U+20AC,U+2116,U+2122,U+2190-21FF,U+2200-22FF,U+2300-23FF"
SHAPES = "U+2500-25FF,U+2713-2717"
CJK_SIGNS = "U+3000-303F,U+FE30-FE4F,U+FF00-FFEF,U+2014,U+2018-201D,U+2026,U+00B7"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "fonts")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        inter = fetch(INTER, Path(work))
        noto = fetch(NOTO, Path(work))
        shutil.copy(inter / "LICENSE_FONT", out / "LICENSE-Inter.txt")
        shutil.copy(noto / "LICENSE_FONT", out / "LICENSE-NotoSansSC.txt")
        latin = subset.parse_unicodes(",".join((LATIN, CYRILLIC, SIGNS, SHAPES)).replace("U+", ""))
        for name, face in INTER_FACES.items():
            cut(inter / face, out / name, latin, ["kern", "liga", "calt", "mark", "tnum", "case"])
        chinese = chinese_characters()
        for name, face in NOTO_FACES.items():
            cut(noto / face, out / name, chinese, [])
    for path in sorted(out.glob("*.ttf")):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


def fetch(package: str, work: Path) -> Path:
    """The unpacked folder of a pinned npm package."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the fonts")
    done = subprocess.run(  # noqa: S603 - a fixed command with a pinned package
        [npm, "pack", "--silent", package], cwd=work, check=True, capture_output=True, text=True
    )
    archive = work / done.stdout.strip().splitlines()[-1]
    with tarfile.open(archive) as tar:
        tar.extractall(work / archive.stem, filter="data")
    return work / archive.stem / "package"


def chinese_characters() -> list[int]:
    """GB 2312 (钣 and 铣 stand in its second level), its signs, and what the texts use."""
    rows = [bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    text = b"".join(rows).decode("gb2312", errors="ignore")
    for file in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        text += file.read_text(encoding="utf-8")
    signs = subset.parse_unicodes(CJK_SIGNS.replace("U+", ""))
    return sorted({ord(char) for char in text if ord(char) > 0x2E00} | set(signs))


def cut(source: Path, target: Path, unicodes: list[int], features: list[str]) -> None:
    """Write the subset; the same input gives the same bytes."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main()
