"""Advisories of vulnerabilities 漏洞公告 in the OSV format (ossf.github.io/osv-schema) against the parts in use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from packaging.version import InvalidVersion, Version

from linli.site.rules.sbom import Part, plain_name

ECOSYSTEMS = {"PyPI": "pypi", "npm": "npm"}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Advisory:
    """What one advisory says of one package: listed versions, and stretches [introduced, fixed or last affected]."""

    id: str
    origin: str
    name: str
    summary: str
    versions: Sequence[str]
    stretches: Sequence[Mapping[str, str]]

    def affects(self, version: str) -> bool:
        """Tell whether this version is affected; a version that can't be read only where it is listed."""
        if version in self.versions:
            return True
        try:
            here = Version(version)
            return any(_within(here, stretch) for stretch in self.stretches)
        except InvalidVersion:
            return False


def advisories_in(document: Any) -> Iterator[Advisory]:
    """Yield what an OSV document says of packages of ours; nothing of one that was withdrawn. Raises KeyError."""
    if not document["id"] or document.get("withdrawn"):
        return
    summary = str(document.get("summary") or document.get("details") or "")[:LONGEST]
    for one in document.get("affected") or ():
        package = one.get("package") or {}
        if origin := ECOSYSTEMS.get(package.get("ecosystem", "")):
            stretches = [each for found in one.get("ranges") or () for each in _stretches(found)]
            versions = [str(version) for version in one.get("versions") or ()]
            yield Advisory(document["id"], origin, _name(origin, str(package["name"])), summary, versions, stretches)


def concerning(advisories: Iterable[Advisory], parts: Iterable[Part]) -> list[Advisory]:
    """Return the advisories about packages that are among the parts, whatever their version."""
    names = {(part.origin, _name(part.origin, part.name)) for part in parts}
    return [one for one in advisories if (one.origin, one.name) in names]


def affected(advisories: Iterable[Advisory], parts: Sequence[Part]) -> list[tuple[Advisory, Part]]:
    """Return which parts are affected by which advisories, by number and name."""
    found = [
        (one, part) for one in advisories for part in parts
        if (one.origin, one.name) == (part.origin, _name(part.origin, part.name)) and one.affects(part.version)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each[0].id, each[1].address))


def _stretches(found: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the stretches of a range: events stand in order, each introduced until what ends it."""
    if found.get("type") == "GIT":
        return
    begin = ""
    for event in found.get("events") or ():
        if "introduced" in event:
            begin = str(event["introduced"])
        for end in ("fixed", "last_affected"):
            if end in event and begin:
                yield {"introduced": begin, end: str(event[end])}
                begin = ""
    if begin:
        yield {"introduced": begin}


def _within(here: Version, stretch: Mapping[str, str]) -> bool:
    if stretch["introduced"] != "0" and here < Version(stretch["introduced"]):
        return False
    if "fixed" in stretch:
        return here < Version(stretch["fixed"])
    return "last_affected" not in stretch or here <= Version(stretch["last_affected"])


def _name(origin: str, name: str) -> str:
    return plain_name(name) if origin == "pypi" else name
