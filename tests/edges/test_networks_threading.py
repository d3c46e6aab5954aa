"""What every network must do that lets a post be answered by the next of its thread."""

import json
from dataclasses import replace

import httpx
import pytest

from relay.core.outcome import NotThere, Sent
from relay.core.thread import keys_of
from tests.edges.changing import (
    CHANGING,
    DRAFT,
    KEYS,
    LOCKED,
    NEXT,
    SINCE,
    THREADED,
    THREADING,
    edited,
    prepared,
    published,
)
from tests.edges.far_end import FarEnd


@pytest.fixture(params=CHANGING)
def end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=THREADING)
def threading_end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=LOCKED)
def locked_end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def test_a_thread_is_told_where_its_texts_are_parted(end: FarEnd) -> None:
    abilities, limits = end.network.abilities(end.account), end.network.limits(end.account)
    assert abilities.threads is limits.threads is (end.account.network in THREADED)


@pytest.mark.shows("thread")
def test_the_next_post_of_a_thread_is_there_beside_the_first(threading_end: FarEnd, http: httpx.Client) -> None:
    first = published(threading_end, http, prepared(threading_end, http))
    published(threading_end, http, prepared(threading_end, http, NEXT, keys_of(KEYS, 1), (first,)))
    assert sorted(threading_end.published()) == sorted([DRAFT.text, NEXT.text])


def test_the_same_answer_is_the_same_request(threading_end: FarEnd, http: httpx.Client) -> None:
    first = published(threading_end, http, prepared(threading_end, http))
    one = prepared(threading_end, http, NEXT, keys_of(KEYS, 1), (first,))
    assert one == prepared(threading_end, http, NEXT, keys_of(KEYS, 1), (first,))
    assert one.body != prepared(threading_end, http, NEXT, keys_of(KEYS, 1)).body


def test_an_answer_is_found_again(threading_end: FarEnd, http: httpx.Client) -> None:
    if threading_end.account.network == "telegram":
        return  # a bot can read nothing back
    first = published(threading_end, http, prepared(threading_end, http))
    request = prepared(threading_end, http, NEXT, keys_of(KEYS, 1), (first,))
    assert threading_end.network.find(http, threading_end.account, request, SINCE) == NotThere()
    sent = published(threading_end, http, request)
    assert threading_end.network.find(http, threading_end.account, request, SINCE) == sent


def test_an_answer_is_edited_where_it_is(threading_end: FarEnd, http: httpx.Client) -> None:
    first = published(threading_end, http, prepared(threading_end, http))
    before = prepared(threading_end, http, NEXT, keys_of(KEYS, 1), (first,))
    after = prepared(threading_end, http, replace(NEXT, text="Suite corrigée"), keys_of(KEYS, 1), (first,))
    sent = published(threading_end, http, before)
    assert isinstance(edited(threading_end, http, sent, before, after), Sent)
    assert sorted(threading_end.published()) == sorted([DRAFT.text, "Suite corrigée"])


def test_a_request_has_no_secret_whatever_it_answers(locked_end: FarEnd, http: httpx.Client) -> None:
    if not locked_end.network.abilities(locked_end.account).threads:
        return
    first = published(locked_end, http, prepared(locked_end, http))
    body = prepared(locked_end, http, NEXT, keys_of(KEYS, 1), (first,)).body
    assert isinstance(json.loads(body), dict)
    assert not [secret for secret in locked_end.account.secrets.values() if secret.value in body]
