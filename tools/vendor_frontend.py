"""Fetch the front-end libraries from npm by version, or check that the files in the tree are still exactly those."""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "linli" / "kernel" / "static"
MANIFEST = STATIC / "vendor" / "vendor.json"
ESBUILD = "esbuild@0.28.2"

SERVED, TESTED = "linli/kernel/static/vendor", "tests/browser/vendor"


@dataclass(frozen=True)
class Library:
    """One package: which files of it stand where under which name."""

    name: str
    version: str
    licence: str
    files: dict[str, str]
    where: str = SERVED

    @property
    def folder(self) -> Path:
        """Return where its files stand."""
        return ROOT / self.where / f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}"


MAPLIBRE = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")
LIBRARIES = [
    Library("htmx.org", "2.0.11", "0BSD", {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"}),
    Library("maplibre-gl", "6.17.0", "BSD-3-Clause", {f"dist/{n}": n for n in MAPLIBRE} | {"LICENSE.txt": "LICENSE"}),
    Library("echarts", "6.1.0", "Apache-2.0", {"LICENSE": "LICENSE", "NOTICE": "NOTICE"}),
    Library("@tabler/icons", "3.51.0", "MIT", {"LICENSE": "LICENSE"}),
    Library("axe-core", "4.14.1", "MPL-2.0", {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE"}, TESTED),
]

# Only what the charts need: two kinds, the SVG renderer, spoken descriptions.
ECHARTS_ENTRY = """
import { init, use } from 'echarts/core';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
export { init };
"""

ICONS = """
accessible alert-circle alert-triangle arrow-down arrow-left arrow-right arrow-up arrows-sort bell building
camera chart-bar check chevron-down chevron-left chevron-right circle-check circle-dashed clock contrast-2
current-location dots download edit external-link eye eye-off file-text filter flag history home hourglass
inbox info-circle language link list list-details lock login logout map map-pin menu-2 message-circle message-
plus microphone minus mood-sad mood-smile moon note phone photo player-pause plus printer refresh route scale
search send shield-check sort-ascending sort-descending star sun table text-size trash upload user users wifi-
off x
"""


def main() -> int:
    """Re-create the files, or with --check compare those in the tree with the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with vendor.json, fetch nothing")
    if parser.parse_args().check:
        wrong = differences()
        print("\n".join(wrong) or "all vendored files are as they should be")
        return 1 if wrong else 0
    with tempfile.TemporaryDirectory() as folder:
        _install(Path(folder))
        entries = [_vendor(Path(folder), library) for library in LIBRARIES]
    MANIFEST.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def differences() -> list[str]:
    """Name each file that is missing or is not what the manifest says."""
    wrong = []
    for entry in json.loads(MANIFEST.read_text(encoding="utf-8")):
        for name, digest in entry["files"].items():
            path = ROOT / name
            if not path.is_file():
                wrong.append(f"{name} is missing")
            elif _digest(path) != digest:
                wrong.append(f"{name} is not the file of {entry['name']} {entry['version']}")
    return wrong


def _install(folder: Path) -> None:
    names = [f"{library.name}@{library.version}" for library in LIBRARIES] + [ESBUILD]
    npm = shutil.which("npm") or sys.exit("npm is needed to fetch the front-end libraries; install Node.js 20 or later")
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *names], cwd=folder, check=True)


def _vendor(folder: Path, library: Library) -> dict[str, object]:
    source, target = folder / "node_modules" / library.name, library.folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for original, copy in library.files.items():
        _copy(source / original, target / copy)
    made = [target / copy for copy in library.files.values()]
    if library.name == "echarts":
        made.append(_bundle_charts(folder, target))
    if library.name == "@tabler/icons":
        made.append(_draw_sprite(source / "icons" / "outline"))
    digests = {path.relative_to(ROOT).as_posix(): _digest(path) for path in sorted(made)}
    return {"name": library.name, "version": library.version, "licence": library.licence, "files": digests}


def _copy(source: Path, target: Path) -> None:
    text = source.read_text(encoding="utf-8")
    target.write_text(re.sub(r"\n?//# sourceMappingURL=\S+", "", text), encoding="utf-8")


def _bundle_charts(folder: Path, target: Path) -> Path:
    entry, bundle = folder / "charts.js", target / "echarts.mjs"
    entry.write_text(ECHARTS_ENTRY, encoding="utf-8")
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=esm", "--legal-comments=inline", "--log-level=warning"]
    subprocess.run([str(esbuild), str(entry), *options, f"--outfile={bundle}"], cwd=folder, check=True)
    return bundle


def _draw_sprite(outline: Path) -> Path:
    symbols = []
    for name in ICONS.split():
        drawing = (outline / f"{name}.svg").read_text(encoding="utf-8")
        paths = [" ".join(p.split()) for p in re.findall(r"<(?:path|circle|rect|line)\s[^>]*/>", drawing)]
        inside = "".join(p for p in paths if 'd="M0 0h24v24H0z"' not in p)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    sprite = STATIC / "kernel" / "icons.svg"
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""]
    sprite.write_text("\n".join(lines), encoding="utf-8")
    return sprite


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
