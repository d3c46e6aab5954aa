"""What the operator allows beside the open internet is for the sources that are there; no stranger's feed leads there."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from relay.config.configuration import Configuration, Service
from relay.core.polling.pollstate import PollState
from relay.core.source import Source
from relay.intake.wire import guard
from relay.intake.wire.pace import Turns
from relay.service import Relay
from relay.storage import sources
from relay.wiring import build
from tests.edges import entered
from tests.fakes.feed_server import FeedServer, answer, listening

OPEN, INSIDE = "127.0.0.1", "127.0.0.2"
"""In these tests the first is all of the open internet."""
WORDS = "Le programme dresse son bilan un an après son lancement, dans toutes les communes qui y prennent part. "
ARTICLE = answer(
    body=f"<html><body><article><p>{WORDS * 6}</p></article></body></html>".encode(),
    headers=[(b"Content-Type", b"text/html; charset=utf-8")],
)


@dataclass
class Two:
    """``agence.test``, which anybody may reach, and ``intranet.test``, which only the operator's word opens."""

    folder: Path
    agency: FeedServer
    intranet: FeedServer

    def open(self, path: str) -> str:
        return f"http://agence.test:{self.agency.port}{path}"

    def inside(self, path: str) -> str:
        return f"http://intranet.test:{self.intranet.port}{path}"

    def service(self, url: str, *, fulltext: bool = False) -> Configuration:
        """One source, on a relay that may reach ``intranet.test``."""
        settings = Service(database=str(self.folder / "relay.db"), feeds=self.folder, allow=("intranet.test",))
        return Configuration(
            1, "UTC", "fr", settings, sources=(Source("a", url, "Source : A", fulltext=fulltext),), feeds=()
        )


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    look_up = socket.getaddrinfo
    leads = {"agence.test": OPEN, "intranet.test": INSIDE}

    def resolve(host: str | bytes, *rest: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host
        return look_up(leads.get(name, name), *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(guard, "is_public", lambda address: address == ip_address(OPEN))
    with listening(answer(404)) as agency, listening(answer(404), host=INSIDE) as intranet:
        monkeypatch.setattr(guard, "WEB_PORTS", {agency.port, intranet.port})
        yield Two(tmp_path, agency, intranet)


def polled(relay: Relay) -> PollState:
    relay.poll()
    relay.subscribe()
    with relay.db.read() as tx:
        return sources.state(tx, "a")


def told(relay: Relay) -> str:
    """All that readers of the blog would read."""
    with relay.db.read() as tx:
        return " ".join(f"{post.lead} {post.body_html}" for post in entered.posts(tx, ["a"]))


def feed(link: str, hub: str = "") -> bytes:
    head = f'<title>A</title><atom:link rel="hub" href="{hub}"/>' if hub else "<title>A</title>"
    item = f"<item><title>Une nouvelle</title><link>{link}</link><description>Un chapô.</description></item>"
    body = f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{head}{item}</channel></rss>'
    return answer(body=body.encode())


def redirect(target: str) -> bytes:
    return answer(302, headers=[(b"Location", target.encode())])


def fast(configuration: Configuration) -> Any:
    return build(configuration, turns=Turns(gap=0, per_second=1e6))


def test_a_redirect_of_a_public_feed_does_not_lead_inside(two: Two) -> None:
    two.intranet.pages["/paie"] = feed("https://x.test/1")
    two.agency.pages["/feed"] = redirect(two.inside("/paie"))
    with fast(two.service(two.open("/feed"))) as relay:
        state, words = polled(relay), told(relay)

    assert two.intranet.asked == []
    assert (state.failures, words) == (1, "")
    assert "intranet.test has the address 127.0.0.2, which is not public" in state.answer


def test_an_article_of_a_public_feed_is_not_fetched_from_inside(two: Two) -> None:
    two.intranet.pages["/paie"] = ARTICLE
    two.agency.pages["/feed"] = feed(two.inside("/paie"))
    with fast(two.service(two.open("/feed"), fulltext=True)) as relay:
        state, words = polled(relay), told(relay)

    assert (two.intranet.asked, state.failures) == ([], 0)
    assert words.startswith("Un chapô.")
    assert WORDS.strip() not in words


def test_an_article_of_a_public_feed_is_not_fetched_over_a_redirect_to_inside(two: Two) -> None:
    two.intranet.pages["/paie"] = ARTICLE
    two.agency.pages |= {"/feed": feed(two.open("/1")), "/1": redirect(two.inside("/paie"))}
    with fast(two.service(two.open("/feed"), fulltext=True)) as relay:
        polled(relay)
        words = told(relay)

    assert two.intranet.asked == []
    assert WORDS.strip() not in words


def test_a_hub_of_a_public_feed_is_not_asked_inside(two: Two) -> None:
    two.agency.pages["/feed"] = feed(two.open("/1"), hub=two.inside("/admin/delete"))
    with fast(two.service(two.open("/feed"))) as relay:
        state = polled(relay)

    assert state.hubs == (two.inside("/admin/delete"),)
    assert two.intranet.asked == []


def test_a_source_inside_is_read_with_all_that_it_leads_to(two: Two) -> None:
    two.intranet.pages |= {
        "/feed": redirect("/rss"),
        "/rss": feed(two.inside("/1"), hub=two.inside("/hub")),
        "/1": ARTICLE,
        "/hub": answer(202),
    }
    with fast(two.service(two.inside("/feed"), fulltext=True)) as relay:
        state, words = polled(relay), told(relay)

    assert state.failures == 0
    assert WORDS.strip() in words
    assert [(one.method, one.path) for one in two.intranet.asked] == [
        ("GET", "/feed"),
        ("GET", "/rss"),
        ("GET", "/robots.txt"),
        ("GET", "/1"),
        ("POST", "/hub"),
    ]
