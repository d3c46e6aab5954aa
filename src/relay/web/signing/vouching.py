"""What an identity provider says of somebody: OpenID Connect Core 1.0, the code flow, with PKCE (RFC 7636)."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from relay.core.signing.ways import Provider
from relay.core.signing.wrong import Wrong

if TYPE_CHECKING:
    from joserfc.jwt import JWTClaimsRegistry

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures by a key that only the provider has; "none" and those by a shared secret are never taken."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
_SCOPE = "openid email"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a provider is asked (OpenID Connect Discovery 1.0 §3); ``by_header`` is how it wants our secret."""

    authorize: str
    token: str
    keys: str
    by_header: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one who went there: ``nonce`` and PKCE's ``verifier``."""

    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Whoever is back from the ``visit`` with a ``code``; ``to`` is the address that the provider sent them to."""

    visit: Visit
    code: str
    to: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider knows: for ever as ``subject``, and by an ``email`` it has verified or has not."""

    subject: str
    email: str
    is_verified: bool


def places(http: httpx.Client, provider: Provider) -> Places | None:
    """What the provider says of itself; ``None`` where that is not to be had, or is not what it should be."""
    found = _json(http, "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    authorize, token, keys = (found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
    if not (isinstance(authorize, str) and isinstance(token, str) and isinstance(keys, str)):
        return None
    is_safe = all(_is_as_safe(url, provider.issuer) for url in (authorize, token, keys))
    if found.get("issuer") != provider.issuer or not is_safe:
        return None
    ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Places(authorize, token, keys, by_header=isinstance(ways, list) and "client_secret_basic" in ways)


def way_there(place: Places, provider: Provider, visit: Visit, state: str, back: str) -> str:
    """Where the browser goes."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(visit.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": _SCOPE,
        "state": state,
        "nonce": visit.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{place.authorize}{'&' if '?' in place.authorize else '?'}{urlencode(asked)}"


def vouched(http: httpx.Client, provider: Provider, place: Places, back: Returned, now: datetime) -> Vouched | Wrong:
    """The code for an ID token, and what it says once everything about it is verified (Core §3.1.3.7)."""
    from joserfc import jwt  # noqa: PLC0415  # where nobody comes from a provider it is not loaded
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    known = {"code": back.code, "redirect_uri": back.to, "code_verifier": back.visit.verifier}
    answered = _exchanged(http, provider, place, known)
    token = answered.get("id_token")
    keys = _json(http, "GET", place.keys)
    if not isinstance(token, str) or not keys.get("keys"):
        return Wrong.PROVIDER_SILENT
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]  # it is verified by the library
        _registry(provider, back.visit, now).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError):
        return Wrong.PROVIDER_BAD
    return _of(claims, provider)


def _of(claims: dict[str, Any], provider: Provider) -> Vouched | Wrong:
    """Where a token is for several, it must have been asked for by us."""
    audience, party = claims["aud"], claims.get("azp")
    is_ours = party in {None, provider.client_id} and (party or isinstance(audience, str) or len(audience) == 1)
    if not is_ours or not claims["sub"]:
        return Wrong.PROVIDER_BAD
    email = claims.get("email")
    return Vouched(
        subject=f"{provider.issuer} {claims['sub']}",
        email=email if isinstance(email, str) else "",
        is_verified=claims.get("email_verified") is True,
    )


def _registry(provider: Provider, visit: Visit, now: datetime) -> "JWTClaimsRegistry":
    from joserfc.jwt import JWTClaimsRegistry  # noqa: PLC0415  # as above

    return JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": visit.nonce},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )


def _exchanged(http: httpx.Client, provider: Provider, place: Places, known: dict[str, str]) -> dict[str, Any]:
    """The provider's answer to the code (RFC 6749 §4.1.3); the secret goes where it wants it."""
    form = {"grant_type": "authorization_code", **known}
    if place.by_header:
        # Both are form-encoded first (RFC 6749 §2.3.1).
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret.value, safe='')}"
        named = {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        return _json(http, "POST", place.token, data=form, headers=named)
    own = {"client_id": provider.client_id, "client_secret": provider.secret.value}
    return _json(http, "POST", place.token, data={**form, **own})


def _json(http: httpx.Client, method: str, url: str, **how: Any) -> dict[str, Any]:
    """The JSON object of a success; empty for anything else."""
    try:
        answer = http.request(method, url, **how)
        found = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_as_safe(url: str, issuer: str) -> bool:
    """Whether it is an address on the Web, and over TLS where the issuer is."""
    scheme = urlsplit(url).scheme
    return scheme == "https" or (scheme == "http" and urlsplit(issuer).scheme == "http")
