"""What feedparser would misread, were it left to itself."""

import pytest

from relay.intake.parse import parse
from tests.fakes.feed_documents import URL, atom, one, rss

ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'
FEEDBURNER = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'


@pytest.mark.parametrize("title", ["LIBERTÉ\u00a0! Une", "Voilà\u00a0«", "ÉGALITÉ\u00a0: oui", "À\u00a0Paris", "Ñ§"])
def test_a_capital_before_a_french_space_is_not_taken_for_bytes(title: str) -> None:
    entry = one(f"<title>{title}</title><description>{title}</description><category>{title}</category>")
    assert (entry.title, entry.summary, entry.categories) == (title, title, (title,))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L\u00c3\u00a9galit\u00c3\u00a9 r\u00c3\u00a9elle", "Légalité réelle"),
        ("Lâ€™avenir \u00c3 la carte, cÅ“ur", "L’avenir à la carte, cœur"),
        ("&#226;&#128;&#166;", "…"),
    ],
)
def test_text_that_was_encoded_twice_is_put_right_and_said(written: str, read: str) -> None:
    feed = rss(f"<title>{written}</title>")
    assert (feed.entries[0].title, "text encoded twice" in feed.repaired) == (read, True)


@pytest.mark.parametrize("title", ["«\u00a0AMANHû", "testing Ã entity", "AMANHÃ…", "ÂGE TENDRE", "L’âge"])
def test_text_that_only_looks_encoded_twice_stays(title: str) -> None:
    assert one(f"<title>{title}</title>").title == title


def test_a_link_of_rss_goes_before_one_of_atom() -> None:
    links = '<link>/a</link><atom:link rel="alternate" type="text/html" href="/atom"/>'
    assert one(f"<title>t</title>{links}", root=ATOM).url == "https://www.exemple.fr/a"
    assert one('<title>t</title><atom:link href="/atom"/>', root=ATOM).url == "https://www.exemple.fr/atom"
    assert rss("<title>t</title>", links, ATOM).url == "https://www.exemple.fr/a"


def test_an_attribute_of_a_link_is_not_its_address() -> None:
    assert one('<title>t</title><link uri="at://did:plc:x/y">/a</link>').url == "https://www.exemple.fr/a"


def test_the_link_is_the_publisher_s_not_that_of_a_counter() -> None:
    item = "<link>https://feedproxy.exemple/~3/x</link><feedburner:origLink>/a</feedburner:origLink>"
    assert one(item, root=FEEDBURNER).url == "https://www.exemple.fr/a"


def test_an_id_is_kept_as_it_is_whatever_the_address_of_the_feed() -> None:
    assert atom("<id>t3_42tizy</id>").id == "t3_42tizy"


def test_items_within_an_item_are_not_of_the_feed() -> None:
    inner = "<title>dehors</title><x><item><title>dedans</title><item/></item></x><link>/a</link>"
    feed = rss(inner)
    assert [(entry.title, entry.url) for entry in feed.entries] == [("dehors", "https://www.exemple.fr/a")]
    source = "<source><title>s</title><entry/></source>"
    assert atom(f"<title>dehors</title>{source}").title == "dehors"


def test_items_that_nobody_closed_are_all_of_the_feed() -> None:
    text = "<rss><channel><item><title>un</title><item><title>deux</title></channel></rss>"
    assert [entry.title for entry in parse(text.encode(), URL, None).entries] == ["un", "deux"]


def test_an_item_that_a_text_shows_is_text() -> None:
    entry = one("<title>t</title><description><![CDATA[<pre>&lt;item&gt;</pre><item>a</item>]]></description>")
    assert entry.content_html == "<pre>&lt;item&gt;</pre>a"


def test_a_forgotten_prefix_is_declared_and_said() -> None:
    feed = rss("<title>t</title><dc:creator>Jeanne</dc:creator>", '<atom:link rel="self" href="/f"/>')
    assert feed.repaired == ("undeclared prefix atom:", "undeclared prefix dc:")
    assert (feed.self_url, feed.entries[0].authors[0].name) == ("https://www.exemple.fr/f", "Jeanne")


def test_a_prefix_that_a_text_shows_is_not_forgotten() -> None:
    text = "<!-- <rss> --><rss><channel><item><title><![CDATA[a <dc:creator> b]]></title></item></channel></rss>"
    assert parse(text.encode(), URL, None).repaired == ()


def test_a_comment_needs_no_mending() -> None:
    text = "<!-- R&D --><rss version='2.0'><channel><item><title>R&amp;D</title><!-- &nbsp; <item> --></item></channel></rss>"
    feed = parse(text.encode(), URL, None)
    assert (feed.repaired, [entry.title for entry in feed.entries]) == ((), ["R&D"])


def test_a_wrong_end_tag_does_not_hide_what_follows() -> None:
    text = (
        "<rss><channel><title>Le flux</titre><item><title>un</title><link>/?a=1&amp;b=2</link></item></channel></rss>"
    )
    feed = parse(text.encode(), URL, None)
    assert (feed.title, feed.repaired, [entry.url for entry in feed.entries]) == (
        "Le flux",
        ("ill-formed XML",),
        ["https://www.exemple.fr/?a=1&b=2"],
    )


def test_the_address_of_an_ill_formed_feed_is_whole() -> None:
    assert rss("<title>t</title><br>", "<link>/?a=1&amp;b=2</link>").url == "https://www.exemple.fr/?a=1&b=2"
