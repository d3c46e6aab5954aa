"""What the W3C feed validator would say of our documents; every rule is also shown to find what it is for."""

import pytest

from relay.core.document import Picture
from relay.core.feed import Imprint
from relay.core.post import Related
from relay.publish import atom, rss
from tests.feeds.atom_rules import ATOM_RULES
from tests.feeds.editions import blog, post
from tests.feeds.rss_rules import RSS_RULES
from tests.feeds.rules import findings
from tests.feeds.shared_rules import SHARED_RULES


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


HISTORY = b'xmlns:fh="http://purl.org/syndication/history/1.0"'
ATOM_FAULTS = [
    ("MissingSelf", b'rel="self"', b'rel="related"'),
    ("SelfDoesntMatchLocation", b"atom.xml", b"other.xml"),
    ("DuplicateAtomLink", b'rel="via" type="text/html"', b'rel="alternate" type="text/html" hreflang="fr"'),
    (
        "DuplicateIds",
        b"<id>tag:blog.exemple.fr,2026-10-09:anct/billet-4",
        b"<id>tag:blog.exemple.fr,2026-10-07:anct/billet-3",
    ),
    ("DuplicateUpdated", b"<updated>2026-10-09", b"<updated>2026-10-07"),
    ("MissingElement", b"<name>La ville en commun</name>", b""),
    ("MissingSourceElement", b"<id>tag:anct.exemple.fr,2020:actualites</id>", b""),
    ("MissingSourceElement", b"<updated>2026-10-01T07:30:00+00:00</updated>\n      <link", b"<link"),
    ("InvalidRFC3339Date", b"07:30:00+00:00</updated>", b"07:30:00</updated>"),
    ("InvalidRFC3339Date", b"07:30:00+00:00</published>", b"07:30:00</published>"),
    ("ImplausibleDate", b"<published>2026-10-09", b"<published>1970-01-01"),
    ("ImplausibleDate", b"<published>2026-10-09", b"<published>2027-10-09"),
    ("NotSufficientlyUnique", b"<id>tag:blog.exemple.fr,2026-10-09:anct/billet-4</id>", b"<id>4</id>"),
    ("UnregisteredAtomLinkRel", b'rel="via"', b'rel="source"'),
    ("MissingCurrentInArchive", b"<subtitle", b"<fh:archive " + HISTORY + b"/><subtitle"),
    ("ArchiveIncomplete", b"<subtitle", b"<fh:archive " + HISTORY + b"/><fh:complete " + HISTORY + b"/><subtitle"),
    ("FeedHistoryRelInEntry", b'rel="via"', b'rel="prev-archive"'),
    ("SameDocumentReference", b"<feed ", b'<feed xml:base="https://blog.exemple.fr/" '),
    ("ContainsRelRef", b"https://blog.exemple.fr/plus-ancien.html", b"plus-ancien.html"),
    ("InvalidURI", b"https://blog.exemple.fr/plus-ancien.html", b"https://blog.exemple.fr/plus ancien.html"),
    ("InvalidIntegerAttribute", b'length="48213"', b'length=""'),
    ("InvalidMIMEAttribute", b'type="image/jpeg"', b'type="jpeg"'),
    ("SecurityRisk", b"&lt;figure class", b"&lt;script&gt;&lt;/script&gt;&lt;figure class"),
    ("SecurityRiskAttr", b"&lt;figure class", b"&lt;figure onclick"),
    ("SecurityRiskAttr", b"&lt;p class=", b"&lt;a href='javascript:alert(1)'&gt;x&lt;/a&gt;&lt;p class="),
    ("DangerousStyleAttr", b"&lt;figure class", b"&lt;figure style"),
    ("ContainsHTML", b"<title>Les", b"<title>&lt;b&gt;&lt;/b&gt;Les"),
    ("BadCharacters", b"<title>Les", b"<title>\xc2\x92Les"),
    ("MediaGroupWithoutAlternatives", b"<media:thumbnail", b"<media:group/><media:thumbnail"),
]
RSS_FAULTS = [
    ("MissingAtomSelfLink", b'rel="self"', b'rel="related"'),
    ("SelfDoesntMatchLocation", b"rss.xml", b"other.xml"),
    ("NeedDescriptionBeforeContent", b"</content:encoded>", b"</content:encoded><description/>"),
    ("UndefinedElement", b"<ttl>60</ttl>", b"<updatePeriod/>"),
    ("UndefinedElement", b"<ttl>60</ttl>", b'<UpdatePeriod xmlns="http://purl.org/rss/1.0/modules/syndication/"/>'),
    ("UndefinedElement", b"<dc:creator>", b"<dc:author/><dc:creator>"),
    ("IncorrectDOW", b"<pubDate>Fri", b"<pubDate>Mon"),
    ("ImplausibleDate", b"<pubDate>Fri, 09 Oct 2026", b"<pubDate>Thu, 01 Jan 1970"),
    ("DuplicateValue", b"2026-10-09:anct/billet-4", b"2026-10-07:anct/billet-3"),
    ("NotSufficientlyUnique", b">tag:blog.exemple.fr,2026-10-09:anct/billet-4<", b">4<"),
    ("MissingGuid", b">tag:blog.exemple.fr,2026-10-09:anct/billet-4<", b"><"),
    ("MissingDescription", b"<description>Les billets de La ville en commun</description>", b""),
    ("MissingLanguage", b"<language>fr</language>", b""),
    ("EmailFormat", b"<dc:creator>", b"<author>Ana</author><dc:creator>"),
    ("MissingRealName", b"<dc:creator>", b"<author>ana@exemple.fr</author><dc:creator>"),
    (
        "ImageTitleDoesntMatch",
        b"<image>\n      <url>https://blog.exemple.fr/i.png</url>\n      <title>",
        b"<image><title>x",
    ),
    ("ImageLinkDoesntMatch", b"</link>\n    </image>", b"x</link></image>"),
    ("DuplicateEnclosure", b"<enclosure ", b'<enclosure url="https://a.fr/" length="1" type="a/b"/><enclosure '),
]


def faulty(document: bytes, sound: bytes, planted: bytes) -> bytes:
    """The document with one fault; a fault that finds no place would prove nothing."""
    assert sound in document
    return document.replace(sound, planted)


@pytest.mark.parametrize(("finding", "sound", "planted"), ATOM_FAULTS)
def test_the_rules_find_a_fault_planted_in_atom(finding: str, sound: bytes, planted: bytes) -> None:
    document = atom.render(blog())[0].body
    assert finding in findings(faulty(document, sound, planted), "https://blog.exemple.fr/atom.xml")


@pytest.mark.parametrize(("finding", "sound", "planted"), RSS_FAULTS)
def test_the_rules_find_a_fault_planted_in_rss(finding: str, sound: bytes, planted: bytes) -> None:
    edition = blog(post(4, author="Ana"), post(3), imprint=Imprint(icon="https://blog.exemple.fr/i.png"))
    document = rss.render(edition)[0].body
    assert finding in findings(faulty(document, sound, planted), "https://blog.exemple.fr/rss.xml")


def test_every_rule_is_shown_to_find_what_it_is_for() -> None:
    planted = {name for name, _, _ in (*ATOM_FAULTS, *RSS_FAULTS)}
    assert planted == {*ATOM_RULES, *RSS_RULES, *SHARED_RULES, "SelfDoesntMatchLocation"}
