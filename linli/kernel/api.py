"""The kernel's door: what every domain may call, now."""

from linli.kernel.actions.codes import load_shipped_codes
from linli.kernel.actions.filling import (
    analyze,
    check_keys,
    put_indexes_back_together,
    take_indexes_off,
    without_indexes,
)
from linli.kernel.actions.keys import keep_ring, reseal, retire, rotate
from linli.kernel.actions.limits import count_use
from linli.kernel.actions.numbering import next_number
from linli.kernel.actions.outgoing import (
    OutgoingAnswer,
    OutgoingError,
    check_target,
    post_out,
    reachable,
    reachable_socket,
)
from linli.kernel.actions.revisions import bump
from linli.kernel.models.base import Appended, Forgettable, Installed, Record
from linli.kernel.models.facts import Xid8Field
from linli.kernel.models.sealed import SealedText, SealedTextField, reveal_all
from linli.kernel.queries.codes import code_entries, code_label
from linli.kernel.queries.compiled import Compiled, IsAnyOf, given
from linli.kernel.queries.pages import (
    CursorError,
    Page,
    apart,
    count_among,
    first_among,
    keys_among,
    keys_of_few,
    keyset_page,
)
from linli.kernel.queries.revisions import revision
from linli.kernel.queries.sealed import check_ring, keys_in_use
from linli.kernel.rules import copying
from linli.kernel.rules.beside import ahead, beside
from linli.kernel.rules.cells import safe_cell, true_cell
from linli.kernel.rules.checkdigits import IdCheck, check_citizen_id, check_credit_code, check_organisation_code
from linli.kernel.rules.clock import now
from linli.kernel.rules.faults import faults_by_field
from linli.kernel.rules.ids import uuid7, uuid7s
from linli.kernel.rules.keypairs import ALGORITHMS, ED25519, SM2, KeyPair, is_signed, new_keys, sign
from linli.kernel.rules.keyring import BrokenRingError
from linli.kernel.rules.limits import TooManyRequestsError
from linli.kernel.rules.logs import plain
from linli.kernel.rules.memory import Remembered, undisturbed
from linli.kernel.rules.pauses import LONGEST_PAUSE, pause_after
from linli.kernel.rules.rows import read_rows
from linli.kernel.rules.sealing import (
    UnreadableError,
    add_signer,
    forget_keys,
    keyed_digests,
    keyed_token,
    keyed_tokens,
    rotate_keys,
    seal,
    seal_all,
    signers,
    sm3,
    unseal,
    unseal_all,
)
from linli.kernel.rules.sealing import version_of as key_version_of
from linli.kernel.rules.signing import new_secret, signed
from linli.kernel.rules.steps import Step, step
from linli.kernel.rules.words import when_text

__all__ = [
    "ALGORITHMS",
    "ED25519",
    "LONGEST_PAUSE",
    "SM2",
    "Appended",
    "BrokenRingError",
    "Compiled",
    "CursorError",
    "Forgettable",
    "IdCheck",
    "Installed",
    "IsAnyOf",
    "KeyPair",
    "OutgoingAnswer",
    "OutgoingError",
    "Page",
    "Record",
    "Remembered",
    "SealedText",
    "SealedTextField",
    "Step",
    "TooManyRequestsError",
    "UnreadableError",
    "Xid8Field",
    "add_signer",
    "ahead",
    "analyze",
    "apart",
    "beside",
    "bump",
    "check_citizen_id",
    "check_credit_code",
    "check_keys",
    "check_organisation_code",
    "check_ring",
    "check_target",
    "code_entries",
    "code_label",
    "copying",
    "count_among",
    "count_use",
    "faults_by_field",
    "first_among",
    "forget_keys",
    "given",
    "is_signed",
    "keep_ring",
    "key_version_of",
    "keyed_digests",
    "keyed_token",
    "keyed_tokens",
    "keys_among",
    "keys_in_use",
    "keys_of_few",
    "keyset_page",
    "load_shipped_codes",
    "new_keys",
    "new_secret",
    "next_number",
    "now",
    "pause_after",
    "plain",
    "post_out",
    "put_indexes_back_together",
    "reachable",
    "reachable_socket",
    "read_rows",
    "reseal",
    "retire",
    "reveal_all",
    "revision",
    "rotate",
    "rotate_keys",
    "safe_cell",
    "seal",
    "seal_all",
    "sign",
    "signed",
    "signers",
    "sm3",
    "step",
    "take_indexes_off",
    "true_cell",
    "undisturbed",
    "unseal",
    "unseal_all",
    "uuid7",
    "uuid7s",
    "when_text",
    "without_indexes",
]
