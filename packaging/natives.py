"""Libraries of others inside wheels, or beside the interpreter, that are no Python packages.

Their versions are read out of the files, or out of what auditwheel wrote down when it copied them.
A library in a folder `*.libs` that no row here names is told: nobody knows whose it is.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from station.notices.resources import sha256_of  # noqa: E402
from station.notices.work import Work  # noqa: E402

TEXTS = HERE / "licences"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
GCC_TEXTS = ("GCC-exception-3.1.txt", "GPL-3.0.txt")
QT_TEXTS = ("qt.txt", "qt-inside.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
MICROSOFT = "LicenseRef-Microsoft-Distributable-Code"
FFMPEG = "https://ffmpeg.org"


@dataclass(frozen=True, slots=True)
class Row:
    """files: which, by their names.

    version: how it stands in them; else it is in their names, or where Windows keeps it.
    rpm: how the package is called that auditwheel copied it from, in some wheels.
    """

    name: str
    files: str
    licence: str
    texts: tuple[str, ...]
    home: str
    version: str = ""
    rpm: str = ""


ROWS = (
    Row(
        *("Qt", r"(lib)?Qt6\w+\.(so|dll)", "LGPL-3.0-only", QT_TEXTS, "https://code.qt.io"),
        version=r"Qt (6\.\d+\.\d+) \(",
    ),
    Row(
        *("ICU", r"libicu\w+\.so", "Unicode-DFS-2016", ("Unicode-DFS-2016.txt",)),
        "https://icu.unicode.org",
    ),
    *(
        Row(f"FFmpeg {one}", rf"{one}[-.]", "LGPL-2.1-or-later", ("qt.txt", "LGPL-2.1.txt"), FFMPEG)
        for one in ("libavcodec", "libavformat", "libavutil", "libswscale", "libswresample")
    ),
    Row(
        *("FFmpeg in OpenCV", r"opencv_videoio_ffmpeg(?P<digits>\d+)_64\.dll"),
        *("LGPL-2.1-or-later", ("qt.txt", "LGPL-2.1.txt"), FFMPEG),
    ),
    Row("libaom", r"libaom-", "BSD-2-Clause", ("libaom.txt",), "https://aomedia.googlesource.com"),
    Row(
        *("libavif", r"libavif-", "BSD-2-Clause", ("libavif.txt",)),
        "https://github.com/AOMediaCodec/libavif",
        version=r"\x00(1\.\d+\.\d+)\x00",
    ),
    Row(
        *("libvpx", r"libvpx-", "BSD-3-Clause", ("libvpx.txt",), "https://www.webmproject.org"),
        version=r"VP9 Decoder v(\d+\.\d+\.\d+)",
    ),
    Row(
        *("libpng", r"libpng16-", "libpng-2.0", ("libpng.txt",), "http://www.libpng.org"),
        version=r"libpng version (\d+\.\d+\.\d+)",
    ),
    Row("libdrm", r"libdrm-", "MIT", ("libdrm.txt",), "https://dri.freedesktop.org", rpm="libdrm"),
    Row(
        *("OpenBLAS", r"lib(scipy_)?openblas", "BSD-3-Clause AND BSD-3-Clause-Open-MPI"),
        *(("OpenBLAS.txt",), "https://github.com/OpenMathLib/OpenBLAS"),
        version=r"(?:OpenBLAS| ) ?(0\.3\.\d+)",
        rpm="openblas-threads",
    ),
    Row("libgfortran", r"libgfortran-", GCC, GCC_TEXTS, "https://gcc.gnu.org", rpm="libgfortran"),
    Row("libgomp", r"libgomp-", GCC, GCC_TEXTS, "https://gcc.gnu.org", rpm="libgomp"),
    Row(
        *("libquadmath", r"libquadmath-", "LGPL-2.1-or-later", ("qt.txt", "LGPL-2.1.txt")),
        "https://gcc.gnu.org",
        rpm="libquadmath",
    ),
    Row(
        *("OpenSSL", r"lib(crypto|ssl)-\w+\.so\.1\.1", "OpenSSL", ("OpenSSL.txt",)),
        "https://www.openssl.org",
        version=r"OpenSSL (1\.1\.\d+[a-z]?)",
        rpm="openssl-libs",
    ),
    Row(
        *("OpenSSL", r"lib(crypto|ssl)-(3|\w+\.so\.3)", "Apache-2.0", ("Apache-2.0.txt",)),
        "https://www.openssl.org",
        version=r"OpenSSL (3\.\d+\.\d+)",
    ),
    Row(
        "libpq",
        r"libpq-(\w+\.so\.5\.(?P<version>\d+))?",
        "PostgreSQL",
        ("PostgreSQL.txt",),
        "https://www.postgresql.org",
    ),
    Row(
        *("MIT Kerberos", r"lib(krb5|k5crypto|krb5support|gssapi_krb5|com_err-\w+\.so\.3)", "MIT"),
        *(("krb5.txt",), "https://web.mit.edu/kerberos"),
        version=r"krb5-(\d+\.\d+(?:\.\d+)?)-final",
    ),
    Row(
        *("libcom_err", r"libcom_err-\w+\.so\.2", "HPND", ("com_err.txt",)),
        "https://e2fsprogs.sourceforge.net",
        rpm="libcom_err",
    ),
    Row("libldap", r"lib(ldap|lber)-", "OLDAP-2.8", ("OLDAP-2.8.txt",), "https://www.openldap.org"),
    Row(
        *("Cyrus SASL", r"libsasl2-", "BSD-Attribution-HPND-disclaimer", ("cyrus-sasl.txt",)),
        "https://www.cyrusimap.org/sasl",
        rpm="cyrus-sasl-lib",
    ),
    Row(
        *("keyutils", r"libkeyutils-", "LGPL-2.1-or-later", ("qt.txt", "LGPL-2.1.txt")),
        "https://people.redhat.com/~dhowells/keyutils",
        rpm="keyutils-libs",
    ),
    Row(
        *("libxcrypt", r"libcrypt-", "LGPL-2.1-or-later", ("qt.txt", "LGPL-2.1.txt")),
        "https://github.com/besser82/libxcrypt",
    ),
    Row(
        *("libffi", r"libffi-(?P<version>\d+)", "MIT", ("libffi.txt",)),
        "https://sourceware.org/libffi",
    ),
    Row(
        *("SQLite", r"sqlite3\.dll", "blessing", ("sqlite.txt",), "https://sqlite.org"),
    ),
    Row(
        *("DirectML", r"DirectML\.dll", MICROSOFT, ("microsoft.txt",)),
        "https://www.nuget.org/packages/Microsoft.AI.DirectML",
    ),
    Row(
        *("Microsoft Visual C++ runtime", r"(msvcp140|vcruntime140|vcomp140|concrt140)", MICROSOFT),
        *(("microsoft.txt",), "https://visualstudio.microsoft.com/license-terms"),
    ),
)
OF_THE_INTERPRETER = re.compile(r"(lib)?python3")
SHARED = re.compile(r"\.so(\.\d+)*\w*$|\.dll$")


def natives(bundle: Path, packages: Path) -> Iterator[Work]:
    """What the rows name in the bundle, once for each version."""
    copied = copied_by_auditwheel(packages)
    found: dict[tuple[Row, str, str], list[Path]] = {}
    for (row, folder), files in _by_folder(bundle).items():
        version, purl = _version(row, files, copied.get(folder.name, {}))
        found.setdefault((row, version, purl), []).extend(files)
    for (row, version, purl), files in found.items():
        yield _work(row, version, purl, files, bundle)


def unknown(bundle: Path) -> list[str]:
    """Libraries that somebody put into a wheel and that no row names."""
    return [
        str(path.relative_to(bundle))
        for path in _libraries(bundle)
        if _row(path) is None
        and (path.parent.name.endswith(".libs") or path.parent.name == "runtime")
        and not OF_THE_INTERPRETER.match(path.name)
    ]


Copied = dict[str, tuple[str, str]]
"""Version and purl by the name of the system's package."""


