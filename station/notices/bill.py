"""The bill of materials: works as CycloneDX 1.6, and back."""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from station import __version__
from station.notices.wheels import plain
from station.notices.work import Work

Json = dict[str, Any]

FILE_NAME = "station.cdx.json"
TEXTS = "licences"
LICENCE = "Apache-2.0"
OWN = f"station=={__version__}"
_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_NOTE, _FOLDER = "station:note", "station:texts"
_KEPT = ("type", "name", "version", "purl", "licenses")


def bill_of(works: Iterable[Work], system: str = "", hashes: Iterable[Json] = ()) -> Json:
    """Station on top, the works below it. The same works give the same bill, to the byte.

    It bears the time of SOURCE_DATE_EPOCH, where that is set; `hashes` are those of the program.
    """
    ordered = sorted(works, key=lambda one: (one.name.lower(), one.version))
    components = [component(one) for one in ordered]
    told = json.dumps([__version__, system, components], sort_keys=True).encode()
    own: Json = {
        "type": "application",
        "bom-ref": OWN,
        "name": "Station",
        "version": __version__,
        "description": "Desktop inspection station",
        "licenses": [{"license": {"id": LICENCE}}],
        "purl": f"pkg:generic/station@{__version__}",
    }
    if system:
        own["properties"] = [{"name": "station:system", "value": system}]
    if listed := list(hashes):
        own["hashes"] = listed
    digest = hashlib.sha256(told).hexdigest()
    metadata: Json = {"component": own}
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        made = datetime.fromtimestamp(int(epoch), UTC)
        metadata = {"timestamp": f"{made:%Y-%m-%dT%H:%M:%SZ}", **metadata}
    return {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": metadata,
        "components": components,
        "dependencies": list(_dependencies(ordered)),
    }


def component(one: Work) -> Json:
    """One work in CycloneDX form."""
    told: Json = {
        "type": one.kind,
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "description": one.summary,
        "licenses": [_licence(one)],
        "purl": one.purl,
    }
    if one.sha256:
        told["hashes"] = [{"alg": "SHA-256", "content": one.sha256}]
    if one.home.startswith(("https://", "http://")):
        told["externalReferences"] = [{"type": "website", "url": one.home}]
    if one.places:
        told["evidence"] = {"occurrences": [{"location": place} for place in one.places]}
    said = {_FOLDER: f"{TEXTS}/{one.key}" if one.texts else "", _NOTE: one.note}
    told["properties"] = [{"name": name, "value": text} for name, text in said.items() if text]
    told["components"] = [_inner(one, part) for part in one.inside]
    return {name: value for name, value in told.items() if value}


def _ref(one: Work) -> str:
    return f"{one.name}=={one.version}"


def _licence(one: Work) -> Json:
    """An id of SPDX's list, an expression of several, or the makers' own words."""
    if not one.is_spdx:
        return {"license": {"name": one.licence}}
    if " " in one.licence or one.licence.startswith("LicenseRef-"):
        return {"expression": one.licence}
    return {"license": {"id": one.licence}}


def _inner(one: Work, part: Json) -> Json:
    """What was built into that work, in short."""
    told = {name: part[name] for name in _KEPT if part.get(name)}
    ref = f"{_ref(one)}/{part.get('name')}=={part.get('version', '')}"
    return {"type": "library", **told, "bom-ref": ref}


def _dependencies(works: list[Work]) -> Iterator[Json]:
    """Station asks for what nothing else asks for, and each work for what it says."""
    refs = {plain(one.name): _ref(one) for one in works}
    needed = {need for one in works for need in one.needs}
    yield {"ref": OWN, "dependsOn": [ref for name, ref in refs.items() if name not in needed]}
    for one in works:
        found = sorted({refs[need] for need in one.needs if need in refs})
        yield {"ref": _ref(one), **({"dependsOn": found} if found else {})}


def works_of(bill: Json, folder: Path) -> list[Work]:
    """The works that a bill of ours names, with their texts in that folder."""
    return [_work(told, folder) for told in bill["components"]]


def _work(told: Json, folder: Path) -> Work:
    licence = told["licenses"][0]
    named = licence.get("license", {})
    said = {one["name"]: one["value"] for one in told.get("properties", ())}
    texts = folder / said[_FOLDER] if _FOLDER in said else None
    return Work(
        name=told["name"],
        version=told["version"],
        licence=licence.get("expression") or named.get("id") or named["name"],
        is_spdx="name" not in named,
        texts=tuple(sorted(texts.iterdir())) if texts is not None and texts.is_dir() else (),
        note=said.get(_NOTE, ""),
        kind=told["type"],
        purl=told.get("purl", ""),
        sha256=next((one["content"] for one in told.get("hashes", ())), ""),
        summary=told.get("description", ""),
        home=next((one["url"] for one in told.get("externalReferences", ())), ""),
        inside=tuple(told.get("components", ())),
        places=tuple(one["location"] for one in told.get("evidence", {}).get("occurrences", ())),
    )


def written(bill: Json) -> str:
    """As it lies in a file."""
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"
