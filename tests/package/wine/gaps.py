"""Fills the gaps of Wine in a test's own prefix, so that what Windows has is there. Needs pefile.

Wine 10 has two that matter here. Its C library names the functions of complex numbers and does not
have them: numpy dies with `crealf`. And it has no icuuc.dll, which Qt asks for since 6.10, to know
more code pages than its own. What set-up installed is changed in one place for that, in the prefix:
the name of the library by which some files ask for mathematics. None of it is in a payload.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pefile

ASKED = "api-ms-win-crt-math-l1-1-0.dll"
GIVEN = "xpi-ms-win-crt-math-l1-1-0.dll"
COMPLEX = re.compile(
    r"^c(abs|acos|acosh|arg|asin|asinh|atan|atanh|cos|cosh|exp|imag|log|pow|real|sin|sinh|sqrt"
    r"|tan|tanh)(f|l)?$"
)
GCC = "x86_64-w64-mingw32-gcc"


def imports(path: Path) -> dict[str, set[str]]:
    """What a file asks for, by library in lower case."""
    pe = pefile.PE(str(path), fast_load=True)
    pe.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
    found = {
        entry.dll.decode().lower(): {one.name.decode() for one in entry.imports if one.name}
        for entry in getattr(pe, "DIRECTORY_ENTRY_IMPORT", ())
    }
    pe.close()
    return found


def build(folder: Path, name: str, source: str, rows: Iterable[str]) -> Path:
    """A library of that source that exports those rows."""
    start = "int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n"
    (folder / f"{name}.c").write_text(start + source)
    (folder / f"{name}.def").write_text("\n".join([f"LIBRARY {name}", "EXPORTS", *rows]) + "\n")
    out = folder / name
    words = [GCC, "-shared", "-O2", "-fno-builtin", "-static-libgcc", "-o", str(out)]
    files = [str(folder / f"{name}.c"), str(folder / f"{name}.def")]
    subprocess.run([*words, *files], check=True, capture_output=True)
    return out


def mathematics(folder: Path, names: Iterable[str]) -> Path:
    """Complex functions by MinGW's own; every other goes on to Wine. `l` is a double here."""
    source, rows = "#include <complex.h>\n", []
    for name in sorted(names):
        match = COMPLEX.match(name)
        if match is None:
            rows.append(f"  {name}=ucrtbase.{name}")
            continue
        stem, kind = match.group(1), match.group(2) or ""
        real = "float" if kind == "f" else "double"
        call = f"c{stem}{'f' if kind == 'f' else ''}"
        result = real if stem in ("abs", "arg", "imag", "real") else f"{real} _Complex"
        words = f"{real} _Complex a" + (f", {real} _Complex b" if stem == "pow" else "")
        given = "a, b" if stem == "pow" else "a"
        source += f"{result} of_{name}({words}) {{ return {call}({given}); }}\n"
        rows.append(f"  {name}=of_{name}")
    return build(folder, GIVEN, source, rows)


def code_pages(folder: Path, names: Iterable[str]) -> Path:
    """A converter library that knows none."""
    source = "void *none(void) { return 0; }\n"
    source += (
        "void *none_opened(const char *name, int *error) { if (error) *error = 4; return 0; }\n"
    )
    opened = {"ucnv_open": "none_opened"}
    return build(
        folder, "icuuc.dll", source, [f"  {name}={opened.get(name, 'none')}" for name in names]
    )


def fill(installed: Path, system: Path, scratch: Path) -> int:
    """Make the libraries and let what is installed ask for them; how many files were changed."""
    files = [path for path in installed.rglob("*") if path.suffix in (".dll", ".pyd")]
    asking = {path: imports(path) for path in files}
    needy = {
        path: found[ASKED]
        for path, found in asking.items()
        if any(COMPLEX.match(name) for name in found.get(ASKED, ()))
    }
    pages = sorted({name for found in asking.values() for name in found.get("icuuc.dll", ())})
    made = [mathematics(scratch, set().union(*needy.values())), code_pages(scratch, pages)]
    for library in made:
        (system / library.name).write_bytes(library.read_bytes())
    for path in needy:
        content = path.read_bytes()
        path.write_bytes(content.replace(ASKED.encode(), GIVEN.encode()))
    return len(needy)
