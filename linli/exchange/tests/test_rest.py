"""The REST interface of grants: reads, lists, and every refusal as a sentence with its status."""

import pytest
import time_machine

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.tests.places import NOW, WU_ID, call, granted, kept_wu
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
BASE = "/api/exchange/v1"


@pytest.fixture
def grant(place):
    kept_wu(place.ground.grids["xuefu1"])
    with time_machine.travel(NOW, tick=False):
        yield granted(place)


@pytest.fixture
def send(place, client):
    keys = {}

    def sending(path, body, by="asker", **headers):
        if by not in keys:
            keys[by] = accounts.issue_token(holding=place.holdings[by], name="系统", by=accounts.SYSTEM, now=NOW).raw
        more = {"Authorization": f"Bearer {keys[by]}", **headers}
        if body is None:
            return client.get(BASE + path, headers=more)
        return client.post(BASE + path, body, content_type="application/json", headers=more)

    return sending


def question(grant, **more):
    whom = {"citizen_id": WU_ID}
    return {"grant": grant.number, "purpose": "serve", "whom": whom, "element": "age", "is": ">=", "value": 60, **more}


def test_a_verification_is_answered_by_yes(grant, send):
    answer = send("/verify", question(grant))
    assert answer.status_code == 200
    assert answer.json()["answer"] == "yes"


def test_the_same_key_counts_once_and_another_request_is_refused(grant, send):
    headers = {"Idempotency-Key": "k"}
    first = send("/verify", question(grant), **headers)
    assert send("/verify", question(grant), **headers).json() == first.json()
    assert send("/verify", question(grant, value=61), **headers).status_code == 409
    grant.refresh_from_db()
    assert grant.used == 1


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"grant": "G-none"}, 404),
        ({"purpose": "safety"}, 403),
        ({"element": "phone", "value": "13800001111"}, 403),
        ({"whom": {"name": "吴桂芳"}}, 422),
        ({"whom": {"citizen_id": "12"}}, 422),
        ({"whom": {"shoe_size": "12"}}, 422),
        ({"is": "~"}, 422),
        ({"value": "old"}, 422),
        ({"element": "name", "is": "<", "value": "a"}, 422),
        ({"element": "nothing"}, 403),
    ],
)
def test_a_refusal_is_a_sentence(grant, send, more, status):
    answer = send("/verify", question(grant) | more)
    assert answer.status_code == status
    assert len(answer.json()["detail"]) > 5


def test_without_a_key_nothing_is_told(grant, client):
    answer = client.post(f"{BASE}/verify", question(grant), content_type="application/json")
    assert answer.status_code == 401


def test_who_holds_no_post_that_reads_is_refused(grant, send):
    assert send("/verify", question(grant), by="police").status_code == 403
    assert send("/verify", question(grant), by="health").status_code == 404


def test_a_spent_quota_is_answered_with_429(grant, send):
    grant.quota = 1
    grant.save()
    body = {"grant": grant.number, "purpose": "serve", "whom": {"citizen_id": WU_ID}}
    assert send("/query", body).json()["values"]["birth_date"].startswith("1940")
    assert send("/query", body).status_code == 429


def test_a_list_comes_back_as_a_file(grant, send, place):
    body = {"grant": grant.number, "purpose": "serve", "people": [{"citizen_id": WU_ID}, {"name": "=1+1"}]}
    handed = send("/batches", body)
    assert handed.status_code == 202
    path = f"/batches/{handed.json()['id']}"
    assert send(f"{path}/file", None).status_code == 409
    exchange.work_off(batch_id=handed.json()["id"], now=NOW)
    assert send(path, None).json()["state"] == "done"
    lines = send(f"{path}/file", None).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "line,found,subject,problem,birth_date,name,taken_by"
    assert lines[1].startswith("1,1,")
    *_, name, taken_by = lines[1].split(",")
    (file,) = trust.ExportFile.objects.all()
    assert (name, file.basis, file.rows) == ("吴**", f"grant:{grant.number}", 2)
    assert file.mark in taken_by
    assert send(path, None, by="health").status_code == 404


def test_a_list_beyond_5000_lines_and_an_empty_one_are_refused(grant, send):
    body = {"grant": grant.number, "purpose": "serve", "people": []}
    assert send("/batches", body).status_code == 422
    assert send("/batches", {**body, "people": [{"name": "某"}] * 5001}).status_code == 413


def test_what_is_not_json_is_refused(grant, send, client, place):
    raw = accounts.issue_token(holding=place.holdings["asker"], name="系统", by=accounts.SYSTEM, now=NOW).raw
    answer = client.post(f"{BASE}/query", b"a=1", content_type="text/plain", headers={"Authorization": f"Bearer {raw}"})
    assert answer.status_code == 415
    assert exchange.query_one(call=call(place, grant), whom={"citizen_id": WU_ID})["found"]
