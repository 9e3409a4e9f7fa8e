"""Where exchange keeps what sources said of people, walked through for those who are looked for 逐项清查."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.exchange import facts
from linli.exchange.actions.use import recipient_key
from linli.exchange.models import Batch, BatchPart, Dataset, Grant, Page, Rejected, Run, Use
from linli.exchange.rules.leaving import Known, Wanted, row_key
from linli.kernel import facts as journal

AT_ONCE = 500
Line = Mapping[str, Any]


def rows_about(wanted: Wanted) -> Iterator[tuple[Rejected, list[str]]]:
    """Yield rows that were set aside, settled or not, with their cells."""
    rows = Rejected.objects.select_related("run", "dataset").only(
        "content", "reasons", "run__header", "dataset__keys", "dataset__kind", "dataset__mapping", "dataset__source_id"
    )
    for row in rows.iterator(AT_ONCE):
        cells = json.loads(row.content.reveal())
        if _is_of(wanted, cells, row.run.header, row.dataset):
            yield row, cells


def rewrite_pages(wanted: Wanted, change: Callable[[list[str], Run], list[str] | None]) -> None:
    """Change lines of what was read and waits to be taken in; None takes a line out.

    Who takes a run in holds it, and so does this.
    """
    for run_id in sorted(set(Page.objects.values_list("run_id", flat=True))):
        run = Run.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=run_id)
        for page in run.pages.select_for_update().order_by("id"):
            lines = json.loads(page.content.reveal())
            left = [
                (line, change(cells, run) if _is_of(wanted, cells, run.header, run.dataset) else cells)
                for line, cells in lines
            ]
            left = [(line, cells) for line, cells in left if cells is not None]
            if left == [tuple(one) for one in lines]:
                continue
            run.rows -= len(lines) - len(left)
            page.content, page.rows = json.dumps(left, ensure_ascii=False), len(left)
            page.save(update_fields=["content", "rows"])
            run.save(update_fields=["rows"])


def _is_of(wanted: Wanted, cells: Sequence[str], header: Sequence[str], dataset: Dataset) -> bool:
    """Tell whether a row of a source speaks of one of them."""
    key = row_key(cells, header, dataset.keys)
    return wanted.is_row(cells, kind=dataset.kind, source=dataset.source_id, key=key)


@dataclass(frozen=True, slots=True)
class Lists:
    """How lists are rewritten: what becomes of the question of a line, and of its answer under one of these names."""

    wanted: Wanted
    known: Sequence[Known]
    asked: Callable[[Line], Line]
    answered: Callable[[Line, set[str]], Line]

    def rewrite(self, *, now: datetime) -> None:
        """Rewrite the lines that ask for one of them or were answered with one; others are not held."""
        for batch in Batch.objects.select_related("grant").order_by("id"):
            if self._places(batch):
                self._rewrite(Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk), now)

    def _places(self, batch: Batch) -> set[int]:
        asked = {place for place, whom in enumerate(_asked(batch)) if self.wanted.is_asked(whom.values())}
        names = names_of(self.known, batch.grant)
        return asked | {
            part.first + place
            for part in batch.parts.all()
            for place, line in enumerate(json.loads(part.lines.reveal()))
            if line["subject"] in names
        }

    def _rewrite(self, batch: Batch, now: datetime) -> None:
        """Rewrite a list that is held; a job that found it held is called again."""
        places, names = self._places(batch), names_of(self.known, batch.grant)
        asked = [self.asked(whom) if place in places else whom for place, whom in enumerate(_asked(batch))]
        batch.asked = json.dumps(asked, ensure_ascii=False)
        batch.digest = ""  # made of the list as it was; sent again it is refused, not answered from here
        batch.save(update_fields=["asked", "digest"])
        parts = list(batch.parts.all())
        for part in parts:
            lines = [
                self.answered(line, names) if part.first + place in places else line
                for place, line in enumerate(json.loads(part.lines.reveal()))
            ]
            part.lines = json.dumps(lines, ensure_ascii=False)
        BatchPart.objects.bulk_update(parts, ["lines"])
        if batch.state == Batch.State.WAITING:
            journal.publish(facts.BatchWanted(batch_id=batch.pk), now=now)


def drop_answers(known: Sequence[Known]) -> None:
    """Drop answers that are kept for a day for requests sent again."""
    kept = Use.objects.filter(answer__isnull=False).select_related("grant").iterator(AT_ONCE)
    answers = [(use, json.loads(use.answer.reveal())) for use in kept if use.answer]
    gone = [use.pk for use, said in answers if said.get("subject") in names_of(known, use.grant)]
    Use.objects.filter(pk__in=gone).update(answer=None, digest="")


def names_of(known: Sequence[Known], grant: Grant) -> set[str]:
    """Return by which pseudonyms the holder of a grant knew them."""
    return {recipient_key(UUID(one.entity_id), grant) for one in known}


def _asked(batch: Batch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(batch.asked.reveal())
    return found
