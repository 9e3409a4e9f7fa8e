"""Sessions end before their time."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from linli.accounts.models import Person


def end_sessions(*, person: Person) -> int:
    """End every session of the person at once, wherever it is open. Returns how many there were."""
    mine = UserSession.objects.filter(user=person)
    keys = list(mine.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    mine.delete()
    return len(keys)
