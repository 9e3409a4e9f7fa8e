"""The configuration file goes out, comes in elsewhere, and refuses what it can't read without changing anything."""

import pytest
import yaml
from django.core.management import CommandError, call_command

from linli.accounts import api as accounts
from linli.events import api as events
from linli.exchange import api as exchange
from linli.insight import api as insight
from linli.site.actions.config import config_changes, config_text, take_config
from linli.site.slots import ConfigRefusedError
from linli.trust import api as trust
from tests.town import MONDAY, build_town, told_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(three_words):
    return build_town()


def as_data(text):
    return yaml.load(text, Loader=yaml.CSafeLoader)


def as_text(data):
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)


def changed(text):
    return {one.code: list(one.changes) for one in config_changes(text=text, by=accounts.SYSTEM, now=MONDAY)}


@pytest.mark.slow
def test_what_was_written_changes_nothing_when_read(town):
    text = config_text(now=MONDAY)
    assert not any(changed(text).values())
    assert take_config(text=text, by=accounts.SYSTEM, now=MONDAY) == []


@pytest.mark.slow
def test_what_differs_is_told_first_and_then_taken_in(town):
    data = as_data(config_text(now=MONDAY))
    data["units"].append(
        {"code": "new", "name": "新单位", "kind": "department", "division": data["units"][0]["division"]}
    )
    data["posts"][0]["name"] = "新名称"
    data["standards"]["matters"][0]["handle_limit"] += 1
    text = as_text(data)
    told = changed(text)
    assert "新单位" in told["units"][0]
    assert len(told["posts"]) == 1
    assert len(told["standards"]) == 1
    assert accounts.unit_by_code("new") is None
    take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert accounts.unit_by_code("new").name == "新单位"
    assert accounts.posts()[0].name == "新名称"
    assert events.versions(now=MONDAY)[0].standing == "draft"


@pytest.mark.slow
def test_owners_of_data_and_limits_travel(town):
    data = as_data(config_text(now=MONDAY))
    data["answer_limits"][0]["days"] += 1
    data["data_owners"].append({"owner": "公安", "unit": "csgl"})
    text = as_text(data)
    assert {code: len(told) for code, told in changed(text).items() if told} == {"data_owners": 1, "answer_limits": 1}
    take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert not any(changed(text).values())
    assert exchange.owner_unit("公安", division_id=town.divisions["county"].id, now=MONDAY).code == "csgl"


WRONG = {
    "unknown unit": "linli: {}\ndata_owners: [{owner: a, unit: nobody}]",
    "no days": "linli: {}\nanswer_limits: [{answer: correction, days: true}]",
    "empty": "",
    "a list": "- a",
    "no head": "posts: []",
    "no rows": "linli: {}\nposts: 3",
    "a key lacks": "linli: {}\nposts: [{code: x}]",
    "unknown part": "linli: {}\nother: []",
    "broken": "linli: [",
    "unknown division": "linli: {}\nunits: [{code: a, name: a, kind: department, division: '1'}]",
    "code in it": "!!python/object/apply:os.system ['x']",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=list(WRONG))
def test_a_file_that_is_wrong_is_refused_with_a_sentence(town, text):
    with pytest.raises(ConfigRefusedError) as refused:
        take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert str(refused.value)


def test_an_officer_sees_what_would_change_and_takes_it_in(client, town, tmp_path):
    client.force_login(town.people["manager"])
    text = client.get("/desk/config.yaml").content.decode()
    data = as_data(text)
    own = next(row for row in data["units"] if row["kind"] == "street")
    data["units"].append({**own, "code": "new", "name": "新单位"})
    changed_text = as_text(data)
    page = client.post("/desk/config", {"text": changed_text})
    assert "新单位" in page.content.decode()
    client.post("/desk/config", {"text": changed_text, "take": "1"})
    assert accounts.unit_by_code("new").name == "新单位"
    assert client.post("/desk/config", {"text": "nonsense"}).status_code == 422
    assert client.post("/desk/config", {}).status_code == 422
    data["posts"][0]["name"] = "posts count in every county, hers is only one"
    answer = client.post("/desk/config", {"text": yaml.safe_dump(data), "take": "1"})
    assert answer.status_code == 422


@pytest.fixture
def keeper(town):
    """Somebody who may change what is public, who is told outside and what the measures count."""
    may = ("events.see_area", "events.interfaces", "insight.define", "accounts.manage")
    accounts.save_post(code="t-keeper", name="keeper", capabilities=may, by=accounts.SYSTEM, now=MONDAY)
    return town.actor("keeper")


def told_by(actor, text):
    return {one.code: list(one.changes) for one in config_changes(text=text, by=actor, now=MONDAY)}


def exported(**parts):
    return yaml.safe_dump(as_data(config_text(now=MONDAY)) | parts, allow_unicode=True)


