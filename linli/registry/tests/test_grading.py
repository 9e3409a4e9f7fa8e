"""A grade acts: it decides mask, sight and seal, and what is kept follows when it is decided anew."""

from dataclasses import replace

import pytest

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Change, Element, Entity, GradeDecision
from linli.registry.tests.factories import NOW, ledger, make_wu, viewer
from linli.trust import api as trust
from tests.snapshot import kept

NICKNAME = registry.ElementInfo("person", "village_name", "乡名", owner="社区", grade=2)


@pytest.fixture(autouse=True)
def _shipped_lines():
    """Let no test leave its lines in memory."""
    yield
    trust.hold_handling(trust.shipped_handling())


@pytest.fixture
@kept
def wu(ground):
    registry.add_element(element=NICKNAME, by=accounts.SYSTEM, now=NOW)
    return make_wu(ground.grids["xuefu1"], village_name="桂花婆婆")


def decide(grade, mask="all", *, words="按县数据办意见", by=accounts.SYSTEM, category="01", sensitive=False):
    graded = registry.Graded(grade, category, sensitive, mask)
    return registry.grade_element(kind="person", code="village_name", graded=graded, words=words, by=by, now=NOW)


@pytest.mark.slow
def test_raising_a_grade_seals_what_is_kept_and_lowering_it_opens_it_again(ground, wu):
    officer = viewer(ground.town.community.id, "registry.see", "registry.reveal")
    told = Change.objects.count()
    decide(4)
    assert Entity.objects.get(pk=wu).attributes["village_name"] == "桂花婆婆"  # not yet written anew
    assert line_of(wu, officer) is None  # but nobody is shown it any more
    assert registry.to_write_anew() >= 1
    registry.project_due(now=NOW, ends_load=False)
    kept = Entity.objects.get(pk=wu)
    assert kept.attributes["village_name"] == "•••"
    assert kept.whole()["village_name"] == "桂花婆婆"
    decide(2, "none")
    registry.project_due(now=NOW, ends_load=False)
    assert Entity.objects.get(pk=wu).attributes["village_name"] == "桂花婆婆"
    assert line_of(wu, officer) == ("plain", "桂花婆婆")
    assert Change.objects.count() == told  # nobody is told that something was said anew


def line_of(entity_id, officer):
    card = registry.open_card(entity_id=entity_id, by=officer, purpose="visit", now=NOW)
    return next(((line.way, line.text) for line in card.lines if line.code == "village_name"), None)


def test_what_a_grade_does_is_decided_and_acts_at_once(ground, wu):
    line = replace(trust.handling(2), sight="reveal", masked=False, sealed=True)
    officer = viewer(ground.town.community.id, "registry.see")
    assert line_of(wu, officer) == ("plain", "桂花婆婆")
    trust.decide_handling(line=line, words="收紧", by=accounts.SYSTEM, now=kernel.now())
    assert line_of(wu, officer) is None
    assert registry.elements_of("person")["village_name"].is_sealed
    assert trust.handling_versions(2)[0].words == "收紧"
    with pytest.raises(trust.HandlingRefusedError):
        trust.decide_handling(line=line, words="again", by=accounts.SYSTEM, now=kernel.now())


@pytest.mark.parametrize(
    "wrong",
    [{"grade": 4, "sight": "see"}, {"grade": 4, "sight": "sensitive", "sealed": False}, {"raise_from": 10},
     {"raise_from": 10, "raise_to": 2}, {"approve_from": 0}, {"sight": "everybody"}],
)  # fmt: skip
def test_a_line_that_contradicts_itself_or_opens_too_much_is_refused(wrong):
    with pytest.raises(trust.HandlingRefusedError):
        trust.check_handling(replace(trust.handling(3), **wrong))


def test_a_set_is_graded_by_its_highest_part_and_raised_by_scale():
    assert trust.grade_of_set([1, 3, 2], people=10**9) == 3
    trust.hold_handling({3: replace(trust.handling(3), raise_from=1000, raise_to=5)})
    assert [trust.grade_of_set([1, 3], people=people) for people in (999, 1000)] == [3, 5]
    assert trust.highest_grade([]) == 1


def test_a_decision_is_kept_with_what_was_proposed_and_what_the_officer_did(ground, wu):
    with pytest.raises(registry.ElementRefusedError, match=r"理由|few words"):
        decide(4, words="")
    decide(3, words="乡名可识别到个人")
    kept = GradeDecision.objects.get()
    assert (kept.grade_before, kept.grade, kept.accepted) == (2, 3, False)
    assert kept.proposal["grade"] == 2
    assert kept.rule_version == trust.rule_version()
    assert ledger(action="grade")[0].basis == f"grading/{kept.rule_version}"
    proposed = trust.propose(name="乡名", kind="person", sort="text")
    decide(proposed.grade, proposed.mask, words="", category=proposed.category)
    assert GradeDecision.objects.first().accepted


@pytest.mark.slow
def test_only_who_may_decides(ground, wu):
    with pytest.raises(trust.NotAllowed):
        decide(4, by=viewer(ground.town.county.id, "registry.elements"))
    with pytest.raises(registry.ElementRefusedError):
        decide(2, sensitive=True)
    with pytest.raises(registry.ElementRefusedError):
        decide(3, category="77")
    assert Element.objects.get(code="village_name").grade == 2


def test_the_queue_shows_what_waits_with_a_proposal_from_its_values(ground, wu):
    (one,) = [row for row in registry.elements_to_grade("person") if row.element.code == "village_name"]
    assert (one.proposal.grade, one.proposal.confidence, one.decision) == (2, 30, None)
    waiting = registry.waiting_by_kind()["person"]
    decide(3)
    assert registry.waiting_by_kind()["person"] == waiting - 1
    assert "village_name" not in {row.element.code for row in registry.elements_to_grade("person")}
