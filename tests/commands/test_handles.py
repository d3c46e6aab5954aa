"""``relay handles``: who is who, and a handle that an editor adds in a terminal."""

import pytest

from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer

HEAD = [(b"Content-Type", b"application/rss+xml")]
ADD = ("handles", "add", "cget", "mastodon")


@pytest.fixture
def relay_with_people(relay: Relay) -> Relay:
    relay("user", "add", "camille")
    relay("user", "add", "remi", "--role", "writer")
    return relay


def test_everybody_is_listed(relay: Relay) -> None:
    assert relay("handles", "list").out == "cget  CGET  x @CGET_gouv\n"
    (body,) = relay("handles", "list", "--json").json
    assert body == {"id": "cget", "name": "CGET", "handles": {"x": "@CGET_gouv"}, "verified": {}}


def test_a_handle_is_added_and_taken_from_an_address(relay_with_people: Relay) -> None:
    added = relay_with_people(*ADD, "https://social.example/@cget", "--as", "camille")
    assert (added.code, added.err) == (0, "")
    assert added.out.startswith("CGET: mastodon @cget@social.example, x @CGET_gouv.")
    (body,) = relay_with_people("handles", "list", "--json").json
    assert body["handles"] == {"x": "@CGET_gouv", "mastodon": "@cget@social.example"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            (*ADD, "@cget", "--as", "camille"),
            "“@cget” cannot be a handle on mastodon; write it like @name@social.example",
        ),
        ((*ADD, "@a@b.example", "--as", "personne"), "there is no editor 'personne'"),
        ((*ADD, "@a@b.example", "--as", "remi"), "remi (writer) may not change the directory."),
        (("handles", "add", "ign", "x", "@ign", "--as", "camille"), "There is no ign in the directory"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(relay_with_people: Relay, words: tuple[str, ...], why: str) -> None:
    refused = relay_with_people(*words)
    assert refused.code == 1
    assert why in refused.err
    assert "Traceback" not in refused.err
    assert relay_with_people("handles", "list").out == "cget  CGET  x @CGET_gouv\n"


def test_the_feeds_follow_at_once(relay_with_people: Relay, blog: Blog, site: FeedServer) -> None:
    site.pages["/rss"] = answer(body=FEED.format(url=site.url).encode(), headers=HEAD)
    feed = blog.folder / "feeds" / "blog" / "atom.xml"
    relay_with_people("poll")
    relay_with_people("publish")
    assert "@CGET_gouv" in feed.read_text()
    relay_with_people("handles", "add", "cget", "x", "@CGET_autre", "--as", "camille")
    assert "@CGET_autre" in feed.read_text()
