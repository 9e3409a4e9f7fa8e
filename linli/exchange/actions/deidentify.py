"""De-identification of a public table is decided 去标识化审定: by whom, how, checked on an edition, until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.exchange.actions.open_data import locked_set, note_set
from linli.exchange.models import Deidentified
from linli.exchange.rules.deidentified import LOWEST, fewest_in
from linli.exchange.rules.sharing_refusals import RefusedError, TermsRefusedError
from linli.registry import api as registry
from linli.trust import api as trust


@dataclass(frozen=True, slots=True)
class Deidentifying:
    """What is decided: which way, by which method in words, which grade the table bears then, until which day."""

    way: str
    words: str
    grade: int
    until: date


@transaction.atomic
def decide_deidentified(*, set_id: UUID, said: Deidentifying, by: accounts.Actor, now: datetime) -> Deidentified:
    """Let a public table bear a lower grade than its element, after its newest edition was checked.

    The smallest number in the edition (k) must be at least what the set asks for (n). Whoever counted the edition does
    not decide on it. Raises NotAllowed, Hidden, RefusedError, TermsRefusedError.
    """
    row = locked_set(set_id, by)
    edition = row.editions.order_by("-version").first()
    if edition is None:
        raise RefusedError(_("There is no edition to check; count one first."))
    if by.person_id is not None and by.person_id == edition.made_by_id:
        raise RefusedError(_("Somebody else than who counted the edition decides on it."))
    element = registry.elements_of(row.kind).get(row.element)
    stood_on = element.grade if element else int(trust.Grade.GENERAL_4)
    _check(said, stood_on, timezone.localdate(now))
    fewest = fewest_in(edition.table)
    if fewest < row.least:
        words = _("The edition shows %(k)d people in one place, and at least %(n)d are needed.")
        raise RefusedError(words % {"k": fewest, "n": row.least})
    decision = Deidentified.objects.create(
        of=row, edition=edition, way=said.way, words=said.words.strip(), fewest=fewest, least=row.least,
        stood_on=stood_on, grade=said.grade, until=said.until, decided_at=now, decided_by_id=by.person_id,
        by_name=by.name,
    )  # fmt: skip
    note_set("deidentify", row, by, now)
    return decision


def _check(said: Deidentifying, stood_on: int, today: date) -> None:
    if said.way not in LOWEST:
        raise TermsRefusedError("way", _("Choose one of the two."))
    if not LOWEST[said.way] <= said.grade < stood_on:
        raise TermsRefusedError(
            "grade", _("A grade below that of the element; what is de-identified is still about people.")
        )
    if said.until < today:
        raise TermsRefusedError("until", _("This day is over already."))
    if not said.words.strip():
        raise TermsRefusedError("words", _("Say how it was done."))
