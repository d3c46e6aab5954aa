"""Where subscribers find the hubs of a feed, in each format (https://www.w3.org/TR/websub/ §4)."""

import json
from dataclasses import replace

from lxml import etree

from relay.publish import atom, jsonfeed, rss
from relay.publish.format import Edition
from tests.feeds.editions import LINK, blog
from tests.feeds.rules import findings

HUBS = ("https://relay.exemple.fr/hub", "https://hub.exemple/?a=1&b=2")
ATOM = "{http://www.w3.org/2005/Atom}"


def announcing() -> Edition:
    edition = blog()
    return replace(edition, feed=replace(edition.feed, hubs=HUBS))


def links(document: bytes, path: str, rel: str) -> list[str]:
    return [link.get("href", "") for link in etree.fromstring(document).iterfind(path) if link.get("rel") == rel]


def test_atom_names_hubs_and_self() -> None:
    document = atom.render(announcing())[0].body

    assert links(document, f"{ATOM}link", "hub") == list(HUBS)
    assert links(document, f"{ATOM}link", "self") == [f"{LINK}atom.xml"]
    assert findings(document) == []


def test_rss_names_hubs_and_self_and_its_own_link_stays() -> None:
    document = rss.render(announcing())[0].body

    assert links(document, f"channel/{ATOM}link", "hub") == list(HUBS)
    assert links(document, f"channel/{ATOM}link", "self") == [f"{LINK}rss.xml"]
    assert etree.fromstring(document).findtext("channel/link") == LINK
    assert findings(document) == []


def test_json_feed_names_hubs() -> None:
    document = json.loads(jsonfeed.render(announcing())[0].body)
    assert document["hubs"] == [{"type": "WebSub", "url": hub} for hub in HUBS]


def test_a_feed_without_a_hub_says_nothing_of_one() -> None:
    documents = [render(blog())[0].body for render in (atom.render, rss.render, jsonfeed.render)]
    assert [document for document in documents if b"hub" in document.lower()] == []
