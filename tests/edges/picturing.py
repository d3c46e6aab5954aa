"""A picture that relay keeps, and a site that has another."""

from collections.abc import Iterator
from contextlib import contextmanager

from relay.core.pictures.rendition import Rendition
from tests.fakes.drawings import photograph, saved
from tests.fakes.feed_server import FeedServer, answer, listening

DIGEST = "0123456789abcdef" * 2
KEPT = Rendition(DIGEST, "page", "image/jpeg", 800, 600, 3, b"abc")


@contextmanager
def site_with_a_picture() -> Iterator[FeedServer]:
    """At ``/deux.jpg``; nothing else is there."""
    with listening(answer(404)) as server:
        server.pages["/deux.jpg"] = answer(body=saved(photograph(640, 480)), headers=[(b"Content-Type", b"image/jpeg")])
        yield server
