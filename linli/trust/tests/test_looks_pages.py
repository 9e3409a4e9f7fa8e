"""The pages of looks: the auditor's list and review, the rules, the officer's own page."""

import pytest

from linli.accounts import api as accounts
from linli.trust.models import Campaign, LedgerEntry, LookReview, LookSettings
from linli.trust.tests.test_look_reviews import LIST, an_office, look_at, watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def sign_in(client, monkeypatch, office):
    def become(name):
        monkeypatch.setattr(accounts, "actor_of", lambda _request: office[0][name])
        return client

    return become


@pytest.fixture
def review(office):
    look_at(office[0]["officer"], 25)
    watch()
    return LookReview.objects.get()


def test_list_says_why_in_numbers_and_enters_the_look(sign_in, review):
    text = sign_in("auditor").get(LIST).content.decode()
    assert "十分钟内无事项查阅25人" in text
    assert LedgerEntry.objects.filter(object_kind="trust.look_review", action="search").count() == 1


def test_list_is_for_auditors(sign_in, review):
    assert sign_in("officer").get(LIST).status_code == 403
    assert sign_in("officer").get(f"{LIST}/{review.pk}").status_code == 403


def test_review_shows_the_looks_without_names_and_takes_the_steps(sign_in, review):
    page = sign_in("auditor").get(f"{LIST}/{review.pk}")
    assert len(page.context["rows"]) == 25
    sign_in("auditor").post(f"{LIST}/{review.pk}/step", {"step": "ask", "words": "请说明用途"})
    assert "请说明用途" in sign_in("officer").get("/desk/my-looks").content.decode()
    sign_in("officer").post("/desk/my-looks", {"review": review.pk, "words": "核对名单"})
    assert "核对名单" in sign_in("auditor").get(f"{LIST}/{review.pk}").content.decode()
    sign_in("auditor").post(f"{LIST}/{review.pk}/step", {"step": "not_justify", "words": "没有事项"})
    assert "没有事项" in sign_in("officer").get("/desk/my-looks").content.decode()
    decided = sign_in("auditor").get(LIST + "?tab=decided")
    assert len(decided.context["lines"]) == 1
    assert decided.context["chart"]["series"][0]["values"] == [100]


@pytest.mark.parametrize("words", ["", "有批件"])
def test_own_chain_and_missing_words_are_refused_in_a_sentence(sign_in, review, words):
    answer = sign_in("near").post(f"{LIST}/{review.pk}/step", {"step": "justify", "words": words})
    assert answer.status_code == 422
    assert not LookReview.objects.get().decided_at


def test_rules_page_keeps_a_version_and_announces(sign_in, office):
    home = sign_in("auditor")
    page = home.get("/console/trust/look-rules")
    said = {bound.html_name: bound.initial for bound in page.context["form"] if bound.initial not in (False, None)}
    assert home.post("/console/trust/look-rules", {**said, "sweep-limit": "30", "act": "rules"}).status_code == 302
    assert LookSettings.objects.get().content["rules"]["sweep"]["limit"] == 30
    answer = home.post("/console/trust/look-rules", {**said, "sweep-limit": "-1", "act": "rules"})
    assert answer.status_code == 422
    gone = {"unit": office[2].pk, "purpose": "registry.verify", "words": "普查", "act": "campaign",
            "first_day": "2020-01-01", "last_day": "2020-01-02"}  # fmt: skip
    assert home.post("/console/trust/look-rules", gone).status_code == 422
    later = {**gone, "first_day": "2099-01-01", "last_day": "2099-01-05"}
    assert home.post("/console/trust/look-rules", later).status_code == 302
    assert Campaign.objects.get().words == "普查"


def test_officer_sees_nothing_before_being_asked(sign_in, review):
    assert sign_in("officer").get("/desk/my-looks").context["reviews"] == []
    answer = sign_in("officer").post("/desk/my-looks", {"review": review.pk, "words": "说明"})
    assert answer.status_code == 404


def test_list_asks_the_same_number_of_queries_for_one_review_and_for_three(
    sign_in,
    office,
    review,
    django_assert_num_queries,
):
    home = sign_in("auditor")
    home.get(LIST)
    with django_assert_num_queries(QUERIES):
        home.get(LIST)
    for number in (1, 2):
        copy = LookReview.objects.get(pk=review.pk)
        findings = list(review.findings.all())
        copy.pk, copy.person_id = None, type(copy.person_id)(int=number)
        copy.save(force_insert=True)
        for row in findings:
            row.pk, row.review, row.person_id = None, copy, copy.person_id
            row.save(force_insert=True)
    with django_assert_num_queries(QUERIES):
        assert len(home.get(LIST).context["lines"]) == 3


QUERIES = 6
