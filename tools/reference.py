"""Write docs/reference/doors.md: what each domain offers to call, to hear and to extend, and the commands of a node.

Everything in it comes from docstrings and from the help of commands, so the page is as good as they are.
"""

import argparse
import dataclasses
import importlib
import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "doors.md"
HEAD = """---
orphan: true
---

# Doors of the domains

Written by `make reference` from the docstrings of the code. Change the docstring, not this page.
"""


def domains() -> list[str]:
    """Return the domains of the house."""
    return sorted(path.parent.name for path in (ROOT / "linli").glob("*/apps.py"))


def module(domain: str, name: str) -> ModuleType | None:
    """Return a module of a domain, or None where the domain has none."""
    folder = ROOT / "linli" / domain
    if not (folder / f"{name}.py").exists() and not (folder / name / "__init__.py").exists():
        return None
    return importlib.import_module(f"linli.{domain}.{name}")


def facts(domain: str) -> list[type]:
    """Return the facts that a domain tells, in the order of the file."""
    found = module(domain, "facts")
    base = importlib.import_module("linli.kernel.facts").Fact
    own = [value for value in vars(found).values() if _is_own_class(value, found)] if found else []
    return [fact for fact in own if issubclass(fact, base) and fact is not base]


def slots(domain: str) -> list[type]:
    """Return the classes of a domain's slots.py: what a plug-in fills in."""
    found = module(domain, "slots")
    own = [value for value in vars(found).values() if _is_own_class(value, found)] if found else []
    return [slot for slot in own if not issubclass(slot, Exception)]


def calls(domain: str) -> list[tuple[str, Any]]:
    """Return what the api of a domain offers, by name."""
    found = module(domain, "api")
    offered = [(name, getattr(found, name)) for name in getattr(found, "__all__", [])]
    return [(name, thing) for name, thing in offered if inspect.isroutine(thing) or inspect.isclass(thing)]


def commands() -> Iterator[tuple[str, str, Any]]:
    """Yield (domain, name, command) for every command of a node."""
    for path in sorted((ROOT / "linli").glob("*/management/commands/*.py")):
        if path.stem[0] != "_":
            domain = path.parts[-4]
            found = importlib.import_module(f"linli.{domain}.management.commands.{path.stem}")
            yield domain, path.stem, found.Command()


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for domain in domains():
        parts += [f"\n## {domain}\n", *_section(domain)]
    rows = [(f"`linli {name}`", domain, command.help.strip()) for domain, name, command in commands()]
    parts += ["\n## Commands\n", *_table(("command", "domain", "what it does"), rows)]
    return "\n".join(parts).rstrip() + "\n"


def first_sentence(thing: Any) -> str:
    """Return the first paragraph of a docstring in one line, or nothing."""
    text = inspect.getdoc(thing) or ""
    if dataclasses.is_dataclass(thing) and text.startswith(f"{getattr(thing, '__name__', '')}("):
        return ""  # the signature that dataclass writes is not a docstring
    return " ".join(text.split("\n\n")[0].split())


def prepare() -> None:
    """Set Django up, so that every module can be imported."""
    import django  # noqa: PLC0415  only when the tool runs

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    django.setup()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the page is not up to date")
    check = parser.parse_args().check
    prepare()
    text = page()
    current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if check or text == current:
        return int(text != current)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written.")
    return 0


def _is_own_class(value: Any, home: ModuleType | None) -> bool:
    return (
        inspect.isclass(value) and home is not None and value.__module__ == home.__name__ and value.__name__[0] != "_"
    )


def _section(domain: str) -> list[str]:
    told = [(f"`{fact.__name__}`", _fields(fact), first_sentence(fact)) for fact in facts(domain)]
    filled = [(f"`{slot.__name__}`", first_sentence(slot)) for slot in slots(domain)]
    called = [(f"`{name}`", first_sentence(thing)) for name, thing in calls(domain)]
    lines = []
    for title, head, rows in (
        ("To call (`api`)", ("name", "what it does"), called),
        ("To hear (`facts`)", ("fact", "fields", "what happened"), told),
        ("To extend (`slots`)", ("class", "what it is"), filled),
    ):
        lines += [f"\n### {title}: {domain}\n", *_table(head, rows)] if rows else []
    return lines or ["Nothing yet."]


def _fields(fact: type) -> str:
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(fact))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]


if __name__ == "__main__":
    sys.exit(main())
