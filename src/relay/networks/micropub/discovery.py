"""Where a site lets its owner say yes: IndieAuth's discovery (https://indieauth.spec.indieweb.org, §4.1).

A page names its authorization server by the relation ``indieauth-metadata``; older ones name the two endpoints
themselves. A ``Link`` header goes before ``<link>`` in the page, and the first of each counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import etree, html

from relay.core.outcome import Refused, Retry
from relay.networks.connecting import Failed
from relay.networks.wire.answers import ask, content
from relay.networks.wire.masking import is_private

METADATA, AUTHORIZATION, TOKEN = "indieauth-metadata", "authorization_endpoint", "token_endpoint"
_MOST = 1024 * 1024
"""Bytes of a page that are read; what names an endpoint stands in its head."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where to send the person, and where to ask for the token; ``issuer`` is empty where the site names none."""

    authorization: str
    token: str
    issuer: str = ""
    tells_issuer: bool = False
    """Whether the way back must say the issuer (RFC 9207)."""


def discovered(http: httpx.Client, me: str) -> Endpoints | Failed:
    """The endpoints of the site at ``me``. Its redirects are followed: nothing secret is asked for here."""
    if not is_private(me):
        return Refused(f"{me} must begin with https://: its endpoints could be anybody's.")
    answer = ask(http, "GET", me, headers={"Accept": "text/html"}, follow_redirects=True)
    if not isinstance(answer, httpx.Response):
        return Retry(answer.why)
    if not answer.is_success:
        return Retry(f"{me} answered {answer.status_code}, where a page was to name its authorization endpoint.")
    if not all(is_private(str(hop.url)) for hop in (*answer.history, answer)):
        return Refused(f"{me} leads to an address without https://: its endpoints could be anybody's.")
    named = dict(reversed([*_of_headers(answer), *_of_page(answer)]))
    found = _described(http, named[METADATA]) if METADATA in named else _of_relations(named)
    if not found or not is_private(found.authorization) or not is_private(found.token):
        return Refused(f"{me} names no authorization endpoint and token endpoint with https://: paste a token instead.")
    return found


def same(one: str, other: str) -> bool:
    """Whether two addresses are one site's (§3.4): a host alone has the path "/"."""
    return _canonical(one) == _canonical(other)


def _canonical(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url, ""
    return parts.netloc.lower(), parts.path or "/", parts.query


def _described(http: httpx.Client, url: str) -> Endpoints | None:
    """What the metadata document says (RFC 8414)."""
    told: Any = content(ask(http, "GET", url, follow_redirects=False)) if is_private(url) else None
    match told:
        case {"authorization_endpoint": str(authorization), "token_endpoint": str(token)} if authorization and token:
            issuer = told.get("issuer")
            tells = told.get("authorization_response_iss_parameter_supported") is True
            own = issuer if isinstance(issuer, str) else ""
            if own and not _is_below(url, own):
                return None
            return Endpoints(_joined(url, authorization), _joined(url, token), own, tells)
        case _:
            return None


def _is_below(url: str, issuer: str) -> bool:
    """Whether a server may call itself so: only by what its document's own address begins with (§4.1.1)."""
    parts = urlsplit(url)
    return url.startswith(issuer) and issuer.startswith(f"{parts.scheme}://{parts.netloc}")


def _of_relations(named: dict[str, str]) -> Endpoints | None:
    is_whole = AUTHORIZATION in named and TOKEN in named
    return Endpoints(named[AUTHORIZATION], named[TOKEN]) if is_whole else None


def _of_headers(answer: httpx.Response) -> Iterator[tuple[str, str]]:
    for link in answer.links.values():
        for relation in link.get("rel", "").split():
            yield relation, _joined(str(answer.url), link.get("url", ""))


def _of_page(answer: httpx.Response) -> Iterator[tuple[str, str]]:
    try:
        page = html.document_fromstring(answer.content[:_MOST] or b"<p>")
    except (etree.LxmlError, ValueError):
        return
    for link in page.iter("link"):
        for relation in link.get("rel", "").split():
            if link.get("href"):
                yield relation, _joined(str(answer.url), link.get("href", ""))


def _joined(page: str, link: str) -> str:
    """An address that a page names; empty for what is none."""
    try:
        return urljoin(page, link)
    except ValueError:
        return ""
