"""Accounts of staff, from the first day to the last."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from linli.accounts import facts
from linli.accounts.actions.residents import phone_token
from linli.accounts.actions.sessions import end_sessions
from linli.accounts.actions.tell import tell
from linli.accounts.models import Holding, Person
from linli.accounts.queries import authority
from linli.accounts.rules.actor import Actor
from linli.accounts.rules.phone import mobile_number
from linli.accounts.rules.refusals import BadPhoneError, NameTakenError


@transaction.atomic
def create_person(
    *,
    username: str,
    name: str,
    by: Actor,
    now: datetime,
    password: str | None = None,
    must_change_password: bool = True,
    is_demo: bool = False,
) -> Person:
    """Open an account for a member of staff; without a password nobody can sign in with it yet.

    Raises NotAllowedError, NameTakenError, django's ValidationError where the password is too weak.
    """
    authority.need_manage(by)
    if Person.objects.filter(username__iexact=username).exists():
        raise NameTakenError
    person = Person(username=username, name=name, created_at=now, is_demo=is_demo)
    _set_password(person, password, must_change=must_change_password)
    person.save()
    tell(facts.PersonCreated(person_id=person.pk, person_kind="staff", by_person_id=by.person_id), by=by, now=now)
    return person


@transaction.atomic
def reset_password(*, person: Person, password: str, by: Actor, now: datetime) -> None:  # noqa: ARG001  every action is told the time
    """Give a first password that must be changed at the next sign-in; open sessions end at once."""
    need_manage_person(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    _set_password(person, password, must_change=True)
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person=person)


@transaction.atomic
def note_own_phone(*, person: Person, phone: str, by: Actor, now: datetime) -> None:  # noqa: ARG001  every action is told the time
    """Note the own telephone of a member of staff as its keyed token; empty takes it back. Raises BadPhoneError.

    By it the base knows whose looks are at the own family, home and neighbours; the telephone itself is not kept.
    """
    need_manage_person(by, person)
    number = mobile_number(phone)
    if phone.strip() and number is None:
        raise BadPhoneError
    person.phone_token = phone_token(number) if number else ""
    person.save(update_fields=["phone_token"])


@transaction.atomic
def disable_person(*, person: Person, by: Actor, now: datetime) -> None:
    """Disable an account: sessions and keys are dead at once, the traces of work stay."""
    need_manage_person(by, person)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.is_active:
        row.is_active, row.disabled_at = False, now
        row.save(update_fields=["is_active", "disabled_at"])
        tell(facts.PersonDisabled(person_id=row.pk, by_person_id=by.person_id), by=by, now=now)
    end_sessions(person=row)
    person.is_active, person.disabled_at = row.is_active, row.disabled_at


@transaction.atomic
def enable_person(*, person: Person, by: Actor, now: datetime) -> None:
    """Enable a disabled account again."""
    need_manage_person(by, person)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        row.is_active, row.disabled_at = True, None
        row.save(update_fields=["is_active", "disabled_at"])
        tell(facts.PersonEnabled(person_id=row.pk, by_person_id=by.person_id), by=by, now=now)
    person.is_active, person.disabled_at = row.is_active, row.disabled_at


def need_manage_person(by: Actor, person: Person) -> None:
    """Raise NotAllowedError unless `by` manages accounts wherever this person holds a post that has not ended."""
    authority.need_manage(by)
    for division_id in Holding.objects.filter(person=person, ended_at=None, ends_at=None).values_list(
        "division_id", flat=True
    ):
        authority.need_manage(by, division_id=division_id)


def _set_password(person: Person, password: str | None, *, must_change: bool) -> None:
    if password is None:
        person.set_unusable_password()
    else:
        validate_password(password, person)
        person.set_password(password)
    person.must_change_password = must_change and password is not None
