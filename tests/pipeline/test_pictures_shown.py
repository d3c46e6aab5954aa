"""What feeds show of pictures, what an edit changes of that, and what an editor says."""

from pathlib import Path

import pytest

from relay.core.review.moving import Refusal
from relay.pipeline.pictures import describe
from relay.pipeline.picturing import wanting
from tests.fakes.drawings import camera_file, drawn, opened, saved
from tests.pipeline.gallery import PHOTO, Gallery, desk
from tests.pipeline.world import CAMILLE

FOLDER = "https://blog.example/pictures/"


def test_an_edit_of_the_words_leaves_the_picture(gallery: Gallery) -> None:
    photo = gallery.serve("/a.jpg")
    gallery.read(photo)
    gallery.look()
    before = gallery.picture()
    gallery.pass_(minutes=1)
    gallery.read(photo, title="Nouvelle bilan, revue")
    gallery.look()

    assert gallery.picture() == before
    assert gallery.asked("/a.jpg") == 1


def test_a_picture_that_the_source_takes_back_is_shown_no_more(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/a.jpg"))
    gallery.look()
    gallery.pass_(minutes=1)
    gallery.read()
    gallery.look()
    gallery.publish()

    assert "image" not in gallery.items()[0]
    assert gallery.files() == []


def test_a_file_that_no_post_shows_any_more_is_removed(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/a.jpg"))
    gallery.look()
    gallery.publish()
    before = gallery.files()
    stranger = gallery.folder / "blog" / "pictures" / "affiche.jpg"
    stranger.write_bytes(b"the operator's own")
    gallery.pass_(minutes=1)
    gallery.read(gallery.serve("/b.jpg", saved(drawn(640, 480))), title="Nouvelle bilan, revue")
    gallery.publish()
    meanwhile = gallery.files()
    gallery.look()
    gallery.publish()

    assert meanwhile == sorted([*before, "affiche.jpg"])
    assert len(gallery.files()) == 3
    assert not set(gallery.files()) & set(before)


def test_an_editors_words_are_a_change_of_the_post_and_stay(gallery: Gallery) -> None:
    photo = gallery.serve("/a.jpg")
    gallery.read(photo)
    gallery.look()
    gallery.pass_(minutes=1)
    describe(gallery.db, 1, "  Une place,\nun soir ", (CAMILLE, "test"), gallery.now)
    described = gallery.entry().post
    gallery.pass_(minutes=1)
    gallery.read(photo, title="Nouvelle bilan, revue")

    assert described.picture is not None
    assert described.picture.alt == "Une place, un soir"
    assert described.updated > gallery.entry().first_seen
    assert gallery.picture() == described.picture


def test_words_for_no_picture_are_refused(gallery: Gallery) -> None:
    gallery.read()
    with pytest.raises(Refusal, match="no picture"):
        describe(gallery.db, 1, "Une place", (CAMILLE, "test"), gallery.now)


def test_a_post_without_a_picture_shows_the_feeds_own(gallery: Gallery, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(saved(drawn(160, 160), "PNG"))
    gallery.desk = desk("feed", logo)
    gallery.read()
    gallery.publish()
    (shown,) = gallery.items()

    assert shown["image"].startswith(FOLDER)
    assert (gallery.folder / "blog" / "pictures" / shown["image"].removeprefix(FOLDER)).is_file()
    assert gallery.publish() == []


def test_a_fallback_that_is_gone_stops_nothing(gallery: Gallery, tmp_path: Path) -> None:
    gallery.desk = desk("feed", tmp_path / "nothing.png")
    gallery.read()
    gallery.publish()

    assert "image" not in gallery.items()[0]


def test_the_small_picture_of_a_feed_has_its_size(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/a.jpg", PHOTO))
    gallery.look()
    gallery.publish()
    atom = (gallery.folder / "blog" / "atom.xml").read_text()

    assert 'width="480" height="320"' in atom
    assert "-small.jpg" in atom


def test_two_entries_with_one_picture_share_its_files(gallery: Gallery) -> None:
    one, other = gallery.serve("/a.jpg"), gallery.serve("/b.jpg")
    gallery.read(one, name="un")
    gallery.read(other, name="deux")
    gallery.look()
    gallery.publish()
    first, second = gallery.picture(0), gallery.picture(1)

    assert first is not None
    assert second is not None
    assert first.url == second.url
    assert len(gallery.files()) == 2


def test_the_place_where_it_was_taken_is_told_to_nobody(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/a.jpg", camera_file()))
    gallery.look()
    gallery.publish()

    for name in gallery.files():
        body = (gallery.folder / "blog" / "pictures" / name).read_bytes()
        assert opened(body).getexif() == {}
        assert b"written by hand" not in body


def test_no_feed_shows_a_picture_that_relay_has_not_looked_at(gallery: Gallery) -> None:
    gallery.desk = desk("link")
    gallery.read(gallery.serve("/place.jpg"))
    gallery.publish()
    linked = "image" in gallery.items()[0]
    gallery.desk = desk("page")
    gallery.publish()
    unseen = "image" in gallery.items()[0]
    adopted = wanting.adopt(gallery.db, gallery.desk)
    gallery.look()
    gallery.publish()

    assert (linked, unseen, adopted) == (True, False, 1)
    assert gallery.items()[0]["image"].startswith(FOLDER)
    assert wanting.adopt(gallery.db, gallery.desk) == 0


@pytest.mark.parametrize(("kept", "has_image"), [("link", True), ("none", False)])
def test_the_operator_may_link_to_pictures_or_have_none(gallery: Gallery, kept: str, has_image: bool) -> None:  # noqa: FBT001
    gallery.desk = desk(kept)  # type: ignore[arg-type]  # one of the literals
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    gallery.publish()
    (shown,) = gallery.items()

    assert shown.get("image") == (f"{gallery.site.url}/place.jpg" if has_image else None)
    assert gallery.asked("/place.jpg") == 0
