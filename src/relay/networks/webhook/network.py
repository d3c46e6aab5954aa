"""A webhook of anybody's: the post as JSON, signed as Standard Webhooks says (https://www.standardwebhooks.com).

The standard makes the id the receiver's key: what comes under an id that it has had is no new post. So here, and
nowhere else, an answer that is lost or broken is a reason to send the same again.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import binascii
import hmac
import json
import time
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import UTC, datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import as_data
from relay.networks.wire.answers import Answer, ask, of_publishing, wait_asked
from relay.networks.wire.masking import masked

SETTINGS = Settings(
    required={"endpoint": "the receiver's address, such as https://intranet.example/news"},
    secret={"secret": 'what the receiver checks signatures with: "whsec_" and 24 to 64 bytes in base64'},
    shows=as_data,
    mentions=False,
)

PREFIX, LEAST, MOST = "whsec_", 24, 64
LONGEST = 16_000
"""Bytes: the standard wants a whole payload below 20 kB."""
_UNFIT = AuthLost('The secret must be "whsec_" and 24 to 64 bytes in base64: make one by `openssl rand -base64 32`.')


def limits(account: Account) -> Limits:
    """What leaves room in a payload for the title, the card and the picture."""
    return Limits(text=(("bytes", LONGEST),))


def directory_name(account: Account) -> str:
    """Who reads is not known, and so no handle is; a body stands under its name."""
    return "webhook"


def abilities(account: Account) -> Abilities:
    """Nothing yet: what was sent stays as it is."""
    return Abilities()


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Refused | AuthLost:
    """The payload, word for word: a type, a time, and the post. Its picture is told by its address."""
    if _key(account) is None:
        return _UNFIT
    post = {
        "text": draft.text,
        "language": draft.language,
        "link": draft.link,
        "title": draft.title,
        "description": draft.description,
        "image": asdict(draft.image) if draft.image else None,
    }
    approved = keys.created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload = {"type": "post.published", "timestamp": approved, "data": post}
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return Request(f"msg_{keys.created_at:%Y%m%dT%H%M%S}{keys.nonce:016x}", body)


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it under its id, with the signature of this moment: receivers refuse one that is older than minutes."""
    key = _key(account)
    if key is None:
        return _UNFIT
    moment = str(int(time.time()))  # noqa: TID251  # the standard signs the attempt, and no argument tells when it is
    headers = {
        "Content-Type": "application/json",
        "webhook-id": request.key,
        "webhook-timestamp": moment,
        "webhook-signature": signature(key, request.key, moment, request.body),
    }
    answer = ask(http, "POST", account.options["endpoint"], headers=headers, content=request.body.encode())
    if isinstance(answer, httpx.Response) and answer.is_success:
        return Sent(request.key)
    return masked(_outcome(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Nothing needs to be looked for: sent again under the same id, it is at most once at the receiver's."""
    return NotThere()


def signature(key: bytes, name: str, moment: str, body: str) -> str:
    """The header of the standard: HMAC-SHA256 over id, time (seconds since 1970) and body, in base64."""
    digest = hmac.digest(key, f"{name}.{moment}.{body}".encode(), "sha256")
    return f"v1,{b64encode(digest).decode()}"


def _key(account: Account) -> bytes | None:
    """The bytes of the secret; ``None`` where it is not one of the standard's."""
    written = account.secrets["secret"].value.strip()
    try:
        key = b64decode(written.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if written.startswith(PREFIX) and LEAST <= len(key) <= MOST else None


def _outcome(answer: Answer) -> Retry | Refused | AuthLost:
    """410 means that the receiver wants no more at all, 401 and 403 that it does not take the signature."""
    outcome = of_publishing(answer)
    if isinstance(answer, httpx.Response) and answer.status_code in {401, 403, 410}:
        return AuthLost(outcome.why)
    if isinstance(outcome, Unsure):
        return Retry(outcome.why, wait_asked(answer)) if isinstance(answer, httpx.Response) else Retry(outcome.why)
    return outcome