@pytest.mark.slow
def test_public_matters_are_opened_and_none_is_closed(keeper):
    events.set_open_matters(codes=["T-01"], exact=[], by=keeper, now=MONDAY)
    text = exported(open_matters=[{"matter": "T-02", "exact_place": True}, {"matter": "X-9"}])
    first, second = told_by(keeper, text)["open_matters"]
    assert "暴露垃圾" in first
    assert "X-9" in second
    take_config(text=text, by=keeper, now=MONDAY)
    standing = {row.matter_code: row.exact_place for row in events.open_matters()}
    assert standing == {"T-01": False, "T-02": True, "X-9": False}
    assert take_config(text=text, by=keeper, now=MONDAY) == []


def open_hook(keeper, url="https://example.org/in", name="市平台"):
    return events.open_webhook(name=name, url=url, kinds=["event.closed"], by=keeper, now=MONDAY)


@pytest.mark.slow
def test_no_secret_of_a_webhook_is_in_the_file(keeper):
    hook, secret = open_hook(keeper, "https://example.org/in?key=abc123")
    text = config_text(now=MONDAY)
    assert "https://example.org/in?***" in text
    assert "abc123" not in text
    assert secret not in text
    assert secret.removeprefix("whsec_") not in text
    take_config(text=text, by=keeper, now=MONDAY)
    assert events.webhooks_open()[0].url == hook.url
    data = as_data(text)["webhooks"][0]
    take_config(text=exported(webhooks=[data | {"kinds": ["event.rated"]}]), by=keeper, now=MONDAY)
    (changed_hook,) = events.webhooks_open()
    assert (changed_hook.url, changed_hook.kinds) == (hook.url, ["event.rated"])
    assert changed_hook.secret.reveal() == secret


@pytest.mark.slow
def test_a_new_webhook_comes_in_paused_with_a_secret_nobody_has_seen(keeper):
    open_hook(keeper)
    row = {"name": "省平台", "url": "https://example.com/", "kinds": ["event.closed"]}
    text = exported(webhooks=[row, row])
    assert len(told_by(keeper, text)["webhooks"]) == 2
    take_config(text=text, by=keeper, now=MONDAY)
    old, one, two = events.webhooks_open()
    assert old.paused_at is None
    assert one.paused_at
    assert two.secret.reveal()
    assert take_config(text=text, by=keeper, now=MONDAY) == []
    assert not any(told_by(keeper, config_text(now=MONDAY)).values())


@pytest.mark.slow
def test_the_node_itself_opens_no_webhook_and_says_so(keeper, tmp_path, capsys):
    path = tmp_path / "linli.yaml"
    path.write_text(exported(webhooks=[{"name": "a", "url": "https://example.com/", "kinds": ["event.closed"]}]))
    call_command("config", "import", str(path))
    assert events.webhooks_open() == []
    assert "a" in capsys.readouterr().out


@pytest.mark.slow
def test_addresses_of_units_are_counted_and_left_alone(town):
    told_at(town, "nanyuan", "13700007777")
    text = config_text(now=MONDAY)
    assert as_data(text)["notices"] == [{"unit": "nysq", "channel": "sms", "addresses": 1}]
    assert "7777" not in text
    other = exported(notices=[{"unit": "nysq", "channel": "sms", "addresses": 2}])
    (part,) = [one for one in config_changes(text=other, by=accounts.SYSTEM, now=MONDAY) if one.code == "notices"]
    assert len(part.changes) == 1
    assert part.left_out
    assert take_config(text=other, by=accounts.SYSTEM, now=MONDAY) == []


@pytest.mark.slow
def test_measures_come_in_as_drafts_once(keeper):
    insight.plant_sample_measures(now=MONDAY)
    data = as_data(config_text(now=MONDAY))
    assert data["measures"][0]["number"] == 1
    data["measures"][0]["name"] = "另一个名称"
    data["measures"].append({**data["measures"][1], "code": "own", "name": "自定指标"})
    text = as_text(data)
    assert len(told_by(keeper, text)["measures"]) == 2
    take_config(text=text, by=keeper, now=MONDAY)
    assert {row["name"] for row in insight.drafts_data()} == {"另一个名称", "自定指标"}
    assert take_config(text=text, by=keeper, now=MONDAY) == []
    insight.put_measure_in_force(code="own", by=keeper, now=MONDAY)
    assert not told_by(keeper, config_text(now=MONDAY))["measures"]


HOOK = {"name": "a", "url": "https://example.com/", "kinds": ["event.closed"]}
MEASURE = {"code": "own", "name": "a", "numerator": ["rated_solved"], "denominator": ["rated"], "tiers": ["street"],
           "reasons": [], "period": "month"}  # fmt: skip
