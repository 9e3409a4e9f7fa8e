"""One data element of somebody who stays is deleted 清除单项数据: what exchange kept of it goes as well."""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from linli.exchange.actions.forget import AT_ONCE, asked_of, delete_corrections, is_of, known_of, names_of
from linli.exchange.actions.link_online import put_rows
from linli.exchange.actions.push import take_out
from linli.exchange.models import (
    Batch,
    BatchPart,
    Correction,
    Dataset,
    LinkageEntry,
    Page,
    Rejected,
    Run,
    ToForget,
    Use,
)
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
def forget_elements(*, ids: Collection[UUID]) -> int:
    """Look through all that is kept and take the elements out that were noted for these; return for how many."""
    noted = ToForget.objects.select_for_update().filter(entity_id__in=list(ids))
    known = [one for one in (known_from(row.known.reveal()) for row in noted) if one.elements]
    for one in known:
        _forget(one)
    return ToForget.objects.filter(pk__in=[one.entity_id for one in known]).delete()[0]


def _forget(known: Known) -> None:
    wanted = Wanted([known])
    _blank_rows(known, wanted)
    _blank_pages(known, wanted)
    _strip_lists(known, wanted)
    _drop_answers(known)
    _strip_index(known)
    take_out(entity_ids=[UUID(known.entity_id)])  # what it is now follows from the change log
    for name in known.files:
        default_storage.delete(name)


def _blank_rows(known: Known, wanted: Wanted) -> None:
    """Empty the cells of rows that were set aside; a row with nothing wrong left goes."""
    for row in Rejected.objects.select_related("run", "dataset").iterator(AT_ONCE):
        columns = _columns(row.dataset, known)
        cells = json.loads(row.content.reveal())
        if not columns or not is_of(wanted, cells, row.run):
            continue
        row.reasons = [one for one in row.reasons if one["column"] not in columns]
        row.content = json.dumps(blanked(cells, row.run.header, columns), ensure_ascii=False)
        if row.reasons:
            row.save(update_fields=["reasons", "content"])
        else:
            row.delete()


def _blank_pages(known: Known, wanted: Wanted) -> None:
    """Empty the cells of what was read and waits to be taken in."""
    for run_id in sorted(set(Page.objects.values_list("run_id", flat=True))):
        run = Run.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=run_id)
        columns = _columns(run.dataset, known)
        for page in run.pages.select_for_update().order_by("id") if columns else ():
            lines = json.loads(page.content.reveal())
            left = [
                (line, blanked(cells, run.header, columns) if is_of(wanted, cells, run) else cells)
                for line, cells in lines
            ]
            page.content = json.dumps(left, ensure_ascii=False)
            page.save(update_fields=["content"])


def _columns(dataset: Dataset, known: Known) -> set[str]:
    """Return the columns of a data set that hold the elements."""
    is_kind = dataset.kind == known.kind
    return {one["column"] for one in dataset.mapping if one["element"] in known.elements} if is_kind else set()


def _strip_lists(known: Known, wanted: Wanted) -> None:
    """Take the elements out of lists, asked and answered."""
    for batch in Batch.objects.select_for_update(of=("self",)).select_related("grant").order_by("id"):
        asked = asked_of(batch)
        left = [
            without_codes(whom, known.elements) if wanted.is_asked(whom.values()) else whom for whom in asked
        ]  # fmt: skip
        if left != asked:
            batch.asked, batch.digest = json.dumps(left, ensure_ascii=False), ""
            batch.save(update_fields=["asked", "digest"])
        _strip_parts(list(batch.parts.all()), names_of([known], batch.grant), known.elements)


def _strip_parts(parts: Sequence[BatchPart], names: Collection[str], codes: Collection[str]) -> None:
    for part in parts:
        lines = json.loads(part.lines.reveal())
        for line in lines:
            if line["subject"] in names:
                line["values"] = without_codes(line["values"], codes)
        part.lines = json.dumps(lines, ensure_ascii=False)
    BatchPart.objects.bulk_update(parts, ["lines"])


def _drop_answers(known: Known) -> None:
    """Drop answers that are kept for a day for requests sent again."""
    kept = Use.objects.filter(answer__isnull=False).select_related("grant").iterator(AT_ONCE)
    answers = [(use, json.loads(use.answer.reveal())) for use in kept if use.answer]
    gone = [use.pk for use, said in answers if said.get("subject") in names_of([known], use.grant)]
    Use.objects.filter(pk__in=gone).update(answer=None, digest="")


def _strip_index(known: Known) -> None:
    """Let linkage compare what is left."""
    entries = list(LinkageEntry.objects.filter(identity__entity_id=known.entity_id).order_by("identity_id"))
    if known.kind in KINDS and entries:
        rows = without_elements(known.kind, unpacked([one.row.reveal() for one in entries]), known.elements)
        put_rows(known.kind, [one.identity_id for one in entries], rows)
