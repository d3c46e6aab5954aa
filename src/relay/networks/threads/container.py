"""A container of Threads: what is in it, and what has become of it.

https://developers.facebook.com/docs/threads/troubleshooting
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from relay.core.account import Account
from relay.core.crosspost import Image
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.wire.answers import address, content, harmless
from relay.networks.wire.graph import call, of_api

SERVER, NAME = "https://graph.threads.net", "Threads"
READY, LOOK = 20.0, 2.0
"""Seconds that Threads may take to fetch a picture, and between two looks."""
LONGEST_ALT = 1000


class Status(StrEnum):
    """How far it is; ``EXPIRED`` was not published within 24 hours."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class State:
    """How far a container is, and what went wrong with it, in Threads' word."""

    status: Status
    why: str = ""


def home(account: Account) -> str:
    """Where the API is, with its version."""
    return f"{address(account.options.get('server', SERVER))}/v1.0"


def asked(http: httpx.Client, account: Account, container: str) -> State | Retry | Refused | AuthLost:
    """What Threads says of a container; asking does no harm."""
    answer = call(http, account, "GET", f"{home(account)}/{container}", params={"fields": "status,error_message"})
    match content(answer):
        case {"status": str(word)} as read if word in Status.__members__:
            return State(Status(word), str(read.get("error_message", "")))
        case _:
            return harmless(of_api(answer, NAME))


def once_ready(http: httpx.Client, account: Account, container: str) -> State | Retry | Refused | AuthLost:
    """The same, after a while if it takes one. What is not ready then is asked again before it is published."""
    looks = Retrying(
        retry=retry_if_result(lambda state: isinstance(state, State) and state.status is Status.IN_PROGRESS),
        wait=wait_fixed(LOOK),
        stop=stop_after_delay(READY),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    return looks(lambda: asked(http, account, container))


def picture_of(image: Image | None) -> dict[str, str]:
    """What a container takes of a picture: Threads fetches it, so that its address must be one of the internet's."""
    if image is None or not _is_public(image.url):
        return {}
    return {"image_url": image.url, **({"alt_text": image.alt[:LONGEST_ALT]} if image.alt else {})}


def _is_public(url: str) -> bool:
    """Whether a stranger may be able to fetch it: by its looks, for nobody is asked."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme in {"http", "https"} and ip_address(host).is_global
    except ValueError:
        return parts.scheme in {"http", "https"} and "." in host and not host.endswith((".local", ".localhost"))
