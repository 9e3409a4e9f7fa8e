"""Applications that travel: the catalogue of a peer, its owner's desk with the clock, the decision, and asking by it.

This node plays both: what it says to the other side comes back to it as if that side had said it.
"""

from datetime import timedelta

import orjson
import pytest
import time_machine

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import states
from linli.exchange.actions import ask as asking
from linli.exchange.actions import link
from linli.exchange.models import Application, Grant, History, InMessage, OutMessage, Peer, RemoteDataset, Use
from linli.exchange.queries.sharing import to_answer
from linli.exchange.rules.signatures import new_keys, unwrap, wrap
from linli.exchange.tests.factories import make_dataset
from linli.exchange.tests.other_side import OtherSide, deliver
from linli.exchange.tests.places import NOW, WU_ID, asked, kept_wu
from linli.registry import api as registry
from linli.registry.tests.factories import ledger
from linli.trust import api as trust

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOW + timedelta(days=2)
OLD = registry.Condition("age", ">=", 60)
TERMS = {"ways": ("verify", "query"), "elements": ("birth_date", "name")}


class Nodes:
    """Both ends of a link: the county applies, the city, whose police owns the data, answers."""

    def __init__(self, place):
        self.place, self.city, self.done = place, OtherSide(), set()
        make_dataset(place.ground, code="hukou", provider="公安局", department="公安")
        exchange.tell_catalogue(now=NOW)
        self.carry()

    def carry(self, now=NOW):
        """Let what waits arrive, as said by the other side; return the bodies."""
        rows = list(OutMessage.objects.exclude(pk__in=self.done).order_by("id"))
        self.done |= {one.pk for one in rows}
        bodies = [orjson.loads(one.body.reveal()) for one in rows]
        for one, body in zip(rows, bodies, strict=True):
            deliver(self.city.says(one.kind, body, key=one.pk), now=now)
        return bodies

    def settle(self, now=NOW):
        while self.carry(now):
            pass

    def apply(self, **more):
        (row,) = exchange.draft_application(
            asked=asked(self.place, **{**TERMS, **more}), basis="老年人权益保障法第三十三条", words="核对年龄",
            unit_id=self.place.units["mzj"].pk, by=self.place.actor("asker"), now=NOW, at=RemoteDataset.objects.get(),
        )  # fmt: skip
        return exchange.submit_application(application_id=row.pk, by=self.place.actor("asker"), now=NOW)

    def both(self):
        return Application.objects.get(peer_ref=None), Application.objects.exclude(peer_ref=None).get()

    def granted(self, **more):
        self.apply(**more)
        self.settle()
        _here, there = self.both()
        exchange.approve_application(application_id=there.pk, by=self.place.actor("police"), now=NOW)
        self.settle()
        return self.both()[0]


@pytest.fixture
def nodes(place):
    return Nodes(place)


@pytest.fixture
def line(nodes, monkeypatch):
    """Let a question travel to the other node, which is this one, and the answer back, both signed."""
    wires = []

    def call(peer, path, body, *, nonce, wait):
        ours = exchange.own_anchor(address="https://x.example")
        content = unwrap(body, algorithm=ours.algorithm, public=ours.public)
        assert path == asking.ASK
        wire = wrap({**content, "to": content["from"]}, nodes.city.keys)
        wires.append(wire)
        asker, got, said = exchange.answer_peer(body=wire, now=NOW)
        assert (asker, got) == (peer, nonce)
        return nodes.city.reads(exchange.answer_page(peer=asker, page=said, nonce=got, now=NOW))

    monkeypatch.setattr(link, "_call", call)
    return wires


def entries():
    return [one for one in ledger() if one.trace]


def ask(nodes, row, *, by="asker", key=None, whom=None, now=NOW):
    call = exchange.Call(grant=row.number, purpose="serve", by=nodes.place.actor(by), now=now, key=key)
    at = exchange.elsewhere(call)
    assert at == row
    more = {"element": OLD.element, "operator": OLD.operator, "value": OLD.value}
    return exchange.ask_there(call=call, at=at, way="verify", whom=whom or {"citizen_id": WU_ID}, asked=more)


def test_the_catalogue_of_a_peer_is_known_and_told_again_only_when_it_changed(nodes, place):
    row = RemoteDataset.objects.get()
    assert (row.code, row.provider, row.peer) == ("hukou", "公安局", nodes.city.peer)
    assert {one["code"] for one in row.elements} >= {"name", "birth_date"}
    assert exchange.tell_catalogue(now=NOW) == 0
    make_dataset(place.ground, code="hukou", provider="公安局", department="公安", name="户籍人口")
    assert exchange.tell_catalogue(now=NOW) == 1
    nodes.carry()
    assert RemoteDataset.objects.get().name == "户籍人口"
    deliver(nodes.city.says("catalogue", {"entries": []}))
    assert not RemoteDataset.objects.exists()


