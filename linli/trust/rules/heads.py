"""Tree heads as signed text 检查点: C2SP tlog-checkpoint in a signed note, counter-signed as in C2SP tlog-cosignature.

    linli/0190c0de…                 the ledger (origin)
    1203                            how many leaves
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=      the root
    hash sm3
    seal 120 1 9f3c…                number of the seal, number of the first that was signed, hash of the seal
    made 1763773323456789           microseconds since 1970-01-01T00:00:00Z
    keys 4f1a2b3c                   the keys that sign: whoever takes a signature away is found

    — linli/0190c0de… TxorPAAA…     key id, 4 bytes, and signature

An Ed25519 key is of note type 1 (a counter-signature: 4), an SM2 key of type 255 followed by `sm2` (`sm2-cosignature`).
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from linli.kernel import api as kernel
from linli.trust.rules.merkle import BYTES, HASHES

DASH = "\N{EM DASH} "
MOST_TEXT = 10_000
VOUCH = "linli ledger key 1\n"
_TEXT = re.compile(
    r"(?P<origin>[^\s+]{1,100})\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/]{43}=)\nhash (?P<hash>[a-z0-9]+)\n"
    r"seal (?P<number>[1-9][0-9]{0,17}) (?P<since>[1-9][0-9]{0,17}) (?P<seal>[0-9a-f]{64})\n"
    r"made (?P<made>[0-9]{1,17})\nkeys (?P<keys>[0-9a-f]{8}(?: [0-9a-f]{8}){0,3})\n"
)
_LINE = re.compile(DASH + r"(?P<name>[^\s+]{1,100}) (?P<blob>[A-Za-z0-9+/=]{8,400})")


class BadHeadError(ValueError):
    """What came is no tree head in our form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a tree head says. `made` is in microseconds since 1970 (UTC); `keys` are the ids of the keys that sign."""

    origin: str
    size: int
    root: bytes
    hash: str
    number: int
    since: int
    seal: bytes
    made: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signs heads, and the ledger it signs for."""

    name: str
    algorithm: str
    public: str

    @property
    def fingerprint(self) -> str:
        """Return 64 hex digits that stand for the key."""
        return kernel.sm3(base64.b64decode(self.public)).hex()

    def id(self, *, witness: bool = False) -> str:
        """Return the key id of signed notes, 8 hex digits."""
        text = self.name.encode() + b"\n" + _type(self.algorithm, witness=witness) + base64.b64decode(self.public)
        return hashlib.sha256(text).digest()[:4].hex()

    def line(self) -> str:
        """Return the key as one publishes it: name, id, type and key (C2SP signed-note)."""
        material = _type(self.algorithm, witness=False) + base64.b64decode(self.public)
        return f"{self.name}+{self.id()}+{base64.b64encode(material).decode()}"


@dataclass(frozen=True, slots=True)
class Signed:
    """One line of signature under a head: who, with which key, and the bytes behind the key id."""

    name: str
    key: str
    signature: bytes

    def line(self) -> str:
        """Return it as it stands in a note."""
        return f"{DASH}{self.name} {base64.b64encode(bytes.fromhex(self.key) + self.signature).decode()}\n"


def text_of(head: Head) -> str:
    """Return the text that is signed."""
    return (
        f"{head.origin}\n{head.size}\n{base64.b64encode(head.root).decode()}\nhash {head.hash}\n"
        f"seal {head.number} {head.since} {head.seal.hex()}\nmade {head.made}\nkeys {' '.join(head.keys)}\n"
    )


def note_of(text: str, signatures: list[Signed]) -> str:
    """Return the signed note."""
    return text + "\n" + "".join(one.line() for one in signatures)


