"""Sealed text: encryption at rest and keyed tokens, with a key ring that is kept outside the database.

A sealed blob is `cipher (1 byte) | key version (2, big-endian) | nonce (12) | ciphertext | tag (16)`. Its first three
bytes and the context are authenticated with it, so that a blob moved to another column or another key does not open.
Ciphers: 1 = AES-256-GCM (default), 2 = SM4-GCM (GB/T 32907, chosen by `LINLI_CIPHER=sm4`).
Tokens are HMAC-SM3 (GB/T 32905).
"""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from gmssl_pyx import sm3_hash

from linli.kernel.rules import keyring
from linli.kernel.rules.keypairs import KeyPair
from linli.kernel.rules.memory import Remembered

AES, SM4 = 1, 2
_HEADER, _NONCE, _TAG = 3, 12, 16
_BODY = _HEADER + _NONCE
_FEW = 20  # keys at a time
_NAMES = {"aes": AES, "sm4": SM4}


class UnreadableError(ValueError):
    """The blob is not sealed text, belongs to another context, or its key is not on the ring."""


def seal(text: str, *, context: str) -> bytes:
    """Encrypt a text for one context, such as `events.contact_phone`. The same text gives another blob each time."""
    return seal_all((text,), context=context)[0]


def seal_all(texts: Sequence[str], *, context: str) -> list[bytes]:
    """Encrypt texts for one context, each by itself, as `seal` does; many at once cost a third of the time."""
    keys = _keys()
    header = bytes((keys.cipher, *keys.current.to_bytes(2, "big")))
    encrypt, bound = keys.box(keys.cipher, keys.current).encrypt, header + context.encode()
    noise = os.urandom(_NONCE * len(texts))
    nonces = [noise[first : first + _NONCE] for first in range(0, len(noise), _NONCE)]
    return [header + one + encrypt(one, text.encode(), bound) for one, text in zip(nonces, texts, strict=True)]


def unseal(blob: bytes, *, context: str) -> str:
    """Return the text of a blob. Raises UnreadableError when it was changed, moved, or its key is missing."""
    return unseal_all((blob,), context=context)[0]


def unseal_all(blobs: Iterable[bytes], *, context: str) -> list[str]:
    """Return the texts of blobs of one context. Raises UnreadableError when one of them can't be opened."""
    bound, boxes = context.encode(), Remembered(_box_named, most=_FEW)
    texts = []
    try:
        for blob in blobs:
            header, nonce, sealed = blob[:_HEADER], blob[_HEADER:_BODY], blob[_BODY:]
            box = boxes[header if len(sealed) >= _TAG else b""]
            texts.append(box.decrypt(nonce, sealed, header + bound).decode())
    except InvalidTag as error:
        raise UnreadableError("The sealed text was changed, or belongs to another context or key ring.") from error
    return texts


def keyed_token(text: str, *, context: str) -> str:
    """Return 64 hex digits that stand for a text in one context: equal texts are found, the text is not (HMAC-SM3)."""
    return keyed_tokens((text,), context=context)[0]


def keyed_tokens(texts: Iterable[str], *, context: str) -> list[str]:
    """Return the token of each text."""
    return [digest.hex() for digest in keyed_digests(texts, context=context)]


def keyed_digests(texts: Iterable[str], *, context: str) -> list[bytes]:
    """Return the 32 bytes that the token of each text writes."""
    begun = _keys().token_mac(context)
    digests = []
    for text in texts:
        mac = begun.copy()
        mac.update(text.encode())
        digests.append(mac.finalize())
    return digests


def version_of(blob: bytes) -> int:
    """Return the version of the key that sealed a blob; 0 for no sealed text."""
    whole = len(blob) >= _HEADER + _NONCE + _TAG and blob[0] in _NAMES.values()
    return int.from_bytes(blob[1:_HEADER], "big") if whole else 0


def current_version() -> int:
    """Return the version of the key that seals now."""
    return _keys().current


def sm3(data: bytes) -> bytes:
    """Return the 32 bytes of the SM3 hash (GB/T 32905-2016)."""
    return bytes(sm3_hash(data))


