"""Units are told of what waits for them and of what came of theirs, at their addresses; once for each occasion."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange import facts
from linli.exchange.models import Dataset
from linli.exchange.queries.owners import handlers_of, superior_of
from linli.kernel import api as kernel
from linli.kernel import facts as journal

Told = journal.Delivered[Any]
SENTENCES: Mapping[type[journal.Fact], str | Promise] = {
    facts.DataAppliedFor: _("An application for your data waits for an answer: %(number)s."),
    facts.ApplicationAnswered: _("Your application for data was answered: %(number)s."),
    facts.ApplicationLate: _("An application for data was not answered in time: %(number)s."),
    facts.GrantEnded: _("A grant of yours has changed: %(number)s."),
    facts.GradesRose: _("The grade of data that you gave has risen; please look and decide anew: %(number)s."),
    facts.GrantDecidedAnew: _("A grant of yours has changed: %(number)s."),
    facts.PushGivenUp: _("Changes of a grant could not be delivered for two days: %(number)s."),
    facts.CorrectionProposed: _("A correction of your data waits for an answer: %(number)s."),
    facts.CorrectionConfirmed: _("Your correction was confirmed: %(number)s."),
    facts.CorrectionRefused: _("Your correction was not accepted: %(number)s."),
    facts.CorrectionStood: _("A correction was not answered in time and stands: %(number)s."),
    facts.CorrectionArrived: _("The value of a correction came with the owner's own data: %(number)s."),
    facts.CorrectionOvertaken: _("The owner's data changed while a correction was waiting; please look: %(number)s."),
    facts.DatasetLate: _("The data set %(name)s brings nothing although it was due on %(day)s. Please hand it over."),
}


def tell(told: Sequence[Told], *, now: datetime) -> None:
    """Post a sentence to each unit that a fact concerns."""
    for one in told:
        about, values = _said(one.fact)
        sentence = str(SENTENCES[type(one.fact)]) % values
        for unit_id in _WHOM[type(one.fact)](one.fact):
            key = f"exchange:{one.fact_id}:{unit_id}"
            accounts.tell_unit(unit_id=unit_id, text=sentence, key=key, now=now, about=about)


def _said(fact: Any) -> tuple[str, dict[str, str]]:
    """Return the number of the business, and what its sentence says."""
    if isinstance(fact, facts.DatasetLate):
        return fact.dataset, {"name": fact.name, "day": timezone.localdate(fact.since).isoformat()}
    return fact.number, {"number": fact.number}


def _late_set(fact: facts.DatasetLate) -> list[int]:
    """Return the owner and the data office, as long as the data set is late still."""
    row = Dataset.objects.select_related("source").filter(pk=fact.dataset, late_told_at__isnull=False).first()
    return handlers_of(row, now=kernel.now()) if row else []


def _owner(fact: Any) -> list[int]:
    return [fact.owner_unit_id] if fact.owner_unit_id else []


def _maker(fact: Any) -> list[int]:
    return [fact.unit_id] if fact.unit_id else []


def _both(fact: Any) -> list[int]:
    return list(dict.fromkeys(one for one in (fact.unit_id, fact.owner_unit_id) if one))


def _late(fact: facts.ApplicationLate) -> list[int]:
    above = superior_of(accounts.unit(fact.owner_unit_id))
    return [fact.owner_unit_id, *([above.id] if above else [])]


def _stood(fact: facts.CorrectionStood) -> list[int]:
    return [one for one in (fact.unit_id, fact.owner_unit_id, fact.superior_id) if one]


_WHOM: Mapping[type[journal.Fact], Callable[[Any], list[int]]] = {
    facts.DataAppliedFor: _owner,
    facts.ApplicationAnswered: _maker,
    facts.ApplicationLate: _late,
    facts.GrantEnded: _maker,
    facts.GradesRose: _owner,
    facts.GrantDecidedAnew: _maker,
    facts.PushGivenUp: _both,
    facts.CorrectionProposed: _owner,
    facts.CorrectionConfirmed: _maker,
    facts.CorrectionRefused: _maker,
    facts.CorrectionStood: _stood,
    facts.CorrectionArrived: _both,
    facts.CorrectionOvertaken: _both,
    facts.DatasetLate: _late_set,
}
