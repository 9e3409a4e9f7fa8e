"""Asking about a look at one's data 询问个人信息使用情况: one tap becomes an event with an owner and a clock."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts import api as accounts
from linli.events.actions.intake import Receipt, report_event
from linli.events.models import UseQuestion
from linli.events.rules.drafts import OWN_DATA, ReportDraft
from linli.events.sample import matters
from linli.trust import api as trust


@transaction.atomic
def ask_about_use(
    *, entry_id: UUID, kind: str, unit_id: int | None, by_whom: Collection[UUID], title: str, text: str,
    by: accounts.Actor, now: datetime, ward: UUID | None = None,
) -> Receipt:  # fmt: skip
    """Report a question (to the unit that looked) or an objection (to whom the duty list names) about one look.

    `by_whom` are the people who looked: none of them may handle it. With `ward` a guardian asks for the ward. Asked
    again it is the same event. Raises Hidden where they are not guardian.
    """
    me = trust.oneself(by, now=now, ward=ward)
    asked = accounts.unit(unit_id) if unit_id is not None else None
    draft = ReportDraft(
        title=title, text=text, channel=OWN_DATA, matter_code=matters.MATTERS_OF_DATA[UseQuestion.Kind(kind)],
        division_id=asked.division_id if asked else None,
        asked_unit_id=unit_id if kind == UseQuestion.Kind.QUESTION and asked and asked.is_open else None,
    )  # fmt: skip
    receipt = report_event(draft=draft, by=by, now=now, key=f"{kind}-{entry_id}")
    if not receipt.again:
        barred = sorted(str(one) for one in by_whom)
        UseQuestion.objects.create(
            event_id=receipt.event_id, entry_id=entry_id, kind=kind, barred=barred, asked_at=now, guardianship=ward
        )
        if ward is not None:
            trust.record(
                by=by, action="ask_use", purpose="trust.rights", subjects=sorted(me.confirmed), object_kind="event",
                object_id=receipt.event_id, elements=["use_question"], case=receipt.number, basis=me.basis, now=now,
            )  # fmt: skip
    return receipt