def test_it_stands_at_the_owners_desk_there_with_its_clock_and_the_decision_comes_back(nodes, place):
    row = nodes.apply()
    assert not to_answer(place.actor("police")), "nobody here answers for the other node"
    nodes.settle()
    here, there = nodes.both()
    assert [one.number for one in to_answer(place.actor("police"))] == [there.number]
    assert (here.peer_number, here.due, here.state) == (there.number, there.due, "applied")
    assert there.maker == "虚构市平台 · 民政局"
    assert (there.due - NOW).days in range(11, 20)
    less = asked(place, ways=("verify",), elements=("birth_date",), quota=10)
    grant = exchange.approve_application(
        application_id=there.pk, by=place.actor("police"), now=LATER, granted=less, words="只需核对年龄"
    )
    nodes.settle(LATER)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("trimmed", "只需核对年龄")
    assert (row.peer_grant["number"], row.peer_grant["elements"], row.peer_grant["quota"]) == (
        grant.number, ["birth_date"], 10,
    )  # fmt: skip
    assert Grant.objects.get().unit_id is None, "the grant stands there alone"


def test_a_refusal_and_a_withdrawal_end_it_on_both_sides(nodes, place):
    nodes.apply()
    nodes.settle()
    exchange.decline_application(
        application_id=nodes.both()[1].pk, words="依据不足", by=place.actor("police"), now=LATER
    )
    nodes.settle(LATER)
    assert [(one.state, one.answer) for one in nodes.both()] == [("declined", "依据不足")] * 2
    Application.objects.all().delete()
    row = nodes.apply()
    nodes.settle()
    exchange.withdraw_application(application_id=row.pk, by=place.actor("asker"), now=LATER, words="不需要了")
    assert nodes.both()[0].state == "applied", "not before the other node says so"
    nodes.settle(LATER)
    assert [one.state for one in nodes.both()] == ["withdrawn"] * 2


def test_a_message_that_comes_twice_does_nothing_twice(nodes):
    nodes.apply()
    ((body,),) = [[orjson.loads(one.body.reveal()) for one in OutMessage.objects.filter(kind="application")]]
    wire = nodes.city.says("application", body)
    for again in (wire, wire, nodes.city.says("application", body)):
        deliver(again)
    assert Application.objects.exclude(peer_ref=None).count() == 1
    assert OutMessage.objects.filter(kind="application.state").count() == 1
    state = orjson.loads(OutMessage.objects.get(kind="application.state").body.reveal())
    for one in ("declined", "declined", "approved"):
        deliver(nodes.city.says("application.state", {**state, "state": one, "words": "不行"}))
    here = nodes.both()[0]
    assert here.state == "declined"
    assert list(History.objects.filter(subject_id=here.pk).order_by("id").values_list("step", flat=True)) == [
        "draft", "apply", "decline",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"dataset": "other"}, "no_dataset"), ({"division": "110101"}, "no_area"), ({"ways": ["batch"]}, "terms"),
     ({"purpose": "curiosity"}, "terms")],
)  # fmt: skip
def test_what_nobody_there_can_answer_is_returned_with_a_reason(nodes, more, reason):
    nodes.apply()
    body = orjson.loads(OutMessage.objects.get(kind="application").body.reveal())
    deliver(nodes.city.says("application", {**body, **more}))
    said = orjson.loads(OutMessage.objects.get(kind="application.state").body.reveal())
    assert (said["state"], said["reason"]) == ("returned", reason)
    deliver(nodes.city.says("application.state", said))
    here = Application.objects.get()
    assert here.state == "declined"
    assert here.answer


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application", {"step": "apply", "id": "00000000-0000-0000-0000-0000000000c1"}),
        ("application", {"step": "juggle", "id": "00000000-0000-0000-0000-0000000000c1"}),
        ("application.state", {"id": "00000000-0000-0000-0000-0000000000c1", "state": "approved"}),
        ("catalogue", {"entries": [{"code": "x"}]}),
    ],
)
def test_a_malformed_message_is_refused_with_a_reason_and_kept(nodes, kind, body):
    deliver(nodes.city.says(kind, body))
    kept = InMessage.objects.get(state="aside")
    assert kept.error
    assert not Application.objects.exists()
    assert RemoteDataset.objects.count() == 1


