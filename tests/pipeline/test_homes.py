"""A post's page is in the first feed that takes the post, and so is all that leads there."""

import json
from dataclasses import replace

import pytest

from relay.core.crosspost import State
from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.feed import OutgoingFeed
from tests.pipeline.gallery import Gallery
from tests.pipeline.world import World


def feed(name: str, *when: str) -> OutgoingFeed:
    rules = tuple(one for text in when if not isinstance(one := parse(text), Misreading))
    return OutgoingFeed(name, name, f"https://{name}.example/", ("cget",), ("json", "html"), when=rules)


@pytest.fixture
def choosing(world: World) -> World:
    """Two feeds, each of which takes one of the agency's entries."""
    feeds = (feed("bilans", "title ~ bilan"), feed("quartiers", "title ~ quartiers"))
    world.desk = replace(world.desk, feeds=feeds)
    world.poll()
    world.publish()
    return world


@pytest.mark.parametrize(
    ("name", "title"), [("bilans", "Un premier bilan"), ("quartiers", "Des quartiers mieux reliés")]
)
def test_it_lives_where_it_is_taken(choosing: World, name: str, title: str) -> None:
    (item,) = json.loads((choosing.feeds / name / "feed.json").read_text())["items"]

    assert item["title"].startswith(title)
    assert item["url"].startswith(f"https://{name}.example/")
    assert (choosing.feeds / name / item["url"].rpartition("/")[2]).is_file()


def test_cross_posts_lead_to_the_page_that_is_there(choosing: World) -> None:
    links = {crosspost.draft.title: crosspost.draft.link for crosspost in choosing.in_state(State.WAITING)}

    assert links["Des quartiers mieux reliés"].startswith("https://quartiers.example/")


def test_what_no_feed_takes_leads_to_its_source(world: World) -> None:
    world.desk = replace(world.desk, feeds=(feed("bilans", "title ~ bilan"),))
    world.poll()
    links = {crosspost.draft.title: crosspost.draft.link for crosspost in world.in_state(State.WAITING)}

    assert links["Des quartiers mieux reliés"] == "https://agence.example/Des-quartiers-mieux-reliés"


def test_its_picture_stands_beside_its_page(gallery: Gallery) -> None:
    gallery.desk = replace(gallery.desk, feeds=(feed("ailleurs", "title ~ ailleurs"), feed("blog")))
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    gallery.publish()
    picture = gallery.picture()

    assert picture is not None
    assert picture.url.startswith("https://blog.example/pictures/")
    assert picture.url.rpartition("/")[2] in gallery.files()
