"""What can be called, heard, extended, set or run is described, and the descriptions are those of today."""

import argparse
import ast
import dataclasses
import re

import pytest

from tests.house.reading import HOUSE, ROOT, domains, name_of, of_kind, refuse, tracked, tree
from tools import reference, state_diagram

SETTING = re.compile(r"\bLINLI_[A-Z][A-Z0-9_]*\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ONE_SCREEN = 90


def described(thing):
    return len(reference.first_sentence(thing)) > 10


@pytest.mark.parametrize("name", domains())
def test_facts_are_described_and_frozen(name):
    problems = [f"{fact.__name__}: no docstring" for fact in reference.facts(name) if not described(fact)]
    problems += [f"{fact.__name__}: not frozen" for fact in reference.facts(name) if not is_frozen(fact)]
    refuse(problems, "A fact is a frozen dataclass and says what happened.")


def is_frozen(fact):
    return dataclasses.is_dataclass(fact) and fact.__dataclass_params__.frozen and "__dataclass_params__" in vars(fact)


@pytest.mark.parametrize("name", domains())
def test_slots_are_described(name):
    refuse([slot.__name__ for slot in reference.slots(name) if not described(slot)], "A slot says what fills it.")


@pytest.mark.parametrize("name", domains())
def test_calls_are_described(name):
    problems = [call for call, thing in reference.calls(name) if not described(thing)]
    refuse(problems, "What the api offers says what it does.")


def test_commands_and_their_options_are_described():
    problems = []
    for domain, name, command in reference.commands():
        if not command.help.strip():
            problems.append(f"{domain}: linli {name} has no help")
        parser = command.create_parser("linli", name)
        problems += [f"linli {name}: {option} has no help" for option in without_help(parser)]
    refuse(problems, "`--help` tells people what a command and each of its options do.")


def without_help(parser):
    for action in parser._actions:
        if not action.help:
            yield action.dest
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from without_help(below)


def test_page_of_doors_is_up_to_date():
    current = reference.PAGE.read_text("utf-8") if reference.PAGE.exists() else ""
    assert reference.page() == current, "Run `make reference`."


def settings_in(paths):
    return {name for path in paths for name in SETTING.findall(path.read_text("utf-8", errors="replace"))}


def test_every_setting_is_documented():
    page = ROOT / "docs/operations/settings.md"
    places = ("linli", "deploy", "tools", "Makefile")
    files = [path for path in tracked() if path.relative_to(ROOT).parts[0] in places and "tests" not in path.parts]
    used = settings_in(path for path in files if path.suffix in {".py", ".sh", ".service", ".yml", ".yaml", ".env", ""})
    listed = settings_in([page]) if page.exists() else set()
    refuse(sorted(used - listed), "Describe the setting in docs/operations/settings.md.")
    refuse(sorted(listed - used), "docs/operations/settings.md describes a setting that nothing reads.")


def test_every_line_of_the_security_page_names_tests_that_are_there():
    text = (ROOT / "docs/security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    files = [path for path in tracked() if path.name.startswith("test_") and path.suffix == ".py"]
    there = set(re.findall(r"^def (test_\w+)", "\n".join(path.read_text("utf-8") for path in files), re.MULTILINE))
    refuse(sorted(named - there), "docs/security.md names a test that is not there.")
    lines = [
        line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| subject", "| chapter"))
    ]
    refuse([line[:60] for line in lines if "`test_" not in line], "A line of docs/security.md names no test.")


def readme(name):
    path = HOUSE / name / "README.md"
    return path.read_text("utf-8") if path.exists() else ""


def heard(name):
    """Return the names of the facts that a domain's receivers hear."""
    for path in (HOUSE / name).glob("receivers*/**/*.py"), (HOUSE / name).glob("receivers.py"):
        for file in path:
            for node in of_kind(tree(file))[ast.Call]:
                if getattr(node.func, "attr", getattr(node.func, "id", "")) == "receives":
                    yield getattr(node.args[0], "attr", getattr(node.args[0], "id", ""))


@pytest.mark.parametrize("name", domains())
def test_readme_tells_what_the_domain_is(name):
    text = readme(name)
    wrong = [] if text else ["there is none"]
    drawn = re.sub(f"{state_diagram.BEGIN}.*?{state_diagram.END}", "", text, flags=re.DOTALL)
    wrong += ["longer than one screen"] if len(drawn.splitlines()) > ONE_SCREEN else []
    wrong += [] if CHINESE.search(text) else ["no official Chinese terms of its nouns"]
    wrong += [f"does not name its door {d}" for d in ("api", "facts", "slots") if has(name, d) and d not in text]
    wrong += [f"does not name the fact {f.__name__} it tells" for f in reference.facts(name) if f.__name__ not in text]
    wrong += [f"does not name the fact {fact} it hears" for fact in heard(name) if fact not in text]
    refuse(wrong, f"linli/{name}/README.md:")


def has(name, door):
    return (HOUSE / name / f"{door}.py").exists()


def test_state_diagrams_are_those_of_the_tables():
    stale = [
        name_of(path)
        for path, block in state_diagram.diagrams().items()
        if block not in (path.read_text("utf-8") if path.exists() else "")
    ]
    refuse(stale, "Run `make reference`: the diagram in the README is not the one of states.py.")


def test_a_diagram_is_drawn_from_the_table():
    class Step:
        before, after = frozenset({"new"}), "old"

    class States:
        STEPS, FINAL = {"age": Step}, {"old"}

    block = state_diagram.draw(States)
    assert "    [*] --> new\n    new --> old: age\n    old --> [*]" in block
    text = state_diagram.put("# Pond\n", block)
    assert state_diagram.put(text, block) == text
    assert state_diagram.put(text.replace("age", "grow"), block) == text
