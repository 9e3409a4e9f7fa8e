"""Tying an account to a person of the base 实名核验: at the counter, by who saw the card; and untying it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.registry.models import Binding, Entity
from linli.registry.queries.bindings import CONFIRM
from linli.registry.queries.sight import entities_seen_by
from linli.registry.rules.kinds import PERSON
from linli.registry.rules.refusals import BindingRefusedError
from linli.trust import api as trust

PURPOSE = "registry.binding"


@transaction.atomic
def confirm_identity(*, entity_id: UUID, phone: str, paper: str, by: accounts.Actor, now: datetime) -> Binding:
    """Say that who signs in with this phone is this person: `by` saw them and their document `paper`.

    Raises NotAllowed, Hidden, BindingRefusedError.
    """
    trust.require(by, CONFIRM)
    entity = entities_seen_by(by).filter(pk=entity_id, kind=PERSON, merged_into=None).first()
    if entity is None:
        raise trust.Hidden(CONFIRM)
    if paper not in Binding.Paper.values:
        raise BindingRefusedError(_("Say which document you saw."))
    try:
        account = accounts.resident_by_phone(phone=phone, now=now)
        with transaction.atomic():
            row = Binding.objects.create(
                account=account, entity=entity, paper=paper, confirmed_by_id=by.person_id, confirmed_at=now
            )
    except accounts.BadPhoneError as refused:
        raise BindingRefusedError(str(refused)) from refused
    except IntegrityError as error:
        words = _("This number or this person is tied already. End that first, then confirm anew.")
        raise BindingRefusedError(words) from error
    _note(row, entity, account.phone_token, "confirm_identity", by=by, now=now)
    return row


@transaction.atomic
def end_binding(*, binding_id: UUID, reason: str, by: accounts.Actor, now: datetime) -> Binding:
    """Untie them: an officer of the area, or the resident themselves. A number that changed hands signs everybody out.

    Raises NotAllowed, Hidden, BindingRefusedError.
    """
    row = Binding.objects.select_for_update().filter(pk=binding_id, ended_at=None).first()
    if row is None or not (_is_own(row, by) or entities_seen_by(by).filter(pk=row.entity_id).exists()):
        raise trust.Hidden(CONFIRM)
    if not _is_own(row, by):
        trust.require(by, CONFIRM)
    if reason not in Binding.Reason.values:
        raise BindingRefusedError(_("Say why it ends."))
    row.ended_at, row.ended_by_id, row.end_reason = now, by.person_id, reason
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    if reason == Binding.Reason.PHONE:
        accounts.end_sessions(person=row.account)
    _note(row, row.entity, row.account.phone_token, "end_binding", by=by, now=now)
    return row


def _is_own(row: Binding, by: accounts.Actor) -> bool:
    return by.kind == "resident" and row.account_id == by.person_id


def _note(row: Binding, entity: Entity, phone_token: str, action: str, *, by: accounts.Actor, now: datetime) -> None:
    subjects = list(dict.fromkeys([*entity.subjects, phone_token]))
    trust.record(
        by=by, action=action, purpose=PURPOSE, subjects=subjects, object_kind="binding", object_id=row.id,
        elements=["identity_paper"], now=now,
    )  # fmt: skip
