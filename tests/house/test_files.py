"""Files: names that say something, a sentence on top, and nothing of the machine they were written on."""

import ast
import hashlib
import json
import re
import subprocess

from tests.house.reading import HOUSE, ROOT, name_of, product_files, python_files, refuse, tracked, tree

FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "services",
    "managers",
    "base_utils",
    "shared",
    "lib",
}
TEXT = {".py", ".md", ".html", ".js", ".mjs", ".css", ".toml", ".txt", ".in", ".cfg", ".ini", ".yml", ".yaml", ".json"}
TEXT |= {".po", ".sh", ".mk", ".csv", ".service", ".conf", ".svg", ".sql", ""}
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js",
    "npm" + "mirror",
    "pypi" + "/simple",
    "proxy.golang" + ".org",
]
PLACES = [r"(?<![\w.~/-])/(?:work|root)/", r"(?<![\w.~/-])/tmp/[w]\b", r"/home/(?!linli\b)\w+", r"/wt-\w+"]
LEAKS = re.compile("|".join([*map(re.escape, HOSTS), *PLACES]))
SUSPECT = [*HOSTS, *(f"/{word}" for word in ("work/", "root/", "tmp/", "home/", "wt-"))]  # looked for before the rest
TOLD = re.compile(r"(?:index-url|extra-index|registry|\"resolved\")\s*[=:]", re.IGNORECASE)


def test_names_say_something():
    problems = [
        name_of(path)
        for path in tracked()
        if path.is_relative_to(HOUSE) and FORBIDDEN & {path.stem, *path.relative_to(HOUSE).parts[:-1]}
        if "vendor" not in path.parts
    ]
    refuse(problems, "Name the file after its subject.")


def test_files_begin_with_a_sentence():
    problems = []
    for path in python_files():
        module = tree(path)
        said = ast.get_docstring(module)
        first = (said or "").split("\n\n")[0]
        if module.body and (not said or first[-1] not in ".?!:`"):
            problems.append(name_of(path))
    refuse(problems, "Say in one sentence on top what the file is for.")


def test_public_functions_and_classes_are_described():
    problems = []
    for path in product_files():
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and not ast.get_docstring(node):
                problems.append(f"{name_of(path)}:{node.lineno} {node.name}")
    refuse(problems, "Write what it does, with units, errors and sources.")


def texts():
    for path in tracked():
        if path.suffix in TEXT and "vendor" not in path.parts and path.stat().st_size < 2_000_000:
            yield path, path.read_text("utf-8", errors="replace")


def test_no_registry_host_and_no_place_of_a_machine():
    problems = [
        f"{name_of(path)}:{text[: match.start()].count(chr(10)) + 1} {match.group()}"
        for path, text in texts()
        if any(word in text for word in SUSPECT)
        for match in LEAKS.finditer(text)
    ]
    refuse(problems, "Nothing tracked may name a package registry or a folder of the machine it was written on.")


def test_locks_hold_hashes_and_no_addresses():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text, name_of(lock)
        assert not TOLD.search(text), name_of(lock)
        assert "http" + "://" not in text, name_of(lock)
        assert "https" + "://" not in text, name_of(lock)


def test_no_lock_that_records_addresses():
    refuse(
        [name_of(p) for p in tracked() if p.name in {"uv.lock", "yarn.lock"}], "Not committed: it records addresses."
    )


def vendored():
    """Return {file: sha256} of every manifest, and the files that stand in vendor folders."""
    listed, licences = {}, {}
    for manifest in (path for path in tracked() if path.name == "vendor.json"):
        for library in json.loads(manifest.read_text("utf-8")):
            listed |= library["files"]
            licences[library["name"]] = (library["version"], library["licence"])
    present = {name_of(p) for p in tracked() if "vendor" in p.relative_to(ROOT).parts and p.name != "vendor.json"}
    return listed, present, licences


def test_no_link_is_tracked():
    staged = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    refuse([line for line in staged.splitlines() if line.startswith("120000")], "A link leads out of the project.")


def test_vendored_files_are_those_of_the_manifest():
    listed, present, _ = vendored()
    assert present - set(listed) == set(), "not in vendor.json"
    wrong = [
        name
        for name, digest in listed.items()
        if not (ROOT / name).exists() or hashlib.sha256((ROOT / name).read_bytes()).hexdigest() != digest
    ]
    refuse(wrong, "Missing, or changed by hand: run the tool that fetches the front-end libraries.")


def test_vendored_libraries_bring_a_licence():
    listed, _, licences = vendored()
    assert all(version and licence for version, licence in licences.values())
    folders = {name.rsplit("/", 1)[0] for name in listed if "/vendor/" in name}
    refuse([f for f in sorted(folders) if not list((ROOT / f).glob("LICEN*"))], "Keep the licence beside the files.")