def read_note(note: str) -> tuple[Head, str, list[Signed]]:
    """Return what a note says, its text, and its signatures, none of which is believed yet. Raises BadHeadError."""
    text, gap, lines = note[:MOST_TEXT].partition("\n\n")
    found = [_LINE.fullmatch(line) for line in lines.splitlines()]
    if not gap or len(note) > MOST_TEXT or None in found:
        raise BadHeadError("This is no tree head in our form.")
    return read_text(text + "\n"), text + "\n", [_signed(one["name"], one["blob"]) for one in found if one]


def read_text(text: str) -> Head:
    """Return what the text of a head says. Raises BadHeadError."""
    found = _TEXT.fullmatch(text)
    if found is None or found["hash"] not in HASHES:
        raise BadHeadError("This is no tree head in our form.")
    root = _decoded(found["root"])
    if len(root) != BYTES:
        raise BadHeadError("This is no tree head in our form.")
    return Head(
        origin=found["origin"], size=int(found["size"]), root=root, hash=found["hash"], number=int(found["number"]),
        since=int(found["since"]), seal=bytes.fromhex(found["seal"]), made=int(found["made"]),
        keys=tuple(found["keys"].split()),
    )  # fmt: skip


def read_key(line: str) -> PublicKey:
    """Return a published key. Raises BadHeadError."""
    name, mark, text = [*line.strip().split("+", 2), "", ""][:3]
    material = _decoded(text)
    for algorithm in kernel.ALGORITHMS:
        kind = _type(algorithm, witness=False)
        if material.startswith(kind):
            key = PublicKey(name, algorithm, base64.b64encode(material[len(kind) :]).decode())
            if key.id() == mark:
                return key
    raise BadHeadError("This is no public key of a ledger.")


def sign_head(text: str, *, name: str, keys: kernel.KeyPair) -> Signed:
    """Sign a head."""
    return Signed(name, PublicKey(name, keys.algorithm, keys.public).id(), kernel.sign(text.encode(), keys))


def countersign(text: str, *, name: str, keys: kernel.KeyPair, seconds: int) -> Signed:
    """Sign the head of another ledger as a witness who saw at that time that it follows the one before."""
    signature = kernel.sign(_witnessed(text, seconds), keys)
    key = PublicKey(name, keys.algorithm, keys.public).id(witness=True)
    return Signed(name, key, seconds.to_bytes(8, "big") + signature)


def is_head_signed(text: str, signed: Signed, key: PublicKey) -> bool:
    """Tell whether the key signed this head for its own ledger."""
    if (signed.name, signed.key) != (key.name, key.id()):
        return False
    return kernel.is_signed(text.encode(), signed.signature, algorithm=key.algorithm, public=key.public)


def is_countersigned(text: str, signed: Signed, key: PublicKey) -> bool:
    """Tell whether the key counter-signed this head as a witness."""
    if (signed.name, signed.key) != (key.name, key.id(witness=True)) or len(signed.signature) < BYTES:
        return False
    said = _witnessed(text, int.from_bytes(signed.signature[:8], "big"))
    return kernel.is_signed(said, signed.signature[8:], algorithm=key.algorithm, public=key.public)


def vouch_text(origin: str, fingerprint: str) -> bytes:
    """Return what the key before signs of a new key."""
    return f"{VOUCH}{origin}\n{fingerprint}\n".encode()


def is_vouched(key: PublicKey, vouch: bytes, elders: Iterable[PublicKey]) -> bool:
    """Tell whether one of the keys before vouches for a key of the same ledger."""
    said = vouch_text(key.name, key.fingerprint)
    return any(kernel.is_signed(said, vouch, algorithm=one.algorithm, public=one.public) for one in elders)


def _witnessed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _type(algorithm: str, *, witness: bool) -> bytes:
    if algorithm == kernel.ED25519:
        return b"\x04" if witness else b"\x01"
    return b"\xffsm2-cosignature" if witness else b"\xffsm2"


def _signed(name: str, blob: str) -> Signed:
    data = _decoded(blob)
    return Signed(name, data[:4].hex(), data[4:])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadHeadError("This is no tree head in our form.") from error
