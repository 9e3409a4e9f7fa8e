"""Messages between nodes: signed, once, in order; keys that change; links that pause and end."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.link import note_failure
from linli.exchange.actions.messages import envelope_of, forget_messages, note_sent, send
from linli.exchange.models import InMessage, OutMessage, Peer, PeerKey
from linli.exchange.rules.anchors import read_anchor
from linli.exchange.rules.signatures import BadSignatureError, fingerprint, new_keys, shown, unwrap, wrap
from linli.exchange.tests.other_side import NOW, OtherSide, deliver
from linli.registry import api as registry
from linli.registry.tests.factories import viewer
from linli.trust import api as trust

NEW = {"kind": "person", "code": "canteen", "label": "长者食堂就餐", "type": "flag", "owner": "民政"}


@pytest.fixture
def city(ground):
    return OtherSide()


def elements(*changes):
    return {"elements": [{**NEW, **one} for one in changes or ({},)]}


@pytest.mark.parametrize("algorithm", ["ed25519", "sm2"])
def test_what_one_key_signed_opens_by_that_key_alone(algorithm):
    mine, other = new_keys(algorithm), new_keys(algorithm)
    text = wrap({"a": "吴"}, mine)
    assert unwrap(text, algorithm=algorithm, public=mine.public) == {"a": "吴"}
    with pytest.raises(BadSignatureError):
        unwrap(text, algorithm=algorithm, public=other.public)
    with pytest.raises(BadSignatureError):
        unwrap(text.replace("吴".encode(), "王".encode()).replace(b"\\u5434", b"\\u738b"),
               algorithm=algorithm, public=mine.public)  # fmt: skip
    assert len(shown(fingerprint(mine.public)).split()) == 8


@pytest.mark.hypothesis
@given(st.binary(max_size=200))
def test_no_noise_is_taken_for_a_signed_text(noise):
    with pytest.raises(BadSignatureError):
        unwrap(noise, algorithm="ed25519", public=new_keys("ed25519").public)


@pytest.mark.hypothesis
@given(st.text(max_size=200))
def test_no_noise_is_taken_for_an_anchor(noise):
    with pytest.raises(exchange.AnchorRefusedError):
        read_anchor(noise)


def test_our_own_anchor_can_be_read_and_not_be_linked(city):
    anchor = read_anchor(exchange.own_anchor(address="https://county.example.org/").text())
    assert anchor.address == "https://county.example.org"
    with pytest.raises(exchange.OwnAnchorError):
        exchange.add_peer(anchor=anchor, place="above", by=accounts.SYSTEM, now=NOW)


def test_elements_of_the_city_come_down(city):
    said = city.reads(deliver(city.says("elements", elements())))
    assert said["taken"] == {"elements": 1}
    row = registry.Element.objects.get(kind="person", code="canteen")
    assert (row.label, row.added_by) == ("长者食堂就餐", f"peer:{city.node}")
    deliver(city.says("elements", elements({"label": "长者食堂"})))
    row.refresh_from_db()
    assert row.label == "长者食堂"


def test_an_element_of_our_own_stays_as_it_is(city, ground):
    deliver(city.says("elements", elements({"code": "name", "label": "别的"})))
    assert registry.Element.objects.get(kind="person", code="name").label == "姓名"


def test_a_node_below_tells_us_no_elements(ground):
    below = OtherSide(place="below")
    deliver(below.says("elements", elements()))
    assert InMessage.objects.get().state == "aside"
    assert not registry.Element.objects.filter(code="canteen").exists()


def test_a_message_that_comes_twice_is_taken_once(city):
    line = city.says("elements", elements())
    assert city.reads(deliver(line, line))["taken"] == {"elements": 1}
    assert city.reads(deliver(line))["taken"] == {"elements": 1}
    assert InMessage.objects.count() == 1


def test_a_message_that_comes_too_early_waits_for_those_before(city):
    first, second = city.says("elements", elements()), city.says("elements", elements({"label": "二"}))
    assert city.reads(deliver(second))["taken"] == {"elements": 0}
    assert city.reads(deliver(first, second))["taken"] == {"elements": 2}
    assert registry.Element.objects.get(code="canteen").label == "二"


def test_a_number_given_out_twice_is_not_taken_for_a_repetition(city):
    deliver(city.says("elements", elements()))
    with pytest.raises(exchange.PeerRefusedError):
        deliver(city.says("elements", elements({"label": "旧备份"}), sequence=1))


def test_what_cannot_be_used_is_set_aside_and_holds_nobody(city, ground):
    deliver(city.says("elements", {"elements": [{"kind": "dragon"}]}), city.says("elements", elements()))
    aside, good = InMessage.objects.order_by("sequence")
    assert (aside.state, good.state) == ("aside", "done")
    assert aside.error
    assert not exchange.take_again(message=aside, now=NOW)


def test_an_unknown_kind_is_set_aside(city):
    deliver(city.says("poem", {"lines": 4}))
    assert "poem" in InMessage.objects.get().error


def test_nobody_else_speaks_for_a_peer(city):
    with pytest.raises(exchange.PeerRefusedError):
        deliver(city.says("elements", elements(), keys=new_keys("ed25519")))
    with pytest.raises(exchange.PeerRefusedError):
        deliver(city.says("elements", elements(), to=city.node))
    with pytest.raises(exchange.PeerRefusedError):
        deliver()
    assert InMessage.objects.count() == 0


@pytest.mark.parametrize("state", ["paused", "removed"])
def test_a_link_that_is_paused_or_removed_takes_nothing(city, state):
    exchange.change_state(peer_id=city.peer.id, state=state, by=accounts.SYSTEM, now=NOW)
    with pytest.raises(exchange.PeerRefusedError):
        deliver(city.says("elements", elements()))


def test_a_key_that_a_trusted_key_tells_is_trusted(city):
    new = new_keys("sm2")
    told = city.says("key", {"algorithm": "sm2", "public": new.public})
    deliver(told, city.says("elements", elements(), keys=new))
    assert PeerKey.objects.filter(peer=city.peer).count() == 2
    assert registry.Element.objects.filter(code="canteen").exists()


def test_our_new_key_is_told_by_the_old_one(city):
    old = exchange.own_anchor(address="https://a.example").public
    exchange.change_keys(by=accounts.SYSTEM, now=NOW)
    message = OutMessage.objects.get(kind="key")
    said = unwrap(envelope_of(message), algorithm="ed25519", public=old)
    assert said["body"]["public"] == exchange.own_anchor(address="https://a.example").public != old


def test_what_goes_out_is_numbered_by_kind_and_noted_when_it_is_there(city):
    for number in range(3):
        send(peer=city.peer, kind="a", body={"n": number}, now=NOW)
    send(peer=city.peer, kind="b", body={}, now=NOW)
    waiting = list(OutMessage.objects.order_by("id"))
    assert [(one.kind, one.sequence) for one in waiting] == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    assert note_sent(peer=city.peer, taken={"a": 2}, messages=waiting, now=NOW) == 2
    assert exchange.peers().get().backlog == 2


def test_a_peer_that_fails_is_left_alone_for_longer_and_longer(city):
    pauses = []
    for _time in range(9):
        city.peer.refresh_from_db()
        note_failure(peer=city.peer, error="x", now=NOW)
        pauses.append(Peer.objects.get().next_try_at - NOW)
    assert pauses[0] == timedelta(seconds=1)
    assert pauses[-1] == timedelta(seconds=60)


def test_a_link_that_is_made_anew_goes_on_without_a_gap(city):
    first = send(peer=city.peer, kind="a", body={}, now=NOW)
    note_sent(peer=city.peer, taken={"a": 1}, messages=[first], now=NOW)
    send(peer=city.peer, kind="a", body={}, now=NOW)
    exchange.change_state(peer_id=city.peer.id, state="removed", by=accounts.SYSTEM, now=NOW)
    again = OtherSide()
    assert send(peer=again.peer, kind="a", body={}, now=NOW).sequence == 2


def test_old_messages_are_forgotten_and_those_set_aside_are_kept(city):
    note_sent(peer=city.peer, taken={"a": 1}, messages=[send(peer=city.peer, kind="a", body={}, now=NOW)], now=NOW)
    send(peer=city.peer, kind="a", body={}, now=NOW)
    deliver(city.says("elements", elements()), city.says("poem", {}))
    assert forget_messages(before=NOW) == 0
    assert forget_messages(before=NOW + timedelta(days=1)) == 2
    assert InMessage.objects.get().state == "aside"


def test_linking_takes_the_capability(city, ground):
    anchor = read_anchor(exchange.own_anchor(address="https://a.example").text())
    with pytest.raises(trust.NotAllowed):
        exchange.add_peer(anchor=anchor, place="above", by=viewer(ground.town.county.id, "registry.see"), now=NOW)
    with pytest.raises(exchange.KnownPeerError):
        OtherSide()
    assert registry.elements_of("person")
