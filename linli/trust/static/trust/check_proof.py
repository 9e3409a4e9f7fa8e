# ruff: noqa: INP001  one file that is handed out, no module of a package
"""Check a proof from the use ledger of a Linli node, on your own computer, without asking the node.

    python3 check_proof.py proof.json
    python3 check_proof.py proof.json --head checkpoint

A proof says that one entry (who looked at what, when and why) stands in the ledger, or that a newer state of the ledger
goes on from an older one without any change. It is worth as much as the signed head in it: get a head of the same
ledger from somebody else as well (another government that counter-signs it, a newspaper, an earlier proof) and give it
with --head; the two have to be the same, or be joined by a proof of growth.

Needs Python 3.8 or newer and nothing else: hashes and signatures (Ed25519, or SM2 of GB/T 32918) are reckoned here.
Ends with 0 where everything holds, else with 1.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 16  # of the first kind
MASK = 0xFFFFFFFF
START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
HEAD = re.compile(
    r"(\S+)\n(\d+)\n(\S{44})\nhash (\w+)\nseal (\d+) (\d+) ([0-9a-f]{64})\nmade (\d+)\nkeys ([0-9a-f ]+)\n"
)


def turn(word: int, by: int) -> int:
    """Rotate 32 bits to the left."""
    by %= 32
    return (word << by | word >> (32 - by)) & MASK if by else word


def sm3_by_hand(data: bytes) -> bytes:
    """Return the SM3 hash (GB/T 32905-2016) where Python's own library has none."""
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (len(data) * 8).to_bytes(8, "big")
    state: tuple[int, ...] = START
    for place in range(0, len(padded), 64):
        state = compressed(state, padded[place : place + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def compressed(state: "tuple[int, ...]", block: bytes) -> "tuple[int, ...]":
    """Take one block of 64 bytes into the state."""
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for i in range(16, 68):
        mixed = words[i - 16] ^ words[i - 9] ^ turn(words[i - 3], 15)
        words.append(mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(words[i - 13], 7) ^ words[i - 6])
    a, b, c, d, e, f, g, h = state
    for i in range(64):
        first = turn((turn(a, 12) + e + turn(0x79CC4519 if i < ROUNDS else 0x7A879D8A, i)) & MASK, 7)
        second = first ^ turn(a, 12)
        one = a ^ b ^ c if i < ROUNDS else a & b | a & c | b & c
        two = e ^ f ^ g if i < ROUNDS else e & f | ~e & MASK & g
        left = (one + d + second + (words[i] ^ words[i + 4])) & MASK
        right = (two + h + first + words[i]) & MASK
        a, b, c, d = left, a, turn(b, 9), c
        e, f, g, h = right ^ turn(right, 9) ^ turn(right, 17), e, turn(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))  # noqa: B905  Python 3.8


def sm3(data: bytes) -> bytes:
    """Return the SM3 hash."""
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return sm3_by_hand(data)


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 hash."""
    return hashlib.sha256(data).digest()


HASHES = {"sm3": sm3, "sha256": sha256}

# The curve of SM2 (GB/T 32918.5) and its signer, the curve of Ed25519 (RFC 8032).
SM2, SIGNER = b"\xffsm2", b"1234567812345678"
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
Q, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
EDWARDS_BASE = b"\x58" + 31 * b"\x66"
Point = Any  # two numbers, or None for the point far away


class WrongError(Exception):
    """Something does not hold; the sentence says what."""


def read_head(note: str) -> "dict[str, Any]":
    """Return what a signed head says."""
    text, _gap, lines = note.partition("\n\n")
    found = HEAD.fullmatch(text + "\n")
    if not found or found[4] not in HASHES:
        raise WrongError("This is no head of a use ledger.")
    return {
        "text": text + "\n", "lines": lines.splitlines(), "name": found[1], "size": int(found[2]),
        "root": base64.b64decode(found[3]), "hash": found[4], "seal": int(found[5]), "keys": found[9].split(),
    }  # fmt: skip


def joined(digest: "Callable[[bytes], bytes]", left: bytes, right: bytes) -> bytes:
    """Return the hash of two nodes."""
    return digest(b"\x01" + left + right)


def check_entry(proof: "dict[str, Any]") -> str:
    """Check that an entry stands under the head (RFC 9162 section 2.1.3.2)."""
    head = read_head(proof["head"])
    digest, text = HASHES[head["hash"]], proof["entry"].encode()
    content = sha256(text) if text.startswith(b'["linli.ledger.3"') else sm3(text)
    place = proof["era"].to_bytes(4, "big") + proof["transaction"].to_bytes(8, "big")
    node, here, last = digest(b"\x00" + place + content), proof["index"], head["size"] - 1
    if not 0 <= here <= last:
        raise WrongError("The entry would stand outside the ledger.")
    for step in map(bytes.fromhex, proof["path"]):
        if last == 0:
            raise WrongError("The proof is too long.")
        if here & 1 or here == last:
            node = joined(digest, step, node)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            node = joined(digest, node, step)
        here, last = here >> 1, last >> 1
    if last or node != head["root"]:
        raise WrongError("The entry does NOT stand under this head: it was altered, or the proof belongs to another.")
    return f"The entry stands in the ledger, as number {proof['index'] + 1} of {head['size']}:\n{proof['entry']}"


def check_growth(proof: "dict[str, Any]") -> str:
    """Check that one head goes on from another (RFC 9162 section 2.1.4.2)."""
    old, new = read_head(proof["old"]), read_head(proof["head"])
    path = [bytes.fromhex(one) for one in proof["path"]]
    if old["name"] != new["name"] or old["hash"] != new["hash"] or not 0 < old["size"] <= new["size"]:
        raise WrongError("These are not two heads of one ledger, the older first.")
    if old["size"] == new["size"]:
        good = old["root"] == new["root"] and not path
    else:
        good = roots(old, new, path) == (old["root"], new["root"])
    if not good:
        raise WrongError("The newer head does NOT go on from the older: something that was there was changed.")
    return f"The ledger of {new['size']} entries goes on from that of {old['size']}: nothing before was changed."


def roots(old: "dict[str, Any]", new: "dict[str, Any]", path: "list[bytes]") -> "tuple[bytes, bytes] | None":
    """Return both roots that a path leads to."""
    digest, size = HASHES[new["hash"]], old["size"]
    steps = path if size & (size - 1) else [old["root"], *path]
    here, last = size - 1, new["size"] - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if not steps:
        return None
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            before, after = joined(digest, step, before), joined(digest, step, after)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            after = joined(digest, after, step)
        here, last = here >> 1, last >> 1
    return None if last else (before, after)


def check_signatures(note: str, keys: "list[str]") -> "list[str]":
    """Say which signatures of a head are good, and which could not be checked."""
    head, said = read_head(note), []
    for line in keys:
        name, mark, text = line.split("+", 2)
        material = base64.b64decode(text)
        if name != head["name"] or mark not in head["keys"]:
            continue
        blobs = [base64.b64decode(one.rsplit(" ", 1)[1]) for one in head["lines"]]
        signatures = [blob[4:] for blob in blobs if blob[:4].hex() == mark]
        if not signatures:
            raise WrongError(f"The signature of the key {mark} is missing.")
        said.append(one_signature(head["text"].encode(), signatures[0], material, mark))
    return said or ["No key in this file signed the head: nothing was checked of who made it."]


def one_signature(text: bytes, signature: bytes, material: bytes, mark: str) -> str:
    """Check one signature."""
    by_sm2 = material.startswith(SM2)
    good = signed_by_sm2(text, signature, material[4:]) if by_sm2 else signed_by_ed25519(text, signature, material[1:])
    if not good:
        raise WrongError(f"The signature of the key {mark} is WRONG.")
    return f"The signature of the key {mark} is good ({'SM2' if by_sm2 else 'Ed25519'})."


def signed_by_sm2(data: bytes, signature: bytes, key: bytes) -> bool:
    """Check a signature (GB/T 32918.2, curve of GB/T 32918.5)."""
    found = numbers(signature)
    if len(found) != 2 or len(key) != 64 or not all(0 < one < N for one in found) or sum(found) % N == 0:  # noqa: PLR2004
        return False
    r, s = found
    point = (whole(key[:32]), whole(key[32:]))
    if (point[1] ** 2 - point[0] ** 3 - A * point[0] - B) % P:
        return False
    said = bytes((0, 8 * len(SIGNER))) + SIGNER + b"".join(one.to_bytes(32, "big") for one in (A, B, *BASE, *point))
    end = add(times(s, BASE), times((r + s) % N, point))
    return end is not None and (whole(sm3(sm3(said) + data)) + end[0]) % N == r


def numbers(signature: bytes) -> "list[int]":
    """Return the numbers of a signature in ASN.1."""
    found, place = [], 2
    while signature[:1] == b"\x30" and signature[place : place + 1] == b"\x02":
        length = signature[place + 1]
        found.append(whole(signature[place + 2 : place + 2 + length]))
        place += 2 + length
    return found


def add(one: Point, other: Point) -> Point:
    """Add two points of the curve of SM2; None is the point far away."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return None
    if one == other:
        slope = (3 * one[0] ** 2 + A) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope**2 - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(count: int, point: Point) -> Point:
    """Add a point so many times."""
    total = None
    while count:
        total = add(total, point) if count & 1 else total
        count, point = count >> 1, add(point, point)
    return total


def whole(data: bytes) -> int:
    """Return bytes as one number, the highest first."""
    return int.from_bytes(data, "big")


def signed_by_ed25519(data: bytes, signature: bytes, key: bytes) -> bool:
    """Check a signature (RFC 8032 section 5.1.7)."""
    point, start = unpacked(key), unpacked(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if point is None or start is None or len(signature) != 64 or s >= L:  # noqa: PLR2004
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + data).digest(), "little") % L
    middle = unpacked(EDWARDS_BASE)
    return middle is not None and edwards_times(s, middle) == edwards_add(start, edwards_times(k, point))


