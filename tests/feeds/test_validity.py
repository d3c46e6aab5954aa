"""What the W3C feed validator would say of our documents; every rule is also shown to find what it is for."""

import pytest

from relay.core.document import Picture
from relay.core.post import Related
from relay.publish import atom, rss
from tests.feeds.editions import blog, post
from tests.feeds.rules import findings


def test_an_atom_document_earns_no_finding() -> None:
    assert findings(atom.render(blog())[0].body) == []


def test_an_rss_document_earns_no_finding() -> None:
    assert findings(rss.render(blog())[0].body) == []


def test_a_post_in_another_language_without_picture_or_lead_earns_no_finding() -> None:
    bare = post(0, language="en", picture=None, lead="", author="Ana", source_id="anru", related=(), categories=())
    edition = blog(bare, formats=("atom",))
    assert findings(atom.render(edition)[0].body) + findings(rss.render(edition)[0].body) == []


def test_relative_addresses_become_absolute() -> None:
    relative = post(0, picture=Picture("/place du marché.jpg"), related=(Related("Ailleurs", "ailleurs.html"),))
    document = atom.render(blog(relative))[0].body
    assert findings(document) == []
    assert b'"https://blog.exemple.fr/place%20du%20march%C3%A9.jpg"' in document


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "data:text/html,x", ""])
def test_an_address_nobody_should_follow_is_left_out(url: str) -> None:
    document = atom.render(blog(post(0, more_url=url, credit_url=url, picture=Picture(url))))[0].body
    assert findings(document) == []
    assert b'rel="via"' not in document


@pytest.mark.parametrize(
    ("finding", "sound", "planted"),
    [
        ("MissingSelf", b'rel="self"', b'rel="related"'),
        ("DuplicateAtomLink", b'rel="via" type="text/html"', b'rel="alternate" type="text/html" hreflang="fr"'),
        (
            "DuplicateIds",
            b"<id>tag:blog.exemple.fr,2026-10-09:anct/billet-4",
            b"<id>tag:blog.exemple.fr,2026-10-07:anct/billet-3",
        ),
        ("DuplicateUpdated", b"<updated>2026-10-09", b"<updated>2026-10-07"),
        ("MissingElement", b"<name>La ville en commun</name>", b""),
        ("MissingSourceElement", b"<id>tag:anct.exemple.fr,2020:actualites</id>", b""),
        ("InvalidRFC3339Date", b"07:30:00+00:00</updated>", b"07:30:00</updated>"),
        ("ContainsRelRef", b"https://blog.exemple.fr/plus-ancien.html", b"plus-ancien.html"),
        ("SecurityRisk", b"&lt;figure class", b"&lt;script&gt;&lt;/script&gt;&lt;figure class"),
        ("DangerousStyleAttr", b"&lt;figure class", b"&lt;figure style"),
        ("ContainsHTML", b"<title>Les", b"<title>&lt;b&gt;&lt;/b&gt;Les"),
        ("BadCharacters", b"<title>Les", b"<title>\xc2\x92Les"),
        ("MediaGroupWithoutAlternatives", b"<media:thumbnail", b"<media:group/><media:thumbnail"),
    ],
)
def test_the_rules_find_a_fault_planted_in_atom(finding: str, sound: bytes, planted: bytes) -> None:
    assert finding in findings(atom.render(blog())[0].body.replace(sound, planted))


@pytest.mark.parametrize(
    ("finding", "sound", "planted"),
    [
        ("MissingAtomSelfLink", b'rel="self"', b'rel="related"'),
        ("NeedDescriptionBeforeContent", b"</content:encoded>", b"</content:encoded><description/>"),
        ("UndefinedElement", b"<ttl>60</ttl>", b"<updatePeriod/>"),
        ("UndefinedElement", b"<dc:creator>", b"<dc:author/><dc:creator>"),
        ("IncorrectDOW", b"<pubDate>Fri", b"<pubDate>Mon"),
        ("DuplicateValue", b"2026-10-09:anct/billet-4", b"2026-10-07:anct/billet-3"),
        ("MissingDescription", b"<description>Les billets de La ville en commun</description>", b""),
        ("MissingLanguage", b"<language>fr</language>", b""),
    ],
)
def test_the_rules_find_a_fault_planted_in_rss(finding: str, sound: bytes, planted: bytes) -> None:
    document = rss.render(blog(post(4, author="Ana"), post(3)))[0].body
    assert finding in findings(document.replace(sound, planted))
