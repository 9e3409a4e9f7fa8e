"""Who a resident is, as an officer confirmed it: tokens of the ledger, and since when a number is theirs."""

from uuid import UUID

from django.db.models import Max, Q

from linli.accounts import api as accounts
from linli.registry.models import Binding
from linli.registry.queries.identities import absorbed_by, survivor_of
from linli.registry.rules.heads import subject_of
from linli.trust import slots as trust

CONFIRM = "registry.confirm"


def binding_of(actor: accounts.Actor) -> Binding | None:
    """Return what ties a resident to a person of the base now, if anything does."""
    if actor.kind != "resident" or actor.person_id is None:
        return None
    return Binding.objects.filter(account_id=actor.person_id, ended_at=None).first()


def binding_at(entity_id: UUID) -> Binding | None:
    """Return what ties a person of the base to an account now, if anything does."""
    rows = Binding.objects.filter(entity_id=entity_id, ended_at=None).select_related("confirmed_by")
    return rows.first()


def person_of(actor: accounts.Actor) -> UUID | None:
    """Return the person of the base whom an officer confirmed a resident to be, after all merges."""
    row = binding_of(actor)
    return survivor_of(row.entity_id) if row else None


class BoundPerson(trust.SelfSource):
    """Knows residents whom an officer confirmed at the counter."""

    code = "registry.binding"

    def known(self, actor: accounts.Actor) -> trust.Known:
        """Return the tokens of the person, also under what was merged into it, and since when the number is theirs."""
        moved = Binding.objects.filter(account_id=actor.person_id).aggregate(
            since=Max("ended_at", filter=Q(end_reason=Binding.Reason.PHONE))
        )
        person = person_of(actor)
        if person is None:
            return trust.Known(phone_since=moved["since"])
        ids = [person, *absorbed_by([person]).get(person, ())]
        return trust.Known(frozenset(subject_of(one) for one in ids), moved["since"])
