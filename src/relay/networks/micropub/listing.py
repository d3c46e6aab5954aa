"""A post among those that a Micropub server lists (``q=source``, https://indieweb.org/Micropub-extensions)."""

from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.markup.html import to_text
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.wire.answers import Answer, ask, content, of_publishing, unread, web_address
from relay.networks.wire.tokens import bearer
from relay.networks.wire.waits import moment

PAGE, PAGES = 100, 5
"""How many posts are read back at once, and how often."""
_OTHER_KINDS = frozenset(
    {"like-of", "repost-of", "bookmark-of", "in-reply-to", "name", "photo", "video", "audio", "checkin", "rsvp"}
)
FEWEST = 10
"""A shorter list is the whole one: no server shows fewer at a time."""


def looked_for(http: httpx.Client, account: Account, wanted: dict[str, Any], since: datetime) -> Finding:
    """``wanted`` (properties of an h-entry) among the posts, newest first, until they are older than ``since``."""
    seen: list[Any] = []
    for _ in range(PAGES):
        asked = {"q": "source", "limit": str(PAGE)} | ({"offset": str(len(seen))} if seen else {})
        answer = ask(http, "GET", account.options["endpoint"], headers=bearer(account.secrets["token"]), params=asked)
        match content(answer):
            case {"items": list(items)}:
                finding = _among(items, wanted, since)
            case _:
                return _unread(answer)
        if finding is not None or not items:
            return finding or NotThere()
        if items[0] in seen:
            break
        seen += items
    return CannotTell("The server lists too few of its posts to tell: look there whether it has come.")


def _unread(answer: Answer) -> CannotTell:
    """A server that has no such list says so by 400, or with an answer of another kind."""
    if not isinstance(answer, httpx.Response) or answer.status_code in {401, 403, 429} or answer.is_server_error:
        return unread(of_publishing(answer))
    return CannotTell("This Micropub server does not list its posts: look there whether it has come.")


def _among(items: list[Any], wanted: dict[str, Any], since: datetime) -> Finding | None:
    """What one page says; ``None`` where the next one must be read."""
    read = [found for item in items if (found := _properties(item)) is not None]
    for properties in read:
        if _is_same(properties, wanted):
            page = web_address(_first(properties, "url"))
            return Sent(page or wanted["mp-slug"][0], page)
    if len(read) < len(items):
        return CannotTell("The server's list of posts is not one of Micropub's: look there whether it has come.")
    is_whole = 0 < len(items) < FEWEST or any(_is_before(properties, since) for properties in read)
    return NotThere() if is_whole else None


def _properties(item: object) -> dict[str, Any] | None:
    """The properties of a listed post that can be compared; ``None`` for anything else."""
    match item:
        case {"properties": dict(properties)} if _words(properties) is not None or _is_wordless(properties):
            return properties
        case _:
            return None


def _is_wordless(properties: dict[str, Any]) -> bool:
    """Whether it is a like, a picture, … that has no words at all, and so is none of ours."""
    return "content" not in properties and not _OTHER_KINDS.isdisjoint(properties)


def _is_same(properties: dict[str, Any], wanted: dict[str, Any]) -> bool:
    name, page = wanted["mp-slug"][0], str(_first(properties, "url") or "")
    if name in {str(_first(properties, "mp-slug")), page.rstrip("/").rpartition("/")[2]}:
        return True
    return _words(properties) == str(wanted["content"][0]).split()


def _words(properties: dict[str, Any]) -> list[str] | None:
    """The words of the content, which is text, or HTML with or without its text."""
    match _first(properties, "content"):
        case str(text) | {"text": str(text)}:
            return text.split()
        case {"html": str(markup)}:
            return to_text(markup).split()
        case _:
            return None


def _is_before(properties: dict[str, Any], since: datetime) -> bool:
    published = moment(str(_first(properties, "published") or ""))
    return published is not None and published < since


def _first(properties: dict[str, Any], name: str) -> object:
    """The value of a property, which is a list of values."""
    match properties.get(name):
        case [found, *_]:
            return found
        case _:
            return None
