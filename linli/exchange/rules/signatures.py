"""How nodes sign what they say to each other: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918) where it is chosen.

What is signed is the exact text that travels, behind a word that says what it is for: no canonical form is needed, and
nothing that was signed for one use passes for another. A fingerprint is the SM3 hash of the public key.
"""

import base64
import json
from typing import Any

from linli.kernel import api as kernel

KeyPair = kernel.KeyPair
new_keys = kernel.new_keys
ALGORITHMS, ED25519, SM2 = kernel.ALGORITHMS, kernel.ED25519, kernel.SM2
USE = b"linli peer 1\n"


class BadSignatureError(ValueError):
    """What came is not signed by a key that is trusted, or is not in our form."""


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
        {"text": text, "key": fingerprint(keys.public), "signature": _text(kernel.sign(USE + text.encode(), keys))}
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
        good = kernel.is_signed(USE + text.encode(), signature, algorithm=algorithm, public=public)
        content = json.loads(text)
    except ValueError as error:
        raise BadSignatureError("not in our form") from error
    if not good or not isinstance(content, dict):
        raise BadSignatureError("the signature is wrong")
    return content


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
