"""What has its yes leaves with the picture that was seen then, whatever its post shows meanwhile."""

from dataclasses import replace

import pytest

from relay.core.crosspost import State
from relay.core.pictures.rendition import digest_of
from relay.storage import pictures
from tests.fakes.drawings import photograph, saved
from tests.pipeline.gallery import PHOTO, Gallery
from tests.pipeline.test_pictures_sent import Album, album, approve, of_masto, send

__all__ = ["album"]


def test_a_new_picture_of_the_post_leaves_the_approved_one_its_own(gallery: Gallery, album: Album) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    approve(gallery)
    gallery.read(gallery.serve("/gare.jpg", saved(photograph(900, 600))))
    gallery.look()
    (one,) = of_masto(gallery, State.APPROVED, State.SCHEDULED)
    send(gallery)

    assert one.draft.image is not None
    assert len(album.handed) == 2
    assert None not in album.handed


@pytest.mark.parametrize("kept", ["page", "link"])
def test_a_picture_of_another_blog_made_with_relay_is_no_picture_of_ours(gallery: Gallery, kept: str) -> None:
    source = replace(gallery.desk.sources["cget"], pictures=kept)  # type: ignore[arg-type]  # one of Pictures
    gallery.desk = replace(gallery.desk, sources={"cget": source})
    foreign = gallery.serve(f"/pictures/{'0' * 32}.jpg", PHOTO, status=404)
    gallery.read(replace(foreign, type="image/jpeg", width=900, height=600))
    gallery.look()
    (one,) = of_masto(gallery, State.WAITING)

    assert one.draft.image is None


def test_a_picture_that_its_source_took_away_is_kept_no_longer(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    shown = gallery.picture()
    assert shown is not None
    digest = digest_of(shown.url) or ""
    gallery.read(picture=None)
    gallery.look()

    assert gallery.picture() is None
    with gallery.db.read() as tx:
        assert pictures.sizes(tx, (digest,)) == []
