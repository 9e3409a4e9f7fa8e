"""The budgets: small files, short functions, simple branches, and a kernel that stays a kernel."""

import ast
import tomllib
from functools import cache

from tests.house.exceptions import MOST, allowed, every
from tests.house.reading import ROOT, domain, name_of, of_kind, product_files, python_files, refuse, tracked, tree

FILE, FUNCTION, TEMPLATE, COMPLEXITY, KERNEL = 400, 50, 150, 8, 0.10
WRITTEN = {".py": FILE, ".js": FILE, ".mjs": FILE, ".css": FILE, ".html": TEMPLATE}


def lines(path):
    return len(path.read_text("utf-8").splitlines())


def files():
    """Yield (name, lines, budget) of every file that people write."""
    for path in tracked():
        if path.suffix in WRITTEN and not {"migrations", "vendor", "docs"} & set(path.parts):
            yield name_of(path), lines(path), WRITTEN[path.suffix]


@cache
def functions():
    """Return (file::function, lines) of every function."""
    return [
        (f"{name_of(path)}::{node.name}", node.end_lineno - node.lineno + 1)
        for path in python_files()
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef)
        for node in of_kind(tree(path))[kind]
    ]


def test_files_keep_their_budget():
    problems = [
        f"{n}: {size} lines, budget {most}" for n, size, most in files() if size > (allowed("budget", n) or most)
    ]
    refuse(problems, "Find the second subject in the file and give it a room of its own.")


def test_functions_keep_their_budget():
    problems = [f"{n}: {size} lines" for n, size in functions() if size > (allowed("budget", n) or FUNCTION)]
    refuse(problems, f"A function has at most {FUNCTION} lines.")


def kernel_share():
    total = kernel = 0
    for path in product_files():
        total += lines(path)
        kernel += lines(path) if domain(path) == "kernel" else 0
    return kernel / total


def test_kernel_stays_small():
    most = allowed("share", "kernel") or KERNEL
    assert kernel_share() <= most, f"The kernel holds {kernel_share():.1%} of all lines; move a subject up a floor."


def test_complexity_budget_is_set():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert settings["mccabe"]["max-complexity"] == COMPLEXITY
    assert settings["select"] == ["ALL"]
    assert not {"C901", "C90", "C"} & set(settings["ignore"])


def test_exceptions_only_shrink():
    sizes = {wall: len(entries) for wall, entries in every().items()}
    assert {wall: n for wall, n in sizes.items() if n > MOST.get(wall, 0)} == {}
    assert {wall: n for wall, n in MOST.items() if sizes.get(wall, 0) < n} == {}, "Lower MOST: an exception has gone."


def test_exceptions_are_still_needed():
    sizes = {name: (size, most) for name, size, most in files()} | {
        name: (size, FUNCTION) for name, size in functions()
    }
    stale = []
    for name, most in every()["budget"].items():
        size, budget = sizes.get(name, (0, 0))
        if size <= budget or most > size:
            stale.append(f"{name}: has {size} lines, the exception says {most}")
    refuse(stale, "Remove or lower the exception.")
    if "kernel" in every()["share"]:
        assert kernel_share() > KERNEL, "The kernel keeps its budget now: remove the exception."
