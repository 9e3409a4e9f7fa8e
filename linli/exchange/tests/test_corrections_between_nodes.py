"""Corrections that travel: to the node that told the value, before its owner with a clock, and the answer back; once.

This node plays both: what it says to the other side comes back to it as if that side had said it.
"""

from datetime import timedelta

import orjson
import pytest

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange import facts
from linli.exchange.actions.feed import node_pseudonym
from linli.exchange.actions.intake import open_intake, take_page
from linli.exchange.models import Correction, History, InMessage, OutMessage
from linli.exchange.queries.corrections import to_answer
from linli.exchange.rules.signatures import new_keys
from linli.exchange.tests.other_side import OtherSide, deliver
from linli.exchange.tests.places import NOW, TODAY
from linli.exchange.tests.test_corrections import facts_of
from linli.registry import api as registry
from linli.registry.tests.factories import ledger, say
from linli.trust import api as trust

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOW + timedelta(days=2)
ELEMENTS = ("person.name", "person.native_place", "person.area_code")


class Nodes:
    """Both ends of one slice: somebody whom the city knows, and whom the county knows by the feed alone."""

    def __init__(self, place):
        self.place, self.city, self.done = place, OtherSide(), set()
        grid = place.ground.grids["xuefu1"].code
        self.there = say("police", "person", "P8", name="赵一", native_place="甲市", area_code=grid)
        wanted = exchange.Slice(
            "学府社区", place.community, ELEMENTS, "核对", "测试依据", NOW + timedelta(days=30)
        )  # fmt: skip
        self.slice = exchange.subscribe(peer=self.city.peer, wanted=wanted, by=accounts.SYSTEM, now=NOW)
        body = {"subscription": str(self.slice.id), "name": "学府社区", "purpose": "核对",
                "valid_until": (NOW + timedelta(days=30)).isoformat()}  # fmt: skip
        intake = open_intake(peer_id=self.city.peer.id, body=body, now=NOW)
        self.key = node_pseudonym(self.city.node, self.there)
        values = {"name": "赵一", "native_place": "甲市", "area_code": grid}
        entry = {"sequence": 1, "key": self.key, "kind": "person", "at": NOW.isoformat(), "state": "is",
                 "values": values}  # fmt: skip
        take_page(intake_id=intake.id, page={"entries": [entry]}, now=NOW)
        (self.here,) = [
            key for key, _kind in registry.ids_within(division_id=place.community, kinds=["person"])
            if registry.said_by(key, "native_place") == (intake.source, self.key)
        ]  # fmt: skip

    def propose(self, value="乙市", element="native_place", now=NOW):
        finding = exchange.Finding(self.here, element, value, "看过户口簿原件", TODAY)
        return exchange.propose_correction(finding=finding, by=self.place.actor("worker"), now=now)

    def carry(self, now=NOW):
        """Let what waits arrive, as said by the other side; return the bodies."""
        waiting = OutMessage.objects.filter(kind__startswith="correction").exclude(pk__in=self.done).order_by("id")
        rows = list(waiting)
        self.done |= {one.pk for one in rows}
        bodies = [orjson.loads(one.body.reveal()) for one in rows]
        for one, body in zip(rows, bodies, strict=True):
            deliver(self.city.says(one.kind, body, key=one.pk), now=now)
        return bodies

    def both(self):
        """Return the row of who proposed, and that of who answers."""
        return Correction.objects.get(peer_ref=None), Correction.objects.exclude(peer_ref=None).get()

    def says(self, **more):
        """Return what a peer says when it proposes."""
        return {"step": "propose", "id": "00000000-0000-0000-0000-0000000000c1", "subscription": str(self.slice.id),
                "key": self.key, "kind": "person", "element": "native_place", "value": "乙市", "unit": "某社区居委会",
                "evidence": "看过户口簿原件", "reference": "", "seen_on": TODAY.isoformat(), **more}  # fmt: skip


@pytest.fixture
def nodes(place):
    return Nodes(place)


