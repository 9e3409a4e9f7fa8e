"""The configuration file goes out, comes in elsewhere, and refuses what it can't read without changing anything."""

import pytest
import yaml
from django.core.management import CommandError, call_command

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.actions.config import config_changes, config_text, take_config
from linli.site.slots import ConfigRefusedError
from tests.town import MONDAY, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(three_words):
    return build_town()


def changed(text):
    return {one.code: list(one.changes) for one in config_changes(text=text, by=accounts.SYSTEM, now=MONDAY)}


def test_what_was_written_changes_nothing_when_read(town):
    text = config_text(now=MONDAY)
    assert not any(changed(text).values())
    assert take_config(text=text, by=accounts.SYSTEM, now=MONDAY) == []


def test_what_differs_is_told_first_and_then_taken_in(town):
    data = yaml.safe_load(config_text(now=MONDAY))
    data["units"].append(
        {"code": "new", "name": "新单位", "kind": "department", "division": data["units"][0]["division"]}
    )
    data["posts"][0]["name"] = "新名称"
    data["standards"]["matters"][0]["handle_limit"] += 1
    text = yaml.safe_dump(data, allow_unicode=True)
    told = changed(text)
    assert "新单位" in told["units"][0]
    assert len(told["posts"]) == 1
    assert len(told["standards"]) == 1
    assert accounts.unit_by_code("new") is None
    take_config(text=text, by=accounts.SYSTEM, now=MONDAY)
    assert accounts.unit_by_code("new").name == "新单位"
    assert accounts.posts()[0].name == "新名称"
    assert events.versions(now=MONDAY)[0].standing == "draft"


WRONG = {
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
    data = yaml.safe_load(text)
    own = next(row for row in data["units"] if row["kind"] == "street")
    data["units"].append({**own, "code": "new", "name": "新单位"})
    changed_text = yaml.safe_dump(data, allow_unicode=True)
    page = client.post("/desk/config", {"text": changed_text})
    assert "新单位" in page.content.decode()
    client.post("/desk/config", {"text": changed_text, "take": "1"})
    assert accounts.unit_by_code("new").name == "新单位"
    assert client.post("/desk/config", {"text": "nonsense"}).status_code == 422
    assert client.post("/desk/config", {}).status_code == 422
    data["posts"][0]["name"] = "posts count in every county, hers is only one"
    answer = client.post("/desk/config", {"text": yaml.safe_dump(data), "take": "1"})
    assert answer.status_code == 422


def test_who_does_not_manage_gets_no_file(client, town):
    client.force_login(town.people["officer"])
    assert client.get("/desk/config").status_code == 403
    assert client.get("/desk/config.yaml").status_code == 403


def test_the_command_writes_compares_and_takes_in(town, tmp_path, capsys):
    path = tmp_path / "linli.yaml"
    call_command("config", "export", str(path))
    call_command("config", "diff", str(path))
    assert capsys.readouterr().out
    call_command("config", "import", str(path), "--json")
    path.write_text("nothing")
    with pytest.raises(CommandError):
        call_command("config", "import", str(path))
