"""What exchange watches over: keys between linked nodes that grow old, grants of unusual width."""

from datetime import timedelta

import pytest

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.models import NodeKey, PeerKey
from linli.exchange.plugins.watch import FOLDER, KINDS, watch_grants, watch_peer_keys
from linli.exchange.tests.other_side import OtherSide
from linli.exchange.tests.places import NOW, granted
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
LIMITS = trust.shipped_limits()
OLD = NOW + timedelta(days=LIMITS["peer_key_days"] + 1)


def test_a_node_that_is_linked_to_nobody_has_no_old_keys(ground):
    exchange.ensure_keys(now=NOW)
    assert list(watch_peer_keys(now=OLD, limits=LIMITS)) == []


def test_old_keys_of_this_node_and_of_a_linked_one_are_seen_until_they_are_changed(ground):
    other = OtherSide()
    exchange.ensure_keys(now=NOW)
    assert list(watch_peer_keys(now=NOW, limits=LIMITS)) == []
    assert [one.subject for one in watch_peer_keys(now=OLD, limits=LIMITS)] == ["node", f"peer:{other.peer.name}"]
    NodeKey.objects.create(algorithm="ed25519", public="x", private="x", made_at=OLD)
    PeerKey.objects.create(peer=other.peer, fingerprint="x", algorithm="ed25519", public="x", trusted_at=OLD)
    assert list(watch_peer_keys(now=OLD, limits=LIMITS)) == []
    exchange.change_state(peer_id=other.peer.id, state="removed", by=accounts.SYSTEM, now=NOW)
    assert list(watch_peer_keys(now=OLD + timedelta(days=400), limits=LIMITS)) == []


@pytest.mark.parametrize(
    ("elements", "where", "is_wide"),
    [(("sex",), "community", False), (("birth_date",), "community", True), (("sex",), "county", True)],
)
def test_a_grant_of_grade_three_or_of_a_whole_county_is_seen(place, elements, where, is_wide):
    grant = granted(place, elements=elements, division_id=getattr(place, where))
    seen = list(watch_grants(now=NOW + timedelta(minutes=1), limits=LIMITS))
    assert [one.seen["number"] for one in seen] == ([grant.number] if is_wide else [])
    assert list(watch_grants(now=NOW + timedelta(days=3), limits=LIMITS)) == []


def test_the_same_grant_is_one_alert_and_the_next_one_is_counted(place):
    for minutes in (1, 6):
        granted(place, elements=("birth_date",), now=NOW + timedelta(minutes=minutes))
        for _again in range(2):
            now = NOW + timedelta(minutes=minutes + 1)
            trust.raise_alerts(sightings=watch_grants(now=now, limits=LIMITS), now=now)
    alert = trust.SecurityAlert.objects.get(kind="grants.wide")
    assert (alert.count, alert.subject) == (2, f"unit:{place.units['mzj'].pk}")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.code)
def test_each_kind_has_its_playbook(kind, language):
    assert len(trust.playbook(FOLDER, kind.code, language).parts) == trust.PLAYBOOK_PARTS
