"""What a county sets about looks: limits and terms as versions, campaigns announced before they begin; the model."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.actions.guard import require
from linli.trust.actions.record import record
from linli.trust.models import Campaign, Finding, HabitModel, LookReview, LookSettings, WatchedDay
from linli.trust.queries.look_memory import days_to_learn_from, settings_in_force
from linli.trust.rules.look_model import Baseline, train
from linli.trust.rules.look_settings import Settings, as_content, settings_from
from linli.trust.rules.refusals import ReviewRefusedError

RULES = "trust.look_rules"
LEARNED_FROM, DAYS_KEPT, LONGEST_CAMPAIGN = timedelta(days=60), timedelta(days=75), timedelta(days=62)


class LateCampaignError(ReviewRefusedError):
    """Days that have passed can't be announced any more."""

    sentence = _(
        "A campaign is announced before it begins: the first day must lie ahead, the last at most two months later."
    )


@transaction.atomic
def save_look_settings(*, content: Any, by: accounts.Actor, now: datetime) -> Settings:
    """Put new settings in force at once, as the next version. Raises NotAllowed, SettingsRefusedError."""
    require(by, RULES)
    settings = settings_from(content)
    if settings == settings_in_force():
        return settings
    row = LookSettings.objects.create(content=as_content(settings), made_at=now, made_by=by.person_id)
    _note(by, "trust.look_rules", row.pk, now)
    return settings


@transaction.atomic
def announce_campaign(
    *, unit_id: int, purpose: str, first_day: date, last_day: date, words: str, by: accounts.Actor, now: datetime
) -> Campaign:
    """Announce a campaign of a unit; nothing that has begun. Raises NotAllowed, LateCampaignError, UnknownUnitError."""
    require(by, RULES)
    today = timezone.localdate(now)
    if not today < first_day <= last_day <= first_day + LONGEST_CAMPAIGN:
        raise LateCampaignError
    row = Campaign.objects.create(
        unit_id=accounts.unit(unit_id).id, purpose=purpose, first_day=first_day, last_day=last_day, words=words.strip(),
        made_at=now, made_by=by.person_id,
    )  # fmt: skip
    _note(by, "trust.campaign", row.pk, now)
    return row


@transaction.atomic
def learn_habits(*, now: datetime) -> Baseline:
    """Learn what is usual in each post from the last sixty days, and keep that alone."""
    today = timezone.localdate(now)
    days = days_to_learn_from(today, back=LEARNED_FROM)
    baseline = train(days)
    HabitModel.objects.all().delete()
    HabitModel.objects.create(trained_at=now, days=len(days), content=baseline.as_json())
    return baseline


@transaction.atomic
def forget_looks(*, now: datetime) -> int:
    """Delete reviews past their time, and days and findings that no rule looks back at; return how many reviews."""
    today = timezone.localdate(now)
    gone, _by_kind = LookReview.objects.filter(kept_until__lt=today).delete()
    WatchedDay.objects.filter(day__lt=today - DAYS_KEPT).delete()
    Finding.objects.filter(review=None, day__lt=today - DAYS_KEPT).delete()
    return gone


def _note(by: accounts.Actor, kind: str, key: object, now: datetime) -> None:
    record(by=by, action="change", purpose="audit", subjects=(), object_kind=kind, object_id=key, elements=(), now=now)
