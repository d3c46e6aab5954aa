"""What a feed reader gets out of our documents: the same posts, whichever format it takes."""

import json
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest

from relay.core.compose import headline
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Edition, Format
from tests.feeds.editions import FIRST_MOMENT, LINK, blog, post

EDITION = blog()


def read(module: Format, edition: Edition) -> Any:
    return feedparser.parse(module.render(edition)[0].body)


def moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)


@pytest.fixture(params=[atom, rss], ids=["atom", "rss"])
def feed(request: pytest.FixtureRequest) -> Any:
    return read(request.param, EDITION)


def test_a_reader_finds_every_post_in_order(feed: Any) -> None:
    assert [entry.id for entry in feed.entries] == [one.id for one in EDITION.posts]


def test_a_reader_finds_the_titles_with_their_handles(feed: Any) -> None:
    expected = [headline(one, EDITION.feed.form.title, EDITION.directory) for one in EDITION.posts]
    assert [entry.title for entry in feed.entries] == expected


def test_a_reader_finds_the_dates_of_publication(feed: Any) -> None:
    assert [moment(entry.published_parsed) for entry in feed.entries] == [one.published for one in EDITION.posts]


def test_a_reader_finds_the_link_to_each_page(feed: Any) -> None:
    assert [entry.link for entry in feed.entries] == [one.url for one in EDITION.posts]


def test_a_reader_finds_the_whole_post_with_credit_body_and_what_to_read_too(feed: Any) -> None:
    content = feed.entries[1].content[0].value
    positions = [
        content.find(part) for part in ("ANCT</a>", "La liste", "<img", "centre-bourg ne", "savoir plus", "Lire")
    ]
    assert positions == sorted(positions)
    assert positions[0] > 0


def test_a_reader_finds_the_picture_as_an_enclosure(feed: Any) -> None:
    enclosure = feed.entries[0].enclosures[0]
    assert (enclosure.href, enclosure.type, enclosure.length) == (EDITION.posts[0].picture.url, "image/jpeg", "48213")  # type: ignore[union-attr]  # the fixture has one


def test_a_reader_finds_where_the_entry_comes_from(feed: Any) -> None:
    assert feed.entries[0].source.title == "Les actualités de l’ANCT"


def test_a_reader_finds_categories_and_hashtags(feed: Any) -> None:
    assert [tag.term for tag in feed.entries[0].tags] == ["politique de la ville", "FVM"]


def test_a_reader_finds_the_language_and_the_latest_change(feed: Any) -> None:
    assert feed.feed.language == "fr"
    assert moment(feed.feed.updated_parsed) == EDITION.updated


def test_atom_says_when_a_post_changed() -> None:
    entry = read(atom, EDITION).entries[3]
    assert moment(entry.updated_parsed) == FIRST_MOMENT + timedelta(days=20)


def test_atom_gives_every_link_its_role() -> None:
    roles = [link.rel for link in read(atom, EDITION).entries[1].links]
    assert roles == ["alternate", "via", "related", "enclosure"]


def test_atom_names_the_origin_feed() -> None:
    source = read(atom, EDITION).entries[0].source
    assert (source.id, source.updated) == ("tag:anct.exemple.fr,2020:actualites", "2026-10-01T07:30:00+00:00")


def test_atom_marks_a_post_in_another_language() -> None:
    assert b'<entry xml:lang="en">' in atom.render(blog(post(0, language="en")))[0].body


def test_rss_names_the_author_without_an_address() -> None:
    entry = read(rss, blog(post(0, author="Ana Silva"))).entries[0]
    assert entry.author == "Ana Silva"


def test_a_picture_of_unknown_length_is_no_enclosure() -> None:
    picture = post(0).picture
    assert picture is not None
    feed = read(atom, blog(post(0, picture=replace(picture, length=None))))
    assert feed.entries[0].enclosures == []


def test_a_document_names_the_other_formats_but_not_itself() -> None:
    links = [link.href for link in read(atom, EDITION).feed.links if link.rel == "alternate"]
    assert links == [f"{LINK}rss.xml", f"{LINK}feed.json", LINK]


def test_a_subscription_document_holds_the_newest_posts_only() -> None:
    assert [entry.id for entry in read(atom, blog(size=2)).entries] == [one.id for one in EDITION.posts[:2]]


def test_json_feed_says_the_same_as_atom() -> None:
    said = json.loads(jsonfeed.render(EDITION)[0].body)["items"]
    entries = read(atom, EDITION).entries
    assert [(item["id"], item["url"], item["title"]) for item in said] == [(e.id, e.link, e.title) for e in entries]


def test_json_feed_leaves_out_what_a_post_has_not() -> None:
    item = json.loads(jsonfeed.render(blog(post(0, picture=None, more_url="", lead="")))[0].body)["items"][0]
    assert not {"image", "attachments", "external_url", "summary", "authors"} & set(item)


@pytest.mark.parametrize("module", [atom, rss, jsonfeed, archive])
def test_the_same_edition_gives_the_same_bytes(module: Format) -> None:
    assert module.render(blog()) == module.render(blog())


def test_an_edit_moves_updated_and_neither_id_nor_publication() -> None:
    old = post(0)
    new = replace(old, headline="Un autre titre", updated=old.updated + timedelta(hours=1))
    before, after = read(atom, blog(old)), read(atom, blog(new))
    assert (before.entries[0].id, before.entries[0].published) == (after.entries[0].id, after.entries[0].published)
    assert before.entries[0].updated < after.entries[0].updated
    assert before.feed.updated < after.feed.updated
