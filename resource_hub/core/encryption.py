"""Encryption by field: AES-GCM, with a key id, bound to table, column and row."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from resource_hub.core.errors import HubError

_KEY_BYTES = 32
_ID_BYTES = 4
_NONCE_BYTES = 12


class Unreadable(HubError):
    """A sealed field cannot be opened: the key is missing, or the bytes were moved or changed."""

    code = "unreadable"


@dataclass(frozen=True)
class Place:
    """Where a sealed field stands; bytes copied to another place do not open."""

    table: str
    column: str
    row: str

    def as_bytes(self) -> bytes:
        """Return the place as the associated data of the cipher."""
        return f"{self.table}\x1f{self.column}\x1f{self.row}".encode()


@dataclass(frozen=True)
class _Key:
    id: bytes
    cipher: AESGCM
    index: bytes


class Vault:
    """Seals and opens fields with the newest key; opens with any of the keys while they rotate."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        """Take the data keys, newest first, each of 32 bytes."""
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            message = "every data key is 32 bytes"
            raise ValueError(message)
        self._keys = tuple(
            _Key(sha256(b"id" + key).digest()[:_ID_BYTES], AESGCM(_derive(key, b"field")), _derive(key, b"index"))
            for key in keys
        )

    @classmethod
    def from_setting(cls, setting: str) -> "Vault":
        """Read keys in base64, separated by commas, newest first; refuses with ValueError."""
        try:
            return cls(tuple(base64.b64decode(part.strip(), validate=True) for part in setting.split(",")))
        except binascii.Error as error:
            message = "every data key is 32 bytes in base64"
            raise ValueError(message) from error

    def seal(self, text: str, place: Place) -> bytes:
        """Encrypt a text for one place."""
        key, nonce = self._keys[0], urandom(_NONCE_BYTES)
        return key.id + nonce + key.cipher.encrypt(nonce, text.encode(), place.as_bytes())

    def open(self, sealed: bytes, place: Place) -> str:
        """Decrypt what was sealed for this place; refuses with Unreadable."""
        key_id, nonce = sealed[:_ID_BYTES], sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        for key in self._keys:
            if key.id == key_id:
                try:
                    return key.cipher.decrypt(nonce, sealed[_ID_BYTES + _NONCE_BYTES :], place.as_bytes()).decode()
                except (InvalidTag, ValueError) as error:
                    raise Unreadable(_HOW_TO_MEND) from error
        raise Unreadable(_HOW_TO_MEND)

    def indexes(self, text: str, purpose: str) -> tuple[str, ...]:
        """Return the keyed index of a text under each key, newest first: equal texts are found without being stored."""
        return tuple(_mac(key.index, purpose, text) for key in self._keys)

    def mac(self, text: str, purpose: str) -> str:
        """Return the keyed index under the newest key, with the key's id in front."""
        return f"{self._keys[0].id.hex()}:{_mac(self._keys[0].index, purpose, text)}"

    def mac_agrees(self, mac: str, text: str, purpose: str) -> bool:
        """Tell whether a text is the one that `mac` was made from, under whichever key made it."""
        key_id, _, digest = mac.partition(":")
        return any(
            key.id.hex() == key_id and hmac.compare_digest(_mac(key.index, purpose, text), digest) for key in self._keys
        )


_HOW_TO_MEND = "A stored field cannot be read. Check that RESOURCE_HUB_DATA_KEY holds the key it was written with."


def new_key() -> str:
    """Return a new data key in base64."""
    return base64.b64encode(urandom(_KEY_BYTES)).decode()


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"resource-hub/" + purpose).derive(key)


def _mac(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}\x1f{text}".encode(), sha256).hexdigest()
