"""Runs what must hold before a change lands: all of it, or with --quick the part that fits into a minute.

Every step runs even when one before it failed; the unit tests come last, so that their summary is the last thing seen.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import browser

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CHECKS = {
    "lint": [[PYTHON, "-m", "ruff", "check", "--quiet", "."], [PYTHON, "-m", "djlint", "linli", "--lint", "--quiet"]],
    "format": [[PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]],
    "types": [[PYTHON, "-m", "mypy"]],
    "migrations": [[PYTHON, "-m", "linli", "makemigrations", "--check", "--dry-run"]],
    "checks": [[PYTHON, "-m", "linli", "check", "--fail-level", "WARNING"]],
}
DOCS = {"docs": [[PYTHON, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"]]}
PROCESSES = "2"
GROUPED = ["--dist", "loadgroup", "--no-loadscope-reorder"]  # tests/basics.py puts them in order
QUICK = ["linli", "tests/house", "-m", "not slow and not page and not browser", "--hypothesis-profile", "quick"]
SLOWEST = ["--durations", "10", "--durations-min", "1"]


def main() -> None:
    """Run the steps and end with 1 when any of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="unit tests: no pages, stories, browser, documentation")
    options, for_pytest = parser.parse_known_args()
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once need not be compiled by every process
    failed = _quick(for_pytest) if options.quick else _whole(for_pytest)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


def _quick(for_pytest: list[str]) -> list[str]:
    """Run what is not a test beside the tests. That no migration is missing and Django warns of nothing, walls say."""
    steps = {name: commands for name, commands in CHECKS.items() if name not in {"migrations", "checks"}}
    with ThreadPoolExecutor(1) as beside:
        checked = [(name, beside.submit(_quietly, commands)) for name, commands in steps.items()]
        tests = _step("tests", [[PYTHON, "-m", "pytest", "-n", PROCESSES, *GROUPED, *QUICK, *SLOWEST, *for_pytest]])
        wrong = {name: said for name, done in checked if (said := done.result())}
    print(*wrong.values(), sep="\n")
    return [*wrong, *([] if tests else ["tests"])]


def _quietly(commands: list[list[str]]) -> str:
    """Return what commands said that failed, or nothing."""
    done = [
        subprocess.run(one, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True) for one in commands
    ]
    return "".join(one.stdout + one.stderr or f"{one.args} failed" for one in done if one.returncode)


def _whole(for_pytest: list[str]) -> list[str]:
    os.environ[browser.VARIABLE] = browser.require()
    steps = {"types": CHECKS["types"], **CHECKS, **DOCS}  # the longest first, the others beside it
    with ThreadPoolExecutor(int(PROCESSES)) as together:
        said = dict(zip(steps, together.map(_beside, steps, steps.values()), strict=True))
    failed = [name for name, words in said.items() if words]
    print("".join(said.values()), end="", flush=True)
    tests = _step("tests", [[PYTHON, "-m", "pytest", "-n", PROCESSES, *GROUPED, *SLOWEST, *for_pytest]])
    return failed if tests else [*failed, "tests"]


def _beside(name: str, commands: list[list[str]]) -> str:
    """Run a step beside others; what it says comes when all are done."""
    began = time.monotonic()
    said = _quietly(commands)
    print(f"{name:<12}{'FAILED' if said else 'ok':<8}{time.monotonic() - began:6.1f} s", flush=True)
    return said


def _step(name: str, commands: list[list[str]]) -> bool:
    began = time.monotonic()
    done = [subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0 for command in commands]
    print(f"{name:<12}{'ok' if all(done) else 'FAILED':<8}{time.monotonic() - began:6.1f} s", flush=True)
    return all(done)


if __name__ == "__main__":
    main()
