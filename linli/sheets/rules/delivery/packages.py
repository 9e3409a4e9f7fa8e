"""A workbook as the package of files it is: opened within limits, written again with the parts that changed.

What is not changed is copied byte for byte. Files with macros, files that are locked, and files that would be too large
when unpacked are refused with a sentence.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.sheets.rules.delivery.nodes import Node, as_utf8, read_nodes
from linli.sheets.rules.refusals import DeliveryRefusedError

MOST_PARTS, MOST_BYTES, MOST_RATIO = 2000, 256 * 1024 * 1024, 200
SMALL = 1024 * 1024  # what is smaller unpacked may be packed as tightly as it likes
LEVEL = 1
WORKBOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
_MACROS = ("vbaProject.bin", "macroEnabled")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook: its name, and the part it stands in."""

    name: str
    path: str


class Package:
    """A package that was opened. Parts are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise DeliveryRefusedError(_NO_PACKAGE) from error
        _check(self._zip.infolist())

    @property
    def names(self) -> list[str]:
        """The names of the parts, in their order."""
        return self._zip.namelist()

    def part(self, name: str) -> bytes:
        """Return a part in UTF-8; nothing where there is none. Raises DeliveryRefusedError where it is damaged."""
        return as_utf8(self.raw(name)) if name in self._zip.NameToInfo else b""

    def raw(self, name: str) -> bytes:
        """Return a part as it is. Raises DeliveryRefusedError where it is damaged or locked."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise DeliveryRefusedError(_NO_PACKAGE) from error

    def written(
        self, changed: Mapping[str, bytes | Iterable[bytes]], *, without: Iterable[str] = (),
        new: Mapping[str, bytes] | None = None,
    ) -> bytes:  # fmt: skip
        """Return the package with parts that changed, without some, and with new ones at its end."""
        out, left_out = io.BytesIO(), set(without)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as target:
            for info in self._zip.infolist():
                if info.filename in left_out or info.is_dir():
                    continue
                other = changed.get(info.filename)
                if other is not None and not isinstance(other, bytes):
                    with target.open(info.filename, "w") as part:
                        for block in kernel.ahead(other):
                            part.write(block)
                    continue
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.external_attr = info.external_attr
                kind = info.compress_type if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
                target.writestr(copy, self.raw(info.filename) if other is None else other, kind, LEVEL)
            for name, content in (new or {}).items():
                target.writestr(name, content, zipfile.ZIP_DEFLATED, LEVEL)
        return out.getvalue()


def open_workbook(content: bytes) -> Package:
    """Return a workbook (XLSX) as a package. Raises DeliveryRefusedError for anything else, and for macros."""
    package = Package(content)
    names = package.names
    if WORKBOOK not in names or TYPES not in names:
        raise DeliveryRefusedError(_NO_PACKAGE)
    has_macros = any(name.endswith(_MACROS[0]) for name in names) or _MACROS[1].encode() in package.part(TYPES)
    if has_macros:
        raise DeliveryRefusedError(
            _("This workbook holds macros. Save it as a workbook without macros (.xlsx), then bring it again.")
        )
    return package


def sheets_of(package: Package) -> list[SheetPart]:
    """Return the sheets of a workbook in their order."""
    targets = relations_of(package, WORKBOOK)
    found = []
    for one in read_nodes(package.part(WORKBOOK)).each("sheet"):
        key = next((value for name, value in one.attributes.items() if name.rpartition(":")[2] == "id"), "")
        if key in targets:
            found.append(SheetPart(one.attributes.get("name", ""), targets[key]))
    return found


def the_sheet(package: Package, wanted: str | int) -> SheetPart:
    """Return one sheet by its name, or its place from 0. Raises DeliveryRefusedError."""
    all_sheets = sheets_of(package)
    found = [one for n, one in enumerate(all_sheets) if wanted in {n, one.name} and wanted is not True]
    if not found or found[0].path not in package.names:
        raise DeliveryRefusedError(_("The workbook has no such sheet."))
    return found[0]


def relations_of(package: Package, path: str) -> dict[str, str]:
    """Return which parts a part speaks of: {id: path}; what lies outside the package is left out."""
    folder, name = posixpath.split(path)
    xml = package.part(f"{folder}/_rels/{name}.rels")
    if not xml:
        return {}
    return {one.attributes["Id"]: _path(folder, one) for one in read_nodes(xml).each("Relationship")
            if one.attributes.get("TargetMode") != "External"}  # fmt: skip


def _path(folder: str, relation: Node) -> str:
    target = relation.attributes["Target"]
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _check(parts: list[zipfile.ZipInfo]) -> None:
    """Raise DeliveryRefusedError for what is locked, or would be far larger than the file itself."""
    if any(one.flag_bits & 1 for one in parts):
        raise DeliveryRefusedError(
            _("This workbook is locked by a password. Take the password off, then bring it again.")
        )
    size = sum(one.file_size for one in parts)
    swollen = any(one.file_size > SMALL and one.file_size > MOST_RATIO * max(1, one.compress_size) for one in parts)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or swollen:
        raise DeliveryRefusedError(_("This file would be too large when unpacked."))


_NO_PACKAGE = _("This is no workbook that can be filled, or it is damaged. Workbooks of the sort .xlsx can be filled.")
