"""What a process loads at its start: every command, every worker and every page waits for it."""

import json
import subprocess
import sys

import pytest

from tests.house.reading import ROOT

# Each takes a tenth of a second or more, and few processes need it: it is imported by the function that does.
LATER = {"docx", "holidays", "httpx", "openpyxl", "paramiko", "pyarrow", "pypinyin", "scipy", "sklearn", "splink",
         "sqlalchemy", "rich", "pandas"}  # fmt: skip
MODULES = 1500  # of others
START = """
import json, sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.slow
def test_a_process_starts_without_what_few_need():
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert "linli.site.urls" in loaded, "what starts is the whole product"
    assert LATER & set(loaded) == set(), "Import it in the function that needs it, with the reason beside it."
    others = [name for name in loaded if not name.startswith("linli")]
    assert len(others) <= MODULES, f"{len(others)} modules: which package came along?"
