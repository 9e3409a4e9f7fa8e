"""What must be in order before a node is opened to the public: `linli check --deploy`."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's name
from django.db import DatabaseError
from django.utils import timezone

from linli.accounts.models import Person
from linli.accounts.queries.actors import holdings_on
from linli.accounts.queries.authority import MANAGE, security_administrators
from linli.accounts.queries.demo import demo_password, is_demo_node
from linli.accounts.queries.duties import people_lacking_second_factor
from linli.accounts.rules.offices import offices_of
from linli.kernel import api as kernel

WELL_KNOWN = ("linli", "admin", "password", "123456", "12345678", "admin123", "Admin@123", "88888888")
_SHORT_KEY = 50


@register(Tags.security, deploy=True)
def no_default_password(**_kwargs: Any) -> list[CheckMessage]:
    """No demo account is active, and no administrator has a password that everybody knows."""
    return _looked_up(_demo_accounts) + _looked_up(_known_passwords)


@register(Tags.security, deploy=True)
def second_factors(**_kwargs: Any) -> list[CheckMessage]:
    """Those whose post asks for a second factor have one, and the node insists on it."""
    messages = _looked_up(_lacking)
    if not settings.LINLI_SECOND_FACTOR:
        hint = "Set LINLI_SECOND_FACTOR=1."
        messages.append(
            Warning("Posts that need a second factor are not made to set one up.", hint, id="accounts.W002")
        )
    return messages


@register(Tags.security, deploy=True)
def three_administrators(**_kwargs: Any) -> list[CheckMessage]:
    """Nobody is two of system, security and audit administrator 三员分立, and there is a security administrator."""
    return _looked_up(_two_offices)


@register(Tags.security, deploy=True)
def node_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Demo mode, debug mode, the console channel, open hosts and a weak key have no place on a public node."""
    faults = [
        (
            is_demo_node(),
            "This is a demo node: sign-in codes are shown on the page.",
            "Run `linli retire_demo`.",
            "E010",
        ),
        (settings.DEBUG, "Debug mode is on: errors show the inside of the node.", "Unset LINLI_DEBUG.", "E011"),
        (settings.LINLI_CHANNEL == "console", "No real message channel is set.", "Set LINLI_CHANNEL.", "E012"),
        (
            "*" in settings.ALLOWED_HOSTS,
            "Every host name is allowed.",
            "Name the hosts in LINLI_ALLOWED_HOSTS.",
            "E013",
        ),
        (_is_weak(settings.SECRET_KEY), "The secret key is short or the default.", "Set a random one.", "E014"),
    ]
    return [Error(text, hint, id=f"accounts.{number}") for is_bad, text, hint, number in faults if is_bad]


def _is_weak(key: str) -> bool:
    return len(key) < _SHORT_KEY or key.startswith(("only-for-", "django-insecure"))


def _demo_accounts() -> list[CheckMessage]:
    names = list(
        Person.objects.filter(is_demo=True, is_active=True).order_by("username").values_list("username", flat=True)
    )
    if not names:
        return []
    text = f"{len(names)} demo accounts can sign in ({', '.join(names[:5])} …)."
    return [Error(text, "Disable them: `linli retire_demo`.", id="accounts.E001")]


def _known_passwords() -> list[CheckMessage]:
    planted = demo_password()
    known = (*WELL_KNOWN, planted) if planted else WELL_KNOWN
    held = holdings_on(timezone.localdate(kernel.now())).filter(post__capabilities__contains=[MANAGE], lent_by=None)
    people = Person.objects.filter(is_active=True, pk__in=held.values("person_id")).order_by("username")
    return [
        Error(f"{person.username} has a password that everybody knows.", "Change it now.", id="accounts.E002")
        for person in people
        if person.has_usable_password() and any(check_password(word, person.password) for word in known)
    ]


def _two_offices() -> list[CheckMessage]:
    held: dict[str, set[str]] = {}
    rows = holdings_on(timezone.localdate(kernel.now())).filter(person__is_active=True, lent_by=None)
    for name, codes in rows.values_list("person__username", "post__capabilities"):
        held.setdefault(name, set()).update(offices_of(codes))
    hint = "Give the posts of system, security and audit administrator to three people."
    found: list[CheckMessage] = [
        Error(f"{name} is {' and '.join(sorted(offices))} administrator at once.", hint, id="accounts.E003")
        for name, offices in sorted(held.items())
        if len(offices) > 1
    ]
    if held and not security_administrators().exists():
        found.append(Warning("There is no security administrator (accounts.grant).", hint, id="accounts.W003"))
    return found


def _lacking() -> list[CheckMessage]:
    people = people_lacking_second_factor(on=timezone.localdate(kernel.now()))
    if not people:
        return []
    names = ", ".join(person.username for person in people[:5])
    hint = "They set it up under Account › Second factor."
    return [Warning(f"{len(people)} people need a second factor and have none ({names}).", hint, id="accounts.W001")]


def _looked_up(look: Any) -> list[CheckMessage]:
    try:
        found: list[CheckMessage] = look()
    except DatabaseError as error:
        return [Warning(f"The accounts could not be checked: {error}", id="accounts.W009")]
    return found