def test_a_wrong_signature_opens_nothing(nodes):
    row = nodes.apply()
    said = {"id": str(row.pk), "state": "approved", "number": "A1", "due": NOW.isoformat(), "words": ""}
    with pytest.raises(exchange.PeerRefusedError):
        deliver(nodes.city.says("application.state", said, keys=new_keys("ed25519")))
    row.refresh_from_db()
    assert row.state == "applied"


def test_only_what_can_be_asked_over_the_link_is_applied_for(nodes):
    with pytest.raises(exchange.TermsRefusedError) as refused:
        nodes.apply(ways=("batch",))
    assert refused.value.field == "ways"
    with pytest.raises(exchange.TermsRefusedError):
        nodes.apply(elements=("sex",))


def test_a_question_is_asked_there_counted_there_and_recorded_on_both_sides(nodes, place, line):
    wu = kept_wu(place.ground.grids["xuefu1"])
    row = nodes.granted()
    said = ask(nodes, row)
    assert said["answer"] == "yes"
    grant = Grant.objects.get()
    assert (grant.used, Use.objects.get().way) == (1, "verify")
    there = [one for one in ledger(case_ref=grant.number) if one.action == "exchange.verify"]
    assert registry.subject_of(wu) in there[0].subjects
    here = [one for one in ledger(case_ref=row.number) if one.action == "exchange.verify"]
    assert [one.unit_id for one in here] == [place.units["mzj"].pk]
    assert said["subject"] not in {exchange.unit_pseudonym(wu, one.pk) for one in place.units.values()}
    assert ask(nodes, row, whom={"citizen_id": "110101199003077731"})["answer"] == "unknown"


def test_a_question_that_comes_twice_is_counted_once(nodes, place, line):
    kept_wu(place.ground.grids["xuefu1"])
    row = nodes.granted()
    first = ask(nodes, row, key="k1")
    assert ask(nodes, row, key="k1") == first
    assert exchange.answer_peer(body=line[0], now=NOW)[2] == {"answer": first}
    assert Grant.objects.get().used == 1


def test_a_revoked_grant_is_closed_there_at_once_and_said_here(nodes, place, line):
    row = nodes.granted()
    change = {"grant_id": Grant.objects.get().pk, "by": place.actor("police"), "now": NOW, "words": "业务已结束"}
    exchange.end_grant(step="revoke", **change)
    with pytest.raises(exchange.RefusedError) as refused:
        ask(nodes, row)
    assert (refused.value.status, str(refused.value)) == (403, str(exchange.GrantClosedError()))
    nodes.settle()
    row.refresh_from_db()
    assert (row.state, row.peer_grant["state"]) == (states.APPROVED, "revoked")


def test_nobody_else_asks_by_it(nodes, place, line):
    row = nodes.granted()
    for name in ("health", "police"):
        call = exchange.Call(grant=row.number, purpose="serve", by=place.actor(name), now=NOW)
        assert exchange.elsewhere(call) is None
    number = Grant.objects.get().number
    local = exchange.Call(grant=number, purpose="serve", by=place.actor("asker"), now=NOW)
    with pytest.raises(exchange.NoSuchGrantError):
        exchange.verify_one(call=local, whom={"citizen_id": WU_ID}, asked=OLD)
    stranger = exchange.Call(grant=number, purpose="serve", by=accounts.SYSTEM, now=NOW, peer_id=nodes.city.node)
    with pytest.raises(exchange.NoSuchGrantError):
        exchange.verify_one(call=stranger, whom={"citizen_id": WU_ID}, asked=OLD)


def test_a_link_that_is_cut_is_said_and_counts_nothing(nodes):
    row = nodes.granted()
    with pytest.raises(exchange.UnreachableError):
        ask(nodes, row)
    Peer.objects.update(state="paused")
    with pytest.raises(exchange.UnreachableError):
        ask(nodes, row)
    assert Grant.objects.get().used == 0


