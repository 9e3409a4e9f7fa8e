"""A new domain keeps every wall on its first day, and the walls fall over what breaks them."""

import os
import shutil
import subprocess
import sys

import pytest

from tests import database
from tests.house.reading import ROOT, domains, tracked
from tools import new_domain

pytestmark = pytest.mark.slow

# What has nothing to do with a new domain, or would run this file again. It has no rows yet: no wall needs a database.
ELSEWHERE = [
    *("new_domain", "licence", "routes", "leaks", "installations", "vendored", "browser", "start"),
    *("second_wall", "role_of_work"),
    *(f"[{name}]" for name in domains()),
]

SINS = {
    "linli/pond/utils.py": "def fish(): return 1\n",
    "linli/pond/odd.py": '"""A storey that the plan does not know."""\n',
    "linli/pond/facts.py": '"""Facts."""\n\nfrom linli.kernel import facts\n\n\nclass Fished(facts.Fact):\n    pass\n',
    "linli/pond/api.py": '"""The door."""\n\nfrom linli.kernel.models import Record\n\nhere = Record\n',
    "linli/pond/queries.py": '"""Reads."""\n\nfrom django.apps import apps\n\nword = "鱼塘"\nrow = apps.get_model\n',
    "linli/pond/rules.py": '"""Rules."""\n\nfrom linli.pond import queries\n\nhere = queries\n',
    "linli/pond/views.py": '"""Pages."""\n\nfrom django.urls import reverse\n\nx = reverse("site:x")\n',
    "linli/pond/models/__init__.py": '''"""Rows."""

from django.db import models


class Fish(models.Model):
    """A fish that knows too much."""

    event = models.ForeignKey("site.Basket", on_delete=models.PROTECT)
    grid = models.ForeignKey("regions.Grid", on_delete=models.PROTECT)
''',
    "linli/site/models/__init__.py": '''"""Rows."""

from django.db import models


class Basket(models.Model):
    """Stands above."""
''',
    "linli/pond/actions/long.py": '"""Long."""\n\n\ndef long():\n    """Do."""\n' + "    x = 1\n" * 60,
    "linli/pond/actions/longer.py": '"""Longer."""\n' + "x = 1\n" * 410,
    "linli/pond/templates/pond/page.html": '<p>Hello</p>{% include "events/x.html" %}{% url "site:home" %}'
    '<a href="https://example.org/">鱼</a>\n' + "\n" * 150,
    "linli/pond/settings.py": '"""Settings."""\n\ny = "LINLI_UNHEARD_OF"\n',
    "linli/pond/management/commands/fish.py": '"""Command."""\n\nfrom django.core.management import BaseCommand\n\n\n'
    'class Command(BaseCommand):\n    """Fish."""\n\n    def add_arguments(self, parser):\n        """Add."""\n'
    '        parser.add_argument("--net")\n',
    "linli/pond/actions/say.py": '"""Say."""\n\nfrom django.utils.translation import gettext as _\n\nx = _("Fish")\n',
    "docs/leak.md": "/" + "root/secret and files.python" + "hosted.org\n",
    "uv.lock": "",
}
FALLEN = {
    "test_imports_point_down",
    "test_only_site_has_settings_and_processes",
    "test_imports_across_domains_end_at_a_door",
    "test_across_domains_the_module_is_imported_not_names",
    "test_no_way_around_the_doors",
    "test_links_point_down",
    "test_api_lists_what_it_offers",
    "test_foreign_keys_point_down",
    "test_foreign_keys_leave_nothing_on_the_lower_side",
    "test_no_migration_is_missing",
    "test_files_keep_their_budget",
    "test_functions_keep_their_budget",
    "test_names_say_something",
    "test_files_begin_with_a_sentence",
    "test_public_functions_and_classes_are_described",
    "test_no_registry_host_and_no_place_of_a_machine",
    "test_no_lock_that_records_addresses",
    "test_messages_are_complete",
    "test_no_chinese_sentence_is_fixed_in_code",
    "test_no_chinese_sentence_is_fixed_in_templates",
    "test_every_word_on_a_page_can_be_translated",
    "test_facts_are_described_and_frozen",
    "test_commands_and_their_options_are_described",
    "test_page_of_doors_is_up_to_date",
    "test_every_setting_is_documented",
    "test_readme_tells_what_the_domain_is",
    "test_templates_include_their_own_and_the_kernels",
    "test_templates_link_downward",
    "test_pages_ask_no_other_host",
}


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the project with a new domain `pond` in it."""
    house = tmp_path / "house"
    for path in tracked():
        target = house / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    for compiled in {path.parent / "__pycache__" for path in tracked() if path.suffix == ".py"}:
        if compiled.exists():  # what is compiled already need not be compiled for the copy
            shutil.copytree(compiled, house / compiled.relative_to(ROOT))
    subprocess.run(["git", "init", "-q"], cwd=house, check=True)
    new_domain.make("pond", "events", house)
    return house


def run(house, *command):
    without = {database.EMBEDDED, "PYTEST_XDIST_WORKER"}  # it needs no server of its own
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment["PYTHONPATH"] = str(house)
    return subprocess.run(
        [sys.executable, *command], cwd=house, env=environment, capture_output=True, text=True, check=False
    )


def fallen_walls(house):
    """Return the walls that do not stand in this copy, as `file::test[case]`."""
    chosen = f"not ({' or '.join(ELSEWHERE)})"
    done = run(house, "-m", "pytest", "tests/house", "-k", chosen, "-rfE", "--tb=no", "-p", "no:cacheprovider")
    lines = [line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return {line.rpartition("/")[2] for line in lines}


def test_new_domain_keeps_every_wall(copy):
    assert run(copy, "tools/reference.py").returncode == 0
    lint = run(copy, "-m", "ruff", "check", "--no-cache", "linli/pond")
    assert lint.returncode == 0, lint.stdout
    assert run(copy, "-m", "ruff", "format", "--no-cache", "--check", "linli/pond").returncode == 0
    fallen = {wall for wall in fallen_walls(copy) if "[" not in wall or "pond" in wall}
    if fallen:  # what lies in ruins in the house itself is not the new domain's doing
        fallen -= fallen_walls(ROOT)
    assert fallen == set()


def test_walls_fall_over_what_breaks_them(copy):
    for name, text in SINS.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder in ("linli/pond/management", "linli/pond/management/commands"):
        (copy / folder / "__init__.py").touch()
    fallen = {wall.split("::")[1].partition("[")[0] for wall in fallen_walls(copy)}
    assert FALLEN - fallen == set()


@pytest.mark.parametrize(
    ("name", "above"), [("events", "trust"), ("Pond", "events"), ("pond", "cellar"), ("a/b", "events")]
)
def test_impossible_domains_change_nothing(tmp_path, name, above):
    for path in (ROOT / ".importlinter", ROOT / "linli/site/settings.py", ROOT / "linli/events/apps.py"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(new_domain.NotPossibleError):
        new_domain.make(name, above, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert "events" in domains()