def rotate_keys() -> int:
    """Put a new sealing key on the ring and use it from now on. Older blobs still open. Returns its version."""
    version = keyring.add_version()
    _read_again()
    return version


def signers() -> tuple[KeyPair, ...]:
    """Return the keys on the ring that sign, the oldest first."""
    return _keys().ring.signers


def add_signer(algorithm: str) -> KeyPair:
    """Put a new key that signs on the ring. Raises ValueError for an algorithm that is none."""
    made = keyring.add_signer(algorithm)
    _read_again()
    return made


def retire_keys(versions: set[int]) -> None:
    """Take keys off the ring for ever. What this process has opened before it can still open until it ends."""
    keyring.drop_versions(versions)
    _read_again()


def forget_keys() -> None:
    """Drop the keys from memory, so that the ring is read again."""
    _held.clear()


class _Box(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


class _Sm4Box:
    """SM4-GCM with the same two calls as AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG]) + decryptor.finalize()


_SM3 = hashes.SM3()


@dataclass(slots=True)
class _Keys:
    """What is derived from the ring, made once: cipher objects per version, HMAC states per context."""

    ring: keyring.Ring
    cipher: int
    current: int
    boxes: dict[tuple[int, int], _Box] = field(default_factory=dict)
    macs: dict[str, hmac.HMAC] = field(default_factory=dict)

    def box(self, cipher: int, version: int) -> _Box:
        """Return the cipher object of a key version. Raises KeyError when the version is not on the ring."""
        if (found := self.boxes.get((cipher, version))) is None:
            key = self.ring.seal_keys[version]
            found = AESGCM(_derive(key, b"aes-256-gcm")) if cipher == AES else _Sm4Box(_derive(key, b"sm4-gcm")[:16])
            self.boxes[cipher, version] = found
        return found

    def token_mac(self, context: str) -> hmac.HMAC:
        """Return the HMAC state of a context, to be copied: its key is derived from the token key and the context."""
        if (found := self.macs.get(context)) is None:
            found = self.macs[context] = hmac.HMAC(_derive(self.ring.token_key, context.encode()), _SM3)
        return found


LOOK_SECONDS = 1.0  # within so many seconds every process seals with a key that another has added
_held: "list[tuple[_Keys, tuple[int, int]]]" = []
_looked_at = 0.0


def _keys() -> _Keys:
    """Return the keys in memory. The file is looked at once a second: another process may have added a key."""
    global _looked_at  # noqa: PLW0603  the keys are one set per process
    instant = time.monotonic()
    if _held and instant - _looked_at < LOOK_SECONDS:
        return _held[0][0]
    _looked_at = instant
    if not _held or keyring.mark() != _held[0][1]:
        _read_again()
    return _held[0][0]


def _read_again() -> None:
    """Read the ring; cipher objects of before stay, so that what was fetched before a key was retired still opens."""
    seen, ring = keyring.mark(), keyring.load()
    name = os.environ.get("LINLI_CIPHER", "aes")
    if name not in _NAMES:
        raise ValueError(f"LINLI_CIPHER is {name!r}; it must be aes or sm4.")
    before = _held[0][0].boxes if _held else {}
    keys = _Keys(ring=ring, cipher=_NAMES[name], current=ring.current, boxes=dict(before))
    _held[:] = [(keys, seen if seen[0] >= 0 else keyring.mark())]


def _box_named(header: bytes) -> _Box:
    """Return the cipher object that the first bytes of a blob name. Raises UnreadableError."""
    if not header or header[0] not in _NAMES.values():
        raise UnreadableError("This is not sealed text.")
    return _box_for(header[0], int.from_bytes(header[1:], "big"))


def _box_for(cipher: int, version: int) -> _Box:
    """Return the cipher object; a version that another process has just added is looked for in the file once."""
    try:
        return _keys().box(cipher, version)
    except KeyError:
        _read_again()
    try:
        return _keys().box(cipher, version)
    except KeyError as error:
        raise UnreadableError(f"Key version {version} is not on the key ring.") from error


def _derive(key: bytes, label: bytes) -> bytes:
    mac = hmac.HMAC(key, _SM3)
    mac.update(b"linli " + label)
    return mac.finalize()