WRONG_PARTS = {
    "no code of a matter": {"open_matters": [{"matter": 3}]},
    "place neither so nor so": {"open_matters": [{"matter": "T-01", "exact_place": "yes"}]},
    "no address": {"webhooks": [HOOK | {"url": "ftp://x"}]},
    "a key left out": {"webhooks": [HOOK | {"url": "https://example.com/?***"}]},
    "unknown kind": {"webhooks": [HOOK | {"kinds": ["event.sung"]}]},
    "no kind": {"webhooks": [HOOK | {"kinds": []}]},
    "no name": {"webhooks": [HOOK | {"name": ""}]},
    "unknown area": {"webhooks": [HOOK | {"division": "1"}]},
    "no number": {"notices": [{"unit": "a", "channel": "sms", "addresses": "two"}]},
    "unknown mark": {"measures": [MEASURE | {"numerator": ["x"]}]},
    "counts the sample": {"measures": [MEASURE | {"numerator": ["rated"]}]},
    "unknown period": {"measures": [MEASURE | {"period": "day"}]},
    "a list is none": {"measures": [MEASURE | {"tiers": "street"}]},
}


@pytest.mark.parametrize("part", WRONG_PARTS.values(), ids=list(WRONG_PARTS))
def test_a_part_that_is_wrong_is_refused_with_a_sentence(keeper, part):
    with pytest.raises(ConfigRefusedError) as refused:
        take_config(text=yaml.safe_dump({"linli": {}} | part), by=keeper, now=MONDAY)
    assert str(refused.value)


def test_an_officer_takes_in_interfaces_and_measures_at_the_console(client, town, keeper):
    client.force_login(town.people["keeper"])
    text = exported(webhooks=[HOOK], measures=[MEASURE], open_matters=[{"matter": "T-01"}])
    page = client.post("/desk/config", {"text": text}).content.decode()
    assert "楼道照明" in page
    client.post("/desk/config", {"text": text, "take": "1"})
    assert [row.name for row in events.webhooks_open()] == ["a"]
    assert insight.drafts_data()
    assert events.open_matters().count() == 1


def test_who_does_not_manage_gets_no_file(client, town):
    client.force_login(town.people["officer"])
    assert client.get("/desk/config").status_code == 403
    assert client.get("/desk/config.yaml").status_code == 403


@pytest.mark.slow
def test_the_command_writes_compares_and_takes_in(town, tmp_path, capsys):
    path = tmp_path / "linli.yaml"
    call_command("config", "export", str(path))
    call_command("config", "diff", str(path))
    assert capsys.readouterr().out
    call_command("config", "import", str(path), "--json")
    path.write_text("nothing")
    with pytest.raises(CommandError):
        call_command("config", "import", str(path))


@pytest.mark.slow
def test_texts_of_messages_come_in_as_a_draft_and_those_left_out_stay(town):
    held = events.policies_at(MONDAY)["texts"]
    text = exported(policies={"texts": {"receipt": "{unit}收到了您的来信，编号{number}"}})
    (change,) = changed(text)["policies"]
    assert "受理编号" in change
    assert "办结答复" not in change
    take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    draft = events.policy_versions("texts")[0]
    assert draft.in_force_from is None
    assert draft.content == {**held, "receipt": "{unit}收到了您的来信，编号{number}"}
    with pytest.raises(events.RefusedError, match="占位符"):
        take_config(text=exported(policies={"texts": {"receipt": "{number}{phone}"}}), by=accounts.SYSTEM, now=MONDAY)


@pytest.mark.slow
def test_limits_of_cover_and_of_emergency_access_travel_and_wrong_ones_change_nothing(town):
    data = as_data(config_text(now=MONDAY))
    assert data["cover"] == {"longest_days": 30, "ahead_days": 60}
    data["cover"]["longest_days"] = 14
    data["break_glass"] |= {"per_month": 3, "area": "none", "posts": ["t-helper"]}
    data["right_terms"]["object"] = {"days": 5, "basis": "县里规定"}
    text = as_text(data)
    assert {code: len(told) for code, told in changed(text).items() if told} == {
        "cover": 1,
        "break_glass": 3,
        "right_terms": 1,
    }
    take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert not any(changed(text).values())
    assert trust.glass_rules().posts == ("t-helper",)
    assert trust.days_for("object") == 5
    for part, wrong in (
        ("right_terms", {"copy": {"days": 3, "basis": "县里规定"}}),
        ("right_terms", {**data["right_terms"], "copy": {"days": 0, "basis": "县里规定"}}),
        ("right_terms", {**data["right_terms"], "copy": {"days": 3, "basis": ""}}),
        ("cover", {"longest_days": 500, "ahead_days": 1}),
        ("cover", {"longest_days": "many"}),
        ("cover", 7),
        ("break_glass", {"minutes": 9999}),
        ("break_glass", {"area": "county"}),
        ("break_glass", {"posts": ["no-such-post"]}),
        ("break_glass", ["minutes"]),
    ):
        with pytest.raises(ConfigRefusedError, match=r"."):
            changed(yaml.safe_dump({**data, part: wrong}, allow_unicode=True))
    assert accounts.cover_limits().longest_days == 14
