"""Posts of Bluesky that are edited, deleted, answered and labelled, on its real server."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent, Unsure
from relay.core.thread import keys_of
from relay.networks.bluesky import atproto
from relay.networks.bluesky import network as bluesky
from relay.networks.bluesky.changing import delete, edit
from relay.networks.wire.changed import NOT_OURS
from tests.edges.conftest import FarEnd
from tests.fakes.pds import Pds
from tests.fakes.wire import Fault

pytestmark = pytest.mark.pds

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
DRAFT = Draft("Une étude du CGET", "fr", "https://blog.example/2026/etude", "L’étude", "Elle compte.")
BETTER = replace(DRAFT, text="Une étude de l’ANCT", title="L’étude de l’ANCT")


@pytest.fixture
def end(bluesky_pds: FarEnd) -> FarEnd:
    return bluesky_pds


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(
    end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, keys: Keys = KEYS, after: tuple[Sent, ...] = ()
) -> Request:
    request = bluesky.prepare(http, end.account, draft, keys, after=after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = bluesky.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def standing(pds: Pds, sent: Sent) -> dict[str, Any]:
    """What the public reads there."""
    repo, collection, key = sent.id.removeprefix("at://").split("/")
    where = {"repo": repo, "collection": collection, "rkey": key}
    return pds.call("GET", "com.atproto.repo.getRecord", params=where)


def puts(end: FarEnd) -> int:
    return sum("putRecord" in call.path for call in end.wire.calls)


def test_what_an_account_can_do(end: FarEnd) -> None:
    able = bluesky.abilities(end.account)
    assert (able.edit, able.delete, able.threads, able.warns) == (edit, delete, True, False)
    assert bluesky.limits(end.account).threads


@pytest.mark.shows("edit")
def test_an_edit_stands_under_the_same_name_with_the_same_moment(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    later = replace(KEYS, created_at=datetime(2026, 11, 25, tzinfo=UTC))
    told = edit(http, end.account, sent, before, prepared(end, http, BETTER, later))
    value = standing(pds, sent)["value"]
    assert told == sent
    assert end.published() == [BETTER.text]
    assert (value["createdAt"], value["embed"]["external"]["title"]) == ("2026-11-24T08:00:00.123Z", BETTER.title)


def test_what_another_account_posted_is_not_taken_for_gone_and_holds_nobody(end: FarEnd, http: httpx.Client) -> None:
    """The account has another handle than when it was posted."""
    before = prepared(end, http)
    sent = published(end, http, before)
    repo = json.loads(before.body)["repo"]
    older = replace(before, body=before.body.replace(repo, "did:plc:ewvi7nxzyoun6zhxrhs64oiz"))
    assert edit(http, end.account, sent, older, prepared(end, http, BETTER)) == NOT_OURS
    assert delete(http, end.account, sent, older) == NOT_OURS
    assert end.published() == [DRAFT.text]


def test_an_edit_that_is_repeated_does_nothing_more(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, after) == edit(http, end.account, sent, before, after) == sent
    assert puts(end) == 2


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_an_edit_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, fault: Fault
) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    end.wire.faults.append(fault)
    assert isinstance(edit(http, end.account, sent, before, after), Unsure)
    end.wire.settle()
    assert edit(http, end.account, sent, before, after) == sent
    assert end.published() == [BETTER.text]


def test_what_somebody_else_changes_at_the_same_moment_is_not_overwritten(
    pds: Pds, end: FarEnd, http: httpx.Client
) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    pds_answer, other = end.wire.network, prepared(end, http, replace(DRAFT, text="Autre chose"))

    def meddling(call: Any) -> Any:
        if "putRecord" in call.path and json.loads(call.body)["record"]["text"] == BETTER.text:
            end.wire.network = pds_answer
            assert edit(http, end.account, sent, before, other) == sent
        return pds_answer(call)

    end.wire.network = meddling
    told = edit(http, end.account, sent, before, after)
    assert told == Retry("Somebody else changed the post on Bluesky at the same moment.")
    assert end.published() == ["Autre chose"]
    assert edit(http, end.account, sent, before, after) == sent


def test_a_post_that_is_gone_is_not_edited_into_being(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    assert edit(http, end.account, sent, before, after) == Refused(
        "Bluesky no longer has this post: there is nothing to edit."
    )
    assert end.published() == []


def test_an_edit_that_is_too_long_is_told_in_the_server_s_words(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    told = edit(http, end.account, sent, before, prepared(end, http, replace(DRAFT, text="é" * 301)))
    assert isinstance(told, Refused)
    assert end.published() == [DRAFT.text]


@pytest.mark.shows("delete")
def test_what_is_deleted_is_gone_however_often(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    sent = published(end, http, request)
    assert [delete(http, end.account, sent, request) for _ in range(3)] == [Gone()] * 3
    assert end.published() == []


def test_who_may_answer_a_post_goes_with_it(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    sent = published(end, http, request)
    call, gate = json.loads(request.body), "app.bsky.feed.threadgate"
    record = {"$type": gate, "post": sent.id, "createdAt": call["record"]["createdAt"], "allow": []}
    signed_in = atproto.session(http, end.account)
    assert isinstance(signed_in, atproto.Session)
    bearer = {"Authorization": f"Bearer {signed_in.token}"}
    body = {"repo": call["repo"], "collection": gate, "rkey": call["rkey"], "record": record}
    pds.call("POST", "com.atproto.repo.createRecord", json=body, headers=bearer)
    assert delete(http, end.account, sent, request) == Gone()
    left = pds.call("GET", "com.atproto.repo.listRecords", params={"repo": call["repo"], "collection": gate})
    assert left["records"] == []


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_a_deletion_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, fault: Fault
) -> None:
    request = prepared(end, http)
    sent = published(end, http, request)
    end.wire.publishes = "deleteRecord"
    end.wire.faults.append(fault)
    told = delete(http, end.account, sent, request)
    end.wire.settle()
    assert isinstance(told, Unsure)
    assert delete(http, end.account, sent, request) == Gone()
    assert end.published() == []


def test_whoever_is_locked_out_changes_nothing(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    told = [
        edit(http, end.locked_out(), sent, before, after),
        delete(http, end.locked_out(), sent, before),
        edit(http, end.elsewhere(), sent, before, after),
        delete(http, end.elsewhere(), sent, before),
    ]
    assert [type(one) for one in told] == [AuthLost, AuthLost, Retry, Retry]
    assert end.published() == [DRAFT.text]
    assert not [part for part in (end.wrong, end.account.secrets["password"].value) if part in repr(told)]


def test_a_session_that_has_run_out_is_opened_anew_to_edit_and_to_delete(
    pds: Pds, end: FarEnd, http: httpx.Client
) -> None:
    before, after = prepared(end, http), prepared(end, http, BETTER)
    sent = published(end, http, before)
    expired = pds.expired(json.loads(before.body)["repo"])
    [seat] = atproto._seats[http].values()
    for change in (
        lambda: edit(http, end.account, sent, before, after),
        lambda: delete(http, end.account, sent, before),
    ):
        assert seat.session
        seat.session = replace(seat.session, token=expired)
        assert isinstance(change(), Sent | Gone)


@pytest.mark.shows("thread")
def test_a_thread_hangs_together(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    posts: list[Sent] = []
    for number, text in enumerate(("Un", "Deux", "Trois")):
        draft = replace(DRAFT, text=text, link="")
        posts.append(published(end, http, prepared(end, http, draft, keys_of(KEYS, number), tuple(posts))))
    first, second, third = (standing(pds, post) for post in posts)
    names = [{"uri": post["uri"], "cid": post["cid"]} for post in (first, second)]
    assert "reply" not in first["value"]
    assert second["value"]["reply"] == {"root": names[0], "parent": names[0]}
    assert third["value"]["reply"] == {"root": names[0], "parent": names[1]}


def test_a_post_of_a_thread_is_the_same_request_again(end: FarEnd, http: httpx.Client) -> None:
    first = published(end, http, prepared(end, http))
    later = keys_of(KEYS, 1)
    one, other = (prepared(end, http, replace(DRAFT, text="Deux"), later, (first,)) for _ in range(2))
    assert one == other
    assert published(end, http, one) == published(end, http, other)
    assert end.published() == ["Deux", DRAFT.text]


def test_an_answer_that_is_edited_stays_where_it_is(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    first = published(end, http, prepared(end, http))
    before = prepared(end, http, replace(DRAFT, text="Deux"), keys_of(KEYS, 1), (first,))
    second = published(end, http, before)
    reply = standing(pds, second)["value"]["reply"]
    alone = prepared(end, http, replace(DRAFT, text="Deux bis"), keys_of(KEYS, 1))
    assert edit(http, end.account, second, before, alone) == second
    assert standing(pds, second)["value"]["reply"] == reply


def test_nothing_answers_a_post_that_is_gone(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    first = published(end, http, request)
    delete(http, end.account, first, request)
    told = bluesky.prepare(http, end.account, DRAFT, keys_of(KEYS, 1), after=(first,))
    assert told == Refused("Bluesky no longer has the post that this one answers: send it as a thread of its own.")


def test_an_account_may_warn_of_what_it_shows(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    warning = wanting(end, label="graphic-media")
    value = standing(pds, published(warning, http, prepared(warning, http)))["value"]
    label = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
    assert value["labels"] == label


def test_a_label_that_there_is_not_is_told(end: FarEnd, http: httpx.Client) -> None:
    told = bluesky.prepare(http, wanting(end, label="violence").account, DRAFT, KEYS)
    assert isinstance(told, AuthLost)
    assert "“violence”: set `label` to one of graphic-media, nudity" in told.why


def test_it_says_how_much_the_account_may_still_do(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    edited = edit(http, end.account, sent, before, prepared(end, http, BETTER))
    assert isinstance(edited, Sent)
    assert sent.allowance
    assert edited.allowance
    assert sent.allowance.left > edited.allowance.left
    assert sent.allowance.until > datetime(2026, 1, 1, tzinfo=UTC)
