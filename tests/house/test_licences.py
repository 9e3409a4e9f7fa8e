"""The licences of what the product runs on: nothing that would bind the people who run it."""

import importlib.metadata
import re

import pytest

from tests.house.exceptions import allowed, every
from tests.house.reading import ROOT, refuse

ACCEPTED = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|MPL|Mozilla Public License|PSF|Python Software Foundation|Unlicense|Zlib|HPND"
    r"|LGPL|Lesser General Public|PostgreSQL|CC0)",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"\bAGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public License|SSPL|BUSL|Commons Clause", re.IGNORECASE
)


def locked():
    text = (ROOT / "requirements/base.txt").read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", text, flags=re.MULTILINE)


def licence(package):
    """Return what a package says about its licence: the expression, else the classifiers, else the free text."""
    about = importlib.metadata.metadata(package)
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    return about["License-Expression"] or "; ".join(classifiers) or (about["License"] or "")[:200]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("MIT", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", True),
        ("LGPL-3.0-only", True),
        ("AGPL-3.0-or-later", False),
        ("GPL-2.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v3", False),
        ("", False),
    ],
)
def test_licence_is_judged(text, good):
    assert is_fine(text) is good


def is_fine(text):
    return bool(ACCEPTED.search(text)) and not REFUSED.search(
        re.sub(r"GNU Lesser General Public License|LGPL", "", text)
    )


def test_runtime_licences_are_accepted():
    problems = []
    for package in locked():
        try:
            text = licence(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform
        if not is_fine(text) and not allowed("licence", package):
            problems.append(f"{package}: {text or 'says nothing'}")
    refuse(problems, "Choose another package, or write into exceptions.toml why this licence is accepted.")


def test_licence_exceptions_are_still_locked():
    assert set(every()["licence"]) <= set(locked())