@pytest.mark.slow
@time_machine.travel(NOW, tick=True)
def test_the_pages_lead_to_it_and_say_where_it_is(nodes, place, client):
    client.force_login(place.people["asker"])
    remote = RemoteDataset.objects.get()
    assert f"?at={remote.pk}" in client.get("/desk/sharing/new").content.decode()
    page = client.get(f"/desk/sharing/new?at={remote.pk}").content.decode()
    assert 'value="verify"' in page
    assert 'value="batch"' not in page, "what can't be asked over the link is not offered"
    form = {
        "elements": ["birth_date"], "division": place.county, "starts_on": NOW.date(), "quota": 50,
        "ends_on": NOW.date() + timedelta(days=30), "ways": ["verify"], "purpose": "serve", "basis": "老年人权益保障法",
        "words": "核对年龄", "step": "apply",
    }  # fmt: skip
    assert client.post(f"/desk/sharing/new?at={remote.pk}", form).status_code == 302
    here = Application.objects.get()
    assert "虚构市平台" in client.get(f"/desk/sharing/{here.pk}").content.decode()
    nodes.settle()
    _here, there = nodes.both()
    client.force_login(place.people["police"])
    assert "民政局" in client.get(f"/desk/sharing/{there.pk}").content.decode()
    assert client.get("/desk/sharing?tab=answer").status_code == 200
    exchange.approve_application(application_id=there.pk, by=place.actor("police"), now=NOW)
    for path in ("grants?tab=all", f"grants/{Grant.objects.get().pk}", "readers"):
        assert "民政局" in client.get(f"/desk/sharing/{path}").content.decode()
    nodes.settle()
    client.force_login(place.people["asker"])
    assert Grant.objects.get().number in client.get(f"/desk/sharing/{here.pk}").content.decode()


def test_who_may_not_use_grants_asks_nothing(nodes, place, line):
    row = nodes.granted()
    call = exchange.Call(grant=row.number, purpose="serve", by=place.actor("worker"), now=NOW)
    with pytest.raises(trust.NotAllowed):
        exchange.ask_there(call=call, at=row, way="verify", whom={"citizen_id": WU_ID}, asked={})


@time_machine.travel(NOW, tick=False)
def test_a_system_asks_by_the_number_of_its_application_as_by_any_grant(nodes, place, line, client):
    kept_wu(place.ground.grids["xuefu1"])
    row = nodes.granted()
    key = accounts.issue_token(holding=place.holdings["asker"], name="系统", by=accounts.SYSTEM, now=NOW).raw
    headers = {"Authorization": f"Bearer {key}"}
    said = {"grant": row.number, "purpose": "serve", "whom": {"citizen_id": WU_ID}}

    def post(path, **more):
        body = {**said, **more}
        return client.post(f"/api/exchange/v1/{path}", body, content_type="application/json", headers=headers)

    verified = post("verify", **{"element": "age", "is": ">=", "value": 60})
    assert (verified.status_code, verified.json()["answer"]) == (200, "yes")
    queried = post("query", elements=["name"])
    assert queried.json()["values"] == {"name": "吴**"}, "masked as the grant there opens it"
    assert queried.json()["subject"] == verified.json()["subject"]
    refused = post("query", elements=["phone"])
    assert (refused.status_code, refused.json()["detail"]) == (403, str(exchange.NotGrantedError()))
    assert post("query", purpose="safety").status_code == 403


@time_machine.travel(NOW, tick=False)
def test_the_wire_answers_who_signs_and_nobody_else(nodes, place, line, client):
    kept_wu(place.ground.grids["xuefu1"])
    ask(nodes, nodes.granted())
    post = {"path": asking.ASK, "content_type": "application/json"}
    good = client.post(data=line[0], **post)
    assert nodes.city.reads(good.content)["answer"]["answer"] == "yes"
    content = {"grant": "G1", "to": str(nodes.city.node), "at": NOW.isoformat(), "nonce": "n"}
    for bad in (b"poem", wrap(content, nodes.city.keys), wrap(content, new_keys("ed25519"))):
        assert client.post(data=bad, **post).status_code == 403
    with time_machine.travel(NOW + timedelta(hours=1)):
        assert client.post(data=line[0], **post).status_code == 403, "an old question is not answered again"


def test_the_ledgers_of_both_nodes_join_by_one_trace(nodes, line):
    row = nodes.granted()
    before = {entry.id for entry in entries()}
    ask(nodes, row)
    here, there = sorted((entry for entry in entries() if entry.id not in before), key=lambda entry: entry.parent)
    assert len(here.trace) == 32
    assert (there.trace, there.parent, there.parent_node) == (here.trace, str(here.id), str(nodes.city.node))
    assert (here.parent, here.parent_node) == ("", "")


def test_a_question_with_a_trace_that_is_none_is_refused(nodes, line, monkeypatch):
    row = nodes.granted()
    monkeypatch.setattr(asking.trust, "Trace", lambda *_: trust.NO_TRACE)
    with pytest.raises(exchange.PeerRefusedError):
        ask(nodes, row)
