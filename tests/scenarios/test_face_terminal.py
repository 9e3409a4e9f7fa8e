"""Story: a property company wants a face terminal at a gate; it is decided, connected, objected to, and runs out."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from linli.events import api as events
from linli.events.sample import matters
from linli.kernel import api as kernel
from linli.trust import api as trust
from tests.duties import DUTIES, MONDAY
from tests.scenarios.acting import AtDesk, WithPhone, event_of
from tests.town import OLD_WU_PHONE

GATE = {
    "name": "青石巷南门人脸机", "kind": "face_terminal", "operator": "示例物业公司", "address": "青石巷小区南门",
    "place": "gate", "purpose": "trust.doors", "necessity": "住户常忘带门卡，夜间无人值守。", "alternative": "",
    "retention_days": "7", "people": "420", "filed_as": "", "signs": "门旁 1.5 米处有提示牌。",
}  # fmt: skip
ANOTHER_WAY = "门卡、密码照常使用，值班室 24 小时开门，不问理由。"


@pytest.fixture
def duties(town):
    own = [{key: value for key, value in item.items() if key != "source"} for item in matters.own_matters()]
    listed = events.add_duty_list(name="小镇", source="测试", items=[*DUTIES, *own], now=MONDAY, is_sample=True)
    events.put_in_force(duty_list=listed, now=MONDAY)


def step(who, number, name, status=302, **said):
    answer = who.browser.post(f"/desk/devices/d/{number}/step", {"step": name, "words": "", "review_on": "", **said})
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def written(who, town, path="/desk/devices/new", **more):
    said = {**GATE, "unit_id": town.units["nanyuan"].id, "division_id": town.divisions["nanyuan"].id, **more}
    answer = who.browser.post(path, said)
    assert answer.status_code == 302, answer.content.decode()
    return unquote(answer["Location"]).rsplit("/", 1)[-1]


def assessed(who, number, clock_day):
    questions = trust.ask_less_in_force().questions
    said = {f"answer-{code}": "已到现场逐项核对。" for code in questions}
    said |= {"risk": "high", "measures": "特征只存本机，七天删除。", "conclusion": "go_with"}
    path = f"/console/trust/assessments/new?sort=device&subject={number}"
    lacking = who.browser.post(path, {**said, "answer-rights": "", "valid_until": clock_day.isoformat()})
    assert lacking.status_code == 422
    assert "特征只存本机" in lacking.content.decode(), "nothing that was written is lost"
    answer = who.browser.post(path, {**said, "valid_until": (clock_day + timedelta(days=600)).isoformat()})
    assert answer.status_code == 302


@pytest.mark.usefixtures("duties")
def test_a_face_terminal_from_the_wish_to_its_end(town, clock):
    worker, guardian, wu = (
        AtDesk(town.people["community_worker"]),
        AtDesk(town.people["guardian"]),
        WithPhone(OLD_WU_PHONE),
    )
    number = written(worker, town)
    refused = step(worker, number, "apply", 422)
    assert "不用它怎么进出" in refused, "there is no other way in"
    written(worker, town, f"/desk/devices/d/{number}/change", alternative=ANOTHER_WAY)
    assert "影响评估" in step(worker, number, "apply", 422)
    assert number in guardian.page("/console/trust/assessments"), "what is missing is shown as missing"
    assessed(worker, number, MONDAY.date())
    assert "没有任何" not in step(worker, number, "apply")
    assert not trust.may_connect(number, now=kernel.now()), "asking is not a decision"
    step(worker, number, "connect", 422)

    page = guardian.page(f"/desk/devices/d/{number}")
    assert "人脸特征" in page, "who decides sees what the purpose does not need"
    assert "人体生物特征" in page
    step(guardian, number, "allow", 422)
    step(guardian, number, "allow", words="仅限自愿录入的住户，门卡照常使用。", review_on="2027-03-01")
    step(worker, number, "connect")
    key = re.search(r"密钥只显示这一次：([\w-]+)", worker.page(f"/desk/devices/d/{number}"))[1]
    assert trust.is_connected(number, key=key, now=kernel.now())
    assert key not in worker.page(f"/desk/devices/d/{number}"), "it is told once"

    seen = wu.browser.get("/devices").content.decode()
    for word in ("青石巷南门人脸机", "人脸特征", "7 天", ANOTHER_WAY, "示例物业", "仅限自愿录入", "《个人信息保护法》"):
        assert word in seen, word
    assert "周敏" not in seen, "the unit answers, not a person by name"
    asked_in = wu.browser.post(f"/devices/{number}/object")
    assert asked_in["Location"].startswith("/me/enter?next="), "who objects is asked who they are, once"
    wu.enter("/devices")
    objected = wu.browser.post(f"/devices/{number}/object")
    event = event_of(unquote(objected["Location"]).rsplit("/", 1)[-1])
    assert (event.matter.code, event.channel, event.state) == ("PI-DEVICE", "devices", "dispatched")
    assert event.lead_unit is not None
    assert kernel.now() < event.accept_due < event.handle_due
    assert number in event.text
    again = wu.browser.post(f"/devices/{number}/object")
    assert again["Location"] == objected["Location"], "said twice it is one event"

    clock.to(MONDAY.replace(year=2027, month=2, day=20))
    assert trust.watch_reviews(now=kernel.now()) == (1, 0), "the owner is told before"
    clock.to(MONDAY.replace(year=2027, month=3, day=2))
    assert not trust.is_connected(number, key=key, now=kernel.now()), "closed by its day, before any job ran"
    assert trust.watch_reviews(now=kernel.now()) == (0, 1)
    assert "已停用，复核中" in WithPhone(OLD_WU_PHONE).browser.get("/devices").content.decode()
    step(worker, number, "connect", 422)
