"""Standard Webhooks (https://www.standardwebhooks.com): a message signed and posted, whoever it is from."""

import binascii
import hmac
import time
from base64 import b64decode, b64encode
from datetime import UTC, datetime

import httpx

from relay.core.crosspost import Request
from relay.networks.wire.answers import Answer, ask

PREFIX, LEAST, MOST = "whsec_", 24, 64
WANTED = 'The secret must be "whsec_" and 24 to 64 bytes in base64: make one by `openssl rand -base64 32`.'


def posted(http: httpx.Client, url: str, key: bytes, message: Request) -> Answer:
    """Post it under its id, with the signature of this moment: receivers refuse one that is older than minutes."""
    moment = str(int(_now()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.key,
        "webhook-timestamp": moment,
        "webhook-signature": signature(key, message.key, moment, message.body),
    }
    return ask(http, "POST", url, headers=headers, content=message.body.encode())


def told_now() -> str:
    """The time at which something is told, as payloads write it."""
    return datetime.fromtimestamp(_now(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _now() -> float:
    return time.time()  # noqa: TID251  # the standard signs the attempt, and no argument tells when it is


def signature(key: bytes, name: str, moment: str, body: str) -> str:
    """The header of the standard: HMAC-SHA256 over id, time (seconds since 1970) and body, in base64."""
    digest = hmac.digest(key, f"{name}.{moment}.{body}".encode(), "sha256")
    return f"v1,{b64encode(digest).decode()}"


def key_in(secret: str) -> bytes | None:
    """The bytes of a secret; ``None`` where it is not one of the standard's."""
    written = secret.strip()
    try:
        key = b64decode(written.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if written.startswith(PREFIX) and LEAST <= len(key) <= MOST else None


def is_taken(answer: Answer) -> bool:
    """Any 2xx: what the receiver says beside it does not matter."""
    return isinstance(answer, httpx.Response) and answer.is_success
