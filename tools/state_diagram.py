"""Draw the life of each domain's noun into its README, from the table in states.py (Mermaid).

A `states.py`, or a module of `states/`, with a life to draw has `STEPS`: a mapping from the name of a step to an
object with `before` (states it may start from) and `after` (the state it leads to), and may have `FINAL`, the states
where a life may end.
"""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- states: drawn by tools/state_diagram.py -->", "<!-- /states -->"


def diagrams(root: Path = ROOT) -> dict[Path, str]:
    """Return the block that belongs into each README, for every domain with a table of steps."""
    found = {}
    for domain in sorted((root / "linli").iterdir()):
        names = ["states", *(f"states.{path.stem}" for path in sorted(domain.glob("states/[a-z]*.py")))]
        there = (domain / "states.py").exists() or (domain / "states").is_dir()
        tables = [importlib.import_module(f"linli.{domain.name}.{name}") for name in names] if there else []
        if lives := [states for states in tables if hasattr(states, "STEPS")]:
            found[domain / "README.md"] = draw(*lives)
    return found


def draw(*tables: Any) -> str:
    """Return the diagrams of tables as they stand in a README."""
    return "\n".join([BEGIN, *map(_drawn, tables), END])


def _drawn(states: Any) -> str:
    """Return the diagram of one table in Mermaid."""
    arrows = [
        (before, step.after or before, name) for name, step in states.STEPS.items() for before in sorted(step.before)
    ]
    reached = {after for _, after, _ in arrows}
    first = sorted({before for before, _, _ in arrows} - reached)
    lines = [f"    [*] --> {state}" for state in first]
    lines += [f"    {before} --> {after}: {name}" for before, after, name in arrows]
    lines += [f"    {state} --> [*]" for state in sorted(getattr(states, "FINAL", ()))]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def put(text: str, block: str) -> str:
    """Return the README with the block in its place, at the end when it has none yet."""
    if BEGIN not in text:
        return f"{text.rstrip()}\n\n## States\n\n{block}\n"
    before, _, rest = text.partition(BEGIN)
    return f"{before}{block}{rest.partition(END)[2]}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a diagram is not up to date")
    check = parser.parse_args().check
    sys.path.insert(0, str(ROOT))
    from tools.reference import prepare  # noqa: PLC0415  the root is on the path by now

    prepare()
    stale = {path: new for path, block in diagrams().items() if (new := put(_read(path), block)) != _read(path)}
    for path, text in stale.items():
        print(f"{path.relative_to(ROOT)}: {'is not up to date' if check else 'drawn'}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else f"# {path.parent.name}\n"


if __name__ == "__main__":
    sys.exit(main())
