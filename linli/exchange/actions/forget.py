"""What exchange kept of somebody who was deleted 清除副本: noted with the deletion, looked for when its fact comes."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from linli.exchange import facts
from linli.exchange.actions.use import recipient_key
from linli.exchange.models import (
    Batch,
    BatchPart,
    Correction,
    FeedEntry,
    Grant,
    History,
    Page,
    Paper,
    Rejected,
    Run,
    ToForget,
    Use,
)
from linli.exchange.rules.leaving import Known, Wanted, known_from, row_key, without
from linli.kernel import facts as journal
from linli.registry import api as registry
from linli.registry import slots

AT_ONCE = 500


def note_leaving(leaving: Sequence[slots.Leaving], *, now: datetime) -> None:
    """Delete what hangs on entities, and note what they are told by, in the transaction that deletes them."""
    ids = [one.entity_id for one in leaving]
    papers = delete_corrections(Correction.objects.filter(entity_id__in=ids))
    for row in ToForget.objects.select_for_update().filter(pk__in=ids):
        papers.setdefault(row.pk, []).extend(known_from(row.known.reveal()).files)
    known = {one.entity_id: known_of(one, papers.get(one.entity_id, [])) for one in leaving}
    rows = [ToForget(entity_id=key, known=one.to_text(), noted_at=now) for key, one in known.items()]
    ToForget.objects.bulk_create(rows, update_conflicts=True, unique_fields=["entity_id"], update_fields=["known"])


def delete_corrections(corrections: "QuerySet[Correction]") -> dict[UUID, list[str]]:
    """Delete corrections with their history; return the files that are left to delete, by entity."""
    History.objects.filter(subject_id__in=list(corrections.values_list("id", flat=True))).delete()
    papers: dict[UUID, list[str]] = {}
    kept = Paper.objects.filter(correction__in=corrections)
    for entity_id, name in kept.values_list("correction__entity_id", "file"):
        papers.setdefault(entity_id, []).append(name)
    corrections.delete()
    return papers


@transaction.atomic
def forget_copies(*, ids: Collection[UUID], now: datetime) -> int:
    """Look through all that is kept, once for all these entities, and take them out; return how many were noted.

    Called again it finds nothing noted and does nothing.
    """
    FeedEntry.objects.filter(entity_id__in=ids).exclude(what="deleted").update(what="deleted")
    noted = list(ToForget.objects.select_for_update().filter(entity_id__in=list(ids)))
    if not noted:
        return 0
    known = [known_from(one.known.reveal()) for one in noted]
    wanted = Wanted(known)
    _forget_rows(wanted)
    _forget_pages(wanted)
    _forget_batches(wanted, known, now)
    _forget_answers(known)
    for one in known:
        for name in one.files:
            default_storage.delete(name)
    ToForget.objects.filter(pk__in=[one.pk for one in noted]).delete()
    return len(noted)


def known_of(leaving: slots.Leaving, files: Sequence[str]) -> Known:
    """Return by what an entity is told, from everything that was ever said of it."""
    elements = registry.elements_of(leaving.kind)
    said = [(code, str(value)) for values in leaving.said for code, value in values.items() if code in elements]
    phones = {value for code, value in said if elements[code].type == "phone"}
    own = {value for code, value in said if elements[code].search == "exact" and elements[code].type != "phone"}
    title = registry.KINDS[leaving.kind].title
    return Known(
        entity_id=str(leaving.entity_id), kind=leaving.kind, keys=sorted(leaving.keys), numbers=sorted(own),
        phones=sorted(phones), names=sorted({value for code, value in said if code == title}),
        details=sorted({value for code, value in said if code == "birth_date" or code.endswith("address")}),
        files=files,
    )  # fmt: skip


def _forget_rows(wanted: Wanted) -> None:
    """Delete rows that were set aside, settled or not."""
    rows = Rejected.objects.select_related("run", "dataset").only(
        "content", "run__header", "dataset__keys", "dataset__kind", "dataset__source_id"
    )
    gone = []
    for row in rows.iterator(AT_ONCE):
        cells = json.loads(row.content.reveal())
        if is_of(wanted, cells, row.run):
            gone.append(row.pk)
    Rejected.objects.filter(pk__in=gone).delete()


def _forget_pages(wanted: Wanted) -> None:
    """Take lines out of what was read and waits to be taken in. Who takes a run in holds it, and so does this."""
    for run_id in sorted(set(Page.objects.values_list("run_id", flat=True))):
        run = Run.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=run_id)
        for page in run.pages.select_for_update().order_by("id"):
            lines = json.loads(page.content.reveal())
            left = [(line, cells) for line, cells in lines if not is_of(wanted, cells, run)]
            if len(left) < len(lines):
                run.rows -= len(lines) - len(left)
                page.content, page.rows = json.dumps(left, ensure_ascii=False), len(left)
                page.save(update_fields=["content", "rows"])
                run.save(update_fields=["rows"])


def is_of(wanted: Wanted, cells: Sequence[str], run: Run) -> bool:
    """Tell whether a row of a run speaks of one of them."""
    dataset = run.dataset
    key = row_key(cells, run.header, dataset.keys)
    return wanted.is_row(cells, kind=dataset.kind, source=dataset.source_id, key=key)


def _forget_batches(wanted: Wanted, known: Sequence[Known], now: datetime) -> None:
    """Blank lines of lists, asked and answered: whoever fetches the list now gets them as not found."""
    for batch in Batch.objects.select_related("grant").order_by("id"):
        if _places_in(batch, wanted, known):
            _blank(Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk), wanted, known, now)


def _places_in(batch: Batch, wanted: Wanted, known: Sequence[Known]) -> set[int]:
    """Return which lines of a list ask for one of them, or were answered with one."""
    asked = {place for place, whom in enumerate(asked_of(batch)) if wanted.is_asked(whom.values())}
    names = names_of(known, batch.grant)
    return asked | {
        part.first + place
        for part in batch.parts.all()
        for place, line in enumerate(json.loads(part.lines.reveal()))
        if line["subject"] in names
    }


def _blank(batch: Batch, wanted: Wanted, known: Sequence[Known], now: datetime) -> None:
    """Blank them in a list that is held; a job that found it held is called again."""
    gone = _places_in(batch, wanted, known)
    batch.asked = json.dumps([{} if place in gone else whom for place, whom in enumerate(asked_of(batch))])
    batch.digest = ""  # made of the list as it was; sent again it is refused, not answered from here
    batch.save(update_fields=["asked", "digest"])
    parts = list(batch.parts.all())
    for part in parts:
        lines = without(json.loads(part.lines.reveal()), {place - part.first for place in gone})
        part.lines = json.dumps(lines, ensure_ascii=False)
    BatchPart.objects.bulk_update(parts, ["lines"])
    if batch.state == Batch.State.WAITING:
        journal.publish(facts.BatchWanted(batch_id=batch.pk), now=now)


def asked_of(batch: Batch) -> list[dict[str, Any]]:
    """Return whom a list asks for, line by line."""
    found: list[dict[str, Any]] = json.loads(batch.asked.reveal())
    return found


def _forget_answers(known: Sequence[Known]) -> None:
    """Drop answers that are kept for a day for requests sent again."""
    kept = Use.objects.filter(answer__isnull=False).select_related("grant").iterator(AT_ONCE)
    answers = [(use, json.loads(use.answer.reveal())) for use in kept if use.answer]
    gone = [use.pk for use, said in answers if said.get("subject") in names_of(known, use.grant)]
    Use.objects.filter(pk__in=gone).update(answer=None, digest="")


def names_of(known: Sequence[Known], grant: Grant) -> set[str]:
    """Return by which pseudonyms the holder of a grant knew them."""
    return {recipient_key(UUID(one.entity_id), grant) for one in known}