def test_it_goes_to_the_desk_of_the_owner_with_its_clock_and_both_see_it(nodes, place):
    row = nodes.propose()
    assert row.is_away
    assert not to_answer(place.actor("police")), "nobody here answers for the other node"
    (body,) = nodes.carry()
    assert set(body) == set(nodes.says())
    assert not {"赵一", str(nodes.here), str(nodes.there)} & set(map(str, body.values())), (
        "by the key of the feed alone"
    )
    nodes.carry()
    here, there = nodes.both()
    assert (there.entity_id, there.owner_unit_id) == (nodes.there, place.units["gaj"].pk)
    assert (there.due - NOW).days >= 5
    assert (here.peer_number, here.due, here.state) == (there.number, there.due, "proposed")
    assert there.maker == "虚构市平台 · 学府社区居委会"
    assert [one.number for one in to_answer(place.actor("police"))] == [there.number]
    assert any(registry.subject_of(nodes.there) in one.subjects for one in ledger(case_ref=there.number))
    told = facts_of(facts.CorrectionProposed)
    assert [(one.unit_id is None, one.owner_unit_id is None) for one in told] == [(False, True), (True, False)]


@pytest.mark.parametrize(("step", "state"), [("confirm", "confirmed"), ("refuse", "refused"), ("silent", "stood")])
def test_the_answer_travels_back(nodes, place, step, state):
    nodes.propose()
    nodes.carry()
    nodes.carry()
    _here, there = nodes.both()
    police = {"by": place.actor("police"), "now": LATER, "words": "已核对底册"}
    if step == "silent":
        assert exchange.let_silent_stand(now=there.due + timedelta(minutes=1)) == 1, "the clock runs at one desk only"
    else:
        (exchange.confirm_correction if step == "confirm" else exchange.refuse_correction)(
            correction_id=there.pk, **police
        )
    nodes.carry(LATER)
    here, there = nodes.both()
    assert (here.state, there.state) == (state, state)
    assert here.answer == there.answer
    last = History.objects.filter(subject_id=here.pk).order_by("id").last()
    assert last.by_name == "虚构市平台"
    kind = {"confirmed": facts.CorrectionConfirmed, "refused": facts.CorrectionRefused, "stood": facts.CorrectionStood}
    assert here.number in [one.number for one in facts_of(kind[state])]
    assert registry.said_by(nodes.here, "native_place")[0].startswith("feed-"), "the value comes by the feed"


def test_a_message_that_comes_twice_does_nothing_twice(nodes):
    said = nodes.says()
    line = nodes.city.says("correction", said)
    deliver(line)
    deliver(line)
    deliver(nodes.city.says("correction", said))
    assert Correction.objects.count() == 1
    assert History.objects.filter(step="propose").count() == 1
    assert OutMessage.objects.filter(kind="correction.state").count() == 1


def test_an_answer_that_comes_twice_ends_it_once(nodes):
    row = nodes.propose()
    said = {"id": str(row.pk), "state": "refused", "number": "C1", "due": NOW.isoformat(), "words": "不对", "unit": "x"}
    for state in ("refused", "refused", "confirmed"):
        deliver(nodes.city.says("correction.state", {**said, "state": state}))
    row.refresh_from_db()
    assert (row.state, row.answer) == ("refused", "不对")
    assert History.objects.filter(subject_id=row.pk).count() == 2
    assert len(facts_of(facts.CorrectionRefused)) == 1


def test_taking_back_is_asked_for_and_an_answer_that_was_faster_holds(nodes, place):
    row = nodes.propose()
    nodes.carry()
    nodes.carry()
    exchange.take_back_correction(correction_id=row.pk, by=place.actor("worker"), now=LATER)
    assert nodes.both()[0].state == "proposed", "not before the other node says so"
    exchange.confirm_correction(correction_id=nodes.both()[1].pk, by=place.actor("police"), now=LATER)
    for _way in range(2):
        nodes.carry(LATER)
    assert [one.state for one in nodes.both()] == ["confirmed", "confirmed"]


def test_what_was_taken_back_leaves_the_desk(nodes, place):
    row = nodes.propose()
    nodes.carry()
    nodes.carry()
    exchange.take_back_correction(correction_id=row.pk, by=place.actor("worker"), now=LATER)
    for _way in range(2):
        nodes.carry(LATER)
    assert [one.state for one in nodes.both()] == ["taken_back", "taken_back"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"key": "f" * 64}, "not_known"),
        ({"element": "phone"}, "not_in_slice"),
        ({"subscription": "00000000-0000-0000-0000-0000000000aa"}, "slice_closed"),
        ({"seen_on": "3000-01-01"}, "bad_value"),
    ],
)
def test_what_can_be_answered_by_nobody_is_returned_with_a_reason(nodes, more, reason):
    deliver(nodes.city.says("correction", nodes.says(**more)))
    assert Correction.objects.count() == 0
    message = OutMessage.objects.get(kind="correction.state")
    said = orjson.loads(message.body.reveal())
    assert (said["state"], said["reason"]) == ("returned", reason)


