"""One data element of somebody who stays is deleted 清除单项数据: what exchange kept of it goes as well."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from linli.exchange.actions.forget import delete_corrections, known_of
from linli.exchange.actions.kept import Lists, drop_answers, rewrite_pages, rows_about
from linli.exchange.actions.link_online import put_rows
from linli.exchange.actions.push import take_out
from linli.exchange.models import Correction, Dataset, LinkageEntry, ToForget
from linli.exchange.rules.leaving import Known, Wanted, blanked, known_from, without_codes
from linli.exchange.rules.linkage_kinds import KINDS, unpacked, without_elements
from linli.registry import slots


def note_element(leaving: slots.Leaving, code: str, *, now: datetime) -> None:
    """Delete corrections of the element, and note whom it was of, in the transaction that deletes it."""
    files = delete_corrections(Correction.objects.filter(entity_id=leaving.entity_id, element=code))
    row = ToForget.objects.select_for_update().filter(pk=leaving.entity_id).first()
    before = known_from(row.known.reveal()) if row else None
    known = replace(
        known_of(leaving, [*files.get(leaving.entity_id, []), *(before.files if before else ())]),
        elements=sorted({code, *(before.elements if before else ())}),
    )
    ToForget.objects.update_or_create(
        entity_id=leaving.entity_id, defaults={"known": known.to_text(), "noted_at": now}
    )  # fmt: skip


@transaction.atomic
def forget_elements(*, ids: Collection[UUID], now: datetime) -> int:
    """Look through all that is kept and take the elements out that were noted for these; return for how many."""
    noted = ToForget.objects.select_for_update().filter(entity_id__in=list(ids))
    known = [one for one in (known_from(row.known.reveal()) for row in noted) if one.elements]
    for one in known:
        _forget(one, now)
    return ToForget.objects.filter(pk__in=[one.entity_id for one in known]).delete()[0]


def _forget(known: Known, now: datetime) -> None:
    wanted = Wanted([known])
    _blank_rows(known, wanted)
    rewrite_pages(wanted, lambda cells, run: blanked(cells, run.header, _columns(run.dataset, known)))
    Lists(
        wanted, [known], lambda whom: without_codes(whom, known.elements),
        lambda line, names: _stripped(line, known.elements) if line["subject"] in names else line,
    ).rewrite(now=now)  # fmt: skip
    drop_answers([known])
    _strip_index(known)
    take_out(entity_ids=[UUID(known.entity_id)])  # what it is now follows from the change log
    for name in known.files:
        default_storage.delete(name)


def _blank_rows(known: Known, wanted: Wanted) -> None:
    """Empty the cells of rows that were set aside; a row with nothing wrong left goes."""
    for row, cells in rows_about(wanted):
        if not (columns := _columns(row.dataset, known)):
            continue
        row.reasons = [one for one in row.reasons if one["column"] not in columns]
        row.content = json.dumps(blanked(cells, row.run.header, columns), ensure_ascii=False)
        if row.reasons:
            row.save(update_fields=["reasons", "content"])
        else:
            row.delete()


def _columns(dataset: Dataset, known: Known) -> set[str]:
    """Return the columns of a data set that hold the elements."""
    is_kind = dataset.kind == known.kind
    return {one["column"] for one in dataset.mapping if one["element"] in known.elements} if is_kind else set()


def _stripped(line: Mapping[str, Any], codes: Collection[str]) -> Mapping[str, Any]:
    return {**line, "values": without_codes(line["values"], codes)}


def _strip_index(known: Known) -> None:
    """Let linkage compare what is left."""
    entries = list(LinkageEntry.objects.filter(identity__entity_id=known.entity_id).order_by("identity_id"))
    if known.kind in KINDS and entries:
        rows = without_elements(known.kind, unpacked([one.row.reveal() for one in entries]), known.elements)
        put_rows(known.kind, [one.identity_id for one in entries], rows)
