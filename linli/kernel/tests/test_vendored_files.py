"""The front-end libraries in the tree are exactly those of the manifest."""

import json
import re

from tools import vendor_frontend


def test_vendored_files_are_those_of_the_manifest():
    assert vendor_frontend.differences() == []


def test_every_vendored_library_brings_its_licence():
    for entry in json.loads(vendor_frontend.MANIFEST.read_text("utf-8")):
        assert any(name.endswith("/LICENSE") for name in entry["files"])
        assert entry["licence"]


def test_every_icon_that_is_drawn_is_in_the_sprite():
    sprite = (vendor_frontend.STATIC / "kernel" / "icons.svg").read_text("utf-8")
    drawn = set()
    for path in (vendor_frontend.ROOT / "linli").rglob("*.html"):
        drawn |= set(re.findall(r"""(?:{% icon |icon=)"([a-z0-9-]+)\"""", path.read_text("utf-8")))
    assert drawn
    assert {name for name in drawn if f'id="{name}"' not in sprite} == set()
