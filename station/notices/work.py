"""One work of others that ships with the program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Work:
    """licence: an SPDX expression where `is_spdx`, else the words of its makers.

    texts: files with the full text; where there are none, `note` says why, or what to read.
    kind: a type of component in CycloneDX terms.  needs: names of other works that it asks for.
    inside: components, in CycloneDX form, that its makers say they built into it.
    places: its files, by their paths inside the package.
    """

    name: str
    version: str
    licence: str
    is_spdx: bool = True
    texts: tuple[Path, ...] = ()
    note: str = ""
    kind: str = "library"
    purl: str = ""
    sha256: str = ""
    summary: str = ""
    home: str = ""
    needs: tuple[str, ...] = ()
    inside: tuple[dict[str, Any], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What no other work of the same package is called; also the name of its folder."""
        return f"{self.name}-{self.version}".replace(" ", "-")