def copied_by_auditwheel(packages: Path) -> dict[str, Copied]:
    """What it put into the folder of that name, as it wrote down (PEP 770)."""
    found = {}
    for path in packages.glob("*.dist-info/sboms/auditwheel.cdx.json"):
        told = json.loads(path.read_text("utf-8")).get("components", ())
        folder = f"{path.parent.parent.name.split('-')[0]}.libs"
        found[folder] = {one["name"]: (one["version"], one.get("purl", "")) for one in told}
    return found


def _libraries(bundle: Path) -> list[Path]:
    """The shared libraries; PyInstaller also puts links to them into the folder above."""
    return sorted(
        path
        for path in bundle.rglob("*")
        if SHARED.search(path.name) and path.is_file() and not path.is_symlink()
    )


def _row(path: Path) -> Row | None:
    return next((row for row in ROWS if re.match(row.files, path.name, re.IGNORECASE)), None)


def _by_folder(bundle: Path) -> dict[tuple[Row, Path], list[Path]]:
    """The files of a row that lie together are of one version."""
    found: dict[tuple[Row, Path], list[Path]] = {}
    for path in _libraries(bundle):
        row = _row(path)
        if row is not None:
            found.setdefault((row, path.parent), []).append(path)
    return found


def _version(row: Row, files: list[Path], copied: Copied) -> tuple[str, str]:
    """Out of the files, or of auditwheel's notes, or of the file's name; and the purl, if any."""
    noted, purl = copied.get(row.rpm, ("", ""))
    for path in files if row.version else ():
        told = re.search(row.version.encode(), path.read_bytes())
        if told:
            return told[1].decode(), purl
    return noted or _by_name(row, files[0].name) or _resource_version(files) or "unknown", purl


def _by_name(row: Row, name: str) -> str:
    told = re.match(row.files, name, re.IGNORECASE)
    groups = told.groupdict() if told else {}
    if digits := groups.get("digits"):
        return ".".join(digits)
    return groups.get("version") or re.sub(r"^.*?\.so\.?|^.*\.dll$", "", name)


def _resource_version(files: list[Path]) -> str:
    """The newest, as Windows shows it of a file."""
    import pefile

    found = []
    for path in files:
        if path.suffix == ".dll":
            with pefile.PE(str(path)) as pe:
                for info in getattr(pe, "VS_FIXEDFILEINFO", ()):
                    high, low = info.FileVersionMS, info.FileVersionLS
                    found.append((high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF))
    return ".".join(map(str, max(found))) if found else ""


def _work(row: Row, version: str, purl: str, files: list[Path], bundle: Path) -> Work:
    name = row.name.lower().replace(" ", "-")
    return Work(
        name=row.name,
        version=version,
        licence=row.licence,
        texts=tuple(TEXTS / text for text in row.texts),
        purl=purl or f"pkg:generic/{name}@{version}",
        sha256=sha256_of(files[0]) if len(files) == 1 else "",
        home=row.home,
        places=tuple(path.relative_to(bundle).as_posix() for path in files),
    )
