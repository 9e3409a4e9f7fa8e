"""Answers that come back from a device 离线回传: each taken or refused by itself; a key sent twice changes nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.sheets.actions.ask import answer_gap, leave_gap
from linli.sheets.models import Gap, OfflineAnswer
from linli.sheets.queries.gaps import ANSWER
from linli.sheets.rules.gap_tasks import GapAnswer, GapResult
from linli.sheets.rules.refusals import AnswerRefusedError
from linli.trust import api as trust

OLDEST = timedelta(days=60)


def take_answers(*, answers: Iterable[GapAnswer], by: accounts.Actor, now: datetime) -> list[GapResult]:
    """Take each answer as if it was given at the desk; return what became of each, in order. Raises NotAllowed."""
    trust.require(by, ANSWER)
    return [_taken(one, by, now) for one in answers]


def _taken(one: GapAnswer, by: accounts.Actor, now: datetime) -> GapResult:
    if (known := _known(one, by)) is not None:
        return known
    try:
        with transaction.atomic():
            _answer(one, by, now)
            _keep(one, "", by, now)
    except IntegrityError:  # the same key came a second time at the same moment
        return _known(one, by) or _refused(one, _("Please send this again."))
    except AnswerRefusedError as refused:
        return _noted(one, str(refused), by, now)
    except trust.NotAllowed:
        return _noted(one, _("This question is not asked in your area, or your post may not answer it."), by, now)
    return GapResult(task=one.task, key=one.key, state="taken")


def _answer(one: GapAnswer, by: accounts.Actor, now: datetime) -> None:
    if one.not_to_have:
        leave_gap(gap_id=one.task, by=by, now=now)
        return
    seen_on = _day(one.seen_on, timezone.localdate(now))
    answer_gap(gap_id=one.task, value=one.value, evidence=one.evidence, by=by, now=now, seen_on=seen_on)


def _day(said: date | None, today: date) -> date:
    if said and not today - OLDEST <= said <= today:
        raise AnswerRefusedError(_("The day on which it was seen lies ahead, or too far back."))
    return said or today


def _noted(one: GapAnswer, sentence: str, by: accounts.Actor, now: datetime) -> GapResult:
    with transaction.atomic():
        _keep(one, sentence, by, now)
    return _refused(one, sentence)


def _keep(one: GapAnswer, sentence: str, by: accounts.Actor, now: datetime) -> None:
    gap = Gap.objects.filter(pk=one.task).first()
    if by.person_id is not None:
        OfflineAnswer.objects.create(person_id=by.person_id, key=one.key, gap=gap, sentence=sentence[:300], at=now)


def _known(one: GapAnswer, by: accounts.Actor) -> GapResult | None:
    """Return what became of an answer that came before under this key."""
    row = OfflineAnswer.objects.filter(person_id=by.person_id, key=one.key).first() if by.person_id else None
    if row is None:
        return None
    state = {"state": "refused", "sentence": row.sentence} if row.sentence else {"state": "taken"}
    return GapResult.model_validate({"task": one.task, "key": one.key, "repeated": True, **state})


def _refused(one: GapAnswer, sentence: str) -> GapResult:
    return GapResult(task=one.task, key=one.key, state="refused", sentence=sentence)
