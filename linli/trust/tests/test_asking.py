"""Asking less: the rules, each by a case that breaks it and one that keeps it; what is decided; the page."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post, make_town
from linli.trust import api as trust
from linli.trust import slots
from linli.trust.models import ExcessDecision, PolicyVersion
from linli.trust.rules.activities import Activity
from linli.trust.rules.ask_less import RULES, as_plain, policy_from, shipped_policy
from linli.trust.rules.asking import Asked, Asking, excesses
from linli.trust.tests.factories import NOW, a_holding, an_actor

POLICY = shipped_policy()
ACTIVITY = Activity(code="t.form", name="测试", what_for="测试", elements=("person.phone",), grade=3, kept_months=6)
PHONE = Asked(code="person.phone", label="联系电话", grade=3)
ILLNESS = Asked(code="person.illness", label="疾病", grade=4, is_sensitive=True, necessity="发药需要", has_consent=True)
WIDE = replace(ACTIVITY, grade=4, elements=(*ACTIVITY.elements, "person.illness"))
FORM = Asking(code="form.t", kind="form", label="测试表", activity="t.form", elements=(PHONE,))


def rules_of(asking, activity=ACTIVITY, *, policy=POLICY, is_assessed=True):
    found = excesses(asking, activity=activity, policy=policy, is_assessed=is_assessed)
    return [(one.rule, one.element) for one in found]


def asks(*elements, **more):
    return replace(FORM, elements=elements, **more)


def test_a_form_that_asks_for_what_its_purpose_names_is_left_alone():
    assert rules_of(FORM) == []
    assert rules_of(asks(PHONE, ILLNESS), WIDE) == []


@pytest.mark.parametrize(
    ("rule", "asking", "activity", "is_assessed"),
    [
        ("no_activity", FORM, None, True),
        ("activity_open", FORM, replace(ACTIVITY, elements=()), True),
        ("not_in_activity", asks(PHONE, Asked(code="person.job", label="职业")), ACTIVITY, True),
        ("grade_above", asks(replace(PHONE, grade=4)), ACTIVITY, True),
        ("sensitive_unjustified", asks(replace(ILLNESS, necessity=" ")), WIDE, True),
        ("sensitive_no_consent", asks(replace(ILLNESS, has_consent=False)), replace(WIDE, basis="1"), True),
        ("child", asks(PHONE, of_children=True), ACTIVITY, True),
        ("biometric", asks(Asked(code="person.phone", label="人脸照片")), ACTIVITY, True),
        (
            "identity_number",
            asks(PHONE, Asked(code="person.citizen_id", label="身份证号")),
            replace(ACTIVITY, elements=("person.phone", "person.citizen_id")),
            True,
        ),
        ("ask_once", asks(replace(PHONE, is_held=True)), ACTIVITY, True),
        ("forced", asks(Asked(code="person.job", label="职业", is_required=True)), ACTIVITY, True),
        ("kept_too_long", asks(PHONE, kept_months=7), ACTIVITY, True),
        ("assessment_missing", asks(ILLNESS), WIDE, False),
    ],
)
def test_each_rule_finds_its_case_and_rests_when_it_is_switched_off(rule, asking, activity, is_assessed):
    assert rule in {name for name, _element in rules_of(asking, activity, is_assessed=is_assessed)}
    off = replace(POLICY, rules={**POLICY.rules, rule: replace(POLICY.rules[rule], on=False)})
    assert rule not in {name for name, _ in rules_of(asking, activity, policy=off, is_assessed=is_assessed)}


def test_every_rule_has_a_case_above_and_a_basis_in_law():
    (cases,) = (
        mark.args[1]
        for mark in test_each_rule_finds_its_case_and_rests_when_it_is_switched_off.pytestmark
        if mark.name == "parametrize"
    )
    assert {case[0] for case in cases} == set(RULES)
    assert all(one.basis for one in POLICY.rules.values())


def test_what_weighs_more_stands_first_and_names_element_and_rule():
    found = excesses(asks(replace(ILLNESS, necessity=""), Asked(code="person.job", label="职业", grade=2)),
                     activity=ACTIVITY, policy=POLICY)  # fmt: skip
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert {one.element for one in found} == {"person.illness", "person.job", ""}
    assert all(str(one.sentence) and one.basis for one in found)


def test_a_policy_is_checked_word_by_word():
    plain = as_plain(POLICY)
    assert policy_from(plain) == POLICY
    for part, code, key, wrong in (
        ("rules", "child", "weight", 0),
        ("rules", "child", "on", "yes"),
        ("limits", "review_months", None, -1),
        ("kinds", "camera", "longest_days", 0),
        ("kinds", "camera", "reads_body", "no"),
        ("places", "gate", "is_private", 1),
    ):
        broken = {**plain, part: {**plain[part], code: wrong if key is None else {**plain[part][code], key: wrong}}}
        with pytest.raises(trust.PolicyRefusedError):
            policy_from(broken)
    for broken in (None, {}, {**plain, "rules": {}}, {**plain, "kinds": {}}, {**plain, "kinds": {"x": {}}}):
        with pytest.raises(trust.PolicyRefusedError):
            policy_from(broken)


class OneForm(slots.Asker):
    """A form of the test."""

    code, label = "test", "测试"
    form = FORM

    def askings(self, *, day):
        assert day
        return [self.form]


@pytest.fixture
def one_form():
    before = dict(slots.askers._plugins)
    slots.askers._plugins.clear()
    asker = OneForm()
    slots.askers.register(asker)
    yield asker
    slots.askers._plugins.clear()
    slots.askers._plugins.update(before)


def judge(**more):
    said = {
        "asking": "form.t", "rule": "no_activity", "element": "", "outcome": "justified", "words": "下月登记",
        "until": NOW.date() + timedelta(days=30), "by": decider(), "now": NOW, **more,
    }  # fmt: skip
    return trust.decide_excess(**said)


def decider():
    return an_actor(a_holding("trust.asking"), person_id=None)


@pytest.mark.django_db
def test_a_decision_holds_until_its_day_and_then_the_finding_stands_open_again(one_form):
    (asker,) = trust.asked_of_people(NOW.date())
    assert (asker.open_count, asker.found[0].it.rule) == (1, "no_activity")
    judge()
    (asker,) = trust.asked_of_people(NOW.date() + timedelta(days=30))
    assert (asker.open_count, asker.found[0].decision.words) == (0, "下月登记")
    (asker,) = trust.asked_of_people(NOW.date() + timedelta(days=31))
    assert asker.open_count == 1
    one_form.form = replace(FORM, elements=())
    assert trust.asked_of_people(NOW.date())[0].found == (), "what asks for nothing is not found"


@pytest.mark.django_db
def test_a_decision_needs_the_right_words_and_a_day_within_a_year(one_form):
    for more in (
        {"words": " "},
        {"outcome": "fine"},
        {"until": NOW.date()},
        {"until": date(2028, 1, 1)},
        {"rule": "child"},
        {"asking": "form.gone"},
    ):
        with pytest.raises(trust.ExcessRefusedError):
            judge(**more)
    with pytest.raises(trust.NotAllowed):
        judge(by=an_actor(a_holding("trust.devices"), person_id=None))
    assert not ExcessDecision.objects.exists()


@pytest.mark.django_db
def test_the_county_writes_its_own_policy_as_versions():
    plain = as_plain(POLICY)
    trust.save_ask_less(content=plain, by=accounts.SYSTEM, now=NOW)
    assert not PolicyVersion.objects.exists(), "the same again is no version"
    plain["rules"]["child"]["weight"] = 0.5
    trust.save_ask_less(content=plain, by=accounts.SYSTEM, now=NOW)
    assert trust.ask_less_in_force().rules["child"].weight == 0.5
    assert asdict(trust.ask_less_in_force())["limits"] == asdict(POLICY)["limits"]


@pytest.fixture
def officer():
    town, person = make_town(), make_person("yue", "岳峰")
    make_holding(person, town.units["centre"], make_post("guard", ("trust.asking",)))
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("one_form")
def test_the_page_ranks_decides_and_loses_nothing(officer):
    page = officer.get("/console/trust/asking").content.decode()
    assert "测试表" in page
    assert "登记里没有对应的有效条目" in page
    said = {"asking": "form.t", "rule": "no_activity", "element": "", "outcome": "mend", "words": "", "until": ""}
    refused = officer.post("/console/trust/asking/decide", {**said, "until": "2027-01-05"})
    assert refused.status_code == 422
    assert "2027-01-05" in refused.content.decode()
    until = (timezone.localdate() + timedelta(days=20)).isoformat()
    done = officer.post("/console/trust/asking/decide", {**said, "words": "下月登记", "until": until})
    assert done.status_code == 302
    assert "测试表" not in officer.get("/console/trust/asking").content.decode()
    assert "下月登记" in officer.get("/console/trust/asking?tab=all").content.decode()
