"""Proofs as people take them home: the page for everybody, the newest head, one entry, conflicts settled."""

import json

import pytest

from linli.accounts import api as accounts
from linli.trust import api as trust
from linli.trust.models import HeadProblem, LedgerEntry
from linli.trust.tests.factories import NOW, a_holding, an_actor, record_and_seal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def auditor(monkeypatch):
    """Let whoever comes be an auditor of the county centre."""
    held = a_holding("trust.audit", unit_kind="centre", division_id=1)
    monkeypatch.setattr(accounts, "actor_of", lambda _request: an_actor(held))


def test_everybody_may_open_the_page_and_take_the_newest_head(client):
    assert "data-altered" in client.get("/ledger").content.decode()
    assert client.get("/ledger/head").status_code == 404
    record_and_seal(3)
    answer = client.get("/ledger/head")
    assert answer.content.decode() == trust.newest_note()
    assert "attachment" in answer["Content-Disposition"]


def test_an_auditor_takes_the_proof_of_an_entry_and_that_is_entered(client, auditor):
    record_and_seal(3)
    entry = LedgerEntry.objects.order_by("id").first()
    proof = json.loads(client.get(f"/console/trust/ledger/{entry.pk}/proof.json").content)
    assert trust.check_inclusion(proof).size == 3
    taken = LedgerEntry.objects.get(object_kind="trust.proof")
    assert (taken.action, taken.object_id) == ("export", str(entry.pk))
    assert client.get(f"/console/trust/ledger/{taken.pk}/proof.json").status_code == 404  # not sealed yet


def test_nobody_else_takes_one(client, monkeypatch):
    record_and_seal(1)
    path = f"/console/trust/ledger/{LedgerEntry.objects.get().pk}/proof.json"
    assert client.get(path).status_code == 302
    monkeypatch.setattr(accounts, "actor_of", lambda _request: an_actor(a_holding("events.read")))
    assert client.get(path).status_code == 403


def test_a_conflict_of_heads_is_settled_with_words_and_only_once(client, auditor):
    record_and_seal(1)
    said = {"node": "n", "name": "虚构市平台", "ours": True, "reason": "behind", "kept": "", "offered": "", "at": NOW}
    problem = HeadProblem.objects.create(**said)
    path = f"/console/trust/ledger/conflicts/{problem.pk}"
    client.post(path, {"words": " "})
    problem.refresh_from_db()
    assert problem.settled_at is None
    assert client.post(path, {"words": "市平台恢复了旧备份，已核对"}).status_code == 302
    problem.refresh_from_db()
    assert problem.words == "市平台恢复了旧备份，已核对"
    assert "虚构市平台拒绝" not in client.get("/console/trust/ledger").content.decode()
    assert client.post(path, {"words": "再来"}).status_code == 404
