"""What the Windows executables and libraries of a folder ask for. Needs pefile.

pe.py PAYLOAD prints what is wrong with the payload, and ends with 1 where something is.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pefile

SUFFIXES = (".dll", ".pyd", ".exe")
RUNTIME = ("msvcp140.dll", "msvcp140_1.dll", "vcruntime140.dll", "vcruntime140_1.dll")
"""Of Microsoft's C++ runtime, what ONNX Runtime asks for: exactly one of each, beside Python."""
LEAST = (14, 40)
COPIES = re.compile(r"^(msvcp140\w*|vcruntime140\w*|vcomp140|concrt140)\.dll$", re.IGNORECASE)
API_SETS = re.compile(r"^(api|ext)-ms-win-[a-z0-9-]+\.dll$")
SHIMS = re.compile(r"^(xpi-|mscms\.dll|icuuc\.dll|api-ms-)", re.IGNORECASE)
"""What the tests under Wine put beside the system: nothing of it may be shipped."""
OF_WINDOWS_10 = frozenset(
    f"{name}.dll"
    for name in (
        *("kernel32", "user32", "gdi32", "advapi32", "shell32", "ole32", "oleaut32", "ws2_32"),
        *("msvcrt", "ucrtbase", "ntdll", "bcrypt", "bcryptprimitives", "crypt32", "secur32"),
        *("version", "winmm", "shlwapi", "comdlg32", "comctl32", "imm32", "setupapi", "psapi"),
        *("iphlpapi", "dnsapi", "userenv", "netapi32", "mpr", "wtsapi32", "winspool.drv"),
        *("uxtheme", "dwmapi", "d3d9", "d3d11", "d3d12", "dxgi", "dcomp", "dwrite", "d2d1"),
        *("opengl32", "mf", "mfplat", "mfreadwrite", "mfcore", "evr", "propsys", "powrprof"),
        *("pdh", "rpcrt4", "cfgmgr32", "dbghelp", "shcore", "icuuc", "icuin", "mscms", "hid"),
        *(
            "normaliz",
            "wldap32",
            "winhttp",
            "ncrypt",
            "synchronization",
            "cabinet",
            "msi",
            "dxcore",
        ),
        *("dsound", "avicap32", "msvfw32", "avifil32", "credui", "authz", "uiautomationcore"),
        *("mswsock", "wsock32", "wintrust"),
    )
) | {"winspool.drv"}
"""Libraries that every Windows 10 since 1809 has."""


def executables(payload: Path) -> Iterator[Path]:
    """Every one, in order."""
    yield from sorted(
        path for path in payload.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
    )


def asked(path: Path) -> tuple[str, ...]:
    """The libraries that it is linked to, and those that it may load later, in lower case."""
    kinds = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
    pe = pefile.PE(str(path), fast_load=True)
    try:
        pe.parse_data_directories([pefile.DIRECTORY_ENTRY[kind] for kind in kinds])
        found = [
            *getattr(pe, "DIRECTORY_ENTRY_IMPORT", ()),
            *getattr(pe, "DIRECTORY_ENTRY_DELAY_IMPORT", ()),
        ]
        return tuple(one.dll.decode("ascii").lower() for one in found)
    finally:
        pe.close()


def machine(path: Path) -> int:
    """0x8664 for 64-bit Intel."""
    pe = pefile.PE(str(path), fast_load=True)
    number = int(pe.FILE_HEADER.Machine)
    pe.close()
    return number


def file_version(path: Path) -> tuple[int, int]:
    """The first two numbers of its version, noughts where it has none."""
    pe = pefile.PE(str(path))
    info = getattr(pe, "VS_FIXEDFILEINFO", None)
    number = info[0].FileVersionMS if info else 0
    pe.close()
    return number >> 16, number & 0xFFFF


def missing(payload: Path, *beside: Path) -> list[str]:
    """Libraries that somebody asks for, and neither the payload nor Windows 10 has.

    beside: payloads that are there before it.
    """
    files = list(executables(payload))
    here = {path.name.lower() for folder in (payload, *beside) for path in executables(folder)}
    known = here | OF_WINDOWS_10
    return [
        f"{path.relative_to(payload)} asks for {name}"
        for path in files
        for name in asked(path)
        if name not in known and not API_SETS.match(name)
    ]


def runtime_faults(payload: Path) -> list[str]:
    """Microsoft's C++ runtime: once, beside Python, and new enough for ONNX Runtime."""
    home = payload / "runtime"
    here = {name: home / name for name in RUNTIME}
    faults = [f"runtime/{name} is missing" for name, path in here.items() if not path.is_file()]
    faults += [
        f"runtime/{name} is of {file_version(path)}"
        for name, path in here.items()
        if path.is_file() and file_version(path) < LEAST
    ]
    copies = (path for path in executables(payload) if COPIES.match(path.name))
    return faults + [
        f"a second {path.relative_to(payload)}" for path in copies if path.parent != home
    ]


def strangers(payload: Path) -> list[str]:
    """Shims of the tests, and what is not for 64-bit Intel."""
    found = [f"{path.name} is a shim" for path in executables(payload) if SHIMS.match(path.name)]
    found += [f"{path.name} is not x64" for path in executables(payload) if machine(path) != 0x8664]
    return found


def faults(payload: Path) -> list[str]:
    """All that is wrong."""
    return [*missing(payload), *runtime_faults(payload), *strangers(payload)]


if __name__ == "__main__":
    said = faults(Path(sys.argv[1]))
    sys.stdout.write("".join(f"{line}\n" for line in said) or "all that is asked for is there\n")
    sys.exit(1 if said else 0)
