"""The floors and the storeys: imports point down, between domains and inside each of them."""

import configparser
import os
import subprocess
import sys

from tests.house.reading import ROOT, domains, ordered_floors

PLAN = [
    "site",
    "insight",
    "services participation sensing inspection operations resilience assets",
    "events",
    "exchange",
    "sheets",
    "registry",
    "trust",
    "accounts",
    "regions",
    "kernel",
]
SITE_ALONE = ("settings", "command", "runtime")


def contracts():
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    return {name.rpartition(":")[2]: config[name] for name in config.sections() if ":" in name}


def test_imports_point_down():
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", lint, "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, f"lint-imports says:\n{run.stdout}{run.stderr}"


def test_contracts_leave_no_gap():
    found = contracts()
    assert set(found) == {"floors", "storeys"}
    for contract in found.values():
        assert contract["exhaustive"] == "True"
        assert "ignore_imports" not in contract
        assert "unmatched_ignore_imports_alerting" not in contract
    assert found["storeys"]["containers"].strip() == "linli.*"
    assert found["floors"]["exhaustive_ignores"].split() == ["__main__"]
    assert "exhaustive_ignores" not in found["storeys"]


def test_floors_name_every_domain_once():
    listed = [room.strip() for line in ordered_floors() for room in line.split("|")]
    assert sorted(listed) == domains()


def test_floors_stand_in_the_order_of_the_plan():
    plan = {room: level for level, line in enumerate(PLAN) for room in line.split()}
    known = [plan[room.strip()] for line in ordered_floors() for room in line.split("|") if room.strip() in plan]
    assert known == sorted(known)


def test_only_site_has_settings_and_processes():
    strangers = [
        f"linli/{domain}/{name}"
        for domain in domains()
        if domain != "site"
        for name in SITE_ALONE
        if (ROOT / "linli" / domain / name).exists() or (ROOT / "linli" / domain / f"{name}.py").exists()
    ]
    assert strangers == []
