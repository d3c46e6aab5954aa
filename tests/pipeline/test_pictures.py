"""Pictures of news: looked at before anybody sees them, and never in the way of the news."""

from dataclasses import replace

import pytest

from relay.core.document import Picture
from tests.fakes.drawings import drawn, saved
from tests.fakes.feed_server import answer
from tests.pipeline.gallery import Gallery, desk

FOLDER = "https://blog.example/pictures/"


def test_news_wait_for_their_picture_and_are_published_with_it(gallery: Gallery) -> None:
    gallery.read(replace(gallery.serve("/place.jpg"), alt="Une place", credit="© Anne"))
    gallery.publish()
    held = gallery.items()
    gallery.look()
    gallery.publish()
    (shown,) = gallery.items()
    picture = gallery.picture()

    assert held == []
    assert picture is not None
    assert (picture.alt, picture.credit, picture.type) == ("Une place", "© Anne", "image/jpeg")
    assert (picture.width, picture.height) == (1200, 800)
    assert shown["image"] == picture.url
    assert picture.url.startswith(FOLDER)
    assert shown["attachments"][0]["size_in_bytes"] == picture.length
    assert len(gallery.files()) == 2
    file = gallery.folder / "blog" / "pictures" / picture.url.removeprefix(FOLDER)
    assert len(file.read_bytes()) == picture.length
    assert gallery.landed == 1


def test_a_picture_that_came_while_the_entry_was_held_is_no_change_of_it(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    before = gallery.entry().post.updated
    gallery.pass_(seconds=3)
    gallery.look()

    assert gallery.picture() is not None
    assert gallery.entry().post.updated == before


def test_nothing_is_held_longer_than_twenty_seconds(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg", b"", 503))
    gallery.look()
    gallery.publish()
    early = len(gallery.items())
    gallery.read(Picture("http://127.0.0.1:9/later.jpg"), name="autre")
    gallery.pass_(seconds=19)
    gallery.publish()
    before = len(gallery.items())
    gallery.pass_(seconds=1)
    gallery.publish()

    # Of the first nothing more was to come soon; of the second nobody had looked for anything yet.
    assert (early, before, len(gallery.items())) == (1, 1, 2)


def test_the_publishing_loop_is_told_when_a_hold_is_over(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.site.pages["/place.jpg"] = answer(503)
    gallery.pass_(seconds=21)
    gallery.look()

    assert gallery.landed == 1


def test_a_picture_that_comes_late_is_a_change_that_readers_are_told_of(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg", b"", 503))
    gallery.look()
    before = gallery.entry().post.updated
    gallery.serve("/place.jpg")
    gallery.pass_(minutes=3)
    gallery.look()

    assert gallery.picture() is not None
    assert gallery.entry().post.updated == gallery.now > before


def test_old_entries_are_published_at_once_and_their_pictures_are_no_news(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"), is_first=True)
    gallery.publish()
    before = gallery.entry().post.updated
    at_once = len(gallery.items())
    gallery.pass_(hours=30)
    gallery.look()

    assert at_once == 1
    assert gallery.picture() is not None
    assert gallery.entry().post.updated == before


def test_the_next_candidate_serves_where_the_first_does_not(gallery: Gallery) -> None:
    small = gallery.serve("/petite.jpg", saved(drawn(120, 90)))
    page = gallery.serve("/page.html", b"<html><body>Erreur</body></html>")
    gallery.read(small, page, gallery.serve("/grande.jpg"))
    gallery.look()
    found = gallery.candidates()

    assert gallery.states() == ["refused", "refused", "kept", "passed"]
    assert [one.why for one in found[:2]] == [
        "It has 120 × 90 pixels; 200 × 100 are the least.",
        "It is no JPEG, PNG, GIF or WebP picture.",
    ]


@pytest.mark.parametrize(("tries", "expected"), [(1, "wanted"), (2, "wanted"), (3, "refused")])
def test_a_host_that_fails_is_asked_three_times_minutes_apart(gallery: Gallery, tries: int, expected: str) -> None:
    gallery.desk = desk("feed")
    gallery.read(gallery.serve("/place.jpg", b"", 500))
    for _ in range(tries):
        gallery.look()
        gallery.look()
        gallery.pass_(minutes=11)

    assert (gallery.asked("/place.jpg"), gallery.states()) == (tries, [expected])


def test_what_is_not_there_is_not_asked_for_again(gallery: Gallery) -> None:
    gallery.desk = desk("feed")
    gallery.read(gallery.serve("/place.jpg", b"", 404))
    gallery.look()
    gallery.pass_(hours=1)
    gallery.look()

    assert (gallery.asked("/place.jpg"), gallery.states()) == (1, ["refused"])
    assert "404" in gallery.candidates()[0].why


def test_the_page_of_the_entry_is_asked_where_its_feed_has_no_picture(gallery: Gallery) -> None:
    gallery.serve("/apercu.jpg")
    head = '<meta property="og:image" content="/apercu.jpg"><meta property="og:image:alt" content="Un aperçu">'
    gallery.site.pages["/actu/bilan"] = answer(body=f"<html><head>{head}</head></html>".encode())
    gallery.read()
    gallery.publish()
    at_once = len(gallery.items())
    gallery.pass_(seconds=2)
    gallery.look()
    picture = gallery.picture()

    assert at_once == 1
    assert picture is not None
    assert picture.alt == "Un aperçu"


@pytest.mark.parametrize("kept", ["feed", "none", "link"])
def test_the_page_is_asked_only_where_the_operator_wants_that(gallery: Gallery, kept: str) -> None:
    gallery.desk = desk(kept)  # type: ignore[arg-type]  # one of the literals
    gallery.read()
    gallery.look()
    assert gallery.site.asked == []


def test_the_page_of_an_old_entry_is_not_asked(gallery: Gallery) -> None:
    gallery.read(is_first=True)
    gallery.look()
    assert gallery.site.asked == []


def test_robots_are_asked_first_and_obeyed(gallery: Gallery) -> None:
    gallery.site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /")
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()

    assert {one.path for one in gallery.site.asked} == {"/robots.txt"}
    assert "robots.txt" in gallery.candidates()[0].why


def test_a_picture_that_many_entries_have_is_the_sources_logo(gallery: Gallery) -> None:
    logo = gallery.serve("/charte.png", saved(drawn()))
    for number in range(3):
        gallery.read(logo, name=f"n{number}")
    gallery.look()

    assert [gallery.picture(number) for number in range(3)] == [None] * 3
    assert "3 or more entries" in gallery.candidates()[0].why
