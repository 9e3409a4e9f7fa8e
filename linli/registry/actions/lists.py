"""Keep the lists of a community 台账: register, renew, close. Each step is appended and stands in the ledger."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.registry import facts
from linli.registry.models import Entity, Listing, ListingStep
from linli.registry.queries.cards import brief_of
from linli.registry.queries.lists import ListLine, due_state, lines_of
from linli.registry.queries.sight import KEEP, SEE
from linli.registry.rules.dates import months_after
from linli.registry.rules.refusals import ListingRefusedError
from linli.registry.states import CLOSE, NEW, REGISTERS, STEPS, Register
from linli.trust import api as trust

PURPOSE = "registry.lists"


@transaction.atomic
def take_step(
    *, register: str, entity_id: UUID, step: str, by: accounts.Actor, now: datetime, words: str = ""
) -> Listing:
    """Register an entity in a list, renew it there, or close it. Raises NotAllowed, Hidden and ListingRefusedError.

    Renewed early it runs on from the day on which it was due; renewed late, from today.
    """
    trust.require(by, KEEP)
    entity = trust.visible(by, KEEP, Entity.objects.filter(pk=entity_id)).select_for_update().first()
    if entity is None:
        raise trust.Hidden(KEEP)
    kept, today = REGISTERS[register], timezone.localdate(now)
    _check_kind(kept, entity)
    line = Listing.objects.filter(entity=entity, register=register).first()
    way = STEPS.get(step)
    if way is None or (line.state if line else NEW) not in way.before:
        raise ListingRefusedError
    due = _due(kept, line, step, today)
    if line is None or step == "register":
        line = line or Listing(register=register, entity=entity)
        line.since = today
    line.state, line.changed_at = way.after, now
    line.due_on = due or line.due_on
    line.save()
    ListingStep.objects.create(listing=line, step=step, on=today, due_on=due, words=words[:200], by=by.name, at=now)
    trust.record(
        by=by, action=f"list_{step}", purpose=PURPOSE, subjects=entity.subjects, object_kind=entity.kind,
        object_id=entity.id, elements=["listing"], now=now,
    )  # fmt: skip
    journal.publish(facts.ListingChanged(line.id, register, entity.id, step, line.due_on), now=now)
    return line


@transaction.atomic
def look_through_list(
    *, register: str, due: str, by: accounts.Actor, now: datetime, cursor: str | None = None
) -> "kernel.Page[ListLine]":
    """Return a page of a list, what is due first; whose lines they are stands in the ledger.

    `due` is "late", "soon", "kept" or "closed". Raises NotAllowed and CursorError.
    """
    trust.require(by, SEE)
    page = lines_of(register=register, due=due, viewer=by, today=timezone.localdate(now), cursor=cursor)
    subjects = [token for row in page.items for token in row.entity.subjects]
    if subjects:
        trust.record(
            by=by, action="list", purpose=PURPOSE, subjects=subjects, object_kind=f"{REGISTERS[register].kind}_list",
            object_id=f"{len(page.items)} rows", elements=["name_masked", "address", "listing"], now=now,
        )  # fmt: skip
    today = timezone.localdate(now)
    lines = tuple(
        ListLine(row.id, brief_of(row.entity), row.register, row.state, row.since, row.due_on, due_state(row, today),
                 tuple((one.step, one.on, one.by, one.words) for one in row.steps.all()))
        for row in page.items
    )  # fmt: skip
    return kernel.Page(lines, page.next_cursor, page.previous_cursor)


def _check_kind(kept: Register, entity: Entity) -> None:
    element, value = kept.only
    if entity.kind != kept.kind or (element and value not in str(entity.attributes.get(element, value))):
        raise ListingRefusedError


def _due(kept: Register, line: Listing | None, step: str, today: date) -> date | None:
    if step == CLOSE:
        return None
    early = step == "renew" and line is not None and line.due_on > today
    return months_after(line.due_on if early and line else today, kept.months)
