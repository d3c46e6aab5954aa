"""GET, and whereto it leads: redirects are followed here, each hop through the guard."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_fixed

from relay.core.document import Hop
from relay.core.source import Validators
from relay.intake.wire.failure import causes
from relay.intake.wire.guard import Forbidden

HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Reached:
    """The answer at the end of the way, its body read, and the redirects on it."""

    response: httpx.Response
    asked: str
    hops: tuple[Hop, ...] = ()


def get(http: httpx.Client, url: str, headers: Headers, validators: Validators | None = None) -> Reached:
    """What is found after at most ``HOPS`` redirects; ``httpx.RequestError`` where nothing is.

    The whole way has the deadline of one request: a redirect gets what those before it have left.
    ``validators`` go to ``url``, which they are stored for, and on the way to the address that gave them: to no other.
    """
    known = validators or Validators()
    reached = Reached(_once(http, httpx.URL(url), [*headers, *_conditions(known)]), url)
    while target := _target(reached.response):
        if len(reached.hops) == HOPS:
            why = f"it redirects more than {HOPS} times"
            raise httpx.TooManyRedirects(why, request=reached.response.request)
        left = reached.response.request.extensions.get("end", inf) - monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("it redirects too slowly", request=reached.response.request)
        conditions = _conditions(known) if str(target) == known.url else ()
        hop = Hop(reached.response.status_code, str(target))
        reached = Reached(_once(http, target, [*headers, *conditions], left), url, (*reached.hops, hop))
    return reached


def _conditions(validators: Validators) -> Sequence[tuple[bytes, bytes]]:
    """Byte for byte as they came (RFC 9110 §13.1); who can send a delta may (RFC 3229 §10.5.3)."""
    found = []
    if validators.etag:
        found += [(b"if-none-match", validators.etag), (b"a-im", b"feed")]
    if validators.last_modified:
        found.append((b"if-modified-since", validators.last_modified))
    return found


def _target(response: httpx.Response) -> httpx.URL | None:
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or not location:
        return None
    target = response.url.join(location)
    if response.url.scheme == "https" and target.scheme == "http":
        raise httpx.UnsupportedProtocol(f"it redirects from https to {target}", request=response.request)
    return target


def _once(http: httpx.Client, url: httpx.URL, headers: Headers, left: float = inf) -> httpx.Response:
    """At most three quick attempts, and only while nothing was sent, each within ``left`` seconds."""
    attempts = Retrying(
        retry=retry_if_exception(_nothing_sent),
        stop=stop_after_attempt(3) | stop_after_delay(2),
        wait=wait_fixed(0.2),
        reraise=True,
    )
    return attempts(http.send, http.build_request("GET", url, headers=headers, extensions={"left": left}))


def _nothing_sent(error: BaseException) -> bool:
    """And it may go better next time: neither relay's own refusal nor a bad certificate will."""
    for_good = any(isinstance(cause, Forbidden | ssl.SSLError) for cause in causes(error))
    return isinstance(error, httpx.ConnectError) and not for_good
