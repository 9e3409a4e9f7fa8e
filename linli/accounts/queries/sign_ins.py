"""Whether a name may try to sign in now."""

from datetime import datetime

from linli.accounts.models import SignIn
from linli.accounts.rules.lockout import WINDOW, locked_until
from linli.kernel import api as kernel


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
