"""The bill of materials names every locked package and every file of the front end; secrets come from files."""

import io
import json
from importlib import metadata

import pytest
from django.core.management import call_command

from linli.site.rules.sbom import bill_of, locked_parts, plain_name
from linli.site.runtime import keys
from linli.site.runtime.trouble import Trouble
from tests.house.reading import ROOT

LOCK = f"""django==5.2.9 \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
    # via -r base.in
psycopg[binary]==3.3.1 \\
    --hash=sha256:{"c" * 64}
"""


def test_a_lock_becomes_parts_with_their_hashes():
    one, two = locked_parts(LOCK, {"django": "BSD-3-Clause"})
    assert (one.address, one.licence, list(one.hashes)) == (
        "pkg:pypi/django@5.2.9", "BSD-3-Clause", ["a" * 64, "b" * 64],
    )  # fmt: skip
    assert (two.name, two.version, len(two.hashes)) == ("psycopg", "3.3.1", 1)


def test_the_same_parts_make_the_same_bill():
    parts = locked_parts(LOCK, {})
    assert bill_of(parts, name="x", version="1") == bill_of(parts[::-1], name="x", version="1")
    assert (
        bill_of(parts, name="x", version="2")["serialNumber"] != bill_of(parts, name="x", version="1")["serialNumber"]
    )


@pytest.mark.slow
def test_the_command_lists_every_locked_package_with_licence_and_hash():
    out = io.StringIO()
    call_command("sbom", stdout=out)
    bill = json.loads(out.getvalue())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    named = {one["purl"]: one for one in bill["components"]}
    lines = (ROOT / "requirements/base.txt").read_text("utf-8").splitlines()
    locked = {f"pkg:pypi/{line.split()[0].replace('==', '@').lower()}" for line in lines if line[:1].isalnum()}
    assert {one for one in named if one.startswith("pkg:pypi/")} == locked
    assert {"pkg:npm/htmx.org@2.0.11", "pkg:npm/maplibre-gl@6.17.0"} <= set(named)
    assert all(one["hashes"] for one in named.values())
    silent = {one["name"] for one in named.values() if not one["licenses"]}
    assert not silent & {plain_name(one.metadata["Name"]) for one in metadata.distributions()}


@pytest.fixture
def plain(monkeypatch):
    for name in keys.MAY_BE_FILES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    return monkeypatch


def test_a_secret_may_be_kept_in_a_file(plain, tmp_path):
    plain.setenv("LINLI_SECRET_KEY_FILE", str(tmp_path / "key"))
    plain.setenv("LINLI_SECRET_KEY", "")
    (tmp_path / "key").write_text("from the file\n")
    keys.read_secret_files()
    assert keys.secret_key() == "from the file"


def test_a_file_that_is_not_there_and_two_answers_are_said_in_one_sentence(plain, tmp_path):
    plain.setenv("LINLI_SMTP_URL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(Trouble, match="LINLI_SMTP_URL_FILE"):
        keys.read_secret_files()
    plain.setenv("LINLI_SMTP_URL", "smtp://x")
    with pytest.raises(Trouble, match="LINLI_SMTP_URL"):
        keys.read_secret_files()
