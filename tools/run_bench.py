"""Runs every bench that a domain registered, one after the other, and prints one JSON object for each."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHES = ("intake", "inbox", "crash")


def main() -> None:
    """Run the benches named on the command line, or all of them; end with 1 when one failed."""
    failed = [code for code in sys.argv[1:] or BENCHES if not _run(code)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


def _run(code: str) -> bool:
    print(f"== {code}", flush=True)
    command = [sys.executable, "-m", "linli", "bench", code, "--json"]
    return subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    main()
