"""``relay queue comment``, as it is typed."""

import json

import pytest

from tests.commands.blog import FEED
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer


@pytest.fixture
def told(relay: Relay, site: FeedServer) -> Relay:
    site.pages["/rss"] = answer(
        body=FEED.format(url=site.url).encode(), headers=[(b"Content-Type", b"application/rss+xml")]
    )
    relay("poll")
    for name, role in (("remi", "writer"), ("ana", "viewer")):
        relay("user", "add", name, "--role", role)
    return relay


def test_a_comment_stands_in_the_history(told: Relay) -> None:
    assert told("queue", "comment", "1", "--as", "remi", "--text", "À vérifier ?").code == 0
    line = json.loads(told("queue", "show", "1", "--json").out)["history"][-1]
    assert (line["who"], line["means"], line["what"]) == ("remi", "command line", "comment 1: À vérifier ?")


def test_who_may_not_comment_is_told_so(told: Relay) -> None:
    ended = told("queue", "comment", "1", "--as", "ana", "--text", "Bonjour")
    assert (ended.code, ended.err) == (1, "relay: ana (viewer) may not comment.\n")


def test_words_that_are_not_utf_8_are_refused_in_a_sentence(told: Relay) -> None:
    ended = told("queue", "comment", "1", "--as", "remi", "--text", "non\udcff")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "relay: some of these words are not written in UTF-8, which is all that relay keeps\n"
