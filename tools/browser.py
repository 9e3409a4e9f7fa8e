"""Finds a Chromium for the browser tests: the system's, else from apt when root, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "LINLI_CHROMIUM"
FONTS = "fonts-noto-cjk"
HELP = f"""No Chromium could be had, and the browser tests need one. Any of these helps:
  apt install chromium {FONTS}            (as root)
  .venv/bin/python -m playwright install --with-deps chromium
  {VARIABLE}=/path/to/chrome make test"""


def require() -> str:
    """Return the path of a Chromium that starts, installing one where that is possible. Ends the process otherwise."""
    for find in (_named, _system, _from_apt, _from_playwright):
        path = find()
        if path and _starts(path):
            return path
    sys.exit(HELP)


def _named() -> str | None:
    return os.environ.get(VARIABLE)


def _system() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_apt() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _say("installing Chromium with apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium", FONTS]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    return _system()


def _from_playwright() -> str | None:
    _say("fetching Playwright's Chromium")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=subprocess.DEVNULL)
    ask = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as play: print(play.chromium.executable_path)"
    )
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return found if found and Path(found).is_file() else None


def _starts(path: str) -> bool:
    """Whether it really runs here: a browser without its libraries is there and does not start."""
    command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _say(what: str) -> None:
    sys.stderr.write(f"linli: {what} …\n")


if __name__ == "__main__":
    print(require())
