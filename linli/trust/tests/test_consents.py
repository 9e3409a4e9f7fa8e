"""Consents: what rests on them opens nobody who has not agreed, separately for what is sensitive, and ends at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_town
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.models import Consent, LedgerEntry
from linli.trust.queries.consents import Asked
from linli.trust.tests.factories import NOW, a_holding, an_actor

pytestmark = pytest.mark.django_db
CODE, TODAY, ME, OTHER = "registry.newsletter", timezone.localdate(NOW), "a" * 64, "b" * 64
LETTERS = trust.Activity(
    code=CODE,
    name="健康讲座通知",
    what_for="通知社区健康讲座",
    basis="1",
    law="个人信息保护法第十三条第一项",
    chosen=True,
)


class Known(slots.SelfSource):
    code = "tests.known"

    def known(self, actor, *, now):  # noqa: ARG002  the slot says so
        return slots.Known(frozenset({ME}), None, ME, 1) if actor.person_id else slots.Known()


@pytest.fixture
def me(db):
    make_town()
    before = dict(slots.selves._plugins)
    slots.selves._plugins.clear()
    slots.selves.register(Known())
    trust.save_activity(activity=LETTERS, by=accounts.SYSTEM, now=NOW)
    person = accounts.resident_by_phone(phone="13800001111", now=NOW)
    yield accounts.actor_for(person, on=TODAY)
    slots.selves._plugins.clear()
    slots.selves._plugins.update(before)


def about(*subjects, kind="person"):
    return trust.About(kind, UUID(int=7), subjects or (ME, "phone"), frozenset())


def ask(whom=None, now=NOW):
    by = an_actor(a_holding("registry.see"), person_id=None)
    return trust.purpose_for(by=by, code=CODE, now=now, about=whom or about())


def agree(me, *, separate=False, version=1, now=NOW):
    return trust.give_own_consent(code=CODE, version=version, separate=separate, by=me, now=now)


def test_nobody_is_opened_before_they_agree_and_nobody_after_they_withdraw(me):
    with pytest.raises(trust.ConsentMissingError):
        ask()
    row = agree(me)
    assert row.number.startswith("TY-")
    assert "健康讲座" in row.words
    assert ask().activity.grade == 2, "sensitive data need a consent of their own"
    with pytest.raises(trust.ConsentMissingError):
        ask(about(OTHER))
    agree(me, separate=True)
    assert ask().activity.grade == 4
    assert trust.withdraw_own_consent(code=CODE, by=me, now=NOW + timedelta(hours=1)) == 2
    with pytest.raises(trust.ConsentMissingError):
        ask()
    agree(me)
    assert ask().activity.grade == 2
    assert trust.consents_of(ME).count() == 3, "history is kept"
    steps = LedgerEntry.objects.filter(purpose="trust.consents").order_by("id").values_list("action", flat=True)
    assert list(steps) == ["consent", "consent", "withdraw_consent", "withdraw_consent", "consent"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM kernel_journalentry WHERE kind LIKE 'trust.Consent%' ORDER BY id")
        told = [kind for (kind,) in cursor.fetchall()]
    assert told == ["trust.ConsentGiven"] * 2 + ["trust.ConsentWithdrawn", "trust.ConsentGiven"]


def test_a_list_and_a_home_of_several_are_opened_only_if_all_agreed(me):
    agree(me)
    by = an_actor(a_holding("registry.see"), person_id=None)
    with pytest.raises(trust.ConsentMissingError):
        trust.purpose_for(by=by, code=CODE, now=NOW)
    with pytest.raises(trust.ConsentMissingError):
        ask(about(ME, OTHER, kind="household"))
    assert ask(about(ME, kind="household"))


def test_another_text_needs_another_consent(me):
    agree(me)
    tomorrow = NOW + timedelta(days=1)
    changed = replace(LETTERS, what_for="通知讲座并转交医院")
    trust.save_activity(activity=changed, by=accounts.SYSTEM, now=NOW, begins_on=TODAY + timedelta(days=1))
    assert ask()
    with pytest.raises(trust.ConsentMissingError):
        ask(now=tomorrow)
    with pytest.raises(trust.ConsentRefusedError, match=r"."):
        agree(me, version=1, now=tomorrow)
    agree(me, version=2, now=tomorrow)
    assert ask(now=tomorrow)
    (asked,) = [one for one in trust.asked_of(ME, on=TODAY + timedelta(days=1)) if one.activity.code == CODE]
    assert isinstance(asked, Asked)
    assert asked.given.version == 2


def test_what_can_not_be_agreed_to_is_refused_in_a_sentence(me):
    for wrong in (
        lambda: agree(me, separate=True),
        lambda: trust.give_own_consent(code="registry.visit", version=0, separate=False, by=me, now=NOW),
        lambda: trust.give_own_consent(code="no.such", version=0, separate=False, by=me, now=NOW),
        lambda: trust.give_own_consent(code=CODE, version=1, separate=False, by=an_actor(person_id=None), now=NOW),
        lambda: trust.withdraw_own_consent(code=CODE, by=me, now=NOW),
    ):
        with pytest.raises(trust.ConsentRefusedError, match=r"."):
            wrong()
    agree(me)
    with pytest.raises(trust.ConsentRefusedError, match=r"."):
        agree(me)
    said = {"subject": OTHER, "code": CODE, "version": 1, "separate": False, "by": accounts.SYSTEM, "now": NOW}
    with pytest.raises(trust.ConsentRefusedError, match=r"."):
        trust.note_consent(paper=" ", **said)
    assert trust.note_consent(paper="同意书 2026-17", **said).way == "counter"
    assert ask(about(OTHER))


def test_the_database_keeps_it_whole(me):
    row = agree(me)
    for wrong in ({"way": "counter"}, {"words": ""}, {"withdrawn_at": NOW}, {"withdrawn_way": "self"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=row.pk).update(**wrong)


def test_what_has_another_ground_asks_for_no_consent(me):
    assert trust.consenting("registry.visit", [ME], on=TODAY) is None
    assert trust.consenting(CODE, [ME, OTHER], on=TODAY) == {}
    agree(me)
    assert trust.consenting(CODE, [ME, OTHER], on=TODAY) == {ME: 2}
