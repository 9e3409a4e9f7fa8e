"""How nodes sign what they say to each other: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918) where it is chosen.

What is signed is the exact text that travels, behind a word that says what it is for: no canonical form is needed, and
nothing that was signed for one use passes for another. A fingerprint is the SM3 hash of the public key.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from gmssl_pyx import sm2_key_generate, sm2_sign, sm2_verify

from linli.kernel import api as kernel

ED25519, SM2 = "ed25519", "sm2"
ALGORITHMS = (ED25519, SM2)
USE = b"linli peer 1\n"


class BadSignatureError(ValueError):
    """What came is not signed by a key that is trusted, or is not in our form."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new key, both halves as base64 text."""

    algorithm: str
    public: str
    private: str


def new_keys(algorithm: str) -> KeyPair:
    """Return a new pair of keys. Raises ValueError for an algorithm that is none."""
    if algorithm == ED25519:
        key = Ed25519PrivateKey.generate()
        return KeyPair(algorithm, _text(key.public_key().public_bytes_raw()), _text(key.private_bytes_raw()))
    if algorithm == SM2:
        public, private = sm2_key_generate()
        return KeyPair(algorithm, _text(public), _text(private))
    raise ValueError(f"There is no signature {algorithm!r}; choose one of {', '.join(ALGORITHMS)}.")


def fingerprint(public: str) -> str:
    """Return 64 hex digits that stand for a public key."""
    return kernel.sm3(_bytes(public)).hex()


def shown(mark: str) -> str:
    """Return the first 32 digits of a fingerprint in groups of four, as one reads them out on the telephone."""
    return " ".join(mark[place : place + 4] for place in range(0, 32, 4)).upper()


def wrap(content: dict[str, Any], keys: KeyPair) -> bytes:
    """Return a signed text: `{"text", "key", "signature"}` as JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(
        {"text": text, "key": fingerprint(keys.public), "signature": _text(_sign(text.encode(), keys))}
    ).encode()


def key_of(wrapped: bytes) -> str:
    """Return the fingerprint that a signed text names; nothing of it is believed yet. Raises BadSignatureError."""
    return str(_parsed(wrapped)["key"])


def unwrap(wrapped: bytes, *, algorithm: str, public: str) -> dict[str, Any]:
    """Return what was signed by this key. Raises BadSignatureError."""
    parsed = _parsed(wrapped)
    if parsed["key"] != fingerprint(public):
        raise BadSignatureError("another key")
    text = str(parsed["text"])
    try:
        signature = _bytes(str(parsed["signature"]))
        good = _verify(text.encode(), signature, algorithm=algorithm, public=_bytes(public))
        content = json.loads(text)
    except ValueError as error:
        raise BadSignatureError("not in our form") from error
    if not good or not isinstance(content, dict):
        raise BadSignatureError("the signature is wrong")
    return content


def _sign(data: bytes, keys: KeyPair) -> bytes:
    private = _bytes(keys.private)
    if keys.algorithm == ED25519:
        return Ed25519PrivateKey.from_private_bytes(private).sign(USE + data)
    return bytes(sm2_sign(private, _bytes(keys.public), USE + data))


def _verify(data: bytes, signature: bytes, *, algorithm: str, public: bytes) -> bool:
    if algorithm == SM2:
        return bool(sm2_verify(public, USE + data, signature))
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, USE + data)
    except InvalidSignature:
        return False
    return True


def _parsed(wrapped: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(wrapped)
    except ValueError as error:
        raise BadSignatureError("not in our form") from error
    if not isinstance(parsed, dict) or not {"text", "key", "signature"} <= set(parsed):
        raise BadSignatureError("not in our form")
    return parsed


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
