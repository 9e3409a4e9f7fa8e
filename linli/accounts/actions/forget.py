"""What accounts keeps for a time only: phone codes for a day, sign-ins for half a year, sessions to their end."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from linli.accounts.models import PhoneCode, SignIn

CODES_KEPT = timedelta(days=1)
SIGN_INS_KEPT = timedelta(days=184)  # 《网络安全法》 art. 21 (3): logs are kept for at least six months


def forget_old(*, now: datetime) -> int:
    """Delete what is past its time; return how many rows."""
    old = (
        PhoneCode.objects.filter(sent_at__lt=now - CODES_KEPT),
        SignIn.objects.filter(at__lt=now - SIGN_INS_KEPT),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(rows.delete()[0] for rows in old)
