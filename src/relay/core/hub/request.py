"""What is asked of relay's own hub (https://www.w3.org/TR/websub/ §5.1): what is wrong is said at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from urllib.parse import SplitResult, urlsplit

SHORTEST_LEASE = timedelta(days=1)
USUAL_LEASE = timedelta(days=10)
LONGEST_LEASE = timedelta(days=30)
MOST_OF_A_SECRET = 200
"""Bytes; a secret must have less (§5.1)."""
MOST_OF_A_CALLBACK = 1500
"""Characters of its address."""

Mode = Literal["subscribe", "unsubscribe"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody wants what ``topic`` publishes to be posted to ``callback``, or no longer. Not yet known to be meant.

    ``secret`` is empty where nothing is to be signed.
    """

    mode: Mode
    topic: str
    callback: str
    secret: str = field(default="", repr=False)
    lease: timedelta = USUAL_LEASE

    @property
    def host(self) -> str:
        """The host of the callback, by which requests are counted and kept apart."""
        return host(self.callback)


@dataclass(frozen=True, slots=True)
class Published:
    """Somebody says that there is something new at ``topic``."""

    topic: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The HTTP status, and a sentence that says what is wrong."""

    status: int
    why: str


def read(form: Mapping[str, str], topics: Collection[str]) -> Wanted | Published | Rejected:
    """The request in ``form``; ``topics`` are the addresses that this hub serves. Unknown parameters are ignored."""
    match form.get("hub.mode", ""):
        case "publish":
            topic = form.get("hub.url") or form.get("hub.topic", "")
            return _topic_fault(topic, topics) or Published(topic)
        case "subscribe" | "unsubscribe" as mode:
            return _wanted(mode, form, topics)
        case "":
            return Rejected(400, "hub.mode is missing: subscribe, unsubscribe or publish.")
        case _:
            return Rejected(400, "hub.mode is none that this hub knows: subscribe, unsubscribe or publish.")


def host(callback: str) -> str:
    """The host of an address that has been read before."""
    return (urlsplit(callback).hostname or "").lower()


def _wanted(mode: Mode, form: Mapping[str, str], topics: Collection[str]) -> Wanted | Rejected:
    topic, callback, secret = (form.get(f"hub.{name}", "") for name in ("topic", "callback", "secret"))
    fault = _topic_fault(topic, topics) or _callback_fault(callback)
    if fault:
        return fault
    if mode == "unsubscribe":  # neither a lease nor a secret means anything there
        return Wanted(mode, topic, callback)
    lease = _lease(form.get("hub.lease_seconds", ""))
    fault = lease if isinstance(lease, Rejected) else _secret_fault(secret)
    return fault or Wanted(mode, topic, callback, secret, lease if isinstance(lease, timedelta) else USUAL_LEASE)


def _topic_fault(topic: str, topics: Collection[str]) -> Rejected | None:
    if not topic:
        return Rejected(400, "hub.topic is missing.")
    if topic not in topics:
        return Rejected(404, "hub.topic is none of the feeds of this hub: it is the address that the feed calls self.")
    return None


def _callback_fault(callback: str) -> Rejected | None:
    if not callback:
        return Rejected(400, "hub.callback is missing.")
    if len(callback) > MOST_OF_A_CALLBACK:
        return Rejected(400, f"hub.callback has more than {MOST_OF_A_CALLBACK} characters.")
    parts = _split(callback)
    if parts is None:
        return Rejected(400, "hub.callback is no absolute http or https address.")
    if parts.fragment or "@" in parts.netloc:
        return Rejected(400, "hub.callback must have neither a fragment nor a name and password before its host.")
    return None


def _split(address: str) -> SplitResult | None:
    """``None`` for what nothing can be sent to."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_good else None


def _secret_fault(secret: str) -> Rejected | None:
    if len(secret.encode()) >= MOST_OF_A_SECRET:
        return Rejected(400, f"hub.secret must have less than {MOST_OF_A_SECRET} bytes.")
    return Rejected(400, "hub.secret must be text that can be printed.") if not secret.isprintable() else None


def _lease(seconds: str) -> timedelta | Rejected:
    """As long as is asked for, within bounds; the number that counts is told when the request is verified."""
    if not seconds:
        return USUAL_LEASE
    if not (seconds.isascii() and seconds.isdigit() and seconds.strip("0")):
        return Rejected(400, "hub.lease_seconds is no positive whole number.")
    asked = timedelta(seconds=int(seconds[:10])) if len(seconds) <= 10 else LONGEST_LEASE
    return min(max(asked, SHORTEST_LEASE), LONGEST_LEASE)
