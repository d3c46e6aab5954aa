"""Whatever a source writes, our documents stay readable."""

import json
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from relay.core.document import Picture
from relay.core.markup.html import sanitise, to_text
from relay.core.post import Post, Related
from relay.publish import archive, atom, jsonfeed, rss
from tests.feeds.editions import blog, post

# Every code point, lone surrogates too: those come out of broken escapes.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
ADDRESSES = st.one_of(ANYTHING, ANYTHING.map("https://exemple.fr/".__add__))


@st.composite
def odd_posts(draw: st.DrawFn) -> Post:
    texts: dict[str, Any] = {name: draw(ANYTHING) for name in ("headline", "credit", "lead", "author")}
    urls = {name: draw(ADDRESSES) for name in ("url", "credit_url", "more_url")}
    return post(
        0,
        **texts,
        **urls,
        body_html=draw(ANYTHING).replace("<", "&lt;"),
        hashtags=draw(st.tuples(ANYTHING)),
        handles=draw(st.tuples(ANYTHING)),
        categories=draw(st.tuples(ANYTHING)),
        picture=Picture(draw(ADDRESSES), draw(ANYTHING), draw(ANYTHING), draw(st.integers(0, 9))),
        related=(Related(draw(ANYTHING), draw(ADDRESSES)),),
    )


@settings(max_examples=60, deadline=None)
@given(odd_posts())
def test_any_text_in_any_field_gives_well_formed_documents(odd: Post) -> None:
    edition = blog(odd, post(1))
    assert len(etree.fromstring(atom.render(edition)[0].body).findall("{*}entry")) == 2
    assert len(etree.fromstring(rss.render(edition)[0].body).findall("channel/item")) == 2
    assert len(json.loads(jsonfeed.render(edition)[0].body)["items"]) == 2
    assert len(html.document_fromstring(archive.render(edition)[-1].body.decode()).findall(".//article")) == 2


@pytest.mark.parametrize("sign", [*map(chr, (0x00, 0x0B, 0x1F, 0x92, 0xFFFE, 0xFFFF, 0xD800, 0xFFFD))])
def test_a_character_that_no_document_may_hold_is_dropped_and_the_rest_kept(sign: str) -> None:
    poisoned = post(0, headline=f"Un titre{sign} clair", lead=f"{sign}Un chapeau", handles=())
    entry = feedparser.parse(atom.render(blog(poisoned, post(1)))[0].body).entries[0]
    assert (entry.title, entry.summary) == ("Un titre clair", "Un chapeau")


def test_a_post_without_any_title_takes_its_lead() -> None:
    entry = feedparser.parse(atom.render(blog(post(0, headline="", handles=())))[0].body).entries[0]
    assert entry.title == post(0).lead


def test_text_that_looks_like_markup_stays_text() -> None:
    pages = archive.render(blog(post(0, headline="<script>alert(1)</script>", lead='"><img src=x onerror=y>')))
    written = b"".join(page.body for page in pages)
    assert b"<script" not in written
    assert b"<img src=x" not in written


def test_sanitised_html_is_printed_as_it_is() -> None:
    body = sanitise("<p>Voir <a href='/plan'>le plan</a></p>", "https://exemple.fr/")
    assert body.encode() in archive.render(blog(post(0, body_html=body)))[-1].body


def test_a_headline_with_a_sign_that_is_no_letter_to_a_directory_is_published() -> None:
    """An emoji's selector of its look is a word of its own, and empty once folded."""
    entry = feedparser.parse(atom.render(blog(post(0, headline="🏘️ Quartiers 🏘️")))[0].body).entries[0]
    assert entry.title.startswith("🏘️ Quartiers")


@pytest.mark.parametrize("lead", ["La balise <b> et <!-- rien -->", "On écrit &amp; pour &", "AT&T <3"])
def test_a_lead_that_looks_like_html_is_read_as_it_is(lead: str) -> None:
    entry = feedparser.parse(rss.render(blog(post(0, lead=lead)))[0].body, sanitize_html=False).entries[0]
    assert to_text(entry.summary) == lead
