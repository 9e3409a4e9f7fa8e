"""Seals the key ring of a backup with a passphrase (scrypt, AES-256-GCM)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext_noop as _

from linli.site.runtime.trouble import Trouble

PURPOSE = b"linli backup keys 1"
SALT, NONCE, KEY = 16, 12, 32  # bytes
COST, BLOCK_SIZE, PARALLEL = 2**16, 8, 1  # 64 MiB and a fifth of a second for each guess


def seal(content: bytes, passphrase: str) -> bytes:
    """Return the content sealed: salt, nonce, ciphertext."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, PURPOSE)


def unseal(sealed: bytes, passphrase: str) -> bytes:
    """Return the content. Raises Trouble when the passphrase is another one."""
    salt, nonce, content = sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, content, PURPOSE)
    except InvalidTag as error:
        raise Trouble(
            _("The passphrase does not open the keys of this backup; give the one it was made with.")
        ) from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK_SIZE, p=PARALLEL).derive(passphrase.encode())
