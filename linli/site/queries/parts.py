"""What this version of Linli is made of: the lock and the list of the front end, else what is installed."""

import json
from importlib import metadata
from pathlib import Path

import linli
from linli.site.rules.sbom import Part, locked_parts, plain_name, vendored_parts

ROOT = Path(linli.__file__).resolve().parents[1]
LOCK, VENDORED = ROOT / "requirements/base.txt", ROOT / "linli/kernel/static/vendor/vendor.json"
LONGEST = 100  # some packages print their whole licence where its name belongs


def parts_here() -> list[Part]:
    """Return every part; without a lock the Python packages that are installed."""
    vendored = vendored_parts(json.loads(VENDORED.read_text("utf-8")))
    if LOCK.exists():
        return [*locked_parts(LOCK.read_text("utf-8"), licences()), *vendored]
    known = licences()
    installed = {plain_name(one.name): one.version for one in metadata.distributions()}
    return [*(Part("pypi", name, version, known.get(name, "")) for name, version in installed.items()), *vendored]


def licences() -> dict[str, str]:
    """Return what installed packages say about their licence: the expression, the classifiers, else the short text."""
    found = {}
    for package in metadata.distributions():
        about = package.metadata.json
        classifiers = [one.rpartition(" :: ")[2] for one in about.get("classifier", ()) if "License ::" in one]
        said = str(about.get("license_expression") or ", ".join(classifiers) or about.get("license") or "")
        found[plain_name(str(about["name"]))] = said.splitlines()[0][:LONGEST] if said else ""
    return found
