"""A node whose static files are missing or old brings them up to date before it serves a page."""

import os
import re

import pytest

from linli.site.runtime import statics


@pytest.mark.slow
def test_static_files_are_collected_when_missing_or_old_and_only_then(settings, tmp_path):
    settings.HASHED_STATIC = True
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "linli.site.runtime.statics.HashedFiles"},
    }
    assert statics.collect_when_stale()
    assert (tmp_path / "staticfiles.json").exists()
    assert any(tmp_path.rglob("*.css.gz"))
    chart = next((tmp_path / "kernel").glob("chart.????????????.js")).read_text("utf-8")
    assert re.search(r'from "./linli\.[0-9a-f]{12}\.js"', chart), "a module under two names runs twice"
    assert not statics.collect_when_stale()
    os.utime(tmp_path / "staticfiles.json", (1, 1))
    assert statics.collect_when_stale()


def test_static_files_are_left_alone_where_they_are_served_from_the_source(settings):
    settings.HASHED_STATIC = False
    assert not statics.collect_when_stale()
