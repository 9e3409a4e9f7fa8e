"""Make an empty domain that keeps every wall: `make new-domain NAME=sheets ABOVE=trust`.

It gets its line on the floors of .importlinter, its place in the settings, and the files that every domain has.
The house is left as it was when the name is taken or the floor is unknown.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"[a-z][a-z0-9]{2,29}")

FILES = {
    "__init__.py": '"""{title}: say here what the domain is for."""\n',
    "apps.py": '''"""Django's entry into the domain."""

from django.apps import AppConfig


class {title}Config(AppConfig):
    """Registers the domain."""

    name = "linli.{name}"
    label = "{name}"
''',
    "api.py": '''"""What {name} may be asked, by those above it."""

__all__: list[str] = []
''',
    "models/__init__.py": '"""What {name} keeps."""\n',
    "migrations/__init__.py": "",
    "actions/__init__.py": "",
    "tests/__init__.py": "",
    "tests/test_{name}.py": '''"""The empty domain is part of the house."""

from django.apps import apps


def test_{name}_is_installed():
    assert apps.get_app_config("{name}").name == "linli.{name}"
''',
    "README.md": """# {name}

Say in two sentences what this domain is for, and for whom.

| noun | official term |
|---|---|
| (noun) | （术语） |

Doors: `api` (nothing yet).

Tells no fact and hears none.
""",
}


class NotPossibleError(Exception):
    """The domain cannot be made; the message says why and what to do."""


def make(name: str, above: str, root: Path = ROOT) -> list[Path]:
    """Make the domain one floor above another; return the files written or changed. Raises NotPossibleError."""
    folder = root / "linli" / name
    if not NAME.fullmatch(name):
        raise NotPossibleError(f"{name!r} is no name for a domain: use 3 to 30 small letters, best a plural noun.")
    if folder.exists():
        raise NotPossibleError(f"linli/{name} stands already.")
    contract, settings = root / ".importlinter", root / "linli/site/settings.py"
    changed = {
        contract: _insert(contract, rf"^    (?:\w+ \| )*{above}(?: \| \w+)*$", f"    {name}", above),
        settings: _insert(settings, rf'^    "linli\.{above}",$', f'    "linli.{name}",', above),
    }
    for pattern, text in FILES.items():
        changed[folder / pattern.format(name=name)] = text.format(name=name, title=name.capitalize())
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return sorted(changed)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="name of the domain: a plural noun in small letters")
    parser.add_argument("--above", default="events", help="the domain on the floor below (default: events)")
    chosen = parser.parse_args()
    try:
        written = make(chosen.name, chosen.above)
    except NotPossibleError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(str(path.relative_to(ROOT)) for path in written))
    print("Next: `make reference`, then write the README and the first model.")
    return 0


def _insert(path: Path, below: str, line: str, floor: str) -> str:
    """Return the file with the line put above the one that matches."""
    text = path.read_text(encoding="utf-8")
    match = re.search(below, text, flags=re.MULTILINE)
    if match is None:
        raise NotPossibleError(f"There is no floor {floor!r} in {path.name}.")
    return f"{text[: match.start()]}{line}\n{text[match.start() :]}"


if __name__ == "__main__":
    sys.exit(main())
