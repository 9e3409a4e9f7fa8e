"""Hotline files: each good row becomes an event, each bad row is kept with its line and reason, none is taken twice."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events.actions.intake import report_event
from linli.events.models import Mapping as RememberedMapping
from linli.events.models import RejectedRow, Ticket, TicketFile
from linli.events.queries.ticket_rows import read_sheet
from linli.events.rules.drafts import DraftRefusedError
from linli.events.rules.tickets import draft_of, guess_mapping, header_digest
from linli.kernel import api as kernel
from linli.trust import api as trust

Progress = Callable[[int], None]
Row = tuple[int, dict[str, str]]
TOGETHER = 50


class MappingMissingError(ValueError):
    """The file's header does not say which column holds the text; somebody must choose."""

    def __init__(self, header: list[str], guessed: Mapping[str, str]) -> None:
        """Keep the header and what could be guessed."""
        super().__init__(", ".join(header))
        self.header, self.guessed = header, dict(guessed)


@dataclass
class _Counts:
    rows: int = 0
    taken: int = 0
    known: int = 0
    rejected: int = 0


def import_tickets(
    *,
    content: bytes,
    name: str,
    by: accounts.Actor,
    now: datetime,
    columns: Mapping[str, str] | None = None,
    wanted: Callable[[Mapping[str, str]], bool] | None = None,
    progress: Progress | None = None,
) -> TicketFile:
    """Import a hotline file (CSV or XLSX). `columns` maps fields to columns and is remembered for this header.

    Rows with a ticket number that is known already are counted and left. `wanted` may skip rows. Raises
    FileRefusedError for what is no table and MappingMissingError where nobody knows the text column.
    """
    trust.require(by, "events.import")
    sheet = read_sheet(content, name)
    mapping = _mapping(sheet.header, columns, by, now)
    file = TicketFile.objects.create(
        name=name[:200], digest=sha256(content).hexdigest(), started_at=now, by_id=by.person_id
    )
    counts = _Counts()
    for batch in _batches(row for row in sheet.rows if wanted is None or wanted(row[1])):
        with transaction.atomic():
            for line, row in batch:
                _take_row(file, line, row, mapping, by, now, counts)
        if progress:
            progress(counts.rows)
    return _ended(file, counts)


def remembered_mapping(header: list[str]) -> dict[str, str]:
    """Return the mapping that was chosen for this header before, else the one its names suggest."""
    known = RememberedMapping.objects.filter(header_digest=header_digest(header)).first()
    return dict(known.columns) if known else guess_mapping(header)


def _mapping(header: list[str], columns: Mapping[str, str] | None, by: accounts.Actor, now: datetime) -> dict[str, str]:
    mapping = dict(columns) if columns else remembered_mapping(header)
    if not {"text", "title"} & set(mapping) or not set(mapping.values()) <= set(header):
        raise MappingMissingError(header, guess_mapping(header))
    RememberedMapping.objects.update_or_create(
        header_digest=header_digest(header),
        defaults={"columns": mapping, "chosen_by_id": by.person_id, "chosen_at": now},
    )
    return mapping


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Cut the rows into batches that are committed together."""
    rows = iter(rows)
    while batch := list(islice(rows, TOGETHER)):
        yield batch


def _take_row(  # noqa: PLR0917  private: one row with all that is known of it
    file: TicketFile,
    line: int,
    row: Mapping[str, str],
    mapping: Mapping[str, str],
    by: accounts.Actor,
    now: datetime,
    counts: _Counts,
) -> None:
    counts.rows += 1
    try:
        with transaction.atomic():
            receipt = report_event(draft=draft_of(row, mapping), by=by, now=now)
    except DraftRefusedError as refused:
        _reject(file, line, row, " ".join(str(words) for words in refused.fields.values()), counts)
    except (DataError, IntegrityError):
        _reject(file, line, row, _("The row holds something that can't be stored."), counts)
    else:
        counts.known += receipt.again
        counts.taken += not receipt.again
        if not receipt.again or not Ticket.objects.filter(event_id=receipt.event_id).exists():
            Ticket.objects.create(file=file, line=line, event_id=receipt.event_id, cells=_as_json(row))


def _reject(file: TicketFile, line: int, row: Mapping[str, str], reason: str, counts: _Counts) -> None:
    counts.rejected += 1
    RejectedRow.objects.create(file=file, line=line, reason=reason[:200], content=_as_json(row))


def _as_json(row: Mapping[str, str]) -> str:
    return json.dumps(dict(row), ensure_ascii=False).replace("\\u0000", "")


def _ended(file: TicketFile, counts: _Counts) -> TicketFile:
    file.rows, file.taken, file.known, file.rejected = counts.rows, counts.taken, counts.known, counts.rejected
    file.ended_at = kernel.now()
    file.save()
    return file
