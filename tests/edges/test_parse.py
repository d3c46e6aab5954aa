import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.core.document import Enclosure, ParsedEntry, ParsedFeed, Person, Picture
from relay.intake import dates
from relay.intake.parse import parse
from relay.intake.shape import as_json

URL = "https://www.exemple.fr/flux/actualites.xml"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def rss(item: str, channel: str = "", root: str = "") -> ParsedFeed:
    text = f'<rss version="2.0" {root}><channel><title>Le flux</title>{channel}<item>{item}</item></channel></rss>'
    return parse(text.encode(), URL, "application/rss+xml")


def one(item: str, channel: str = "", root: str = "") -> ParsedEntry:
    return rss(item, channel, root).entries[0]


def atom(entry: str, feed: str = "") -> ParsedEntry:
    text = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry>{entry}</entry></feed>'
    return parse(text.encode(), URL, "application/atom+xml").entries[0]


def json_feed(item: str) -> ParsedFeed:
    text = f'{{"version":"https://jsonfeed.org/version/1.1","title":"Le flux","language":"fr","items":[{item}]}}'
    return parse(text.encode(), URL, "application/feed+json")


# What a feed says of itself


def test_the_feed_says_who_it_is() -> None:
    channel = (
        "<link>/</link><language>fr_FR</language><ttl>60</ttl>"
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/flux.xml"/>'
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.exemple.fr/"/>'
    )
    feed = rss("<title>t</title>", channel)
    assert (feed.format, feed.title, feed.url) == ("rss20", "Le flux", "https://www.exemple.fr/")
    assert (feed.self_url, feed.hubs) == ("https://www.exemple.fr/flux.xml", ("https://hub.exemple.fr/",))
    assert (feed.language, feed.ttl) == ("fr-FR", timedelta(hours=1))


def test_the_longest_of_the_feed_s_own_hints_counts() -> None:
    hints = "<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    feed = rss("<title>t</title>", hints, 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"')
    assert feed.ttl == timedelta(hours=12)


# Identity and addresses


def test_an_item_without_a_guid_is_known_by_its_address() -> None:
    assert one("<title>t</title><link>/a</link>").id == "https://www.exemple.fr/a"


def test_a_guid_is_kept_as_it_is() -> None:
    assert one("<guid>t3_42tizy</guid><link>/a</link>").id == "t3_42tizy"


def test_a_guid_that_is_an_address_serves_where_there_is_no_link() -> None:
    assert one("<guid>https://www.exemple.fr/?p=1</guid>").url == "https://www.exemple.fr/?p=1"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "java&#10;script:x"])
def test_a_link_that_is_not_of_the_web_is_dropped(link: str) -> None:
    assert (one(f"<title>t</title><link>{link}</link>").url or "https://www.exemple.fr/").startswith("https://")


def test_addresses_are_relative_to_xml_base() -> None:
    entry = atom('<content type="html" xml:base="https://autre.fr/a/">&lt;a href="b">b&lt;/a></content>')
    assert 'href="https://autre.fr/a/b"' in (entry.content_html or "")


# Words


def test_a_title_is_plain_text() -> None:
    assert one("<title>&lt;b&gt;Loi&lt;/b&gt; &amp;amp; d&eacute;cret</title>").title == "Loi & décret"


def test_a_title_that_was_escaped_twice_is_read() -> None:
    assert one("<title>L&amp;amp;#8217;avenir</title>").title == "L’avenir"


def test_a_title_that_is_text_keeps_its_angle_brackets() -> None:
    assert atom('<title type="text">Moins de 5 &lt; 6</title>').title == "Moins de 5 < 6"


def test_a_summary_is_text_and_content_is_safe_html() -> None:
    entry = one(
        "<description>&lt;p onclick='x'&gt;Un&lt;/p&gt;&lt;p&gt;Deux&lt;script&gt;x&lt;/script&gt;</description>"
    )
    assert (entry.summary, entry.content_html) == ("Un\n\nDeux", "<p>Un</p><p>Deux</p>")


def test_content_is_not_taken_for_a_summary() -> None:
    entry = atom('<content type="html">&lt;p>Tout le texte&lt;/p></content>')
    assert (entry.summary, entry.content_html) == (None, "<p>Tout le texte</p>")


def test_the_author_of_the_feed_is_that_of_its_entries() -> None:
    entry = atom("<title>t</title>", "<author><name>La rédaction</name><uri>/equipe</uri></author>")
    assert entry.authors == (Person("La rédaction", None, "https://www.exemple.fr/equipe"),)


def test_an_author_may_be_an_address_with_a_name() -> None:
    assert one("<author>jeanne@exemple.fr (Jeanne Petit)</author>").authors == (
        Person("Jeanne Petit", "jeanne@exemple.fr"),
    )


def test_categories_come_once_each() -> None:
    item = "<category>Politique de la ville</category><category>QPV</category><category>QPV</category>"
    assert one(item).categories == ("Politique de la ville", "QPV")


