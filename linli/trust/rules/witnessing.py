"""What a witness asks of a head before signing it: that it goes on from the last one seen, by keys that are known."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.heads import Head, PublicKey, is_vouched, read_note
from linli.trust.rules.proofs import grows, who_signed

BEHIND, SPLIT, OTHER, UNSIGNED, PROOF, UNVOUCHED = "behind", "split", "other", "unsigned", "proof", "unvouched"
REASONS: dict[str, Promise] = {
    BEHIND: _("The ledger is shorter than it was: its end was cut off, or an old backup was put back."),
    SPLIT: _("The ledger does not go on from the head seen before: it was rewritten, or shows two faces."),
    OTHER: _("It is another ledger than before, or keys that were known are missing."),
    PROOF: _("It was not shown that the ledger goes on from the head seen before."),
    UNVOUCHED: _("A new key of that ledger is not vouched for by one that was known."),
    UNSIGNED: _("The head is not signed by the keys of that ledger."),
}


def refusal(
    note: str, path: list[bytes], keys: Sequence[PublicKey], *, old: int, seen: str, known: Sequence[PublicKey],
    vouches: Sequence[bytes],
) -> str:  # fmt: skip
    """Return why a head is not counter-signed; empty for one that goes on from what was seen. Raises BadHeadError.

    `vouches` stand beside the keys: each that was not known is vouched for by one that was, or by one after that.
    The path leads from the tree of `old` leaves; one from elsewhere than from what was seen can't be judged (PROOF).
    """
    head = read_note(note)[0]
    if not set(known) <= set(keys):
        return OTHER
    if known and not _are_vouched(keys, vouches, known):
        return UNVOUCHED
    if not who_signed(note, list(keys)):
        return UNSIGNED
    return _against(read_note(seen)[0], head, path, old) if seen else ""


def _are_vouched(keys: Sequence[PublicKey], vouches: Sequence[bytes], known: Sequence[PublicKey]) -> bool:
    believed, left = list(known), [(key, vouch) for key, vouch in zip(keys, vouches, strict=False) if key not in known]
    for key, vouch in left:  # in the order in which they were made
        if not is_vouched(key, vouch, believed):
            return False
        believed.append(key)
    return len(believed) == len(keys)


def _against(last: Head, head: Head, path: list[bytes], old: int) -> str:
    if last.origin != head.origin:
        return OTHER
    if head.size < last.size or head.number < last.number:
        return BEHIND
    if old != last.size < head.size:
        return PROOF
    return "" if grows(last, head, path) else SPLIT
