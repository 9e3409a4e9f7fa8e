"""Story: what the classifier is not sure of waits for a person, goes to the wrong unit, comes back, and is learned."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from linli.events.models import Correction, Event
from linli.events.queries.training import training_examples
from linli.regions import api as regions
from tests.scenarios.acting import AtDesk, event_of, facts_of, ledger_of, steps_of
from tests.town import MONDAY, report

SAID = "门口那一堆东西好几天没人管，味道很大"


@pytest.fixture
def uncertain(town):
    return report(town, SAID, matter=None, phone="", name="").number


def test_wrong_unit_gives_it_back_and_the_right_one_ends_it(town, clock, uncertain):
    dispatcher, checker = AtDesk(town.people["dispatcher"]), AtDesk(town.people["checker"])
    assert (event_of(uncertain).state, event_of(uncertain).lead_unit.code) == ("screening", "zhzx")
    assert "门口那一堆东西" in dispatcher.page("/desk/dispatch")
    dispatcher.do(uncertain, "dispatch", matter_code="T-01")
    clock.later(hours=1)
    AtDesk(town.people["community_worker"]).do(uncertain, "return", words="不是楼道灯，是垃圾，归城管局。")
    back = event_of(uncertain)
    assert (back.state, back.lead_unit.code) == ("screening", "zhzx")
    page = dispatcher.page("/desk/dispatch")
    assert "不是楼道灯，是垃圾，归城管局。" in page
    clock.later(hours=1)
    dispatcher.do(uncertain, "dispatch", matter_code="T-02", words="请城管局清运。")
    given = event_of(uncertain)
    assert given.lead_unit.code == "csgl"
    assert given.handle_due == regions.add_working(given.tracks.latest("id").at, hours=7), "its clocks begin anew"
    assert given.handle_due > MONDAY + timedelta(hours=8)

    officer = AtDesk(town.people["officer"])
    clock.later(minutes=30)
    officer.do(uncertain, "accept")
    officer.do(uncertain, "start")
    officer.do(uncertain, "submit", answer="已清运，并装了提示牌。")
    checker.do(uncertain, "pass", reason="solved", answer="")
    assert event_of(uncertain).state == "closed"
    walked = ["report", "hold_for_screening", "dispatch", "return", "dispatch", "accept", "start", "submit", "pass"]
    assert steps_of(uncertain) == [*walked, "close"]
    assert [entry[1] for entry in ledger_of(uncertain)] == ["report", *walked[2:], "close"]
    assert "MatterCorrected" in facts_of(uncertain)


def test_the_newest_choice_is_what_is_learned(town, clock, uncertain):
    dispatcher = AtDesk(town.people["dispatcher"])
    dispatcher.do(uncertain, "dispatch", matter_code="T-01")
    AtDesk(town.people["community_worker"]).do(uncertain, "return", words="归城管局。")
    dispatcher.do(uncertain, "dispatch", matter_code="T-02")
    assert [one.chosen for one in Correction.objects.order_by("id")] == ["T-01", "T-02"]
    assert [code for _text, code in training_examples()] == ["T-02"]
    assert SAID in next(iter(training_examples()))[0]


def test_wrong_unit_may_not_keep_what_is_not_its_own(town, uncertain):
    officer = AtDesk(town.people["officer"])
    officer.event(uncertain, status=404)
    AtDesk(town.people["dispatcher"]).do(uncertain, "dispatch", matter_code="T-01")
    officer.may_not(uncertain, "accept")
    assert event_of(uncertain).state == "dispatched"


@pytest.mark.slow
def test_learning_from_history_takes_the_corrections_along(town, settings, monkeypatch, uncertain):
    from linli.events.management.commands import learn as command
    from linli.events.sample import matters

    few = [one for one in matters.generated_texts(30) if one[1] in {"0203", "0404"}]
    monkeypatch.setattr(command, "_generated", lambda: [command.Example(*one) for one in few])
    monkeypatch.setattr(command, "_handwritten", lambda: [command.Example(*one) for one in few[::9]])
    AtDesk(town.people["dispatcher"]).do(uncertain, "dispatch", matter_code="T-02")
    event = Event.objects.get()
    for number in range(9):
        Correction.objects.create(
            event=Event.objects.get(number=report(town, f"{SAID}，第{number}天", matter=None).number),
            text=f"{SAID}，第{number}天", proposed="T-01", chosen="T-02", version="x", made_at=event.reported_at,
        )  # fmt: skip
    said = StringIO()
    call_command("learn", "--history", "--out", "history-1", "--force", "--json", stdout=said)
    report_of = json.loads(said.getvalue().splitlines()[-1])
    assert report_of["in_use"] is True
    assert report_of["trained_on"] >= len(few) + 8
    from linli.events.queries.classifier import classify

    assert classify(f"{SAID}，第20天")[0].code == "T-02"
