"""How the walls read the house: its domains, files, syntax trees and import graph."""

import ast
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import grimp

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "linli"
FLOORS = ["site", "events", "trust", "accounts", "regions", "kernel"]
DOORS = {"api", "facts", "slots"}


@cache
def domains() -> list[str]:
    """Return the names of the domains that stand today."""
    return sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the project: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(path for name in sorted(set(names)) if name and (path := ROOT / name).is_file())


def name_of(path: Path) -> str:
    """Return the path as people write it, from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def storey(path: Path) -> str:
    """Return the storey of a file of the house: `models` for linli/events/models/event.py."""
    parts = path.relative_to(HOUSE).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def domain(path: Path) -> str:
    """Return the domain of a file of the house."""
    return path.relative_to(HOUSE).parts[0]


@cache
def python_files() -> list[Path]:
    """Return every Python file: product, tests and tools, without migrations."""
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


@cache
def product_files(suffix: str = ".py") -> list[Path]:
    """Return the files of the product with this suffix, without tests, migrations and vendored files."""
    without = {"tests", "migrations", "vendor"}
    return [p for p in tracked() if p.is_relative_to(HOUSE) and p.suffix == suffix and not without & set(p.parts)]


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def of_kind(module: ast.AST) -> Mapping[type[ast.AST], Sequence[Any]]:
    """Return what stands in a syntax tree by its kind, wherever in it: each tree is looked through once."""
    found: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    waiting: list[Any] = [module]
    while waiting:
        node = waiting.pop()
        found[type(node)].append(node)
        for part in vars(node).values():
            if type(part) is list:
                waiting += [one for one in reversed(part) if isinstance(one, ast.AST)]
            elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                waiting.append(part)
    return found


@cache
def graph() -> grimp.ImportGraph:
    """Return who imports whom."""
    return grimp.build_graph("linli", cache_dir=None)


@cache
def ordered_floors() -> list[str]:
    """Return the domains from the top floor to the ground as the contract lists them, neighbours in one line."""
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    lines = text.split("[importlinter:contract:floors]")[1].split("layers =")[1].split("[importlinter")[0]
    return [line.strip() for line in lines.splitlines() if line.strip()]


def height(name: str) -> int:
    """Return how high a domain stands: 0 is the ground."""
    for level, line in enumerate(reversed(ordered_floors())):
        if name in [room.strip() for room in line.split("|")]:
            return level
    message = f"{name} is not on a floor of .importlinter"
    raise LookupError(message)


def refuse(problems: list[str], advice: str) -> None:
    """Fail with one line for each problem and the advice what to do."""
    assert not problems, "\n".join([advice, *(f"  - {problem}" for problem in problems)])
