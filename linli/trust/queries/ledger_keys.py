"""Verifies who stands behind the heads: the keys on the ring, those that vouch for the next, and the witnesses."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linli.trust.models import CounterSignature, LedgerKey, LedgerTree, Witness
from linli.trust.queries.found import Tally
from linli.trust.queries.tiles import own_signers
from linli.trust.rules.heads import BadHeadError, PublicKey, is_countersigned, is_vouched, read_key, read_note


def check_keys(row: LedgerTree, tally: Tally) -> dict[str, PublicKey]:
    """Return the keys that may have signed: those on the ring, which no editor of the database reaches.

    Each but the first must be vouched for by one that was there before.
    """
    ring = own_signers()
    rows = list(LedgerKey.objects.order_by("began_at", "fingerprint"))
    keys = {}
    for one in rows:
        mine = ring.get(one.fingerprint)
        if mine is None or (mine.algorithm, mine.public) != (one.algorithm, one.public):
            tally.note("keys", _("The key %(entry)s is not on the key ring of this node."), entry=one.fingerprint[:16])
        else:
            keys[one.fingerprint] = PublicKey(row.origin, one.algorithm, one.public)
    for one in _not_vouched(row, rows):
        tally.note("keys", _("No key before it vouches for the key %(entry)s."), entry=one.fingerprint[:16])
    if not ring:
        tally.note("keys", _("The key ring is missing or is not that of this ledger: nothing signed can be checked."))
    return keys


def _not_vouched(row: LedgerTree, rows: Sequence[LedgerKey]) -> list[LedgerKey]:
    """Return the keys for which no other one vouches that began no later, but for the first of all."""
    key_of = {one.pk: PublicKey(row.origin, one.algorithm, one.public) for one in rows}
    first = next((one.pk for one in rows if not bytes(one.vouch)), rows[0].pk if rows else None)
    return [
        one for one in rows
        if one.pk != first or one.began_at > rows[0].began_at
        if not is_vouched(key_of[one.pk], bytes(one.vouch), [
            key_of[other.pk] for other in rows if other.began_at <= one.began_at and other.pk != one.pk
        ])
    ]  # fmt: skip


class Countersigned:
    """What witnesses signed of our heads, made again head by head."""

    def __init__(self, tally: Tally) -> None:
        """Read which keys the witnesses are known by; one that never told its own head is believed by its line."""
        self._tally = tally
        self._known = {one.node: one.keys.splitlines() for one in Witness.objects.exclude(keys="")}
        self._said: dict[int, list[CounterSignature]] = {}

    def read(self, numbers: Sequence[int]) -> None:
        """Read what was said of these heads."""
        self._said = {}
        for one in CounterSignature.objects.filter(number__in=numbers).order_by("number", "node"):
            self._said.setdefault(one.number, []).append(one)

    def check(self, number: int, text: str) -> None:
        """Compare with the text of the head that was signed."""
        for one in self._said.get(number, []):
            if _is_good(one, text, self._known.get(one.node)):
                self._tally.countersigned[one.name] += 1
            else:
                sentence = _("The counter-signature of %(entry)s under the head of seal %(seal)s is not good.")
                self._tally.note("witness", sentence, seal=number, entry=one.name)


def _is_good(one: CounterSignature, text: str, known: list[str] | None) -> bool:
    try:
        key = read_key(one.key)
        signed = read_note(f"{text}\n{one.line}")[2]
    except BadHeadError:
        return False
    return (known is None or key.line() in known) and any(is_countersigned(text, line, key) for line in signed)
