from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relay.core.document import Enclosure, Person, Picture
from relay.intake.parse import parse
from tests.fakes.feed_documents import MEDIA, URL, atom, one, rss

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

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


def test_an_entry_that_only_says_when_it_changed_was_published_then() -> None:
    assert atom("<updated>2024-01-15T09:00:00Z</updated>").published == datetime(2024, 1, 15, 9, tzinfo=UTC)


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


# Feeds of others, where they are at hand


@pytest.mark.skipif(not CORPORA.exists(), reason=f"no corpora at {CORPORA}")
@pytest.mark.parametrize("folder", ["french", "french-press", "realworld"])
def test_every_feed_that_is_met_can_be_read(folder: str) -> None:
    feeds = [parse(path.read_bytes(), URL, None) for path in sorted((CORPORA / folder).rglob("*.xml"))]
    assert len(feeds) > 10
    assert {feed.error for feed in feeds} == {None}
    assert all(entry.title or entry.summary or entry.content_html for feed in feeds for entry in feed.entries)