def test_an_enclosure_has_type_and_length() -> None:
    item = '<enclosure url="/rapport.pdf" type="application/pdf" length="1234"/>'
    assert one(item).enclosures == (Enclosure("https://www.exemple.fr/rapport.pdf", "application/pdf", 1234),)


# Pictures


def test_a_picture_takes_its_words_from_the_feed() -> None:
    item = '<media:content url="/a.jpg" medium="image"><media:description>Une place</media:description></media:content>'
    assert one(item, root=MEDIA).picture == Picture("https://www.exemple.fr/a.jpg", "Une place")


def test_the_words_of_a_picture_are_not_those_of_the_entry() -> None:
    item = (
        "<title>Titre</title><description>Texte</description><media:content url='/a.jpg' medium='image'/>"
        "<media:title>a.jpg</media:title><media:description>Une place</media:description>"
    )
    entry = one(item, root=MEDIA)
    assert (entry.title, entry.summary, entry.content_html) == ("Titre", "Texte", None)


def test_the_largest_picture_is_taken() -> None:
    item = '<media:content url="/s.jpg" width="150"/><media:content url="/l.jpg" width="1200"/>'
    assert one(item, root=MEDIA).picture == Picture("https://www.exemple.fr/l.jpg")


def test_a_picture_without_words_takes_those_of_the_same_picture_in_the_content() -> None:
    item = (
        '<enclosure url="/vue.jpg" type="image/jpeg" length="9"/>'
        "<description>&lt;img src='/vue-300x200.jpg' alt='La vue'&gt;</description>"
    )
    assert one(item).picture == Picture("https://www.exemple.fr/vue.jpg", "La vue", "image/jpeg", 9)


def test_the_first_picture_of_the_content_serves_where_there_is_no_other() -> None:
    item = "<description>&lt;p&gt;&lt;img src='/vue.jpg' alt='La vue'&gt;&lt;/p&gt;</description>"
    assert one(item).picture == Picture("https://www.exemple.fr/vue.jpg", "La vue")


# Dates


@pytest.mark.parametrize(
    "text",
    [
        *("lun., 15 janv. 2024 10:00:00 +0100", "lundi 15 janvier 2024 à 09h00", "15/01/2024 09:00", "1705309200"),
        *("Mon, 15 Jan 2024 09:00:00 GMT", "2024-01-15T10:00:00+01:00", "2024/01/15 09:00", "Jan 15, 2024 9:00 AM"),
        *(
            "Mon, 15 Jan 2024 10:00:00 CET",
            "Mon, 15 Jan 2024 10:00:00 Europe/Paris",
            "1705309200000",
            "Mon, 1/15/2024 - 9:00",
        ),
    ],
)
def test_a_date_is_read_in_whatever_manner_it_is_written(text: str) -> None:
    assert dates.parse(text) == datetime(2024, 1, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "hier", "0000-00-00", "0001-01-01T00:00:00Z", "45/13/2024", "9" * 20, None, 7])
def test_what_is_no_date_is_none(text: object) -> None:
    assert dates.parse(text) is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange_for_a_date(text: str) -> None:
    assert dates.parse(text) is None or isinstance(dates.parse(text), datetime)


def test_an_entry_that_only_says_when_it_changed_was_published_then() -> None:
    assert atom("<updated>2024-01-15T09:00:00Z</updated>").published == datetime(2024, 1, 15, 9, tzinfo=UTC)


# Documents that are not as they should be


@pytest.mark.parametrize(
    ("item", "note"),
    [
        ("<title>L&nbsp;été</title>", "undeclared entity &nbsp;"),
        ("<title>L &été</title>", "bare ampersand"),
        ("<title>L\x0bété</title>", "characters that XML does not allow"),
        ("<title>L été</title><br>", "ill-formed XML"),
    ],
)
def test_a_small_mistake_is_repaired_and_said(item: str, note: str) -> None:
    feed = rss(item)
    assert (note in feed.repaired, "été" in (feed.entries[0].title or "")) == (True, True)


@pytest.mark.parametrize(
    ("encoding", "declared", "notes"),
    [
        ("utf-8", "utf-8", ()),
        ("cp1252", "iso-8859-1", ()),
        ("iso-8859-15", "iso-8859-15", ()),
        ("utf-16", "utf-16", ()),
        ("cp1252", "utf-8", ("wrong encoding",)),
        ("utf-8", "iso-8859-1", ("wrong encoding",)),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str, notes: tuple[str, ...]) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item><title>Été à 10 €</title>'
    feed = parse(f"{text}</item></channel></rss>".encode(encoding), URL, "text/xml")
    assert (feed.entries[0].title, feed.repaired) == ("Été à 10 €", notes)


def test_a_document_type_is_harmless() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY ville "Saint-Denis">]><rss version="2.0"><channel><item><title>&ville;</title>'
    assert parse(body + b"</item></channel></rss>", URL, None).entries[0].title == "Saint-Denis"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "This document is empty."),
        (b" \n", "This document is empty."),
        (b"<!DOCTYPE html><html><body>Une page</body></html>", "This is a web page, not a feed."),
        (b"<opml/>", "This is not a feed that relay can read."),
        (b'{"a": 1}', "This is JSON, but not a JSON Feed: it has no items."),
        (b'{"items": [', "This looks like JSON, but is not well-formed."),
        (
            b"<rss><channel><item><title>Un</title></item><item><tit",
            "This document is cut short: its last tag is missing.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(body: bytes, error: str) -> None:
    assert parse(body, URL, None) == ParsedFeed(error=error)


# Documents made to hurt


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]><rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'.encode()


