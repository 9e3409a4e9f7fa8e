"""The journal of signing in is written."""

from datetime import datetime

from django.db import transaction

from linli.accounts.models import Person, SignIn
from linli.accounts.queries.sign_ins import browser_token, name_token


def note_sign_in(
    *, username: str, result: str, address: str | None, now: datetime, person: Person | None = None, browser: str = ""
) -> None:
    """Write one attempt down: done, wrong or locked; `browser` is what it calls itself."""
    SignIn.objects.create(
        name_token=name_token(username), result=result, address=address, at=now, person=person,
        browser=browser_token(browser),
    )  # fmt: skip


@transaction.atomic
def password_was_changed(*, person: Person) -> None:
    """Take note that the first password is gone."""
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    person.must_change_password = False
