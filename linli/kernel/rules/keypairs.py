"""Keys that sign: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918) where it is chosen."""

import base64
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from gmssl_pyx import sm2_key_generate, sm2_sign, sm2_verify

ED25519, SM2 = "ed25519", "sm2"
ALGORITHMS = (ED25519, SM2)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of a key as base64 text."""

    algorithm: str
    public: str
    private: str = field(repr=False)


def new_keys(algorithm: str) -> KeyPair:
    """Return a new pair of keys. Raises ValueError for an algorithm that is none."""
    if algorithm == ED25519:
        key = Ed25519PrivateKey.generate()
        return KeyPair(algorithm, _text(key.public_key().public_bytes_raw()), _text(key.private_bytes_raw()))
    if algorithm == SM2:
        public, private = sm2_key_generate()
        return KeyPair(algorithm, _text(public), _text(private))
    raise ValueError(f"There is no signature {algorithm!r}; choose one of {', '.join(ALGORITHMS)}.")


def sign(data: bytes, keys: KeyPair) -> bytes:
    """Return the signature: 64 bytes with Ed25519, ASN.1 with SM2 (signer 1234567812345678)."""
    private = base64.b64decode(keys.private)
    if keys.algorithm == ED25519:
        return Ed25519PrivateKey.from_private_bytes(private).sign(data)
    return bytes(sm2_sign(private, base64.b64decode(keys.public), data))


def is_signed(data: bytes, signature: bytes, *, algorithm: str, public: str) -> bool:
    """Tell whether the key made this signature. Raises ValueError for what is no public key."""
    key = base64.b64decode(public, validate=True)
    if algorithm == SM2:
        return bool(sm2_verify(key, data, signature))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
