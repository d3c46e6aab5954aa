"""The hub's side of WebSub on the wire: questions to callbacks, documents to subscribers, the word to other hubs."""

import hmac
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from relay.core.hub.subscriber import (
    Arrived,
    Confirmed,
    Content,
    Declined,
    Errand,
    Failed,
    Outcome,
    Over,
    Subscriber,
    Unanswered,
    Verdict,
)
from relay.intake.wire.failure import why
from relay.intake.wire.guard import Forbidden

_FAILURES = (httpx.RequestError, httpx.InvalidURL, UnicodeError)  # the last for a host that no name can have
_ECHO = 1000
"""Bytes of an answer that are read: a challenge has fewer."""


def ask(http: httpx.Client, errand: Errand, challenge: str) -> Verdict:
    """Put the question of ``errand`` to its callback, or tell it the refusal (§5.3, §5.2). No redirect is followed."""
    address = _with_query(errand.callback, _question(errand, challenge))
    try:
        with http.stream("GET", address, headers={"Accept": "*/*"}) as response:
            status, echo = response.status_code, _start(response)
    except Forbidden as refusal:
        return Declined(str(refusal))
    except _FAILURES as error:
        return Unanswered(why(error))
    if not 200 <= status < 300:
        return Declined(f"it answered {status}.")
    is_meant = errand.mode == "denied" or hmac.compare_digest(echo, challenge.encode())
    return Confirmed() if is_meant else Declined("it did not give the challenge back.")


def deliver(http: httpx.Client, hub: str, subscriber: Subscriber, content: Content) -> Outcome:
    """Post the document to the subscriber, signed where it has a secret (§7)."""
    headers = {
        "Accept": "*/*",
        "Content-Type": content.media_type,
        "Link": f'<{hub}>; rel="hub", <{subscriber.address}>; rel="self"',
    }
    if subscriber.secret:
        headers["X-Hub-Signature"] = _signature(subscriber.secret, content.body)
    return _posted(http, subscriber.callback, content.body, headers)


def ping(http: httpx.Client, hub: str, address: str) -> Outcome:
    """Tell another hub that there is something new at ``address``; hubs call it by one name or by the other."""
    form = urlencode({"hub.mode": "publish", "hub.url": address, "hub.topic": address})
    return _posted(http, hub, form.encode(), {"Accept": "*/*", "Content-Type": "application/x-www-form-urlencoded"})


def _question(errand: Errand, challenge: str) -> dict[str, str]:
    asked = {"hub.mode": errand.mode, "hub.topic": errand.address}
    if errand.mode == "denied":
        return {**asked, "hub.reason": errand.reason}
    lease = {"hub.lease_seconds": str(int(errand.lease.total_seconds()))} if errand.mode == "subscribe" else {}
    return {**asked, "hub.challenge": challenge, **lease}


def _with_query(callback: str, query: dict[str, str]) -> str:
    """The callback's own query stays as it is (§5.3)."""
    separator = "&" if "?" in callback else "?"
    return callback + separator + urlencode(query)


def _start(response: httpx.Response) -> bytes:
    """No more of the body than a challenge needs."""
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _ECHO:
            break
    return body


def _signature(secret: str, body: bytes) -> str:
    return f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"


def _posted(http: httpx.Client, address: str, body: bytes, headers: dict[str, str]) -> Outcome:
    coded = [(name.encode(), value.encode()) for name, value in headers.items()]
    try:
        with http.stream("POST", address, content=body, headers=coded) as response:  # what it says is not read
            return _outcome(response)
    except Forbidden as refusal:
        return Failed(str(refusal))
    except _FAILURES as error:
        return Failed(why(error), is_silent=True)


def _outcome(response: httpx.Response) -> Outcome:
    match response.status_code:
        case status if 200 <= status < 300:
            return Arrived()
        case 410:
            return Over()
        case status:
            return Failed(
                f"{response.url.host} answered {status}.", wait=_wait(response.headers.get("retry-after", ""))
            )


def _wait(seconds: str) -> timedelta:
    return timedelta(seconds=int(seconds[:9])) if seconds.isascii() and seconds.isdigit() else timedelta(0)
