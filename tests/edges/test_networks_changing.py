"""What every network must do that lets a post be edited or deleted."""

from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest

from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent, Unsure
from tests.edges.changing import (
    CHANGING,
    CORRECTED,
    DRAFT,
    FIXED,
    KEYS,
    LOCKED,
    NEXT,
    deleted,
    edited,
    prepared,
    published,
)
from tests.edges.far_end import FarEnd
from tests.fakes.wire import Fault

LOUD = [fault for fault in Fault if fault not in {Fault.NONE, Fault.CUT_SHORT, Fault.GARBAGE_AFTER}]
"""Those that show in any answer; one without a body can neither be cut short nor be none."""


@pytest.fixture(params=CHANGING)
def end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=LOCKED)
def locked_end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=FIXED)
def fixed_end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.mark.shows("edit")
def test_an_edit_shows_the_new_words_and_the_old_ones_no_more(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    assert isinstance(edited(end, http, published(end, http, before), before, after), Sent)
    assert end.published() == [CORRECTED.text]


def test_an_edited_post_keeps_its_page(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    told = edited(end, http, sent, before, after)
    assert isinstance(told, Sent)
    assert told.url == sent.url


def test_an_edit_that_is_repeated_changes_nothing(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    first = edited(end, http, sent, before, after)
    assert edited(end, http, sent, before, after) == first
    assert end.published() == [CORRECTED.text]


def test_words_may_go_back_and_forth(end: FarEnd, http: httpx.Client) -> None:
    """What makes a repeat harmless must not make the third edit a repeat of the first."""
    one, other = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, one)
    for before, after, draft in [(one, other, CORRECTED), (other, one, DRAFT), (one, other, CORRECTED)]:
        told = edited(end, http, sent, before, after)
        assert isinstance(told, Sent)
        assert end.published() == [draft.text]
        sent = told


@pytest.mark.shows("delete")
def test_a_deleted_post_is_shown_no_more(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    assert deleted(end, http, published(end, http, request), request) == Gone()
    assert end.published() == []


def test_a_post_that_is_deleted_already_is_gone(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    sent = published(end, http, request)
    assert [deleted(end, http, sent, request), deleted(end, http, sent, request)] == [Gone(), Gone()]


def test_an_edited_post_can_be_deleted(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = edited(end, http, published(end, http, before), before, after)
    assert isinstance(sent, Sent)
    assert deleted(end, http, sent, after) == Gone()
    assert end.published() == []


def test_deleting_one_post_leaves_the_others(end: FarEnd, http: httpx.Client) -> None:
    request, other = prepared(end, http), prepared(end, http, NEXT, replace(KEYS, nonce=7))
    sent = published(end, http, request)
    published(end, http, other)
    deleted(end, http, sent, request)
    assert end.published() == [NEXT.text]


def test_what_is_not_there_any_more_cannot_be_edited(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    deleted(end, http, sent, before)
    told = edited(end, http, sent, before, after)
    if "webhook" not in end.account.network:  # a receiver is told, and has the whole post again
        assert isinstance(told, Refused)
        assert end.published() == []


@pytest.mark.parametrize("fault", LOUD)
def test_a_broken_edit_is_a_doubt_that_a_repeat_ends(end: FarEnd, http: httpx.Client, fault: Fault) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    end.wire.publishes, end.wire.faults = "", [fault]
    assert isinstance(edited(end, http, sent, before, after), Unsure | Retry)
    end.wire.settle()
    assert isinstance(edited(end, http, sent, before, after), Sent)
    assert end.published() == [CORRECTED.text]


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_whatever_breaks_a_second_deletion_ends_it(end: FarEnd, http: httpx.Client, fault: Fault) -> None:
    request = prepared(end, http)
    sent = published(end, http, request)
    end.wire.publishes, end.wire.faults = "", [fault]
    first = deleted(end, http, sent, request)
    end.wire.settle()
    assert isinstance(first, Unsure | Retry | Gone)
    assert first == Gone() or fault in LOUD or end.published() == []
    assert not (first == Gone() and fault in LOUD)
    with httpx.Client(trust_env=False) as later:  # the first connection may be one that was cut
        assert deleted(end, later, sent, request) == Gone()
    assert end.published() == []


def test_a_server_out_of_reach_has_done_nothing(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    assert isinstance(edited(end, http, sent, before, after, end.elsewhere()), Retry)
    assert isinstance(deleted(end, http, sent, before, end.elsewhere()), Retry)


def test_a_secret_that_is_no_longer_good_stops_the_account(locked_end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(locked_end, http), prepared(locked_end, http, CORRECTED)
    sent = published(locked_end, http, before)
    assert isinstance(edited(locked_end, http, sent, before, after, locked_end.locked_out()), AuthLost)
    assert isinstance(deleted(locked_end, http, sent, before, locked_end.locked_out()), AuthLost)
    assert locked_end.published() == [DRAFT.text]


def test_a_secret_shows_in_nothing_that_is_said(locked_end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(locked_end, http), prepared(locked_end, http, CORRECTED)
    sent = published(locked_end, http, before)
    locked_end.wire.publishes, locked_end.wire.faults = "", [Fault.DROP_BEFORE, Fault.DROP_BEFORE]
    told: list[object] = []
    for account in (locked_end.account, locked_end.elsewhere(), locked_end.locked_out()):
        told.append(edited(locked_end, http, sent, before, after, account))
        told.append(deleted(locked_end, http, sent, before, account))
    secrets = [*(secret.value for secret in locked_end.account.secrets.values()), locked_end.wrong]
    parts = [part for secret in secrets for part in (secret, *urlsplit(secret).path.split("/")) if len(part) >= 9]
    assert [part for part in parts if part in repr(told)] == []


def test_a_post_that_only_a_person_has_seen_is_changed_by_that_person(end: FarEnd, http: httpx.Client) -> None:
    """After a doubt an editor says that it is there; its name was in the answer that is missing."""
    if end.account.network in {"sandbox", "webhook"}:
        return  # the name is relay's own
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    published(end, http, before)
    unknown = Sent(before.key, None)
    assert isinstance(edited(end, http, unknown, before, after), Refused)
    assert isinstance(deleted(end, http, unknown, before), Refused)
    assert end.published() == [DRAFT.text]


@pytest.mark.shows("edit", "delete", "thread", lacks=True)
def test_what_cannot_be_changed_says_so(fixed_end: FarEnd) -> None:
    abilities = fixed_end.network.abilities(fixed_end.account)
    assert (abilities.edit, abilities.delete, abilities.threads) == (None, None, False)
