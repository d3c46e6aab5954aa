"""Posts of Facebook Pages that are edited and deleted."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.facebook import network as facebook
from relay.networks.facebook.changing import delete, edit
from tests.edges.conftest import FarEnd
from tests.fakes.facebook import Facebook
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/etude"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft("Une étude du CGET #SMCL", "fr", LINK, image=IMAGE)
BETTER = replace(DRAFT, text="Une étude de l’ANCT #SMCL")
PICTURE = b"\xff\xd8\xff\xe0 a picture"
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.fixture
def end(facebook_page: FarEnd) -> FarEnd:
    return facebook_page


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = facebook.prepare(http, end.account, draft, KEYS, PICTURE)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> tuple[Request, Sent]:
    """A post that is there; what breaks afterwards befalls its own address."""
    request = prepared(end, http, draft)
    sent = facebook.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    end.wire.publishes = sent.id
    return request, sent


def test_what_an_account_can_do(end: FarEnd) -> None:
    able = facebook.abilities(end.account)
    assert (able.edit, able.delete, able.threads, able.warns) == (edit, delete, False, False)


@pytest.mark.parametrize("attach", ["card", "picture"])
@pytest.mark.shows("edit")
def test_an_edit_changes_the_words_and_leaves_what_stands_beneath(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, attach: str
) -> None:
    shown = wanting(end, attach=attach)
    before, sent = published(shown, http)
    [was] = facebook_server.posts
    after = prepared(shown, http, BETTER)
    assert [edit(http, shown.account, sent, before, after) for _ in range(2)] == [sent, sent]
    assert facebook_server.posts == [replace(was, message=BETTER.text)]


def test_an_edit_that_changes_nothing_asks_nothing(end: FarEnd, http: httpx.Client) -> None:
    before, sent = published(end, http)
    end.wire.calls.clear()
    assert edit(http, end.account, sent, before, prepared(end, http)) == sent
    assert end.wire.calls == []


def test_a_link_cannot_be_changed(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    before, sent = published(end, http)
    other = prepared(end, http, replace(DRAFT, link="https://blog.example/2026/autre"))
    told = edit(http, end.account, sent, before, other)
    assert told == Refused("Facebook changes the words of a post alone, not its link: delete it, and send it anew.")
    assert facebook_server.posts[0].link == LINK


@pytest.mark.parametrize(
    ("draft", "picture"),
    [
        (replace(DRAFT, image=replace(IMAGE, alt="Un marché")), PICTURE),
        (DRAFT, b"\xff\xd8\xff\xe0 another"),
        (replace(DRAFT, image=None), None),
    ],
)
def test_a_photo_and_its_description_cannot_be_changed(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, draft: Draft, picture: bytes | None
) -> None:
    """What Facebook shows is never called changed while it is as it was."""
    shown = wanting(end, attach="picture")
    before, sent = published(shown, http)
    after = facebook.prepare(http, shown.account, draft, KEYS, picture)
    assert isinstance(after, Request)
    told = edit(http, shown.account, sent, before, after)
    assert told == Refused("Facebook changes the words of a post alone, not its picture: delete it, and send it anew.")
    assert edit(http, shown.account, sent, before, prepared(shown, http)) == sent


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, fault: Fault
) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    end.wire.faults.append(fault)
    assert isinstance(edit(http, end.account, sent, before, after), Unsure)
    end.wire.settle()
    assert edit(http, end.account, sent, before, after) == sent
    assert [post.message for post in facebook_server.posts] == [BETTER.text]


def test_a_post_that_is_gone_is_not_edited_into_being(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    before, sent = published(end, http)
    delete(http, end.account, sent, before)
    told = edit(http, end.account, sent, before, prepared(end, http, BETTER))
    assert told == Refused("Facebook no longer has this post, or not as this app's: there is nothing to edit.")
    assert facebook_server.posts == []


@pytest.mark.shows("delete")
def test_what_is_deleted_is_gone_however_often(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    facebook_server.store("Une autre")
    request, sent = published(end, http)
    assert [delete(http, end.account, sent, request) for _ in range(3)] == [Gone()] * 3
    assert [post.message for post in facebook_server.posts] == ["Une autre"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_deletion_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, fault: Fault
) -> None:
    request, sent = published(end, http)
    end.wire.faults.append(fault)
    assert isinstance(delete(http, end.account, sent, request), Unsure)
    end.wire.settle()
    assert delete(http, end.account, sent, request) == Gone()
    assert facebook_server.posts == []


def test_what_a_token_may_not_delete_is_not_called_gone(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    request, sent = published(end, http)
    facebook_server.may_delete = False
    told = delete(http, end.account, sent, request)
    why = "Facebook still has the post, and this token may not delete it: it needs pages_manage_posts."
    assert told == Refused(why)


@pytest.mark.parametrize("body", [None, {"success": False}, []])
def test_an_answer_that_says_nothing_is_a_doubt(end: FarEnd, http: httpx.Client, body: object) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=body))) as odd:
        assert isinstance(edit(odd, end.account, sent, before, after), Unsure)
        assert isinstance(delete(odd, end.account, sent, before), Unsure)


@pytest.mark.parametrize(
    ("code", "message", "outcome"),
    [(190, "Expired", AuthLost), (200, "(#200) No right", Refused), (32, "(#32) Limit", Retry), (100, "No", Refused)],
)
def test_a_no_is_told_in_facebook_s_words(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, code: int, message: str, outcome: type
) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    facebook_server.refuses = (400, {"code": code, "message": message})
    for told in (edit(http, end.account, sent, before, after), delete(http, end.account, sent, before)):
        assert (type(told), getattr(told, "why", "")) == (outcome, f"Facebook answered {code}: {message}")


def test_whoever_is_locked_out_changes_nothing(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    unfit = replace(end.account, secrets={"token": Secret("a b")})
    told: list[Outcome | Removal] = []
    for account in (end.locked_out(), end.elsewhere(), unfit):
        told += [edit(http, account, sent, before, after), delete(http, account, sent, before)]
    assert [type(one) for one in told] == [AuthLost, AuthLost, Retry, Retry, AuthLost, AuthLost]
    assert [post.message for post in facebook_server.posts] == [DRAFT.text]
    assert end.account.secrets["token"].value not in repr(told)
