"""Entries that are made once and kept: the document is the one that feedgen makes whole, byte for byte."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import Picture
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Edition, Format
from relay.publish.item import KEPT, each
from relay.publish.kept import Kept
from tests.feeds.editions import FIRST_MOMENT, ORIGINS, blog, post

FORMATS = (atom, rss, jsonfeed, archive)
SMALL = Picture("https://blog.exemple.fr/pictures/0-small.jpg", "", "image/jpeg", 900, 480, 320)
HOSTILE = post(
    3, headline="A <entry> & </feed> <item>", lead="\x00 </channel>", body_html="<p>&lt;entry&gt;</p>", language="en"
)
EDITIONS = {
    "the blog": blog(),
    "no post": replace(blog(), posts=()),
    "hubs and a licence": blog(hubs=("https://hub.example/",), size=2),
    "what looks like tags": blog(post(4), HOSTILE, post(0)),
    "thumbnails": replace(blog(), thumbnails={post(0).picture.url: SMALL}),  # type: ignore[union-attr]
    "old ones edited": replace(blog(post(4), post(3)), edited=(post(1), post(0))),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", EDITIONS)
def test_joined_documents_are_those_made_whole(name: str, format_: Format) -> None:
    edition = EDITIONS[name]
    kept = replace(edition, looks=name)

    assert [format_.render(kept), format_.render(kept)] == [format_.render(edition)] * 2


@pytest.mark.parametrize("format_", FORMATS)
def test_whatever_changes_of_a_post_or_of_its_feed_is_in_the_next_document(format_: Format) -> None:
    before = replace(blog(), looks="one")
    format_.render(before)
    edited = post(2, headline="Un autre titre", updated=FIRST_MOMENT + timedelta(days=30))
    for after in (_with(before, edited), replace(before, feed=replace(before.feed, title="Autre blog"), looks="two")):
        assert format_.render(after) == format_.render(replace(after, looks=""))


def test_the_posts_of_as_many_sources_as_posts_are_kept_are_made_once() -> None:
    many = [post(0, id=f"tag:{number}", source_id=f"source-{number}") for number in range(KEPT)]
    one = ORIGINS["anct"]
    origins = {other.source_id: replace(one, id=other.id) for other in many}
    edition, made = replace(blog(*many), origins=origins, looks="many"), list[str]()
    kept: Kept[None] = Kept(KEPT)
    for _ in range(2):
        each(edition, many, kept, lambda alone: made.append(alone.posts[0].id))

    assert len(made) == KEPT


def _with(edition: Edition, edited: object) -> Edition:
    posts = tuple(edited if one.slug == "billet-2" else one for one in edition.posts)
    return replace(edition, posts=posts)  # type: ignore[arg-type]
