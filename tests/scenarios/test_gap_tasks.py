"""Story: a worker takes questions along, answers without a network, and sends everything twice on a bad line."""

import json

import pytest

from linli.exchange.models import Correction
from linli.sheets.models import Answer, Gap, OfflineAnswer
from linli.trust.models import LedgerEntry
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, issued_forms


@pytest.fixture
def worker(town, clock):
    """The community's worker, at whose doors a form asks for what the base lacks of old Wu."""
    planted(town, MONDAY)
    issued_forms(town, MONDAY)
    return AtDesk(town.people["community_worker"])


def taken_along(worker):
    return json.loads(worker.page("/desk/gaps/tasks.json"))


def sent(worker, *answers, status=200):
    said = {"format": "linli.gap-answers", "version": 1, "answers": list(answers)}
    answer = worker.browser.post("/desk/gaps/answers", json.dumps(said), content_type="application/json")
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def task_of(tasks, element):
    return next(one for visit in tasks["visits"] for one in visit["tasks"] if one["element"] == element)


def test_tasks_say_where_whom_what_and_how(town, clock, worker):
    tasks = taken_along(worker)
    assert (tasks["format"], tasks["version"], tasks["next"]) == ("linli.gap-tasks", 1, None)
    (visit,) = tasks["visits"]
    assert "青石巷七号院" in visit["where"]
    one = task_of(tasks, "person.education")
    assert one["whom"].startswith("吴*")
    assert (one["label"], one["type"], one["table"]) == ("学历", "code", "education")
    assert {"code": "70", "label": "初级中学教育"} in tasks["tables"]["education"]
    assert task_of(tasks, "person.emergency_contact")["keep_sealed"] is False
    assert LedgerEntry.objects.filter(action="list", purpose="registry.report").latest("id").subjects
    told = json.loads(worker.page("/desk/gaps/tasks.schema.json"))
    assert set(told["tasks"]["properties"]) == set(tasks)
    assert {"answers", "results"} < set(told)


def test_answers_come_back_in_bulk_and_twice(town, clock, worker):
    tasks = taken_along(worker)
    good, other = task_of(tasks, "person.education"), task_of(tasks, "person.emergency_contact")
    answers = (
        {"task": good["id"], "key": good["key"], "value": "70", "evidence": "看过毕业证", "seen_on": "2026-11-14"},
        {"task": other["id"], "key": other["key"], "not_to_have": True},
        {"task": "01a1e1f9-0000-7000-8000-000000000000", "key": "k" * 12, "value": "1"},
    )
    first = sent(worker, *answers)["results"]
    assert [one["state"] for one in first] == ["taken", "taken", "refused"]
    assert first[2]["sentence"], "a refused answer says why"
    again = sent(worker, *answers)["results"]
    assert [one["state"] for one in again] == ["taken", "taken", "refused"]
    assert all(one["repeated"] for one in again)
    assert Correction.objects.get().seen_on.isoformat() == "2026-11-14", "its owner was asked once"
    assert Answer.objects.get().value.reveal() == "初级中学教育", "the form that waits has it, once"
    assert OfflineAnswer.objects.count() == 3
    assert set(Gap.objects.values_list("element", "state")) >= {
        ("education", "answered"), ("emergency_contact", "not_to_have"),
    }  # fmt: skip


def test_a_refused_answer_is_mended_under_a_new_key(town, clock, worker):
    one = task_of(taken_along(worker), "person.education")
    wrong = {"task": one["id"], "key": one["key"], "value": "没有这个代码"}
    (refused,) = sent(worker, wrong)["results"]
    assert (refused["state"], refused["repeated"]) == ("refused", False)
    (ahead,) = sent(worker, {**wrong, "key": "tomorrow", "value": "70", "seen_on": "2026-12-24"})["results"]
    assert ahead["state"] == "refused"
    (mended,) = sent(worker, {**wrong, "key": "mended-1", "value": "70"})["results"]
    assert mended["state"] == "taken"
    (late,) = sent(worker, {**wrong, "key": "mended-2", "value": "60"})["results"]
    assert late["state"] == "refused", "somebody has answered meanwhile"
    sent(worker, {"task": "no id", "key": "1"}, status=422)


def test_an_outsider_gets_no_task_and_answers_none(town, clock, worker):
    one = task_of(taken_along(worker), "person.education")
    allow("t-dispatcher", (*POSTS["t-community"], "registry.reveal"), MONDAY)
    outsider = AtDesk(town.people["outsider"])
    assert taken_along(outsider)["visits"] == []
    (refused,) = sent(outsider, {"task": one["id"], "key": "outsider", "value": "70"})["results"]
    assert refused["state"] == "refused"
    assert Gap.objects.get(pk=one["id"]).state == "asked"
