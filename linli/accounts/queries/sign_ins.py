"""Whether a name may try to sign in now, and the journal of attempts as the security watch reads it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.accounts.models import Person, SignIn
from linli.accounts.rules.guard import without_versions
from linli.accounts.rules.lockout import WINDOW, locked_until
from linli.kernel import api as kernel


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in 登录尝试: `result` is done, wrong or locked, `name` and `browser` are keyed hashes."""

    id: UUID
    at: datetime
    result: str
    name: str
    address: str
    browser: str
    person_id: UUID | None


def attempts_between(since: datetime, until: datetime, *, people: Collection[UUID] | None = None) -> list[Attempt]:
    """Return what was tried in a time, oldest first; with `people` what went well for these alone. One query."""
    rows: QuerySet[SignIn] = SignIn.objects.filter(at__gt=since, at__lte=until)
    if people is not None:
        rows = rows.filter(person_id__in=list(people), result=SignIn.Result.DONE)
    return [
        Attempt(row.pk, row.at, row.result, row.name_token, row.address or "", row.browser, row.person_id)
        for row in rows.order_by("at", "id")
    ]


def staff_behind(names: Collection[str]) -> Mapping[str, UUID]:
    """Return whose names these keyed hashes are, staff alone, unknown names left out. One query."""
    rows: Iterator[tuple[str, UUID]] = (
        Person.objects.filter(kind=Person.Kind.STAFF).values_list("username", "pk").iterator() if names else iter(())
    )
    return {token: key for username, key in rows if (token := name_token(username)) in names}


def browser_token(browser: str) -> str:
    """Return the keyed hash under which a browser is known; empty where it says nothing of itself."""
    plain = without_versions(browser)
    return kernel.keyed_token(plain, context="accounts.browser")[:16] if plain else ""


def sign_in_locked_until(username: str, *, now: datetime) -> datetime | None:
    """Return until when this name is locked after too many wrong attempts, known or unknown; None when it is open."""
    rows = SignIn.objects.filter(name_token=name_token(username), at__gt=now - 2 * WINDOW)
    done = rows.filter(result=SignIn.Result.DONE).order_by("-at").values_list("at", flat=True).first()
    wrong = rows.filter(result=SignIn.Result.WRONG)
    if done:
        wrong = wrong.filter(at__gt=done)
    return locked_until(wrong.values_list("at", flat=True), now=now)


def name_token(username: str) -> str:
    """Return the keyed hash under which attempts with this name are kept."""
    return kernel.keyed_token(username.strip().lower(), context="accounts.sign-in")
