"""Posts of X that are deleted, edited for money, and answered by the next of a thread."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, NotThere, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.core.thread import keys_of
from relay.networks.x import network as x
from relay.networks.x.changing import delete, edit
from tests.edges.conftest import FarEnd
from tests.fakes.wire import Fault
from tests.fakes.x import PROBLEMS, X

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
DRAFT = Draft("Une étude du CGET #SMCL", "fr", "https://blog.example/2026/etude")
BETTER = replace(DRAFT, text="Une étude de l’ANCT #SMCL")
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.fixture(params=["x_signed", "x_bearer"])
def end(request: pytest.FixtureRequest, x_server: X) -> FarEnd:
    """An account that pays for Premium."""
    found: FarEnd = request.getfixturevalue(request.param)
    x_server.is_premium = True
    return wanting(found, premium="yes")


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(
    end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, keys: Keys = KEYS, after: tuple[Sent, ...] = ()
) -> Request:
    request = x.prepare(http, end.account, draft, keys, after=after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> tuple[Request, Sent]:
    request = prepared(end, http, draft)
    sent = x.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return request, sent


def edited(end: FarEnd, http: httpx.Client, sent: Sent, before: Request, draft: Draft = BETTER) -> Outcome:
    return edit(http, end.account, sent, before, prepared(end, http, draft))


def test_only_who_pays_may_edit_and_write_at_length(end: FarEnd) -> None:
    paid, plain = x.abilities(end.account), x.abilities(wanting(end, premium="no").account)
    assert (paid.edit, paid.edit_within, paid.delete, paid.threads) == (edit, timedelta(hours=1), delete, True)
    assert (plain.edit, plain.edit_within, plain.delete, plain.threads) == (None, None, delete, True)
    longest = [x.limits(wanting(end, premium=word).account).text for word in ("yes", "no")]
    assert longest == [(("weighted", 25_000),), (("weighted", 280),)]


def test_whoever_pays_for_length_gets_it(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    published(end, http, replace(DRAFT, text="é" * 2_000))
    assert [len(post.text) for post in x_server.posts] == [2_000]


def test_premium_is_yes_or_no(end: FarEnd, http: httpx.Client) -> None:
    told = x.prepare(http, wanting(end, premium="oui").account, DRAFT, KEYS)
    assert told == AuthLost("X has no premium “oui”: set `premium` to no or yes.")
    assert end.wire.calls == []


@pytest.mark.shows("edit")
def test_an_edit_has_another_number_in_the_place_of_the_first(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    told = edited(end, http, sent, before)
    [post] = x_server.posts
    assert told == Sent(post.id, f"https://x.com/i/web/status/{post.id}")
    assert (post.text, post.earlier) == (BETTER.text, (sent.id,))


def test_an_edit_of_an_edit_goes_by_its_new_number(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    second = edit(http, end.account, sent, before, after)
    assert isinstance(second, Sent)
    third = edited(end, http, second, after, replace(DRAFT, text="Une étude"))
    assert [(post.id, post.text) for post in x_server.posts] == [(getattr(third, "id", ""), "Une étude")]


def test_the_first_words_are_sent_again_for_others_may_stand_there_by_now(
    end: FarEnd, http: httpx.Client, x_server: X
) -> None:
    """Whoever asks for the same words is in doubt whether an edit before, whose answer was lost, changed them."""
    before, sent = published(end, http)
    lost = edited(end, http, sent, before)
    assert isinstance(lost, Sent)
    x_server.posts[0] = replace(x_server.posts[0], id=sent.id)
    edited(end, http, sent, before, DRAFT)
    assert [post.text for post in x_server.posts] == [DRAFT.text]


def test_a_repeated_edit_leaves_one_post_and_is_told_alike(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    assert edited(end, http, sent, before) == edited(end, http, sent, before)
    assert [post.text for post in x_server.posts] == [BETTER.text]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, x_server: X, fault: Fault
) -> None:
    before, sent = published(end, http)
    end.wire.faults.append(fault)
    assert isinstance(edited(end, http, sent, before), Unsure)
    end.wire.settle()
    told = edited(end, http, sent, before)
    [post] = x_server.posts
    assert (told, post.text) == (Sent(post.id, f"https://x.com/i/web/status/{post.id}"), BETTER.text)


def test_after_an_hour_x_says_no(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    x_server.now += timedelta(minutes=61)
    told = edited(end, http, sent, before)
    assert told == Refused("X answered 403: You are not permitted to perform this action.")
    assert [post.text for post in x_server.posts] == [DRAFT.text]


def test_the_old_post_is_no_edit_of_its_own(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    picturing = wanting(end, attach="picture")
    image = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
    before, after = (
        x.prepare(http, picturing.account, replace(DRAFT, image=image), KEYS, b"\xff\xd8\xff\xe0 a picture")
        for _ in range(2)
    )
    assert isinstance(before, Request)
    assert isinstance(after, Request)
    sent = x.publish(http, picturing.account, before)
    assert isinstance(sent, Sent)
    x_server.now += timedelta(minutes=61)
    assert isinstance(edit(http, picturing.account, sent, before, after), Refused)


def test_another_post_with_the_new_words_is_no_edit(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.now = KEYS.created_at - timedelta(hours=2)
    x_server.store(BETTER.text)
    x_server.now = KEYS.created_at
    before, sent = published(end, http)
    assert isinstance(edited(end, http, sent, before), Refused)
    assert [post.text for post in x_server.posts] == [BETTER.text, DRAFT.text]


def test_a_duplicate_that_cannot_be_looked_up_is_a_doubt(end: FarEnd, http: httpx.Client) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    problem = {"title": "Forbidden", "detail": "You are not allowed to create a Tweet with duplicate content."}
    answers = {"GET": httpx.Response(503), "POST": httpx.Response(403, json=problem)}
    with httpx.Client(transport=httpx.MockTransport(lambda request: answers[request.method])) as odd:
        assert isinstance(edit(odd, end.account, sent, before, after), Unsure)


def test_a_post_that_is_gone_is_not_edited_into_being(x_signed: FarEnd, http: httpx.Client) -> None:
    before, sent = published(x_signed, http)
    after = prepared(x_signed, http, BETTER)
    problem = {"errors": [{"title": "Not Found Error", "type": f"{PROBLEMS}resource-not-found"}]}
    answers = {"GET": {"meta": {"result_count": 0}}, "POST": problem}
    said = httpx.MockTransport(lambda request: httpx.Response(200, json=answers[request.method]))
    with httpx.Client(transport=said) as odd:
        told = edit(odd, x_signed.account, sent, before, after)
    assert told == Refused("X no longer has this post: there is nothing to edit.")


@pytest.mark.shows("delete")
def test_what_is_deleted_is_gone_however_often(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    request, sent = published(end, http)
    assert [delete(http, end.account, sent, request) for _ in range(3)] == [Gone()] * 3
    assert x_server.posts == []


def test_an_edited_post_is_deleted_whole(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    told = edited(end, http, sent, before)
    assert isinstance(told, Sent)
    assert delete(http, end.account, told, before) == Gone()
    assert x_server.posts == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_deletion_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, x_server: X, fault: Fault
) -> None:
    request, sent = published(end, http)
    end.wire.faults.append(fault)
    assert isinstance(delete(http, end.account, sent, request), Unsure)
    end.wire.settle()
    assert delete(http, end.account, sent, request) == Gone()
    assert x_server.posts == []


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, {"errors": [{"title": "Not Found Error", "type": f"{PROBLEMS}resource-not-found"}]}, Gone()),
        (200, {"data": {"deleted": False}}, Refused("X did not delete the post: delete it there.")),
        (403, {"detail": "You may not delete this."}, Refused("X answered 403: You may not delete this.")),
        (200, {"errors": [7]}, Unsure("X answered 200: OK")),
        (200, [], Unsure("X answered 200: OK")),
    ],
)
def test_what_x_says_of_a_deletion(end: FarEnd, http: httpx.Client, status: int, body: Any, told: Removal) -> None:
    request, sent = published(end, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, json=body))) as odd:
        assert delete(odd, end.account, sent, request) == told


def test_it_waits_to_delete_until_the_limit_is_reset(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    request, sent = published(end, http)
    x_server.limited_for = timedelta(minutes=7)
    assert delete(http, end.account, sent, request) == Retry("X answered 429: Too Many Requests", timedelta(minutes=7))


def test_whoever_is_locked_out_changes_nothing(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    nothing = replace(end.account, secrets={"token": Secret("a b")})
    told: list[Outcome | Removal] = []
    for account in (end.locked_out(), end.elsewhere(), nothing):
        told += [edit(http, account, sent, before, after), delete(http, account, sent, before)]
    assert [type(one) for one in told] == [AuthLost, AuthLost, Retry, Retry, AuthLost, AuthLost]
    assert [post.text for post in x_server.posts] == [DRAFT.text]
    assert not [secret for secret in end.account.secrets.values() if secret.value in repr(told)]


@pytest.mark.shows("thread")
def test_a_thread_hangs_together_and_is_found(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    posts: list[Sent] = []
    for number, text in enumerate(("Un", "Deux", "Trois")):
        request = prepared(end, http, replace(DRAFT, text=text), keys_of(KEYS, number), tuple(posts))
        sent = x.publish(http, end.account, request)
        assert isinstance(sent, Sent)
        assert x.find(http, end.account, request, SINCE) == sent
        posts.append(sent)
    assert [post.answers for post in x_server.posts] == ["", posts[0].id, posts[1].id]


def test_a_post_of_a_thread_that_was_not_published_is_not_there(end: FarEnd, http: httpx.Client) -> None:
    _, first = published(end, http)
    request = prepared(end, http, BETTER, keys_of(KEYS, 1), (first,))
    assert x.find(http, end.account, request, SINCE) == NotThere()


def test_an_answer_that_is_edited_stays_where_it_is(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    _, first = published(end, http)
    before = prepared(end, http, replace(DRAFT, text="Deux"), keys_of(KEYS, 1), (first,))
    second = x.publish(http, end.account, before)
    assert isinstance(second, Sent)
    edited(end, http, second, before)
    assert json.loads(end.wire.calls[-1].body)["reply"] == {"in_reply_to_tweet_id": first.id}
    assert [post.answers for post in x_server.posts] == ["", first.id]


def test_nothing_answers_a_post_that_is_gone(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    request, first = published(end, http)
    delete(http, end.account, first, request)
    told = x.publish(http, end.account, prepared(end, http, BETTER, keys_of(KEYS, 1), (first,)))
    why = "You attempted to reply to a Tweet that is deleted or not visible to you."
    assert told == Refused(f"X answered 403: {why}")
    assert x_server.posts == []


def test_it_says_how_much_the_account_may_still_post(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    before, sent = published(end, http)
    told = edited(end, http, sent, before)
    assert isinstance(told, Sent)
    for one in (sent, told):
        assert one.allowance
        assert (one.allowance.left, one.allowance.until) == (99, x_server.now + timedelta(minutes=15))
