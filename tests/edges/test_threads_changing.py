"""Posts of Threads that are deleted, that answer one another, and that have a topic."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Removal, Retry, Sent, Unsure
from relay.core.thread import keys_of
from relay.networks.abilities import Budget
from relay.networks.threads import container as threads_container
from relay.networks.threads import network as threads
from relay.networks.threads.deleting import delete
from tests.edges.conftest import FarEnd
from tests.fakes.threads import Threads
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
DRAFT = Draft("Une étude du CGET #SMCL", "fr", "https://blog.example/2026/etude")
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.fixture
def end(threads_user: FarEnd, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(threads_container, "LOOK", 0.01)
    monkeypatch.setattr(threads_container, "READY", 0.1)
    return threads_user


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, text: str = DRAFT.text, after: tuple[Sent, ...] = ()) -> Request:
    draft, keys = replace(DRAFT, text=text), keys_of(KEYS, len(after))
    request = threads.prepare(http, end.account, draft, keys, after=after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client) -> tuple[Request, Sent]:
    request = prepared(end, http)
    sent = threads.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return request, sent


def test_what_an_account_can_do(end: FarEnd) -> None:
    able = threads.abilities(end.account)
    assert (able.edit, able.delete, able.threads, able.warns) == (None, delete, True, False)
    assert able.budgets == (Budget(250, timedelta(days=1)),)
    assert threads.limits(end.account).threads


@pytest.mark.shows("delete")
def test_what_is_deleted_is_gone_however_often(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    request, sent = published(end, http)
    assert [delete(http, end.account, sent, request) for _ in range(3)] == [Gone()] * 3
    assert threads_server.posts == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_deletion_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, threads_server: Threads, fault: Fault
) -> None:
    request, sent = published(end, http)
    end.wire.publishes = sent.id
    end.wire.faults.append(fault)
    assert isinstance(delete(http, end.account, sent, request), Unsure)
    end.wire.settle()
    assert delete(http, end.account, sent, request) == Gone()
    assert threads_server.posts == []


def test_a_post_that_goes_by_its_container_is_looked_for(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    request, _ = published(end, http)
    assert delete(http, end.account, Sent(json.loads(request.body)["container"]), request) == Gone()
    assert threads_server.posts == []


def test_a_container_is_never_taken_for_a_post_that_is_gone(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    request, _ = published(end, http)
    threads_server.lists = False
    told = delete(http, end.account, Sent(json.loads(request.body)["container"]), request)
    assert told == Refused("Threads does not tell which of the account's posts this is: delete it there.")
    assert len(threads_server.posts) == 1


def test_what_a_token_may_not_delete_is_not_called_gone(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    request, sent = published(end, http)
    threads_server.may_delete = False
    told = delete(http, end.account, sent, request)
    assert told == Refused("Threads still has the post, and this token may not delete it: it needs threads_delete.")


@pytest.mark.parametrize(
    ("code", "message", "outcome"),
    [(190, "Expired", AuthLost), (10, "No right", Refused), (613, "100 a day", Retry), (100, "No", Refused)],
)
def test_a_no_is_told_by_its_number(
    end: FarEnd, http: httpx.Client, threads_server: Threads, code: int, message: str, outcome: type
) -> None:
    request, sent = published(end, http)
    threads_server.refuses = (400, {"code": code, "message": message})
    told = delete(http, end.account, sent, request)
    assert (type(told), getattr(told, "why", "")) == (outcome, f"Threads answered {code}: {message}")


def test_a_look_that_fails_leaves_the_deletion_for_later(end: FarEnd, http: httpx.Client) -> None:
    request, sent = published(end, http)
    missing = {"error": {"code": 100, "error_subcode": 33, "message": "does not exist"}}
    answers = {"DELETE": httpx.Response(400, json=missing), "GET": httpx.Response(503)}
    with httpx.Client(transport=httpx.MockTransport(lambda asked: answers[asked.method])) as odd:
        assert isinstance(delete(odd, end.account, sent, request), Retry)


def test_whoever_is_locked_out_deletes_nothing(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    request, sent = published(end, http)
    unfit = replace(end.account, secrets={"token": Secret("a b")})
    told: list[Removal] = [
        delete(http, account, sent, request) for account in (end.locked_out(), end.elsewhere(), unfit)
    ]
    assert [type(one) for one in told] == [AuthLost, Retry, AuthLost]
    assert threads_server.texts() == [DRAFT.text]
    assert end.account.secrets["token"].value not in repr(told)


@pytest.mark.shows("thread")
def test_a_thread_hangs_together_and_is_found(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    posts: list[Sent] = []
    for text in ("Un", "Deux", "Trois"):
        request = prepared(end, http, text, tuple(posts))
        sent = threads.publish(http, end.account, request)
        assert isinstance(sent, Sent)
        assert threads.find(http, end.account, request, SINCE) == sent
        posts.append(sent)
    answered = [post.fields.get("reply_to_id") for post in threads_server.posts]
    assert answered == [None, posts[0].id, posts[1].id]


def test_nothing_answers_a_post_that_is_gone(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    request, first = published(end, http)
    delete(http, end.account, first, request)
    told = threads.prepare(http, end.account, DRAFT, keys_of(KEYS, 1), after=(first,))
    assert told == Refused("Threads answered 100: Param reply_to_id is not a valid media ID.")


@pytest.mark.shows("tags")
def test_an_account_may_have_a_topic(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    published(wanting(end, topic="Collectivités locales"), http)
    published(end, http)
    assert [post.fields.get("topic_tag") for post in threads_server.posts] == ["Collectivités locales", None]


@pytest.mark.parametrize("topic", ["", " ", "a.b", "R&D", "é" * 51, "a\nb", " a"])
def test_a_topic_that_cannot_be_is_told(end: FarEnd, http: httpx.Client, topic: str) -> None:
    told = threads.prepare(http, wanting(end, topic=topic).account, DRAFT, KEYS)
    assert told == AuthLost("A topic of Threads has 1 to 50 characters, without a full stop or “&”: set `topic`.")
    assert end.wire.calls == []
