"""What the specification says of our JSON Feed documents; every rule is also shown to find what it is for."""

import pytest

from relay.publish import jsonfeed
from tests.feeds.editions import blog
from tests.feeds.json_rules import JSON_RULES, json_findings

FAULTS = [
    ("version", b"version/1.1", b"version/1"),
    ("title", b'"title": "La ville en commun"', b'"title": ""'),
    ("items", b'"items"', b'"entries"'),
    ("id", b'"id": "tag:blog.exemple.fr,2026-10-09:anct/billet-4"', b'"id": 4'),
    ("same id", b"2026-10-09:anct/billet-4", b"2026-10-07:anct/billet-3"),
    ("content", b'"content_html"', b'"content"'),
    ("address", b'"url": "https://blog.exemple.fr/billet-4.html"', b'"url": "/billet-4.html"'),
    ("date", b"07:30:00+00:00", b"07:30:00"),
    ("date", b"2026-10-09T", b"9 octobre 2026 "),
    ("attachment", b'"size_in_bytes": 48213', b'"size_in_bytes": "48213"'),
    ("attachment", b'"mime_type": "image/jpeg"', b'"mime_type": "jpeg"'),
    ("author", b'"authors"', b'"author"'),
    ("tag", b'"FVM"', b'"#FVM"'),
    ("empty", b'"language": "fr"', b'"language": null'),
    ("next", b'"feed_url"', b'"next_url": "https://blog.exemple.fr/feed.json", "feed_url"'),
    ("hub", b'"items"', b'"hubs": [{"url": "https://hub.exemple/"}], "items"'),
]


def test_a_json_feed_earns_no_finding() -> None:
    assert json_findings(jsonfeed.render(blog())[0].body) == []


@pytest.mark.parametrize(("finding", "sound", "planted"), FAULTS)
def test_the_rules_find_a_planted_fault(finding: str, sound: bytes, planted: bytes) -> None:
    document = jsonfeed.render(blog())[0].body
    assert sound in document
    assert finding in json_findings(document.replace(sound, planted))


def test_every_rule_is_shown_to_find_what_it_is_for() -> None:
    assert {name for name, _, _ in FAULTS} == JSON_RULES.keys()
