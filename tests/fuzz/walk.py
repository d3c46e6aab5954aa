"""One document's whole way, from the wire to what is published, and what is wrong with what comes out."""

import json
import traceback
from dataclasses import dataclass
from functools import cache
from time import process_time

import httpx
from lxml import etree

from relay.core.account import Limits
from relay.core.compose import compose
from relay.core.document import Fetched, ParsedEntry
from relay.core.normalise import normalise
from relay.core.post import Post
from relay.core.route import DEFAULT_TEXT
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.parse import attempt, parse
from relay.intake.wire.over_httpx import OverHttpx
from relay.publish import archive, atom, jsonfeed, rss
from tests.core.things import DIRECTORY
from tests.feeds.editions import blog
from tests.xss.feed import HOME, NOON, SOURCE

PATIENCE = 5.0
"""Seconds of the processor: others may have it, too."""
MOST = 12
"""Entries of a document that are walked with: the others are like them."""
TYPES = (
    None,
    "application/rss+xml",
    "text/xml; charset=iso-8859-1",
    "application/feed+json",
    "text/html; charset=x",
    "é",
)
BLUESKY = Limits((("graphemes", 300), ("bytes", 3000)))


@dataclass(frozen=True, slots=True)
class Walked:
    """``wrong`` is empty where all is well; ``posts`` is how far the document came.

    ``stumbled`` is where a library beneath fell over it: the document is refused with a sentence then.
    """

    wrong: str
    posts: int
    seconds: float
    stumbled: str = ""


def walk(body: bytes) -> Walked:
    """Fetch, parse, clean, render. Whatever is raised on the way is for whoever calls."""
    began = process_time()
    fetched = _fetched(body)
    try:
        parsed = attempt(fetched.body, fetched.url, fetched.content_type)
    except Exception as error:
        stumbled = _in_library(error)
        if not stumbled or not parse(fetched.body, fetched.url, fetched.content_type).error:
            raise
        return Walked("", 0, process_time() - began, stumbled)
    posts = [_post(one, number) for number, one in enumerate(parsed.entries[:MOST])]
    wrong = _rendered(posts) if posts else ""
    seconds = process_time() - began
    return Walked(wrong or (f"no end of it in {PATIENCE:g} s" if seconds > PATIENCE else ""), len(posts), seconds)


def _in_library(error: Exception) -> str:
    """Where in a library an error was raised; empty where it was in relay."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    name = last.filename.partition("site-packages/")[2]
    return f"{name}:{last.lineno} {type(error).__name__}" if name else ""


@cache
def _line() -> tuple[httpx.Client, list[bytes]]:
    """A client to which a server gives the last of the bytes, with a type by their length."""
    said: list[bytes] = []

    def answer(_: httpx.Request) -> httpx.Response:
        kind = TYPES[len(said[-1]) % len(TYPES)]
        headers = [(b"content-type", kind.encode())] if kind else []
        return httpx.Response(200, content=said.pop(), headers=headers)

    return httpx.Client(transport=httpx.MockTransport(answer)), said


def _fetched(body: bytes) -> Fetched:
    http, said = _line()
    said.append(body)
    found = fetch(OverHttpx(http), SOURCE.url, SOURCE.id, Validators())
    assert isinstance(found, Fetched), found
    return found


def _post(entry: ParsedEntry, number: int) -> Post:
    post = normalise(entry, SOURCE, HOME, f"billet-{number}", (), NOON)
    for limits, network in ((BLUESKY, "bluesky"), (Limits((("graphemes", 500),), link_cost=23), "mastodon")):
        draft = compose(post, "ANCT", DEFAULT_TEXT, limits, network, DIRECTORY)
        draft.text.encode()
    return post


def _rendered(posts: list[Post]) -> str:
    """Every format must be what it says that it is (XML 1.0 §2.2 keeps some characters out)."""
    edition = blog(*posts, size=len(posts))
    for one in (atom, rss):
        etree.fromstring(one.render(edition)[0].body, etree.XMLParser(resolve_entities=False, huge_tree=True))
    found = json.loads(jsonfeed.render(edition)[0].body)["items"]
    pages = [page.body for page in archive.render(edition) if page.media_type.startswith("text/html")]
    if len(found) != len(posts):
        return "an entry is missing in the JSON feed"
    return "a script in a page" if any(b"<script" in page.lower() for page in pages) else ""
