"""The console of linked nodes, and the wires as strangers find them."""

import json
from datetime import date

import pytest

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.tests.other_side import OtherSide
from linli.kernel import api as kernel


@pytest.fixture
def keeper(ground, client):
    """Return a browser in which somebody who links nodes is signed in."""
    post = accounts.save_post(
        code="linker", name="互联", capabilities=["exchange.peers"], by=accounts.SYSTEM, now=kernel.now()
    )
    unit = ground.town.units["centre"]
    person = accounts.create_person(username="linker", name="温桥", by=accounts.SYSTEM, now=kernel.now())
    accounts.open_holding(
        person=person, post=post, unit=unit, division_id=ground.town.county.id, valid_from=date(2020, 1, 1),
        by=accounts.SYSTEM, now=kernel.now(),
    )  # fmt: skip
    client.force_login(person)
    return client


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_our_anchor_is_handed_out_with_its_fingerprint(keeper):
    page = text(keeper.get("/console/peers"))
    anchor = json.loads(keeper.get("/console/peers/anchor.json").content)
    assert exchange.shown(exchange.fingerprint(anchor["public"])) in page


def test_a_node_is_linked_only_after_the_fingerprint_was_compared(keeper):
    other = OtherSide()
    anchor = exchange.Anchor(other.node, "虚构市", "https://city.example.org", "ed25519", other.keys.public).text()
    exchange.change_state(peer_id=other.peer.id, state="removed", by=accounts.SYSTEM, now=kernel.now())
    page = text(keeper.post("/console/peers", {"anchor": anchor, "place": "above"}), 422)
    assert "核对指纹" in page
    assert keeper.post("/console/peers", {"anchor": anchor, "place": "above", "compared": "1"}).status_code == 302
    assert "平级" in text(keeper.post("/console/peers", {"anchor": "{}", "place": "beside", "compared": "1"}), 422)


def test_a_link_is_paused_resumed_told_and_removed(keeper, ground):
    other = OtherSide()
    page = f"/console/peers/{other.peer.id}"
    for deed, state in (("pause", "paused"), ("resume", "active")):
        keeper.post(f"{page}/do/{deed}")
        assert exchange.peers().get().state == state
    said = {"name": "人口", "division": ground.town.county.id, "purpose": "核对", "basis": "条例",
            "until": "2036-01-01", "elements": ["person.name"]}  # fmt: skip
    assert "请填写" in text(keeper.post(f"{page}/slice", {**said, "purpose": ""}), 422)
    assert text(keeper.post(f"{page}/slice", {**said, "elements": ["person.low_income"]}), 422)
    assert keeper.post(f"{page}/slice", said).status_code == 302
    (slice_id,) = exchange.Subscription.objects.values_list("id", flat=True)
    assert "推送中" in text(keeper.get(page))
    keeper.post(f"{page}/do/end", {"slice": slice_id})
    assert exchange.Subscription.objects.get().ended_at
    assert keeper.post(f"{page}/do/end", {"slice": "x"}).status_code == 404
    assert keeper.post(f"{page}/do/dance").status_code == 404
    keeper.post(f"{page}/do/remove")
    assert keeper.get(page).status_code == 404


def test_the_key_is_changed_on_the_page(keeper):
    before = json.loads(keeper.get("/console/peers/anchor.json").content)["public"]
    keeper.post("/console/peers/keys")
    assert json.loads(keeper.get("/console/peers/anchor.json").content)["public"] != before


@pytest.mark.parametrize("wire", ["messages", "feed"])
@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff\x00", b'{"text":"{}","key":"k","signature":"s"}'])
def test_the_wires_refuse_strangers_and_say_nothing(ground, client, wire, body):
    answer = client.post(f"/exchange/{wire}", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (403, {"error": "refused"})


def test_a_page_of_the_feed_comes_over_the_wire(ground, client, monkeypatch):
    other = OtherSide()
    until = kernel.now().replace(year=2036)
    wanted = exchange.Slice("人口", ground.town.county.id, ("person.name",), "核对", "条例", until)
    row = exchange.subscribe(peer=other.peer, wanted=wanted, by=accounts.SYSTEM, now=kernel.now())
    asked = other.asks(row, 0, at=kernel.now())
    answer = client.post("/exchange/feed", asked, content_type="application/json")
    said = other.reads(answer.content)
    assert (said["entries"], said["nonce"], said["to"]) == ([], "n-1", str(other.node))
