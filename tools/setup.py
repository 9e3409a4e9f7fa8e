"""Makes a checkout ready to run: virtual environment, locked packages, the `linli` command, messages and static files.

Runs on a bare `python3` (>= 3.11) with the standard library only, also where neither pip nor ensurepip is installed:
the wheel of pip beside this file bootstraps the rest. Quick when nothing changed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BOOTSTRAP = ROOT / "tools" / "bootstrap"
OLDEST = (3, 11)


def main() -> None:
    """Set up what `make run` needs, or with --dev also what the tests need."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install what the tests and the documentation need")
    parser.add_argument("--bare", action="store_true", help="packages only: no messages, no static files")
    options = parser.parse_args()
    try:
        _environment()
        _packages("dev" if options.dev else "base")
        _command()
        if not options.bare:
            _assets()
    except subprocess.CalledProcessError as error:
        sys.exit(
            f"Setup stopped: {Path(str(error.cmd[0])).name} ended with {error.returncode}; its message stands above."
        )
    except OSError as error:
        sys.exit(f"Setup stopped: {error}.")


def _environment() -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            f"Linli needs Python 3.11 or newer; this is {sys.version.split()[0]}. Say PYTHON=/path/to/python3.11 make …"
        )
    if PYTHON.exists() and _runs():
        return
    _say("making the virtual environment")
    venv.EnvBuilder(clear=VENV.is_dir() and not VENV.is_symlink(), with_pip=False, symlinks=True).create(VENV)


def _runs() -> bool:
    """Whether the environment's Python still works and is of this version; an upgrade of the system breaks it."""
    ask = [str(PYTHON), "-c", "import sys; print(sys.version_info[:2])"]
    found = subprocess.run(ask, capture_output=True, text=True, check=False)
    return found.stdout.strip() == str(sys.version_info[:2])


def _packages(kind: str) -> None:
    if _is_installed(kind) or _is_installed("dev"):  # dev holds all of base
        return
    lock = _lock(kind)
    _say(f"installing the packages of requirements/{kind}.txt")
    options = ["--require-hashes", "--only-binary", ":all:", "--no-warn-script-location", "--disable-pip-version-check"]
    _run(PYTHON, _pip(), "install", "-q", "--no-input", "--root-user-action", "ignore", *options, "-r", lock)
    _compile()
    _stamp(kind).write_text(_digest(lock))


def _compile() -> None:
    """Compile the packages once, so that every start is quick, also where Python was told to write no bytecode."""
    packages = next((VENV / "lib").glob("python3*"))
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(packages)], check=False)


def _is_installed(kind: str) -> bool:
    return _stamp(kind).is_file() and _stamp(kind).read_text() == _digest(_lock(kind))


def _lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def _stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pip() -> Path:
    """Return the vendored wheel of pip, checked against its recorded hash; Python runs zip files."""
    digest, name = (BOOTSTRAP / "SHA256SUMS").read_text().split()
    wheel = BOOTSTRAP / name
    if _digest(wheel) != digest:
        sys.exit(f"tools/bootstrap/{name} is not the file whose hash is recorded; get a fresh copy of the project.")
    return wheel / "pip"


def _command() -> None:
    """Put the checkout on the environment's path and `linli` beside its Python; needs no build tool."""
    packages = next((VENV / "lib").glob("python3*")) / "site-packages"
    _write(packages / "linli.pth", f"{ROOT}\n")
    script = VENV / "bin" / "linli"
    _write(script, f"#!/bin/sh\nexec '{PYTHON}' -m linli \"$@\"\n")
    script.chmod(0o755)


def _assets() -> None:
    catalogues = (ROOT / "linli").glob("*/locale/*/LC_MESSAGES/django.po")
    if any(_is_newer(path, path.with_suffix(".mo")) for path in catalogues):
        _run(PYTHON, "-m", "tools.messages", "compile", quiet=True)
    stamp = VENV / ".collected"
    if stamp.is_file() and stamp.read_text() == _static_state():
        return
    _say("collecting static files")
    _run(PYTHON, "-m", "linli", "collectstatic", "--no-input", "--verbosity", "0")
    stamp.write_text(_static_state())


def _is_newer(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _static_state() -> str:
    """Change of any static file, of the lock, or of the folder they are collected into."""
    files = sorted(path for path in (ROOT / "linli").glob("*/static/**/*") if path.is_file())
    state = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    target = Path(os.environ.get("LINLI_DATA", ROOT / "var")) / "static" / "staticfiles.json"
    state.update(f"{target} {target.stat().st_mtime_ns if target.exists() else ''}".encode())
    for path in files:
        about = path.stat()
        state.update(f"{path} {about.st_size} {about.st_mtime_ns}".encode())
    return state.hexdigest()


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def _run(*command: object, quiet: bool = False) -> None:
    said = subprocess.DEVNULL if quiet else None
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, stdout=said)


def _say(what: str) -> None:
    sys.stderr.write(f"linli: {what} …\n")


if __name__ == "__main__":
    main()
