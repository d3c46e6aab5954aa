"""What others prove by keys of their own: an identity provider's token, and a passkey's answer."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import timedelta
from typing import Any

import cbor2
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from webauthn.helpers import parse_authentication_credential_json

from relay.core.account import Secret
from relay.core.signing.ways import Provider
from relay.storage.passkeys import Passkey
from relay.web.signing import passkeys, vouching
from relay.web.signing.vouching import Places, Returned, Visit, Vouched
from tests.edges.newsroom import NOON, Newsroom
from tests.fakes.oidc import CLIENT, KEY
from tests.fuzz.lock import Lock


def provider() -> Lock:
    """An identity provider's token (OpenID Connect Core §3.1.3.7); flaws of its claims: test_web_provider.py."""
    issuer = "https://id.exemple.fr"
    claims = {"iss": issuer, "aud": CLIENT, "sub": "1", "nonce": "once", "email": "a@b.fr", "email_verified": True}
    moments = {"iat": int(NOON.timestamp()), "exp": int((NOON + timedelta(hours=1)).timestamp())}
    good = jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **moments}, KEY)
    shown: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        is_keys = request.url.path == "/keys"
        return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]} if is_keys else {"id_token": shown[-1]})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    places = Places(f"{issuer}/authorize", f"{issuer}/token", f"{issuer}/keys", by_header=False)
    returned = Returned(Visit("once", "v" * 64), "code", "https://relay.exemple.fr/back")

    def opens(text: str) -> bool:
        shown[:] = [text]
        provider = Provider(issuer, CLIENT, Secret("geheim"), "Annuaire")
        return isinstance(vouching.vouched(http, provider, places, returned, NOON), Vouched)

    return Lock("an identity provider's token", good, opens, lambda text: _spelled(text) == _spelled(good))


def _spelled(text: str) -> tuple[str, bytes] | None:
    """What is signed, and the signature's bytes: base64 has bits at its end that mean nothing (RFC 4648 §3.5)."""
    signed, _, last = text.rpartition(".")
    with suppress(ValueError):
        return signed, urlsafe_b64decode(last + "=" * (-len(last) % 4))
    return None


def passkey(room: Newsroom) -> Lock:
    """What a device answers to a challenge (W3C Web Authentication §7.2)."""
    key, challenge = ec.generate_private_key(ec.SECP256R1()), b"c" * 32
    point = key.public_key().public_numbers()
    cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    known = Passkey("AAAA", "camille", cbor2.dumps(cose), 0, "Téléphone", NOON)
    good = json.dumps(_assertion(key, challenge))

    def opens(text: str) -> bool:
        return passkeys._signed(room.office, text, challenge, known) is not None

    return Lock("a passkey's answer", good, opens, lambda text: _said(text) == _said(good))


def _assertion(key: ec.EllipticCurvePrivateKey, challenge: bytes) -> dict[str, Any]:
    client = {"type": "webauthn.get", "challenge": _text(challenge), "origin": "http://localhost", "crossOrigin": False}
    told = json.dumps(client).encode()
    device = hashlib.sha256(b"localhost").digest() + b"\x05" + (7).to_bytes(4, "big")
    signed = key.sign(device + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
    response = {"clientDataJSON": _text(told), "authenticatorData": _text(device), "signature": _text(signed)}
    return {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response}


def _said(text: str) -> tuple[bytes, bytes, bytes] | None:
    """What of an answer is signed, and the signature: the rest of it proves nothing, and is looked up elsewhere."""
    with suppress(Exception):
        found = parse_authentication_credential_json(text).response
        return found.client_data_json, found.authenticator_data, found.signature
    return None


def _text(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")
