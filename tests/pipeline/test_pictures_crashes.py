"""The process stops while a picture is looked at: it is not lost, and it does not bring relay down for ever."""

import pytest

from relay.pipeline.picturing import looking, showing
from tests.pipeline.gallery import Gallery, desk
from tests.pipeline.world import Crash


def crash(*_: object, **__: object) -> None:
    raise Crash


@pytest.mark.parametrize("moment", ["_look_at", "_keep"])
def test_a_crash_on_the_way_loses_no_picture(gallery: Gallery, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    gallery.read(gallery.serve("/a.jpg"))
    with monkeypatch.context() as patch:
        patch.setattr(looking, moment, crash)
        with pytest.raises(Crash):
            gallery.look()
    gallery.pass_(minutes=3)
    gallery.look()

    assert gallery.picture() is not None


def test_a_crash_while_it_is_stored_leaves_all_of_it_or_nothing(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery.read(gallery.serve("/a.jpg"))
    with monkeypatch.context() as patch:
        patch.setattr(showing, "change", crash)
        with pytest.raises(Crash):
            gallery.look()
    half = (gallery.picture(), gallery.states()[0])
    gallery.pass_(minutes=3)
    gallery.look()

    assert half == (None, "wanted")
    assert gallery.states()[0] == "kept"


def test_a_picture_that_brings_relay_down_is_tried_three_times(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery.desk = desk("feed")
    gallery.read(gallery.serve("/a.jpg"))
    with monkeypatch.context() as patch:
        patch.setattr(looking, "_made", crash)
        for _ in range(3):
            with pytest.raises(Crash):
                gallery.look()
            gallery.pass_(minutes=11)
    gallery.look()

    assert gallery.states() == ["refused"]
    assert gallery.asked("/a.jpg") == 3
