"""GET, and whereto it leads: redirects are followed here, each hop through the guard."""

import ssl

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_fixed

from relay.intake.failure import causes
from relay.intake.guard import Forbidden

HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONDITIONS = (b"if-none-match", b"if-modified-since")

Headers = list[tuple[bytes, bytes]]


def get(http: httpx.Client, url: str, headers: Headers) -> httpx.Response:
    """The answer at the end of at most ``HOPS`` redirects, its body read; ``httpx.RequestError`` where there is none.

    The conditions among ``headers`` are those of ``url``: they go along while the host stays the same (a site that
    moved to https, a new path) and not to another host, whose validators are others.
    """
    response = _once(http, httpx.URL(url), headers)
    for _ in range(HOPS):
        target = _target(response)
        if target is None:
            return response
        if target.host != response.url.host:
            headers = [(name, value) for name, value in headers if name not in _CONDITIONS]
        response = _once(http, target, headers)
    if _target(response) is None:
        return response
    raise httpx.TooManyRedirects(f"it redirects more than {HOPS} times", request=response.request)


def _target(response: httpx.Response) -> httpx.URL | None:
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or not location:
        return None
    target = response.url.join(location)
    if response.url.scheme == "https" and target.scheme == "http":
        raise httpx.UnsupportedProtocol(f"it redirects from https to {target}", request=response.request)
    return target


def _once(http: httpx.Client, url: httpx.URL, headers: Headers) -> httpx.Response:
    """At most three quick attempts, and only while nothing was sent."""
    attempts = Retrying(
        retry=retry_if_exception(_nothing_sent),
        stop=stop_after_attempt(3) | stop_after_delay(2),
        wait=wait_fixed(0.2),
        reraise=True,
    )
    return attempts(http.send, http.build_request("GET", url, headers=headers))


def _nothing_sent(error: BaseException) -> bool:
    """And it may go better next time: neither relay's own refusal nor a bad certificate will."""
    for_good = any(isinstance(cause, Forbidden | ssl.SSLError) for cause in causes(error))
    return isinstance(error, httpx.ConnectError) and not for_good
