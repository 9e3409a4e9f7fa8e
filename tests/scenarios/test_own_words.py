"""Story: a county says it in its own words: drafted, looked at, in force from a day on, and taken back."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.accounts.models import Message
from linli.events import api as events
from linli.events.actions.tell import tell_number
from linli.kernel import api as kernel
from linli.kernel.tests.deliver import do_jobs
from tests.scenarios.acting import AtDesk
from tests.town import MONDAY, report

pytestmark = pytest.mark.django_db
OWN = "【青禾】{unit}收到您反映的事了，{day}前回您电话。查询号 {number}"


@pytest.fixture
def desk(town, settings):
    """At the centre of the town, 顾清 may change what messages say."""
    settings.LINLI_TELL = "console"
    events.plant_sample_policies(now=MONDAY)
    post = accounts.save_post(
        code="t-rules", name="规则", capabilities=("events.rules",), by=accounts.SYSTEM, now=MONDAY
    )
    accounts.open_holding(
        person=town.people["standards_keeper"], post=post, unit=town.units["centre"], by=accounts.SYSTEM, now=MONDAY
    )
    return AtDesk(town.people["standards_keeper"])


def asked(receipt):
    content = {**events.policies_at(kernel.now())["texts"], "receipt": receipt}
    return {**{f"texts-{code}": text for code, text in content.items()}, "texts-words": "用本县的说法"}


def told(town):
    """Let somebody report and ask for the number; return what is written to them."""
    receipt = report(town, now=kernel.now())
    tell_number(event_id=receipt.event_id, now=kernel.now())
    return Message.objects.get(key=f"receipt:{receipt.event_id}")


def test_a_county_writes_its_own_words_and_what_waits_keeps_the_old_ones(town, clock, desk):
    waiting = told(town)
    assert "您的诉求已受理" in waiting.text.reveal()
    refused = desk.browser.post("/desk/policies/texts/change", asked("收到您反映的事了"))
    assert refused.status_code == 422, "without the number nobody finds the case again"
    assert desk.browser.post("/desk/policies/texts/change", asked(OWN)).status_code == 302
    assert "您的诉求已受理" in told(town).text.reveal(), "a draft says nothing"

    draft, tomorrow = events.policy_versions("texts")[0], kernel.now() + timedelta(days=1)
    desk.browser.post(f"/desk/policies/{draft.pk}/decide", {"since": tomorrow.date().isoformat()})
    assert "您的诉求已受理" in told(town).text.reveal(), "it begins tomorrow"
    clock.to(tomorrow)
    message = told(town)
    assert (
        message.text.reveal() == f"【青禾】南苑社区居委会收到您反映的事了，11月20日前回您电话。查询号 {message.about}"
    )

    do_jobs()
    waiting.refresh_from_db()
    assert waiting.state == "sent"
    assert "您的诉求已受理" in waiting.text.reveal()
    desk.browser.post(f"/desk/policies/{events.policy_versions('texts').last().pk}/decide")
    assert "您的诉求已受理" in told(town).text.reveal(), "the words that ship hold again"