def described(html: str) -> bytes:
    return f'<rss version="2.0"><channel><item><description>{html}</description></item></channel></rss>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        laughs(),
        laughs().decode().encode("utf-16"),
        described("&lt;!--" * 100_000),
        described("&lt;div&gt;" * 32_000),
        described("<a>" * 100_000),
        described("<b " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
        f"<rss><channel>{'<item><title>t</title></item>' * 50_000}</channel></rss>".encode(),
    ],
    ids=["entities", "entities in UTF-16", "comments", "nested HTML", "nested XML", "attributes", "entries"],
)
def test_a_trap_costs_little(body: bytes) -> None:
    started = time.process_time()
    parse(body, URL, None)
    assert time.process_time() - started < 3


def test_a_file_of_this_machine_is_not_read_into_a_feed() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item><title>[&x;]</title>'
    assert parse(body + b"</item></channel></rss>", URL, None).entries[0].title == "[&x;]"


def test_no_more_than_a_thousand_entries_are_read() -> None:
    body = f"<rss version='2.0'><channel>{'<item><title>t</title></item>' * 1_500}</channel></rss>"
    assert len(parse(body.encode(), URL, None).entries) == 1_000


SAMPLE = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
    b"<title>Flux</title><item><title>L&amp;#8217;avenir</title><link>/a</link><guid>1</guid><pubDate>lun., 15 janv. 2024"
    b'</pubDate><description><![CDATA[<p>Un <b>texte</b></p>]]></description><media:content url="/i.jpg"/></item></channel></rss>'
)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(body: bytes) -> None:
    assert isinstance(parse(body, URL, None), ParsedFeed)


@given(
    st.integers(0, len(SAMPLE)),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=12), st.sampled_from([b"<", b"&#0;", b"]]>"])),
)
@settings(max_examples=200)
def test_no_damage_to_a_feed_is_too_great(start: int, length: int, noise: bytes) -> None:
    feed = parse(SAMPLE[:start] + noise + SAMPLE[start + length :], URL, None)
    assert (feed.error is None) == bool(feed.format)


# JSON Feed


def test_a_json_feed_is_read() -> None:
    item = '{"id":7,"url":"/a","title":"Un titre","content_html":"<p>Texte</p>","date_published":"2024-01-15T10:00:00+01:00"}'
    feed = json_feed(item)
    assert (feed.format, feed.title, feed.language) == ("json11", "Le flux", "fr")
    assert feed.entries == (
        ParsedEntry(
            id="7",
            url="https://www.exemple.fr/a",
            title="Un titre",
            content_html="<p>Texte</p>",
            published=datetime(2024, 1, 15, 9, tzinfo=UTC),
            language="fr",
        ),
    )


def test_a_json_feed_s_plain_text_becomes_paragraphs() -> None:
    entry = json_feed('{"id":"1","content_text":"Un < deux\\n\\nTrois"}').entries[0]
    assert entry.content_html == "<p>Un &lt; deux</p><p>Trois</p>"


def test_what_is_of_a_wrong_type_in_a_json_feed_is_as_good_as_absent() -> None:
    entry = json_feed(
        '{"id":null,"title":[1],"url":7,"tags":"x","authors":[1],"attachments":{"url":1},"image":{}}'
    ).entries[0]
    assert entry == ParsedEntry(id=None, url=None, title=None, language="fr")


# The shape for the command line


def test_the_shape_has_every_field_and_times_in_utc() -> None:
    shape = as_json("a.xml", rss("<title>t</title><pubDate>Mon, 15 Jan 2024 10:00:00 +0100</pubDate>"))
    assert set(shape) == {"file", "ok", "error", "repaired", "format", "feed", "entries"}
    assert isinstance(shape["entries"], list)
    assert shape["entries"][0]["published"] == "2024-01-15T09:00:00Z"
    assert len(shape["entries"][0]) == len(fields(ParsedEntry))


def test_the_shape_of_a_failure_says_why() -> None:
    shape = as_json("-", ParsedFeed(error="This document is empty."))
    assert (shape["ok"], shape["error"], shape["entries"]) == (False, "This document is empty.", [])


# Feeds of others, where they are at hand


@pytest.mark.skipif(not CORPORA.exists(), reason=f"no corpora at {CORPORA}")
@pytest.mark.parametrize("folder", ["french", "french-press", "realworld"])
def test_every_feed_that_is_met_can_be_read(folder: str) -> None:
    feeds = [parse(path.read_bytes(), URL, None) for path in sorted((CORPORA / folder).rglob("*.xml"))]
    assert len(feeds) > 10
    assert {feed.error for feed in feeds} == {None}
    assert all(entry.title or entry.summary or entry.content_html for feed in feeds for entry in feed.entries)
