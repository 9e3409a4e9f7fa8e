"""Impact assessments: every question is answered, versions stay, and the database keeps each for three years."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.models import ImpactAssessment
from linli.trust.queries.assessments import holding, missing_assessments
from linli.trust.rules.ask_less import shipped_policy
from linli.trust.rules.assessments import months_later, years_later
from linli.trust.tests.factories import NOW, a_holding, an_actor

TODAY = NOW.date()
ANSWERS = dict.fromkeys(shipped_policy().questions, "已逐项核对。")


def write(**more):
    said = {
        "sort": "activity", "subject": "trust.public_video", "answers": ANSWERS, "risk": "middle",
        "measures": "只存 30 天，只有两人能看。", "conclusion": "go_with", "valid_until": TODAY + timedelta(days=365),
        "by": accounts.SYSTEM, "now": NOW, **more,
    }  # fmt: skip
    return trust.write_assessment(**said)


def test_years_and_months_are_never_a_day_too_short():
    assert years_later(date(2024, 2, 29)) == date(2027, 3, 1)
    assert years_later(date(2026, 11, 22)) == date(2029, 11, 22)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)


@pytest.mark.django_db
def test_an_activity_that_needs_one_is_missed_until_it_is_written():
    def missed():
        return {one.subject for one in missing_assessments(TODAY)}

    assert "trust.public_video" in missed()
    row = write()
    assert "trust.public_video" not in missed()
    assert (row.version, row.kept_until >= years_later(TODAY)) == (1, True)
    again = write(conclusion="stop")
    assert again.version == 2
    assert "trust.public_video" in missed(), "one that says no does not let it be done"
    assert not holding(TODAY, sort="activity")
    assert ImpactAssessment.objects.count() == 2, "the version before stays"


@pytest.mark.django_db
def test_one_that_has_run_out_holds_no_more():
    write()
    assert holding(TODAY + timedelta(days=365), sort="activity")
    assert not holding(TODAY + timedelta(days=366), sort="activity")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"answers": {}},
        {"answers": {**ANSWERS, "rights": " "}},
        {"measures": ""},
        {"measures": "长" * 4001},
        {"subject": "trust.nothing"},
        {"subject": "", "sort": "entrusted"},
        {"sort": "device", "subject": "SB-0"},
        {"sort": "x"},
        {"risk": "none"},
        {"conclusion": "maybe"},
        {"valid_until": TODAY},
        {"valid_until": TODAY + timedelta(days=3000)},
    ],
)
def test_what_is_not_whole_is_refused_in_a_sentence(more):
    with pytest.raises(trust.AssessmentRefusedError) as refused:
        write(**more)
    assert str(refused.value)
    assert not ImpactAssessment.objects.exists()


@pytest.mark.django_db
def test_who_only_keeps_devices_assesses_no_activity():
    with pytest.raises(trust.NotAllowed):
        write(by=an_actor(a_holding("trust.devices"), person_id=None))


@pytest.mark.django_db
def test_the_database_refuses_every_change_and_deletion_before_three_years():
    row = write()
    for change in (
        lambda: ImpactAssessment.objects.filter(pk=row.pk).update(conclusion="go"),
        lambda: ImpactAssessment.objects.filter(pk=row.pk).delete(),
        lambda: ImpactAssessment.objects.filter(pk=row.pk).update(kept_until=TODAY),
        lambda: run("DELETE FROM trust_impactassessment"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="assessment_kept_three_years"), transaction.atomic():
        old(made_on=date(2020, 1, 1), kept_until=date(2022, 12, 31))


@pytest.mark.django_db
def test_after_three_years_it_may_be_deleted_and_not_a_day_before():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        (today,) = cursor.fetchone()
    over = old(made_on=years_later(today, -4), kept_until=today - timedelta(days=1))
    held = old(made_on=years_later(today, -4), kept_until=today, version=2)
    assert ImpactAssessment.objects.filter(pk=over.pk).delete()[0] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ImpactAssessment.objects.filter(pk=held.pk).delete()


def old(*, made_on, kept_until, version=1):
    return ImpactAssessment.objects.create(
        sort="entrusted", subject="旧委托", version=version, answers={}, risk="low", measures="无", conclusion="go",
        made_at=NOW, made_on=made_on, valid_until=made_on, kept_until=kept_until,
    )  # fmt: skip


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
