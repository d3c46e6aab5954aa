"""Every request that the table of routes knows, by every method, made by somebody and by nobody."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
from starlette.routing import Route

from relay.core.people import Role
from relay.core.pictures.rendition import Rendition
from relay.core.signing.ways import SignIn
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.write import write
from relay.storage import pictures
from relay.web.app import create
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.feeds import editions

METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
HTTPS, HTTP = "https://relay.exemple.fr", "http://127.0.0.1"
PICTURE = Rendition("0" * 32, "page", "image/jpeg", 8, 6, 3, b"abc")
KNOWN = {
    "token": "nobody-made-this",
    "id": "1",
    "remark": "1",
    "action": "hold",
    "word": "yes",
    "body": "anct",
    "source": "anct",
    "remedy": "back",
    "account": "masto",
    "feed": "blog",
    "name": "feeds",
    "path": "atom.xml",
}
MORE = (
    "/pictures/" + PICTURE.name,
    "/static/style.css",
    "/static/keys.js",
    "/static/icon.svg",
    "/static/nothing.css",
    "/feeds/blog/",
    "/feeds/blog/index.html",
    "/feeds/blog/rss.xml",
    "/feeds/blog/feed.json",
    "/feeds/blog/style.css",
    "/feeds/blog/nothing.xml",
    "/feeds/nothing",
    "/nothing",
    "/review/nothing",
    "/review/",
    "/?lang=en",
    "/me/end-others",
    "/sources/nothing",
    "/api/v1/nothing",
)
"""What the routes' own addresses do not reach: files, and what there is not."""


@contextmanager
def opened(folder: Path, public: str) -> Iterator[Newsroom]:
    """A newsroom with something to be had at every address."""
    with open_newsroom(folder, public_url=public, sign_in=SignIn(passwords=True)) as room:
        blog = editions.blog()
        for one in (atom, rss, jsonfeed, archive):
            write(room.office.feeds / "blog", one.render(blog))
        (room.office.feeds / "feeds.opml").write_bytes(b"<opml/>")
        with room.office.db.write() as tx:
            pictures.put(tx, (PICTURE,), NOON)
        yield room


def addresses(room: Newsroom, known: Mapping[str, str] = KNOWN) -> list[str]:
    """One for each route, and ``MORE``."""
    paths = {route.path for route in create(room.office).routes if isinstance(route, Route)}
    return sorted(
        {re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: known.get(found[1], "1"), path) for path in paths} | {*MORE}
    )


def visitors(room: Newsroom) -> dict[str, httpx.Client]:
    """Nobody, and a director and an admin whose cookie is sent over plain HTTP too: a proxy would have done so."""
    return {
        "nobody": room.visitor(Connection="close"),
        **{role.value: member(room, role) for role in (Role.DIRECTOR, Role.ADMIN)},
    }


def member(room: Newsroom, role: Role) -> httpx.Client:
    """A browser that somebody has just signed in with; after an answer that broke, its server keeps no connection."""
    answer = room.visitor().post(room.link(f"{role.value}-{len(room.browsers)}", role))
    return room.visitor(Cookie=answer.headers["set-cookie"].partition(";")[0], Connection="close")


def ask(browser: httpx.Client, method: str, address: str) -> httpx.Response:
    """The answer; of a stream, which does not end, its beginning."""
    form = {"revision": "1", "reason": "Parce que"} if method == "POST" else None
    with browser.stream(method, address, data=form) as answer:
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            answer.read()
        return answer
