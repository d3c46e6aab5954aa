"""GET, and whereto it leads: redirects are followed here, each hop through the guard."""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_fixed

from relay.core.document import Hop
from relay.core.source import Validators
from relay.intake.wire.address import WebAddress, web_address
from relay.intake.wire.exchange import Getting, Headers, Reply
from relay.intake.wire.failure import causes
from relay.intake.wire.guard import Forbidden

HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Reached:
    """The answer at the end of the way, and the redirects on it."""

    reply: Reply
    asked: str
    hops: tuple[Hop, ...] = ()


def get(way: Getting, url: str, headers: Headers, validators: Validators | None = None) -> Reached:
    """What is found after at most ``HOPS`` redirects; ``httpx.RequestError`` where nothing is.

    The whole way has the deadline of one request: a redirect gets what those before it have left.
    ``validators`` go to ``url``, which they are stored for, and on the way to the address that gave them: to no other.
    """
    known = validators or Validators()
    reached = Reached(_once(way, web_address(url), [*headers, *conditions(known)]), url)
    while target := _target(reached.reply):
        if len(reached.hops) == HOPS:
            raise httpx.TooManyRedirects(f"it redirects more than {HOPS} times", request=_asked(reached.reply))
        left = reached.reply.end - monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("it redirects too slowly", request=_asked(reached.reply))
        own = conditions(known) if target.text == known.url else ()
        hop = Hop(reached.reply.status, target.text)
        reached = Reached(_once(way, target, [*headers, *own], left), url, (*reached.hops, hop))
    return reached


def conditions(validators: Validators) -> Sequence[tuple[bytes, bytes]]:
    """Byte for byte as they came (RFC 9110 §13.1); who can send a delta may (RFC 3229 §10.5.3)."""
    found = []
    if validators.etag:
        found += [(b"if-none-match", validators.etag), (b"a-im", b"feed")]
    if validators.last_modified:
        found.append((b"if-modified-since", validators.last_modified))
    return found


def _target(reply: Reply) -> WebAddress | None:
    if reply.status not in _REDIRECTS or not (location := reply.text(b"location")):
        return None
    target = reply.url.join(location)
    if reply.url.scheme == "https" and target.scheme == "http":
        raise httpx.UnsupportedProtocol(f"it redirects from https to {target.text}", request=_asked(reply))
    return target


def _asked(reply: Reply) -> httpx.Request:
    """Whom a failure is about."""
    return httpx.Request("GET", reply.url.text)


def _once(way: Getting, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
    """At most three quick attempts, and only while nothing was sent, each within ``left`` seconds."""
    try:
        return way.get(url, headers, left)
    except httpx.ConnectError as error:
        return _again(error, lambda: way.get(url, headers, left))


def _again(first: httpx.ConnectError, attempt: Callable[[], Reply]) -> Reply:
    """After a first attempt that is known: tenacity costs a poll that needs it not 35 µs."""
    failed = iter([first])

    def attempted() -> Reply:
        for error in failed:
            raise error
        return attempt()

    return Retrying(
        retry=retry_if_exception(_nothing_sent),
        stop=stop_after_attempt(3) | stop_after_delay(2),
        wait=wait_fixed(0.2),
        reraise=True,
    )(attempted)


def _nothing_sent(error: BaseException) -> bool:
    """And it may go better next time: neither relay's own refusal nor a bad certificate will."""
    for_good = any(isinstance(cause, Forbidden | ssl.SSLError) for cause in causes(error))
    return isinstance(error, httpx.ConnectError) and not for_good
