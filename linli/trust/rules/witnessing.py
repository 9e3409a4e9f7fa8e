"""What a witness asks of a head before signing it: that it goes on from the last one seen, by keys that are known."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust.rules.heads import Head, PublicKey, read_note
from linli.trust.rules.proofs import grows, who_signed

BEHIND, SPLIT, OTHER, UNSIGNED, PROOF = "behind", "split", "other", "unsigned", "proof"
REASONS: dict[str, Promise] = {
    BEHIND: _("The ledger is shorter than it was: its end was cut off, or an old backup was put back."),
    SPLIT: _("The ledger does not go on from the head seen before: it was rewritten, or shows two faces."),
    OTHER: _("It is another ledger than before, or keys that were known are missing."),
    PROOF: _("It was not shown that the ledger goes on from the head seen before."),
    UNSIGNED: _("The head is not signed by the keys of that ledger."),
}


def refusal(
    note: str, path: list[bytes], keys: Sequence[PublicKey], *, old: int, seen: str, known: Sequence[PublicKey]
) -> str:
    """Return why a head is not counter-signed; empty for one that goes on from what was seen. Raises BadHeadError.

    The path leads from the tree of `old` leaves; one from elsewhere than from what was seen can't be judged (PROOF).
    """
    head = read_note(note)[0]
    if not set(known) <= set(keys):
        return OTHER
    if not who_signed(note, list(keys)):
        return UNSIGNED
    return _against(read_note(seen)[0], head, path, old) if seen else ""


def _against(last: Head, head: Head, path: list[bytes], old: int) -> str:
    if last.origin != head.origin:
        return OTHER
    if head.size < last.size or head.number < last.number:
        return BEHIND
    if old != last.size < head.size:
        return PROOF
    return "" if grows(last, head, path) else SPLIT
