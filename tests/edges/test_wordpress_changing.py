"""WordPress: an edit keeps the address and the status of a post, and what is deleted can be taken out of the trash."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, NotThere, Refused, Retry, Sent
from relay.networks.wire.changed import NO_MORE, NOT_OURS
from relay.networks.wordpress import network as wordpress
from relay.networks.wordpress.changing import delete, edit
from tests.edges.far_end import FarEnd
from tests.fakes.wordpress import WordPress

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"La fracture\n{LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)
CORRECTED = replace(DRAFT, text=f"La couture\n{LINK}", link="https://blog.example/2026/couture", title="La couture")


@pytest.fixture
def end(wordpress_site: FarEnd) -> FarEnd:
    return wordpress_site


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = b"a picture") -> Request:
    request = wordpress.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = wordpress.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def test_an_edited_post_stays_at_its_address(end: FarEnd, http: httpx.Client, wordpress_server: WordPress) -> None:
    """Its slug is made of the link and the title, and both may be corrected."""
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    assert before.key != after.key
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, after) == sent
    [post] = wordpress_server.posts
    assert (post["title"], post["slug"], end.published()) == ("La couture", before.key, [CORRECTED.text])


def test_a_post_that_the_site_has_taken_off_is_not_put_on_again(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    wordpress_server.posts[0]["status"] = "private"
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == sent
    assert wordpress_server.posts[0]["status"] == "private"


@pytest.mark.parametrize(
    ("draft", "picture", "shown"),
    [
        (replace(DRAFT, image=replace(IMAGE, alt="Un marché")), b"a picture", (b"a picture", "Un marché")),
        (DRAFT, b"another", (b"another", "Une place")),
        (CORRECTED, b"a picture", (b"a picture", "Une place")),
    ],
)
def test_a_picture_or_its_description_that_changed_takes_the_place_of_the_first(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress, draft: Draft, picture: bytes, shown: tuple[bytes, str]
) -> None:
    """The library has a picture of that post already, and that one is not it."""
    before = prepared(end, http)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, prepared(end, http, draft, picture)) == sent
    number = wordpress_server.posts[0]["featured_media"]
    [media] = [one for one in wordpress_server.media if one["id"] == number]
    assert (media["body"], media["alt_text"]) == shown


def test_a_picture_that_is_taken_off_is_shown_no_more(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    assert wordpress_server.posts[0]["featured_media"]
    edit(http, end.account, sent, before, prepared(end, http, replace(CORRECTED, image=None), None))
    assert wordpress_server.posts[0]["featured_media"] == 0


def test_a_deleted_post_is_in_the_trash(end: FarEnd, http: httpx.Client, wordpress_server: WordPress) -> None:
    request = prepared(end, http)
    assert delete(http, end.account, published(end, http, request), request) == Gone()
    assert [post["status"] for post in wordpress_server.posts] == ["trash"]
    assert wordpress.find(http, end.account, request, KEYS.created_at) == NotThere()


def test_a_post_in_the_trash_is_not_edited(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    told = edit(http, end.account, sent, before, prepared(end, http, CORRECTED))
    assert told == Refused("The post is in the site's trash: take it out there before you edit it.")


def test_a_post_of_somebody_else_under_the_same_number_is_left_alone(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    """The account's site is another one than when it was posted."""
    before = prepared(end, http)
    sent = published(end, http, before)
    wordpress_server.posts[0] |= {"slug": "bonjour-le-monde", "link": "https://autre.example/bonjour-le-monde/"}
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == NOT_OURS
    assert delete(http, end.account, sent, before) == NOT_OURS
    assert end.published() == [DRAFT.text]


def test_an_edited_post_whose_slug_the_site_has_changed_is_ours_by_its_page(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = edit(http, end.account, published(end, http, before), before, after)
    assert isinstance(sent, Sent)
    assert delete(http, end.account, sent, after) == Gone()


def test_a_site_without_a_trash_deletes_for_good(end: FarEnd, http: httpx.Client, wordpress_server: WordPress) -> None:
    wordpress_server.has_trash = False
    request = prepared(end, http)
    sent = published(end, http, request)
    assert [delete(http, end.account, sent, request) for _ in range(2)] == [Gone(), Gone()]
    assert wordpress_server.posts == []
    assert edit(http, end.account, sent, request, prepared(end, http, CORRECTED)) == NO_MORE


def test_who_may_not_change_a_post_is_told_so_and_not_held(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    wordpress_server.may_publish = False
    for told in (edit(http, end.account, sent, before, before), delete(http, end.account, sent, before)):
        assert isinstance(told, Refused)
        assert "Sorry, you are not allowed to" in told.why


@pytest.mark.parametrize(("status", "outcome"), [(301, AuthLost), (404, AuthLost), (503, Retry)])
def test_a_site_that_is_elsewhere_is_told_as_ever(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress, status: int, outcome: type
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    wordpress_server.says = (status, {"location": "https://elsewhere.example/"} if status == 301 else {})
    assert type(edit(http, end.account, sent, before, before)) is outcome
    assert type(delete(http, end.account, sent, before)) is outcome
