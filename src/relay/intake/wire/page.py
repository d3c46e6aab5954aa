"""A web page that a person asks for, or an entry leads to: one GET → the page, or why there is none."""

from dataclasses import dataclass

import httpx

from relay.core.document import Blocked, Unreachable
from relay.intake.wire.exchange import Reply
from relay.intake.wire.failure import why
from relay.intake.wire.follow import get
from relay.intake.wire.guard import Forbidden
from relay.intake.wire.over_httpx import OverHttpx

ACCEPT = b"text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.1"
_REFUSALS = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Page:
    """``url`` is the address that answered, after redirects; ``links`` its ``Link`` headers as they came (RFC 8288)."""

    url: str
    body: bytes
    content_type: str | None = None
    links: tuple[str, ...] = ()


def get_page(http: httpx.Client, url: str, accept: bytes = ACCEPT) -> Page | Unreachable | Blocked:
    """What there is at ``url``, a page or not."""
    try:
        reply = get(OverHttpx(http), url, [(b"accept", accept)]).reply
    except Forbidden as refusal:
        return Blocked(str(refusal))
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:  # the last for a host that no name can have
        return Unreachable(why(error))
    return _answer(reply)


def _answer(reply: Reply) -> Page | Unreachable | Blocked:
    host, status = reply.url.shown, reply.status
    if status in _REFUSALS:
        return Blocked(f"{host} refuses this reader ({status}).")
    if status != 200:
        return Unreachable(f"{host} answered {status} {reply.reason}".rstrip() + ".", status)
    links = tuple(reply.texts(b"link"))
    return Page(reply.url.public, reply.body, reply.text(b"content-type"), links)
