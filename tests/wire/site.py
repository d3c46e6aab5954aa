"""One published blog behind one server, as subscribers meet it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx

from relay.building import FORMATS
from relay.core.retired import Retired
from relay.pipeline.publish import documents
from relay.publish.format import Document
from relay.publish.write import write
from tests.edges.newsroom import open_newsroom, served
from tests.feeds import editions

HUB = "https://hub.exemple.fr/"
FEED = replace(
    editions.FEED, link="https://blog.exemple.fr/feeds/blog/", hubs=(HUB,), formerly=("veille",), sources=("anct",)
)
RETIRED = (
    Retired("agenda", "fr", "https://agenda.exemple.fr/", None, "L’agenda a son site : {tout} y est, à 10 $ & `plus`."),
    Retired("lettre", "fr", "https://lettre.exemple.fr/flux/", date(2027, 1, 31)),
)
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 40
PLAIN = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "reader/1"}


@dataclass(slots=True)
class Site:
    """``url`` is the address of the folder of all feeds, ``feeds`` the folder itself."""

    url: str
    feeds: Path
    posts: int = 0

    def publish(self, posts: int) -> None:
        """The blog with this many posts; at first the style and a picture too."""
        self.posts = posts
        written = [editions.post(number) for number in reversed(range(posts))]
        edition = replace(editions.blog(*written), feed=FEED)
        folder = self.feeds / "blog"
        (folder / "pictures").mkdir(parents=True, exist_ok=True)
        made = documents(edition, FORMATS)
        write(folder, [*made, Document("pictures/a.jpg", "image/jpeg", PICTURE)])
        write(folder / "source" / "anct", made)

    def body(self, path: str) -> bytes:
        """A document as it stands on the disk."""
        return (self.feeds / "blog" / path).read_bytes()

    def ask(self, path: str = "blog/atom.xml", method: str = "GET", **headers: str) -> httpx.Response:
        """One request; ``If_None_Match`` becomes ``If-None-Match``. Redirects are not followed."""
        asked = PLAIN | {name.replace("_", "-"): text for name, text in headers.items()}
        with httpx.Client(trust_env=False, timeout=10) as client:
            client.headers.clear()
            return client.request(method, self.url + path, headers=asked)


Rule = Callable[[Site], None]


@contextmanager
def daemon(folder: Path) -> Iterator[Site]:
    """The blog served by relay itself."""
    with open_newsroom(folder) as room:
        desk = replace(room.office.desk, feeds=(FEED,))
        with served(replace(room.office, desk=desk, retired=RETIRED)) as url:
            yield Site(f"{url}/feeds/", room.office.feeds)
