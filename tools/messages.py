"""Messages of every domain: list what lacks its Chinese, write missing entries into the .po files, compile them.

`check` names every gap, `update` adds the missing entries (empty, to be filled) and drops those no longer used,
`compile` writes the .mo files that a running node reads. No outside program is needed.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALES = {"zh_Hans": "zh_CN"}  # folder that Django reads: locale that Babel knows
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")
KEYWORDS = {
    "_": None,
    **{f"gettext{end}": None for end in ("", "_lazy", "_noop")},
    **{f"ngettext{end}": (1, 2) for end in ("", "_lazy")},
    **{f"pgettext{end}": ((1, "c"), 2) for end in ("", "_lazy")},
    **{f"npgettext{end}": ((1, "c"), 2, 3) for end in ("", "_lazy")},
}


class Source(NamedTuple):
    """One message as a programmer wrote it, and where."""

    text: str | tuple[str, ...]
    context: str | None
    place: str


def domains(root: Path = ROOT) -> list[str]:
    """Return the domains of the house."""
    return sorted(path.parent.name for path in (root / "linli").glob("*/apps.py"))


def sources(domain: str, root: Path = ROOT) -> list[Source]:
    """Return every message of one domain, from Python files and templates."""
    folder = root / "linli" / domain
    files = [*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]
    found = []
    for path in sorted(files):
        if not {"tests", "vendor"} & set(path.relative_to(folder).parts):
            found += [Source(text, context, f"{path.relative_to(root)}:{line}") for line, text, context in _read(path)]
    return found


def catalog_path(domain: str, locale: str = "zh_Hans", root: Path = ROOT) -> Path:
    """Return where the translations of a domain stand."""
    return root / "linli" / domain / "locale" / locale / "LC_MESSAGES" / "django.po"


def problems(domain: str, root: Path = ROOT) -> list[str]:
    """Return what is wrong with the translations of one domain, one sentence each."""
    wanted = {(_key(source.text), source.context): source for source in sources(domain, root)}
    found = []
    for folder, locale in LOCALES.items():
        path = catalog_path(domain, folder, root)
        catalog = _read_catalog(path, locale)
        name = path.relative_to(root)
        have = {(_key(message.id), message.context or None): message for message in catalog if message.id}
        found += [
            f"{source.place}: no entry in {name}: {source.text!r}" for k, source in wanted.items() if k not in have
        ]
        found += [f"{name}: no longer used: {message.id!r}" for k, message in have.items() if k not in wanted]
        found += [f"{name}: obsolete entry: {message.id!r}" for message in catalog.obsolete.values()]
        for message in have.values():
            found += [f"{name}: {wrong}: {message.id!r}" for wrong in _wrong(message)]
    return found


def differing(root: Path = ROOT) -> list[str]:
    """Return the messages that two domains say differently in Chinese: a running node would use one of the two."""
    said: dict[tuple[str, str, str | None], dict[str, str]] = defaultdict(dict)
    for name in domains(root):
        for folder, locale in LOCALES.items():
            for message in _read_catalog(catalog_path(name, folder, root), locale):
                if message.id:
                    said[folder, _key(message.id), message.context or None][name] = _strings(message)[0]
    return [
        f"{text!r} is said differently, unify it or give it other English words: {by_domain}"
        for (_folder, text, _context), by_domain in said.items()
        if len(set(by_domain.values())) > 1
    ]


def update(domain: str, root: Path = ROOT) -> int:
    """Add missing entries and drop unused ones; return how many still wait for words."""
    empty = 0
    for folder, locale in LOCALES.items():
        path = catalog_path(domain, folder, root)
        old = _read_catalog(path, locale)
        catalog = Catalog(
            locale=locale, domain="django", header_comment=f"# Chinese messages of {domain}.", fuzzy=False
        )
        places = defaultdict(list)
        for source in sources(domain, root):
            places[_key(source.text), source.context].append(source)
        for (_, context), group in sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            text = group[0].text
            known = old.get(_key(text), context)
            catalog.add(text, known.string if known else None, context=context, flags=known.flags if known else ())
        empty += sum(1 for message in catalog if message.id and _is_empty(message))
        if places:
            _write_catalog(path, catalog)
    return empty


def compile_messages(root: Path = ROOT) -> list[Path]:
    """Write the .mo beside each .po that is newer; return those written."""
    written = []
    for path in sorted((root / "linli").glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        out = BytesIO()
        write_mo(out, _read_catalog(path, LOCALES[path.parts[-3]]))
        fresh = target.with_suffix(".mo.new")
        fresh.write_bytes(out.getvalue())
        fresh.replace(target)
        written.append(target)
    return written


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", nargs="?", choices=["check", "update", "compile"], default="check", help="what to do")
    parser.add_argument("domain", nargs="*", help="only these domains (default: all)")
    chosen = parser.parse_args()
    names = chosen.domain or domains()
    if chosen.do == "compile":
        print(f"{len(compile_messages())} catalogues compiled.")
        return 0
    if chosen.do == "update":
        for name in names:
            print(f"{name}: {update(name)} entries wait for their Chinese.")
        return 0
    gaps = [*(problem for name in names for problem in problems(name)), *differing()]
    print("\n".join(gaps) if gaps else "Every message has its Chinese.")
    return 1 if gaps else 0


def _read(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Yield (line, text, context) of each message in one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
    elif "gettext" not in text:
        return
    for line, message, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield line, message, context


def _key(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _strings(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def _is_empty(message: Message) -> bool:
    return not all(_strings(message))


def _wrong(message: Message) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if message.fuzzy:
        yield "marked fuzzy"
    if _is_empty(message):
        yield "not translated"
        return
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    placeholders = {match.group() for text in ids for match in PLACEHOLDER.finditer(text)}
    for text in _strings(message):
        if {match.group() for match in PLACEHOLDER.finditer(text)} != placeholders:
            yield f"placeholders differ in {text!r}"
        if HALF_WIDTH.search(text):
            yield f"half-width punctuation in {text!r}"


def _read_catalog(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="django", abort_invalid=True)


def _write_catalog(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalog, width=110, no_location=True, omit_header=False)
    stamped = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Project-Id-Version")
    lines = out.getvalue().decode().split("\n")
    kept = [line for line in lines if not any(line.startswith(f'"{stamp}') for stamp in (*stamped, "Generated-By"))]
    path.write_text("\n".join(kept), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
