"""The look that a question is about, for the officer who answers it: the entry of the ledger in words."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.trust import api as trust


def asked_look(found: events.Case, actor: accounts.Actor, now: datetime) -> dict[str, Any]:
    """Return the entry that the event asks about; reading it is entered into the ledger."""
    question = events.use_question_of(found.event)
    look = trust.entry_in_words(question.entry_id) if question else None
    if question is None or look is None:
        return {}
    trust.record(
        by=actor, action="read", purpose="trust.answering", subjects=[found.event.reporter_token],
        object_kind="trust.ledger", object_id=question.entry_id, elements=["trust.look"], now=now,
        case=found.event.number,
    )  # fmt: skip
    lines = (
        (_("When"), f"{timezone.localtime(look.last):%Y-%m-%d %H:%M:%S}"),
        (_("Unit and post"), look.who),
        (_("Done"), look.did),
        (_("Purpose"), look.why),
        (_("Items"), trust.listed(look.data)),
        (_("Result"), look.result),
        (_("Ledger entry"), str(look.id)),
    )
    return {"asked_look": [{"label": label, "value": value} for label, value in lines if value],
            "asked_kind": events.UseQuestion.Kind(question.kind).label}  # fmt: skip