def test_what_is_returned_is_refused_here_in_words(nodes):
    row = nodes.propose()
    deliver(nodes.city.says("correction.state", {"id": str(row.pk), "state": "returned", "reason": "not_known"}))
    row.refresh_from_db()
    assert row.state == "refused"
    assert len(row.answer) > 8


def test_a_second_proposal_of_the_same_value_is_returned(nodes):
    deliver(nodes.city.says("correction", nodes.says()))
    deliver(nodes.city.says("correction", nodes.says(id="00000000-0000-0000-0000-0000000000c2")))
    last = OutMessage.objects.filter(kind="correction.state").order_by("id").last()
    assert orjson.loads(last.body.reveal())["reason"] == "already_proposed"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("correction", {"step": "propose"}),
        ("correction", {"step": "juggle", "id": "00000000-0000-0000-0000-0000000000c1"}),
        ("correction", {"value": ["乙市"]}),
        ("correction", {"evidence": "长" * 2001}),
        ("correction.state", {"id": "00000000-0000-0000-0000-0000000000c9", "state": "confirmed"}),
        ("correction.state", {"state": "confirmed"}),
        ("correction.poem", {}),
    ],
)
def test_a_malformed_or_unknown_message_is_refused_with_a_reason_and_kept(nodes, kind, body):
    whole = nodes.says(**body) if {"value", "evidence"} & set(body) else body
    deliver(nodes.city.says(kind, whole))
    kept = InMessage.objects.get()
    assert kept.state == "aside"
    assert kept.error
    assert orjson.loads(kept.body.reveal()) == whole
    assert Correction.objects.count() == 0


def test_another_node_can_neither_answer_nor_propose_with_a_wrong_signature(nodes):
    row = nodes.propose()
    answer = {"id": str(row.pk), "state": "confirmed", "words": ""}
    for kind, body in (("correction.state", answer), ("correction", nodes.says())):
        with pytest.raises(exchange.PeerRefusedError):
            deliver(nodes.city.says(kind, body, keys=new_keys("ed25519")))
    row.refresh_from_db()
    assert (row.state, InMessage.objects.count()) == ("proposed", 0)


def test_a_value_that_was_said_here_stays_here(nodes, place):
    finding = exchange.Finding(nodes.there, "native_place", "乙市", "看过户口簿原件", TODAY)
    row = exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)
    assert not row.is_away
    assert nodes.carry() == []


def test_nobody_here_answers_for_the_other_node(nodes, place):
    row = nodes.propose()
    with pytest.raises((trust.NotAllowed, exchange.RefusedError)):
        exchange.confirm_correction(correction_id=row.pk, by=place.actor("neighbour"), now=NOW)
    assert exchange.let_silent_stand(now=row.due + timedelta(days=9)) == 0


@pytest.mark.slow
def test_the_pages_say_where_it_is(nodes, place, client):
    client.force_login(place.people["worker"])
    page = client.get(f"/desk/base/{nodes.here}/correct/native_place").content.decode()
    assert "虚构市平台 · 公安" in page, "who will answer is said before one writes"
    row = nodes.propose()
    here = f"/desk/corrections/{row.pk}"
    assert "虚构市平台" in client.get(here).content.decode()
    nodes.carry()
    nodes.carry()
    _here, there = nodes.both()
    assert there.number in client.get(here).content.decode()
    assert client.get("/desk/corrections?tab=mine").status_code == 200
    client.force_login(place.people["police"])
    page = client.get(f"/desk/corrections/{there.pk}").content.decode()
    assert "学府社区居委会" in page
    assert "看过户口簿原件" in page
    client.post(f"/desk/corrections/{there.pk}/answer", {"step": "confirm"})
    nodes.carry(LATER)
    assert nodes.both()[0].state == "confirmed"
