"""The subscriber's side of WebSub on the wire: hubs that a page names, a request to a hub, the signature of a push."""

import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx

from relay.core.pushing.subscribing import LONGEST_LEASE
from relay.core.pushing.subscription import Declined, Reply, Subscription, Taken, Unanswered
from relay.intake.reading import fields
from relay.intake.wire.failure import why
from relay.intake.wire.follow import HOPS
from relay.intake.wire.guard import Forbidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""Of signatures (§7.1). With a secret in it SHA-1 is as hard to forge as the others, and old hubs know no other."""
_SAME_REQUEST = frozenset({307, 308})
_WORDS = 200


def ask(http: httpx.Client, mode: str, subscription: Subscription, callback: str) -> Reply:
    """Ask the hub to ``subscribe`` or ``unsubscribe`` (§5.1); what it then does with it, it says at ``callback``."""
    try:
        response = _posted(http, subscription.hub, _form(mode, subscription, callback))
    except Forbidden as refusal:
        return Declined(str(refusal))
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:  # the last for a host that no name can have
        return Unanswered(why(error))
    return _reply(response, subscription)


def _form(mode: str, subscription: Subscription, callback: str) -> dict[str, str]:
    form = {"hub.mode": mode, "hub.topic": subscription.topic, "hub.callback": callback}
    if mode == "subscribe":
        lease = int(LONGEST_LEASE.total_seconds())
        form |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(lease)}
    return form


def _posted(http: httpx.Client, hub: str, form: dict[str, str]) -> httpx.Response:
    """A hub that has moved says so by 307 or 308, after which the same request goes to its new address."""
    response = http.post(hub, data=form, headers={"Accept": "*/*"})
    for _ in range(HOPS):
        if response.status_code not in _SAME_REQUEST or "location" not in response.headers:
            return response
        target = response.url.join(response.headers["location"])
        if response.url.scheme == "https" and target.scheme != "https":
            raise httpx.UnsupportedProtocol(f"it redirects from https to {target}", request=response.request)
        response = http.post(target, data=form, headers={"Accept": "*/*"})
    raise httpx.TooManyRedirects(f"it redirects more than {HOPS} times", request=response.request)


def _reply(response: httpx.Response, own: Subscription) -> Reply:
    """202 as the standard has it; 204 is said by older hubs, which have verified by then."""
    said = f"{response.url.host} answered {response.status_code}"
    whole = " ".join(response.text.split())
    words = "" if own.secret in whole or own.token in whole else _words(response)  # it will be shown, and cut
    match response.status_code:
        case 202 | 204:
            return Taken()
        case 408 | 429 | 500 | 502 | 503 | 504:
            return Unanswered(f"{said}{words}.")
        case _:
            return Declined(f"{said}, which is no yes to a subscription{words}.")


def _words(response: httpx.Response) -> str:
    """The hub's own reason, where it gives one in plain words."""
    if not response.headers.get("content-type", "").startswith("text/plain"):
        return ""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in response.text[:_WORDS]).split())
    return f": {words.rstrip('.')}" if words else ""


def in_page(tree: "HtmlElement", base: str) -> tuple[tuple[str, ...], str | None]:
    """The hubs and the topic that the head of a page names (§4); what stands in its body may be anybody's words."""
    named = {rel: tuple(_links(tree, rel, base)) for rel in ("hub", "self")}
    return named["hub"], next(iter(named["self"]), None)


def _links(tree: "HtmlElement", rel: str, base: str) -> Iterator[str]:
    for link in tree.iterfind(".//head/link"):
        address = fields.address(base, link.get("href"))
        if address and rel in link.get("rel", "").lower().split():
            yield address


def is_signed(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether ``signature`` (``X-Hub-Signature: method=hex``) is that of ``body``, told in constant time."""
    method, _, digest = (signature or "").partition("=")
    if method not in METHODS:
        return False
    expected = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.encode("utf-8", "replace"))
