"""Documents that would cost a parser minutes, or more memory than there is; and such as only look like them."""

import time

import pytest

from relay.intake.finding.discover import discover
from relay.intake.parse import parse
from tests.fakes.feed_documents import MEDIA, URL

WORD = "a" * 19_000


def feed(items: str) -> bytes:
    return f'<rss version="2.0" {MEDIA}><channel><title>Le flux</title>{items}</channel></rss>'.encode()


def item(inside: str) -> bytes:
    return feed(f"<item>{inside}</item>")


@pytest.mark.parametrize(
    "body",
    [
        feed(f"<item><author>{WORD}</author></item>" * 40),
        feed(f"<item><author><name>{WORD}</name></author></item>" * 40),
        feed(f"<managingEditor><![CDATA[{WORD}]]></managingEditor>" * 40),
        feed(f"<item><DC:Creator>a@b.{'c.' * 9_000}</DC:Creator></item>" * 40),
        feed(f"<item><author></name>{WORD}</item>" * 40),
        item("".join(f"<category>{number}</category>" for number in range(60_000))),
        item('<enclosure url="https://www.exemple.fr/a"/>' * 100_000),
        item('<media:content url="https://www.exemple.fr/a.jpg"/>' * 100_000),
        item("<a/>" * 500_000),
        b"<a" * 1_000_000,
        item("<!--x-->" * 600_000),
        item(f"<description>{'&' * 5_000_000}</description>"),
        item("<description>&lt;div&gt;" + "".join(f"&lt;b id={n}&gt;" for n in range(230)) + "&lt;/div&gt;" + "&lt;div&gt;x&lt;/div&gt;" * 4_000 + "</description>"),
        b'<?xml version="1.0" encoding="punycode"?>' + item("<title>\xff" + "a" * 150_000 + "-" + "a" * 150_000 + "</title>").replace("ÿ".encode(), b"\xff"),
    ],
    ids=[
        *("author", "name", "CDATA", "creator", "unclosed author", "categories", "enclosures", "media", "elements"),
        *("tags that never end", "comments", "ampersands", "formatting opened anew", "punycode"),
    ],
)  # fmt: skip
def test_a_trap_costs_little(body: bytes) -> None:
    started = time.process_time()
    parse(body, URL, None)
    assert time.process_time() - started < 3


def test_more_comments_than_anybody_writes_are_refused() -> None:
    error = parse(item("<!--x-->" * 100_001), URL, None).error
    assert error == "This document is no feed to read: it has too many comments."


@pytest.mark.parametrize(
    "inside", ["<br>", "<img src='https://www.exemple.fr/a.jpg'>", "<p>", "<li>un<li>deux", "a < b"]
)
def test_html_in_a_feed_need_not_close_its_elements(inside: str) -> None:
    body = feed(f"<item><title>Titre</title><description><![CDATA[Texte {inside * 5}]]></description></item>" * 200)
    document = parse(body, URL, None)
    assert (document.error, len(document.entries)) == (None, 200)


def test_a_long_article_in_xhtml_is_no_trap() -> None:
    rows = "<tr><td>Commune</td><td>12</td></tr>" * 1_000
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><table>{rows}</table></div></content></entry></feed>'
    assert "Commune" in (parse(text.encode(), URL, None).entries[0].content_html or "")


def test_an_author_with_an_ordinary_name_and_address_is_read() -> None:
    person = parse(item("<author>camille@exemple.fr (Camille Martin)</author>"), URL, None).entries[0].authors[0]
    assert (person.name, person.email) == ("Camille Martin", "camille@exemple.fr")


def test_a_long_word_in_an_address_stays() -> None:
    link = f"https://www.exemple.fr/rss/articles/{'CBMi' * 300}?oc=5"
    assert parse(item(f"<link>{link}</link>"), URL, None).entries[0].url == link


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "hex"]
)
def test_an_encoding_that_no_document_has_is_not_believed(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    document = parse(head + item("<title>Été \\u0041</title>").replace("Été".encode(), b"\xc9t\xe9"), URL, None)
    assert document.entries[0].title == "Été \\u0041"


def test_a_page_in_an_encoding_that_no_document_has_names_its_feed_all_the_same() -> None:
    page = b'<?xml version="1.0" encoding="idna"?><link rel="alternate" type="application/rss+xml" href="/flux">\xff'
    assert discover(page, "https://www.exemple.fr/") == ("https://www.exemple.fr/flux",)
