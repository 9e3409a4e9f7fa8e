"""Envelopes for files 信封加密: each file has a data key of its own, and only that key is sealed by the ring.

A file begins with the line `LINLI-ENVELOPE-1`; then come the length of the sealed key (2 bytes, big-endian), the sealed
key, the nonce (12), the ciphertext and the tag (16).
The rotation of keys changes the sealed key alone. A file without the first line is a plain one of before.
"""

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from linli.kernel.rules import sealing

MAGIC = b"LINLI-ENVELOPE-1\n"
CONTEXT = "kernel.file-key"
_KEY, _NONCE = 32, 12
_START = len(MAGIC) + 2


def wrap(content: bytes) -> bytes:
    """Return a file's content in an envelope."""
    key, nonce = os.urandom(_KEY), os.urandom(_NONCE)
    return _head(key) + nonce + AESGCM(key).encrypt(nonce, content, MAGIC)


def unwrap(envelope: bytes) -> bytes:
    """Return the content of an envelope; what is none comes back as it is. Raises sealing.UnreadableError."""
    if not envelope.startswith(MAGIC):
        return envelope
    key, end = _key_of(envelope)
    nonce, sealed = envelope[end : end + _NONCE], envelope[end + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise sealing.UnreadableError("The file was changed or cut off.") from error


def rewrap(envelope: bytes) -> bytes:
    """Return the same envelope with its key sealed anew; a plain file is put into one."""
    if not envelope.startswith(MAGIC):
        return wrap(envelope)
    key, end = _key_of(envelope)
    return _head(key) + envelope[end:]


def version_of(start: bytes) -> int:
    """Return the version of the ring's key that an envelope needs, from its first 200 bytes; 0 for a plain file."""
    return sealing.version_of(start[_START:]) if start.startswith(MAGIC) else 0


def _head(key: bytes) -> bytes:
    sealed = sealing.seal(b64encode(key).decode(), context=CONTEXT)
    return MAGIC + len(sealed).to_bytes(2, "big") + sealed


def _key_of(envelope: bytes) -> tuple[bytes, int]:
    end = _START + int.from_bytes(envelope[len(MAGIC) : _START], "big")
    return b64decode(sealing.unseal(envelope[_START:end], context=CONTEXT)), end
