"""What `linli check --deploy` says of the second wall: that it stands, and that nobody behind it can write."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's name
from django.db import DatabaseError

from linli.trust.queries.wall import faults_of_wall, role_wanted

_HINT = (
    "Let the server's owner run: CREATE ROLE {role} NOLOGIN; GRANT {role} TO {user}; then run `linli migrate` again."
)


@register(Tags.security, deploy=True)
def second_wall(**_kwargs: Any) -> list[CheckMessage]:
    """Rows of people are guarded in the database as well, under a role that owns nothing and writes nothing."""
    try:
        role, user, is_usable = role_wanted()
        faults = faults_of_wall() if is_usable else []
    except DatabaseError as error:
        return [Warning(f"The second wall could not be checked: {error}", id="trust.W009")]
    if not is_usable:
        text = f"The second wall does not stand: the database user {user} may not read as {role}."
        return [Error(text, _HINT.format(role=role, user=user), id="trust.E001")]
    return [Error(f"The second wall has a hole: {fault}.", "Run `linli migrate`.", id="trust.E002") for fault in faults]
