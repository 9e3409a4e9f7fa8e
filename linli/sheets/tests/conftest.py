"""Forms of the test material, written once for the tests that read them."""

import csv
from pathlib import Path

import pytest

from linli.registry import api as registry
from tests.forms.make import make

CODES = Path(__file__).resolve().parents[2] / "kernel" / "codes"


@pytest.fixture(scope="session")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    make(folder)
    return folder


@pytest.fixture(scope="session")
def elements():
    return registry.shipped_elements()


@pytest.fixture(scope="session")
def codes():
    found = {}
    for path in CODES.glob("*.csv"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        found[path.stem] = {row["code"]: row["label"] for row in csv.DictReader(lines)}
    return found
