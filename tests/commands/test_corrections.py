"""``relay queue`` on what is public: corrected, threaded and taken back at a terminal."""

from collections.abc import Iterator

import pytest

from relay.demo import timelines
from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer

THREAD = "Un.\n---\nDeux."


@pytest.fixture
def network(blog: Blog, site: FeedServer) -> Iterator[str]:
    """Where the blog's account posts; cross-post 1 waits."""
    feed = FEED.format(url=site.url).encode()
    site.pages["/rss"] = answer(body=feed, headers=[(b"Content-Type", b"application/rss+xml")])
    running = timelines.serve()
    account = f'network = "sandbox"\nserver = "{running.url}"\nimitates = "mastodon"'
    blog.configure(site.url, account)
    yield running.url
    running.stop()


@pytest.fixture
def sent(network: str, relay: Relay) -> Relay:
    """It is public, as a thread of two."""
    assert network
    relay("poll")
    for name, role in (("camille", "editor"), ("remi", "writer")):
        relay("user", "add", name, "--role", role)
    edited = relay("queue", "edit", "1", "--as", "remi", "--text", THREAD, "--warning", "Politique")
    assert edited.code == 0, edited.err
    relay("queue", "approve", "1", "--as", "camille")
    relay("deliver")
    return relay


def test_what_is_public_is_shown_with_its_addresses(sent: Relay, network: str) -> None:
    shown, found = sent("queue", "show", "1").out, sent("queue", "show", "1", "--json").json
    assert (found["state"], found["posts"], found["warning"]) == ("sent", 2, "Politique")
    assert len(found["parts"]) == 2
    for number, part in enumerate(found["parts"], 1):
        assert part["url"].startswith(network)
        assert f"Public, post {number} of 2: {part['url']}\n" in shown
    assert "Content warning: Politique\n\nUn.\n---\nDeux.\n" in shown


def test_proposed_words_stand_beside_those_that_are_public(sent: Relay) -> None:
    sent("queue", "edit", "1", "--as", "remi", "--text", "Un.\n---\nZwei.", "--warning", "")
    shown, found = sent("queue", "show", "1").out, sent("queue", "show", "1", "--json").json
    assert (
        "Public words:\n\nContent warning: Politique\n\nUn.\n---\nDeux.\n\nProposed words:\n\nUn.\n---\nZwei.\n"
        in shown
    )
    assert (found["state"], found["live"]) == ("edit_proposed", {"text": THREAD, "warning": "Politique"})
    assert {"state": "edit_proposed", "crossposts": 1} in sent("status", "--json").json["queue"]

    sent("queue", "approve", "1", "--as", "camille")
    sent("deliver")
    assert sent("queue", "show", "1", "--json").json["live"] is None


def test_it_is_withdrawn_by_a_yes_of_its_own(sent: Relay) -> None:
    asked = sent("queue", "withdraw", "1", "--as", "camille", "--reason", "une erreur", "--json").json
    assert (asked["state"], asked["note"]) == ("delete_proposed", "une erreur")
    assert sent("queue", "keep", "1", "--as", "camille", "--json").json["state"] == "sent"
    sent("queue", "withdraw", "1", "--as", "camille")
    sent("queue", "approve-withdrawal", "1", "--as", "camille")
    sent("deliver")
    assert sent("queue", "show", "1", "--json").json["state"] == "withdrawn"
    assert "withdrawn" in sent("status").out


def test_what_cannot_be_said_of_it_now_is_refused_in_a_sentence(sent: Relay) -> None:
    refused = sent("queue", "give-up", "1", "--as", "camille")
    assert (refused.code, "cannot be moved" in refused.err) == (1, True)
    short = sent("queue", "edit", "1", "--as", "remi", "--text", "Un.")
    assert (short.code, "keeps its number of posts: 2, and not 1" in short.err) == (1, True)
