"""What exchange kept of somebody who was deleted 清除副本: noted with the deletion, looked for when its fact comes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from linli.exchange.actions.kept import Lists, drop_answers, rewrite_pages, rows_about
from linli.exchange.models import Correction, FeedEntry, History, Paper, Rejected, ToForget
from linli.exchange.rules.leaving import NOBODY, Known, Wanted, known_from
from linli.registry import api as registry
from linli.registry import slots


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
    Rejected.objects.filter(pk__in=[row.pk for row, _cells in rows_about(wanted)]).delete()
    rewrite_pages(wanted, lambda _cells, _run: None)
    Lists(wanted, known, lambda _whom: {}, lambda _line, _names: NOBODY).rewrite(now=now)
    drop_answers(known)
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
