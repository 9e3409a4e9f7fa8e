"""What a person must do before anything else after signing in."""

from datetime import date

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from linli.accounts.models import Person, Post
from linli.accounts.queries.actors import holdings_on

PASSWORD = "password"  # noqa: S105  the name of a duty
SECOND_FACTOR = "second-factor"


def duties_of(person: Person, *, on: date) -> list[str]:
    """Return what is still to be done, in order: change the first password, set up a second factor."""
    duties = [PASSWORD] if person.must_change_password else []
    if settings.LINLI_SECOND_FACTOR and _lacks_second_factor(person, on):
        duties.append(SECOND_FACTOR)
    return duties


def must_prove_again(request: HttpRequest, *, post_code: str) -> bool:
    """Tell whether the post asks for a second factor and the person has not just shown it in this session."""
    if not settings.LINLI_SECOND_FACTOR:
        return False
    asks = Post.objects.filter(code=post_code, needs_second_factor=True).exists()
    return asks and not did_recently_reauthenticate(request)


def people_lacking_second_factor(*, on: date) -> list[Person]:
    """Return the active people whose posts ask for a second factor and who have none."""
    needing = holdings_on(on).filter(post__needs_second_factor=True, person__is_active=True)
    having = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    people = Person.objects.filter(pk__in=needing.values("person_id")).exclude(pk__in=having.values("user_id"))
    return list(people.order_by("username"))


def _lacks_second_factor(person: Person, on: date) -> bool:
    needs = holdings_on(on).filter(person=person, post__needs_second_factor=True).exists()
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return needs and not Authenticator.objects.filter(user=person, type__in=kinds).exists()
