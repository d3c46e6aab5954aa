"""The only way out to the world, beneath ``httpx.Client``: guarded addresses, one deadline, bounded bodies."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from ssl import SSLContext
from time import monotonic
from typing import cast

import httpcore
import httpx

from relay.intake.wire.body import inflated
from relay.intake.wire.connect import GuardedBackend
from relay.intake.wire.follow import HOPS
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Taking, Turns
from relay.intake.wire.paced import Paced
from relay.intake.wire.upgraded import in_seconds

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)


def reading_client(
    guard: Guard, contact: str | None, deadline: float = 30.0, turns: Taking | None = None
) -> httpx.Client:
    """A client for sources; ``deadline`` is in seconds, for a whole request with its body, once its turn has come."""
    return _client(Paced(Transport(guard, deadline), turns or Turns()), contact, {"Accept": ACCEPT})


def posting_client(guard: Guard, contact: str | None, deadline: float = 60.0) -> httpx.Client:
    """A client for networks. It never follows a redirect: that would hand its keys to another host."""
    return _client(Transport(guard, deadline), contact, {})


def telling_client(guard: Guard, contact: str | None, deadline: float = 10.0) -> httpx.Client:
    """A client for subscribers: many at once, none of them for long, and never a redirect."""
    return _client(Transport(guard, deadline, connections=512), contact, {})


def asking_client(guard: Guard, contact: str | None, deadline: float = 5.0, gap: float = 0.2) -> httpx.Client:
    """A client for questions to strangers: one at a time to a host, ``gap`` seconds apart, whoever asks for it."""
    return _client(Paced(Transport(guard, deadline), Turns(gap=gap)), contact, {})


def _client(transport: httpx.BaseTransport, contact: str | None, headers: dict[str, str]) -> httpx.Client:
    """Keeps no cookies, and takes no proxy or certificate from the environment."""
    return httpx.Client(
        transport=transport,
        headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip", **headers},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
        follow_redirects=False,
        max_redirects=HOPS,
    )


def user_agent(contact: str | None) -> str:
    """Who asks, and where to complain: ``relay/1.0 (+https://www.exemple.fr/contact)``."""
    reach = (contact or "").encode("ascii", "ignore").decode()
    return f"relay/{version('relay')} (+{reach})" if reach else f"relay/{version('relay')}"


@cache
def _authorities() -> SSLContext:
    """Whom every client believes: read once, as that takes longer (23 ms) than most requests."""
    return httpx.create_ssl_context(trust_env=False)


class Transport(httpx.BaseTransport):
    """What ``httpx.HTTPTransport`` is, but for the guard, the deadline (seconds) and the bounded body."""

    def __init__(self, guard: Guard, deadline: float, tls: SSLContext | None = None, connections: int = 32) -> None:
        self._deadline = deadline
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or _authorities(),
            max_connections=connections,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange; its failures are httpx's own exceptions.

        A request may have fewer seconds than the deadline ``left``; its ``end`` is told to whoever goes on from it.
        """
        url, end = request.url, monotonic() + min(self._deadline, request.extensions.get("left", self._deadline))
        request.extensions["end"] = end
        if url.port == 0:  # httpcore takes it for the port that is usual
            raise httpx.UnsupportedProtocol("0 is no port")
        times = {"connect": end, "read": end, "write": end, "pool": self._deadline}
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=cast("httpx.SyncByteStream", request.stream),
            extensions={**request.extensions, "timeout": times},
        )
        with as_httpx():
            answer = self._pool.handle_request(asked)
        coded, headers = _split(answer.headers)
        body = _Body(cast("httpx.SyncByteStream", answer.stream), coded)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=in_seconds(answer.extensions))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, coded: str) -> None:
        self._stream, self._coded = stream, coded

    def __iter__(self) -> Iterator[bytes]:
        with as_httpx():
            yield from inflated(self._stream, self._coded)

    def close(self) -> None:
        self._stream.close()


def _split(headers: list[tuple[bytes, bytes]]) -> tuple[str, list[tuple[bytes, bytes]]]:
    """The ``Content-Encoding``, which ends here, and all other headers as they came."""
    coded = [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]
    return ", ".join(coded), [(name, value) for name, value in headers if name.lower() != b"content-encoding"]


_FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


@contextmanager
def as_httpx() -> Iterator[None]:
    """Failures of httpcore as those of the same name in httpx: by them callers tell what may have been sent."""
    try:
        yield
    except _FAILURES as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