def unpacked(data: bytes) -> "tuple[int, int] | None":
    """Return a point of the curve of Ed25519 from its 32 bytes (RFC 8032 section 5.1.3)."""
    number = int.from_bytes(data, "little")
    y, is_odd = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    if (x * x - square) % Q:
        x = x * pow(2, (Q - 1) // 4, Q) % Q
    if y >= Q or (x * x - square) % Q or (x == 0 and is_odd):
        return None
    return (Q - x if x & 1 != is_odd else x), y


def edwards_add(one: "tuple[int, int]", other: "tuple[int, int]") -> "tuple[int, int]":
    """Add two points of the curve of Ed25519."""
    (x1, y1), (x2, y2) = one, other
    cross = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + cross, -1, Q) % Q, (y1 * y2 + x1 * x2) * pow(1 - cross, -1, Q) % Q


def edwards_times(count: int, point: "tuple[int, int]") -> "tuple[int, int]":
    """Add a point so many times."""
    total = (0, 1)
    while count:
        total = edwards_add(total, point) if count & 1 else total
        count, point = count >> 1, edwards_add(point, point)
    return total


def checked(file: Path, elsewhere: "Path | None") -> "list[str]":
    """Check a proof, its signatures, and the head from elsewhere; return what holds."""
    proof = json.loads(file.read_text("utf-8"))
    lines = [check_growth(proof) if proof.get("form") == "linli.growth.1" else check_entry(proof)]
    lines += check_signatures(proof["head"], proof.get("keys", []))
    if elsewhere:
        other, ours = read_head(elsewhere.read_text("utf-8")), read_head(proof["head"])
        if (other["name"], other["size"], other["root"]) != (ours["name"], ours["size"], ours["root"]):
            raise WrongError("The head from elsewhere is not the one of this proof. Ask for a proof of growth.")
        lines.append("The head is the same as the one from elsewhere.")
    return lines


def main() -> int:
    """Check what was given and say it in plain words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof", type=Path, help="the proof, a JSON file")
    parser.add_argument("--head", type=Path, help="a head of the same ledger from somebody else")
    given = parser.parse_args()
    try:
        lines = checked(given.proof, given.head)
    except WrongError as error:
        lines = []
        sys.stdout.write(f"{error}\n")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        lines = []
        sys.stdout.write("This is no proof from a use ledger, or the file is damaged.\n")
    sys.stdout.write("".join(line + "\n" for line in lines))
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
