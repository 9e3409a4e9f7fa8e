"""A folder into which departments drop CSV and XLSX files."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path

from django.conf import settings as site
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.exchange.rules.refusals import SettingsRefusedError, SourceUnreachableError, TableRefusedError
from linli.exchange.rules.tables import Table, read_table
from linli.exchange.slots import Ask, Chunk, Connector, Setting

TOGETHER = 500
SETTLED = 5  # seconds since a file was last written to
PATTERNS = ("*.csv", "*.CSV", "*.txt", "*.xlsx", "*.XLSX", "*.xls")


class DropFolder(Connector):
    """Files are read in the order in which they came, one to a run, and stay where they are."""

    code = "drop"
    label = gettext_lazy("Folder for CSV and XLSX files")
    hint = gettext_lazy("The department puts a file into the folder; it is read once it is complete.")
    settings = (
        Setting(
            "folder",
            gettext_lazy("Folder"),
            gettext_lazy("Its name under the drop folder of this node, for example minzheng."),
        ),
    )
    resource_hint = gettext_lazy("Beginning of the file names, or empty for all files.")

    def check(self, settings: Mapping[str, str]) -> str:
        """Count the files."""
        count = len(_files(_folder(settings), ""))
        return (
            ngettext("The folder is there; it holds %d file.", "The folder is there; it holds %d files.", count) % count
        )

    def read(self, settings: Mapping[str, str], ask: Ask) -> Iterator[Chunk]:
        """Yield the rows of the oldest file that has not been read."""
        for path in _files(_folder(settings), ask.resource):
            mark = mark_of(path.stat().st_mtime_ns, path.name)
            if mark > ask.cursor:
                yield from chunks_in(path.read_bytes, known=ask.known, name=path.name, cursor=mark)
                return


def mark_of(changed: int, name: str) -> str:
    """Return a mark by which files are put in order: when they changed (ns), then their name."""
    return f"{changed:020d}/{name}"[:100]


def chunks_in(content: Callable[[], bytes], *, known: Collection[str], name: str, cursor: str) -> Iterator[Chunk]:
    """Yield the rows of a file, or say why it is none: later files do not wait until somebody takes it away."""
    try:
        table = read_table(content(), known=known)
    except TableRefusedError as refused:
        yield Chunk([], [], cursor, name, problem=str(refused))
    except PermissionError:
        yield Chunk([], [], cursor, name, problem=_("This node may not open the file."))
    else:
        yield from chunks_of(table, name=name, cursor=cursor)


def chunks_of(table: Table, *, name: str, cursor: str) -> Iterator[Chunk]:
    """Yield the rows of a file; the cursor stands behind it only with the last of them."""
    held: list[tuple[int, list[str]]] | None = None
    while True:
        lines = list(islice(table.rows, TOGETHER))
        if held is not None:
            yield _chunk(table, held, "" if lines else cursor, name)
        if not lines:
            if held is None:
                yield _chunk(table, [], cursor, name)
            return
        held = lines


def _chunk(table: Table, lines: list[tuple[int, list[str]]], cursor: str, name: str) -> Chunk:
    return Chunk(table.header, [row for _line, row in lines], cursor, name, [line for line, _row in lines])


def _folder(settings: Mapping[str, str]) -> Path:
    """Return the folder of a connection; it lies under the drop folder, whatever is typed."""
    root = Path(site.LINLI_DROP_FOLDER).resolve()
    folder = (root / settings.get("folder", "")).resolve()
    if not folder.is_relative_to(root):
        raise SettingsRefusedError("folder", _("Name a folder under the drop folder of this node."))
    if not folder.is_dir():
        raise SourceUnreachableError(_("There is no folder %(folder)s.") % {"folder": folder.name})
    return folder


def _files(folder: Path, start: str) -> list[Path]:
    found = {path for pattern in PATTERNS for path in folder.glob(pattern) if path.is_file()}
    fit = [path for path in found if path.name.startswith(start) and not path.name.startswith("~$")]
    still = time.time() - SETTLED
    return sorted((path for path in fit if path.stat().st_mtime <= still), key=lambda path: path.stat().st_mtime_ns)
