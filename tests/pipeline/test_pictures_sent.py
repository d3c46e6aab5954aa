"""The picture of a post goes with its cross-posts: as it is when they are approved, and never later."""

from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Crosspost, Draft, Keys, Request, State
from relay.core.outcome import Sent
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.networks.sandbox import network as sandbox
from relay.pipeline import review
from relay.pipeline.deliver import deliver
from relay.pipeline.pictures import describe
from relay.pipeline.tidy import tidy
from relay.storage import crossposts, journal
from tests.pipeline.gallery import Gallery
from tests.pipeline.world import CAMILLE, FarEnd, World

BENOIT = Editor("benoit", Role.EDITOR)


class Album:
    """The sandbox, which also remembers which bytes it was handed."""

    SETTINGS = sandbox.SETTINGS
    limits = staticmethod(sandbox.limits)
    directory_name = staticmethod(sandbox.directory_name)
    abilities = staticmethod(sandbox.abilities)
    publish = staticmethod(sandbox.publish)
    find = staticmethod(sandbox.find)

    def __init__(self) -> None:
        self.handed: list[bytes | None] = []

    def prepare(  # as all networks
        self,
        http: httpx.Client,
        account: Account,
        draft: Draft,
        keys: Keys,
        picture: bytes | None = None,
        after: tuple[Sent, ...] = (),
    ) -> Request:
        self.handed.append(picture)
        request = sandbox.prepare(http, account, draft, keys, picture, after)
        assert isinstance(request, Request)
        return request


@pytest.fixture
def album(gallery: Gallery) -> Album:
    one = Album()
    networks: Mapping[str, object] = dict.fromkeys(gallery.desk.networks, one)
    gallery.desk = replace(gallery.desk, networks=networks)  # type: ignore[arg-type]  # its own class, the same names
    return one


def of_masto(gallery: Gallery, *states: State) -> list[Crosspost]:
    with gallery.db.read() as tx:
        return [one for one in crossposts.by_state(tx, states) if one.account == "masto"]


def waiting(gallery: Gallery) -> list[Crosspost]:
    return of_masto(gallery, State.WAITING)


def approve(gallery: Gallery) -> None:
    world = World(gallery.db, gallery.folder, gallery.desk, now=gallery.now)
    world.approve_all()
    gallery.now = world.now


def send(gallery: Gallery) -> None:
    with httpx.Client(transport=httpx.MockTransport(FarEnd().answer)) as http:
        tidy(gallery.db, http, gallery.desk, gallery.now)
        deliver(gallery.db, http, gallery.desk, lambda: gallery.now)


def test_what_waits_has_the_picture_once_it_has_come(gallery: Gallery) -> None:
    gallery.read(replace(gallery.serve("/place.jpg"), alt="Une place"))
    (before,) = waiting(gallery)
    gallery.look()
    (after,) = waiting(gallery)
    picture = gallery.picture()

    assert before.draft.image is None
    assert after.revision == before.revision + 1
    assert after.draft.image is not None
    assert picture is not None
    assert (after.draft.image.url, after.draft.image.alt) == (picture.url, "Une place")


def test_an_editors_words_for_the_picture_are_to_be_approved(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    (before,) = waiting(gallery)
    describe(gallery.db, 1, "Une place, un soir", (CAMILLE, "test"), gallery.now)
    (after,) = waiting(gallery)
    with gallery.db.read() as tx:
        last = journal.lines(tx, after.id)[-1]

    assert after.revision == before.revision + 1
    assert after.draft.image is not None
    assert after.draft.image.alt == "Une place, un soir"
    assert (last.who, last.means, last.what) == ("camille", "test", "picture described")


def test_whoever_describes_a_picture_does_not_approve_that(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    describe(gallery.db, 1, "Une place, un soir", (CAMILLE, "test"), gallery.now)
    with pytest.raises(Refusal, match="camille wrote these words"):
        approve(gallery)


def test_whoever_wrote_the_words_does_not_approve_them_once_another_describes_the_picture(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    (one,) = waiting(gallery)
    words = review.Words(one.revision, "Mes mots")
    review.edit(gallery.db, gallery.desk, one.id, (CAMILLE, "test"), words, gallery.now)
    describe(gallery.db, 1, "Une place, un soir", (BENOIT, "test"), gallery.now)
    with pytest.raises(Refusal, match="camille wrote these words"):
        approve(gallery)


def test_a_picture_that_comes_after_the_yes_changes_nothing_that_was_approved(gallery: Gallery) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    approve(gallery)
    gallery.look()
    (one,) = of_masto(gallery, State.APPROVED, State.SCHEDULED)

    assert one.draft.image is None


def test_the_network_is_handed_the_bytes_that_readers_see(gallery: Gallery, album: Album) -> None:
    gallery.read(gallery.serve("/place.jpg"))
    gallery.look()
    gallery.publish()
    approve(gallery)
    send(gallery)
    picture = gallery.picture()

    assert picture is not None
    shown = gallery.folder / "blog" / "pictures" / picture.url.rpartition("/")[2]
    assert album.handed == [shown.read_bytes()] * 2


def test_a_post_without_a_picture_is_sent_without(gallery: Gallery, album: Album) -> None:
    gallery.read()
    approve(gallery)
    send(gallery)

    assert album.handed == [None] * 2
