"""Answers from the doors are forgotten when their owners had the time to decide 答复留存到期清除."""

from datetime import datetime

from linli.sheets.models import Gap
from linli.sheets.queries.gaps import ANSWER_HOLDS


def forget_answers(*, now: datetime) -> int:
    """Delete the values of answers that no form is given any more; return how many. Run again it does nothing."""
    return Gap.objects.filter(answered_at__lt=now - ANSWER_HOLDS, value__isnull=False).update(value=None)
