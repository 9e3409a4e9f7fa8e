"""What Linli is made of 软件物料清单, as CycloneDX 1.6 (ECMA-424): each package with version, licence and hashes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Part:
    """One package: where it comes from (`pypi`, `npm`), its licence as it says, SHA-256 of its files."""

    origin: str
    name: str
    version: str
    licence: str
    hashes: Sequence[str] = ()

    @property
    def address(self) -> str:
        """The package URL, by which advisories name it."""
        return f"pkg:{self.origin}/{self.name.lower()}@{self.version}"


def plain_name(name: str) -> str:
    """Return the name of a Python package as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_parts(lock: str, licences: Mapping[str, str]) -> list[Part]:
    """Return the packages of a lock file as `uv pip compile --generate-hashes` writes it."""
    starts = list(_PINNED.finditer(lock))
    ends = [one.start() for one in starts[1:]] + [len(lock)]
    return [
        Part("pypi", one[1], one[2], licences.get(plain_name(one[1]), ""), _HASH.findall(lock[one.start() : end]))
        for one, end in zip(starts, ends, strict=True)
    ]


def vendored_parts(listed: Iterable[Mapping[str, Any]]) -> list[Part]:
    """Return the packages of the front end as `vendor.json` lists them."""
    return [Part("npm", one["name"], one["version"], one["licence"], list(one["files"].values())) for one in listed]


def bill_of(parts: Sequence[Part], *, name: str, version: str) -> dict[str, Any]:
    """Return the bill of materials; the same parts make the same bill."""
    ordered = sorted(parts, key=lambda one: one.address)
    serial = uuid5(NAMESPACE_URL, " ".join([name, version, *(one.address for one in ordered)]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": name, "version": version, "bom-ref": name}},
        "components": [_component(one) for one in ordered],
        "dependencies": [{"ref": name, "dependsOn": [one.address for one in ordered]}],
    }


def _component(one: Part) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": one.address,
        "name": one.name,
        "version": one.version,
        "purl": one.address,
        "licenses": [{"license": {"name": one.licence}}] if one.licence else [],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
    }
