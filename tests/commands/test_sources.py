"""``relay status --source`` and ``relay poll --unconditional``: one source, in a terminal."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from relay.pipeline.polling.visiting import OF_A_HOST
from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer
from tests.real.ports import free_port

HEAD = [(b"ETag", b'"v1"'), (b"Content-Type", b"application/rss+xml"), (b"Cache-Control", b"max-age=504576000")]


@pytest.fixture
def polled(site: FeedServer, relay: Relay) -> Relay:
    """A feed with a bare ampersand, read once, and asked once more since."""
    body = FEED.format(url=site.url).replace("Un an après", "Un an &amp; plus & après").encode()
    first = [answer(body=body, headers=HEAD), answer(304), answer(body=body, headers=HEAD)]
    site.sites["127.0.0.1/rss"] = [*first, answer(304)]
    relay("poll", "--at", "2026-11-24T08:00:00Z")
    relay("poll", "--all", "--at", "2026-11-24T10:00:00Z")
    return relay


def test_all_that_is_known_of_a_source_is_told(polled: Relay, site: FeedServer) -> None:
    told = polled("status", "--source", "cget", "--at", "2026-11-24T11:00:00Z").out
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert lines[0] == "cget: CGET"
    assert f"configured {site.url}/rss" in lines
    assert "last answer 304 (2026-11-24T10:00:00Z)" in lines
    assert "publisher asks 5840 d (Cache-Control)" in lines
    assert "waits at most 7 d, whatever the publisher asks" in lines
    assert 'etag "v1"' in lines
    assert "repaired bare ampersand" in lines
    (saved,) = [line for line in lines if line.startswith("of its fetches")]
    assert saved.startswith("of its fetches 1 new entries, ")
    assert saved.endswith(" bytes saved by 304s")
    log = lines[lines.index("FETCHES") :]
    assert [line.split(" ms ")[1] for line in log if " ms " in line] == ["0 new, 0 edited 304", "1 new, 0 edited 200"]
    assert log[-1] == "repaired: bare ampersand"


def test_a_program_reads_the_same(polled: Relay, site: FeedServer) -> None:
    known = polled("status", "--source", "cget", "--json").json
    assert (known["source"], known["url"], known["answer"]) == ("cget", f"{site.url}/rss", "304")
    assert known["next_poll"] > "2026-12-01T10:00:00Z"
    assert "taken as 7 d" in known["reason"]
    assert (known["hints"]["max_age"], known["longest"]) == (504576000, 7 * 24 * 3600)
    assert (known["etag"], known["last_modified"], known["repaired"]) == ('"v1"', None, ["bare ampersand"])
    assert [(fetch["answer"], fetch["new"]) for fetch in known["fetches"]] == [("304", 0), ("200", 1)]
    assert known["saved"] == known["fetches"][1]["size"] == known["fetches"][0]["saved"]
    assert known["user_agent"].startswith("relay/")
    assert (known["trouble"], known["questions"]) == (None, [])


def test_the_whole_is_asked_for_once_and_knowingly(polled: Relay, site: FeedServer) -> None:
    whole = polled("poll", "--source", "cget", "--unconditional", "--at", "2026-11-24T12:00:00Z", "--json").json
    polled("poll", "--source", "cget", "--at", "2026-11-24T14:00:00Z")
    conditions = [request.header(b"if-none-match") for request in site.asked]
    assert conditions == [None, b'"v1"', None, b'"v1"']
    assert [(one["source"], one["answer"], one["new"]) for one in whole] == [("cget", "200", 0)]


def test_every_source_at_once_is_not_asked_for_its_whole(relay: Relay, site: FeedServer) -> None:
    refused = relay("poll", "--unconditional")
    assert (refused.code, refused.out) == (2, "")
    assert "--unconditional needs --source ID" in refused.err
    assert site.asked == []


@pytest.mark.parametrize("words", [("status",), ("poll", "--unconditional")])
def test_a_source_that_is_not_there_is_named(relay: Relay, words: tuple[str, ...]) -> None:
    ended = relay(*words, "--source", "nobody")
    assert ended.code == 1
    assert "there is no source 'nobody'; there are: cget" in ended.err


def test_a_source_that_was_never_asked_is_told_too(relay: Relay) -> None:
    told = relay("status", "--source", "cget").out
    assert "next poll       now: never asked" in told
    assert told.endswith("FETCHES\n  none\n")


def test_a_source_that_needs_a_person_says_so_in_the_overview(relay: Relay, site: FeedServer) -> None:
    site.sites["127.0.0.1/rss"] = [answer(403)]
    relay("poll", "--at", "2026-11-24T08:00:00Z")
    (line,) = relay("status", "--json").json["sources"]
    assert (line["trouble"], line["failures"]) == ("blocked", 1)
    assert "trouble         blocked" in relay("status", "--source", "cget").out
    assert "Write to its publisher: " in relay("status", "--source", "cget").out


def test_what_an_editor_has_asked_for_is_published_at_once(tmp_path: Path, site: FeedServer) -> None:
    """The daemon's own next poll is an hour away."""
    first, second = (FEED.format(url=site.url).replace("bilan", word).encode() for word in ("bilan", "plan"))
    site.sites["127.0.0.1/rss"] = [answer(body=first), answer(body=second)]
    blog, port = Blog(tmp_path), free_port()
    blog.configure(site.url, 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"', port=port)
    blog.relay("poll")
    blog.relay("user", "add", "camille")
    link = re.search(r"/c/\S+", blog.relay("user", "link", "camille").out)
    assert link
    command = [sys.executable, "-m", "relay", "run", "--config", str(blog.file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as daemon:
        try:
            with browser(f"http://127.0.0.1:{port}") as editor:
                editor.post(link.group())
                asked = editor.post("/sources/cget/ask")
            assert asked.headers["location"] == "/sources/cget?did=ask"
            feed = tmp_path / "feeds" / "blog" / "atom.xml"
            assert eventually(lambda: feed.exists() and "plan" in feed.read_text())
        finally:
            daemon.kill()
    assert len(site.asked) == 2


@contextmanager
def browser(url: str) -> Iterator[httpx.Client]:
    """Once the pages are served: somebody on them."""
    with httpx.Client(base_url=url, headers={"Sec-Fetch-Site": "same-origin"}, trust_env=False) as client:
        assert eventually(lambda: is_served(client))
        yield client


def is_served(client: httpx.Client) -> bool:
    try:
        return client.get("/static/style.css").is_success
    except httpx.TransportError:
        return False


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether it comes true within half a minute."""
    end = time.monotonic() + 30
    while not is_so() and time.monotonic() < end:
        time.sleep(0.1)
    return is_so()


def test_every_source_that_is_due_is_asked_although_many_share_a_host(
    blog: Blog, site: FeedServer, relay: Relay
) -> None:
    names = {f"s{number}" for number in range(OF_A_HOST + 2)}
    tables = "".join(f'[sources.{name}]\nurl = "{site.url}/{name}"\n' for name in sorted(names))
    blog.file.write_text(f"{blog.file.read_text()}\n{tables}")
    site.sites = {f"127.0.0.1/{name}": [answer(body=FEED.format(url=f"{site.url}/{name}").encode())] for name in names}
    polled = relay("poll", "--json").json

    assert {one["source"] for one in polled} == {"cget", *names}
