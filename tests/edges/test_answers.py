"""What answers over HTTP mean for a post."""

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import NoAnswer, address, ask, of_preparing, of_publishing, why
from relay.networks.wire.waits import UNTOLD, wait_asked
from tests.fakes.wire import closed_port

DATE = "Tue, 24 Nov 2026 08:00:00 GMT"
ASKED = httpx.Request("POST", "https://social.example/api/v1/statuses")


def answer(status: int, text: str = "", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, text=text, request=ASKED)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Unsure),
        (302, Refused),
        (400, Refused),
        (401, AuthLost),
        (403, Refused),
        (404, Refused),
        (408, Unsure),
        (422, Refused),
        (429, Retry),
        (500, Unsure),
        (502, Unsure),
        (503, Unsure),
        (504, Unsure),
    ],
)
def test_only_a_clear_no_is_taken_for_a_no(status: int, outcome: type) -> None:
    assert type(of_publishing(answer(status))) is outcome


@pytest.mark.parametrize(("status", "outcome"), [(200, Retry), (401, AuthLost), (422, Refused), (500, Retry)])
def test_a_doubt_before_publishing_does_no_harm(status: int, outcome: type) -> None:
    assert type(of_preparing(answer(status))) is outcome


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "120"}, 120),
        ({"retry_after": "Tue, 24 Nov 2026 08:02:00 GMT"}, 120),
        ({"x_ratelimit_reset": "2026-11-24T08:05:00.000000Z"}, 300),
        ({"x_ratelimit_reset": "2026-11-24T10:05:00+02:00"}, 300),
        ({"ratelimit_reset": "1795507500"}, 300),
        ({"retry_after": "0"}, 1),
        ({"x_ratelimit_reset": "2026-11-24T07:00:00Z"}, 1),
        ({"retry_after": "999999999999999"}, 86400),
        ({"ratelimit_reset": "999999999999999"}, UNTOLD.seconds),
        ({"retry_after": "soon"}, UNTOLD.seconds),
        ({"retry_after": "-5"}, UNTOLD.seconds),
        ({}, UNTOLD.seconds),
    ],
)
def test_it_waits_as_long_as_the_network_asks(headers: dict[str, str], seconds: int) -> None:
    assert wait_asked(answer(429, date=DATE, **headers)) == timedelta(seconds=seconds)


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    st.text(st.characters(min_codepoint=32, max_codepoint=126)),
)
def test_any_header_gives_a_wait_of_a_second_to_a_day(reset: str, date: str) -> None:
    wait = wait_asked(answer(429, date=date, ratelimit_reset=reset))
    assert timedelta(seconds=1) <= wait <= timedelta(days=1)


def test_a_refusal_is_told_in_the_network_s_own_words() -> None:
    said = answer(422, '{"error": "Text character limit of 500 exceeded"}')
    assert why(said) == "social.example answered 422: Text character limit of 500 exceeded"


@pytest.mark.parametrize("text", ["<html>", "", "[1, 2]", "\udcff".encode("utf-8", "replace").decode(), '"words"'])
def test_an_answer_without_words_is_told_by_its_status(text: str) -> None:
    assert why(answer(503, text)) == "social.example answered 503: Service Unavailable"


def test_nothing_was_sent_where_nobody_listens() -> None:
    with httpx.Client(trust_env=False) as http:
        broken = ask(http, "GET", f"{closed_port()}/api/v1/instance")
    assert isinstance(broken, NoAnswer)
    assert not broken.sent


@pytest.mark.parametrize("url", ["ftp://social.example/", "https://[", "http://:x"])
def test_nothing_was_sent_to_what_is_no_address(url: str) -> None:
    with httpx.Client(trust_env=False) as http:
        broken = ask(http, "GET", url)
    assert isinstance(broken, NoAnswer)
    assert not broken.sent


@pytest.mark.parametrize("setting", ["social.example", "https://social.example", "https://social.example/"])
def test_a_server_s_address_may_be_written_as_people_do(setting: str) -> None:
    assert address(setting) == "https://social.example"
