"""When it leaves, on the command line: chosen, given back, and told with its reason."""

import pytest

from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer

NOW = ("--at", "2026-11-24T09:00:00Z")
SCHEDULE = """
[schedules.bureau]
slots    = ["mon-fri 12:30"]
quiet    = ["20:00-08:00", "sat-sun", "holidays:fr"]
timezone = "Europe/Paris"
"""


@pytest.fixture
def waiting(blog: Blog, site: FeedServer, relay: Relay) -> str:
    """The number of a cross-post that waits, under a schedule."""
    text = blog.file.read_text().replace("[[routes]]", f'{SCHEDULE}\n[[routes]]\nschedule = "bureau"')
    blog.file.write_text(text)
    site.script[:] = [answer(body=FEED.format(url=site.url).encode())]
    assert relay("poll", *NOW).code == 0
    relay("user", "add", "camille")
    return str(relay("queue", "list", "--json", *NOW).json[0]["id"])


def test_the_list_says_when_and_why(waiting: str, relay: Relay) -> None:
    told = relay("queue", "list", "--json", *NOW).json[0]
    assert waiting
    assert told["leaves"] == {
        "at": "2026-11-24T11:30:00Z",
        "zone": "Europe/Paris",
        "why": [{"kind": "slot", "text": "next slot"}],
    }
    assert "12:30 (Paris): next slot" in relay("queue", "list", *NOW).out


def test_a_time_is_chosen_and_given_back(waiting: str, relay: Relay) -> None:
    chosen = relay("queue", "when", waiting, "2026-11-25 08:45", "--as", "camille", "--json", *NOW).json
    assert (chosen["wanted_at"], chosen["revision"]) == ("2026-11-25T07:45:00Z", 2)
    assert chosen["leaves"]["why"] == [{"kind": "chosen", "text": "chosen time"}]
    back = relay("queue", "when", waiting, "--next-slot", "--as", "camille", "--json", *NOW).json
    assert (back["wanted_at"], back["revision"]) == (None, 3)


@pytest.mark.parametrize(
    ("time", "sentence"),
    [
        ("2026-11-24 09:00", "is past: choose a moment that is to come."),
        ("2026-11-28 10:00", "is in quiet hours (sat-sun): the next moment is 2026-11-30 08:00 (Europe/Paris)."),
        ("2026-12-25 10:00", "is a public holiday (Noël): the next moment is 2026-12-28 08:00 (Europe/Paris)."),
        ("tomorrow", "is no time: write it as 2026-03-29 08:45."),
    ],
)
def test_what_cannot_be_gets_a_sentence(waiting: str, relay: Relay, time: str, sentence: str) -> None:
    refused = relay("queue", "when", waiting, time, "--as", "camille", *NOW)
    assert refused.code != 0
    assert sentence in refused.err
    assert relay("queue", "list", "--json", *NOW).json[0]["wanted_at"] is None
