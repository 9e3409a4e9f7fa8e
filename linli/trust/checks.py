"""What `linli check --deploy` says of the roles of the database: the second wall, and the role that works."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's name
from django.db import DatabaseError

from linli.trust.queries.wall import faults_of_wall, role_wanted
from linli.trust.queries.work import faults_of_work, work_wanted

_HINT = (
    "Let the server's owner run: CREATE ROLE {role} NOLOGIN; GRANT {role} TO {user}; then run `linli migrate` again."
)
_HINT_OF_WORK = (
    "Let the server's owner run: CREATE ROLE {role} LOGIN NOINHERIT BYPASSRLS; GRANT {role} TO {user};"
    " GRANT {sight} TO {role}; then run `linli migrate` again."
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


@register(Tags.security, deploy=True)
def role_of_work(**_kwargs: Any) -> list[CheckMessage]:
    """Web, worker and relay work as a role that owns no table and changes nothing of what is only added to."""
    try:
        role, sight, user, is_there = work_wanted()
        faults = faults_of_work() if is_there else []
    except DatabaseError as error:
        return [Warning(f"The role that works could not be checked: {error}", id="trust.W010")]
    hint = _HINT_OF_WORK.format(role=role, user=user, sight=sight)
    if not is_there:
        text = f"Web, worker and relay work as {user}, who owns the tables: there is no role {role}."
        return [Error(text, hint, id="trust.E003")]
    return [Error(f"The role that works, {role}, is not as it should be: {one}.", hint, id="trust.E004")
            for one in faults]  # fmt: skip
