"""Story: the county answers objections within five working days; what was asked before keeps its day."""

from datetime import timedelta

from django.utils import timezone

from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.models import LedgerEntry, PolicyVersion, RightRequest
from linli.trust.queries.right_terms import right_terms
from tests.scenarios.acting import AtDesk
from tests.town import report

PAGE = "/console/trust/right-terms"


def entered(**changed):
    terms = right_terms()
    said = {f"{kind}_days": term.days for kind, term in terms.items()}
    return {**said, **{f"{kind}_basis": term.basis for kind, term in terms.items()}, **changed}


def test_terms_are_versions_and_what_was_asked_keeps_its_day(town, clock):
    number = report(town, "楼道灯坏了", matter=None).number
    before = object_to(town, number)
    keeper = AtDesk(town.people["guardian"])
    assert "《个人信息保护法》第二十四条" in keeper.page(PAGE)
    assert keeper.browser.post(PAGE, entered(object_days=0)).status_code == 422
    assert keeper.browser.post(PAGE, entered(object_days=5, object_basis="县里规定")).status_code == 302
    assert "县里规定" in keeper.page(PAGE)
    assert PolicyVersion.objects.filter(code="right_terms").count() == 1
    assert keeper.browser.post(PAGE, entered()).status_code == 302
    assert PolicyVersion.objects.filter(code="right_terms").count() == 1, "the same terms are no new version"
    assert LedgerEntry.objects.filter(object_kind="trust.policy", object_id="right_terms").count() == 1

    due = before.due_at
    before.refresh_from_db()
    assert before.due_at == due
    after = object_to(town, report(town, "楼道灯又坏了", matter=None).number)
    days = timezone.localdate(after.due_at) - timezone.localdate(kernel.now())
    assert timedelta(days=5) <= days < timezone.localdate(due) - timezone.localdate(kernel.now())


def test_nobody_else_sets_them(town, clock):
    assert AtDesk(town.people["officer"]).browser.get(PAGE).status_code == 403
    assert AtDesk(town.people["officer"]).browser.post(PAGE, entered(object_days=5)).status_code == 403
    assert not PolicyVersion.objects.filter(code="right_terms").exists()


def object_to(town, number):
    made = trust.ask_right(
        kind="object", words="", source="events", ref=number, by=town.actor("old_wu"), now=kernel.now()
    )
    return RightRequest.objects.get(pk=made.pk)
