"""A device that keeps one passkey: what it makes and signs (W3C Web Authentication §6), without a browser."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT = 0x05
"""Its owner is there, and it knows them."""
MADE = 0x40
"""There is a new key in what it says."""
ID = b"the key of one device"


@dataclass(frozen=True, slots=True)
class Device:
    """For the name ``localhost``, at ``origin``."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, challenge: str) -> str:
        """A new credential, as a page sends it."""
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        own = b"\0" * 16 + len(ID).to_bytes(2, "big") + ID + cbor2.dumps(cose)
        told = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": _data(PRESENT | MADE) + own})
        return _said({"clientDataJSON": _text(self._client("create", challenge)), "attestationObject": _text(told)})

    def signed(self, challenge: str) -> str:
        """The answer to a challenge."""
        client, data = self._client("get", challenge), _data(PRESENT)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        shown = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return _said({name: _text(value) for name, value in shown.items()})

    def _client(self, what: str, challenge: str) -> bytes:
        told = {"type": f"webauthn.{what}", "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()


def _data(flags: int) -> bytes:
    return hashlib.sha256(b"localhost").digest() + bytes([flags]) + (0).to_bytes(4, "big")


def _said(response: dict[str, str]) -> str:
    return json.dumps({"id": _text(ID), "rawId": _text(ID), "type": "public-key", "response": response})


def _text(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")
