"""Where a payload comes out: what relay publishes, what it shows to editors, and what it says of an error."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from lxml import etree

from relay.core.post import Post
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.write import write
from tests.edges.newsroom import Newsroom
from tests.feeds.editions import blog

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}encoded"
TYPED = ("title", "author", "category", "summary", "content", "link")


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of HTML and where it is from; a ``fragment`` is what a feed gives to the page of its reader."""

    where: str
    html: str
    is_fragment: bool = False


def published(posts: Sequence[Post]) -> Iterator[Output]:
    """The archive's pages, and the HTML in the feeds as readers that check nothing put it into theirs."""
    edition = blog(*posts, size=len(posts))
    for one in archive.render(edition):
        if one.media_type.startswith("text/html"):
            yield Output(f"archive {one.path}", one.body.decode())
    tree = etree.fromstring(atom.render(edition)[0].body)
    for number, element in enumerate(tree.iter(f"{ATOM}content", f"{ATOM}title", f"{ATOM}summary")):
        if element.get("type") == "html":
            yield Output(f"atom {number}", element.text or "", is_fragment=True)
    yield from (Output("atom", _link(one.get("href", "")), is_fragment=True) for one in tree.iter(f"{ATOM}link"))
    for name in (CONTENT, "description"):
        found = etree.fromstring(rss.render(edition)[0].body).iter(name)
        yield from (Output(f"rss {name}", one.text or "", is_fragment=True) for one in found)
    for item in json.loads(jsonfeed.render(edition)[0].body)["items"]:
        address = _link(item.get("external_url", ""))
        yield Output(f"json {item['id']}", item["content_html"] + address, is_fragment=True)


def serve(room: Newsroom, posts: Sequence[Post]) -> list[int]:
    """The posts in the queue and in the feed's folder; the numbers of their cross-posts."""
    edition = blog(*posts, size=len(posts))
    for one in (atom, rss, jsonfeed, archive):
        write(room.office.feeds / "blog", one.render(edition))
    before = 10
    for post in posts:
        room.publish_entry(post)
    return list(range(before + 1, before + 1 + 2 * len(posts)))


def shown(browser: httpx.Client, addresses: Collection[str]) -> Iterator[Output]:
    """What stands at our own addresses."""
    for address in addresses:
        yield Output(address, browser.get(address, timeout=60).text)


def review(numbers: Sequence[int]) -> list[str]:
    """The rooms where the posts are seen: the queue, sheets one below the other, and each alone."""
    looks = ["&".join(f"id={one}" for one in numbers[start : start + 20]) for start in range(0, len(numbers), 20)]
    rooms = ["/queue", "/queue?state=all", "/review", "/sources", "/sources/anct", "/schedule", "/feeds/"]
    return [*rooms, *(f"/queue/look?{look}" for look in looks), *(f"/review/{one}" for one in numbers)]


def errors(payload: str) -> list[str]:
    """Addresses of ours that a stranger made: each is answered with a page that says what was asked for."""
    written = quote(payload.encode("utf-8", "replace"), safe="")
    return [
        f"/{written}",
        f"/feeds/{written}",
        f"/review/{written}",
        f"/review?state=all&q={written}",
        f"/queue?q={written}&account={written}&source={written}",
        f"/accounts/callback?state={written}&error={written}&error_description={written}",
        f"/me?did={written}&said={written}&lang=en",
    ]


def _link(address: str) -> str:
    return '<a href="{}">x</a>'.format(address.replace("&", "&amp;").replace('"', "&quot;"))
