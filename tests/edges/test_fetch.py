import gzip
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from relay.core.document import Answer, Blocked, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Guard
from tests.edges.ways import Opening
from tests.fakes.feed_server import Asked, Told, answer, listening

NOTHING_KNOWN = Validators()
LOOPBACK = Guard(("127.0.0.1",))
CONTACT = "https://www.exemple.fr/contact"


@pytest.fixture
def http(opening: Opening) -> Iterator[Getting]:
    with opening(LOOPBACK, CONTACT, 1.0) as way:
        yield way


def asked(http: Getting, validators: Validators) -> Asked:
    with listening(answer()) as server:
        fetch(http, f"{server.url}/feed", "cget", validators)
    return server.asked[0]


def told(http: Getting, told: Told, validators: Validators = NOTHING_KNOWN) -> Answer:
    with listening(told) as server:
        return fetch(http, f"{server.url}/feed", "cget", validators)


def test_a_first_request_has_no_conditions(http: Getting) -> None:
    request = asked(http, Validators())
    assert (request.header(b"if-none-match"), request.header(b"if-modified-since")) == (None, None)


@pytest.mark.parametrize("etag", [b'"a"', b'W/"a"', b'"a-gzip"', b"without quotes", b'"\xe9t\xe9"'])
def test_an_etag_goes_back_byte_for_byte(http: Getting, etag: bytes) -> None:
    answered = told(http, answer(body=b"<rss/>", headers=[(b"ETag", etag)]))
    assert isinstance(answered, Fetched)
    assert asked(http, answered.validators).header(b"if-none-match") == etag


def test_an_odd_date_goes_back_byte_for_byte(http: Getting) -> None:
    odd = b"Sun, 06 Nov 1994 08:49:37 -0000"
    answered = told(http, answer(headers=[(b"Last-Modified", odd)]))
    assert isinstance(answered, Fetched)
    assert asked(http, answered.validators).header(b"if-modified-since") == odd


def test_it_says_who_it_is(http: Getting) -> None:
    request = asked(http, Validators())
    pattern = rb"relay/[\w.]+ \(\+https://www\.exemple\.fr/contact; feed-id \d+; 1 subscriber\)"
    assert re.fullmatch(pattern, request.header(b"user-agent") or b"")


def test_it_asks_for_feeds_before_anything_else(http: Getting) -> None:
    accepted = asked(http, Validators()).header(b"accept") or b""
    assert accepted.startswith(b"application/atom+xml, application/rss+xml, application/feed+json")


def test_it_asks_for_gzip_and_nothing_else(http: Getting) -> None:
    assert asked(http, Validators()).header(b"accept-encoding") == b"gzip"


def test_it_sends_no_cookie_and_no_referrer_even_after_one_was_set(http: Getting) -> None:
    told(http, answer(headers=[(b"Set-Cookie", b"a=b")]))
    request = asked(http, Validators())
    assert (request.header(b"cookie"), request.header(b"referer")) == (None, None)


def test_a_body_is_fetched_with_its_type(http: Getting) -> None:
    answered = told(http, answer(body=b"<rss/>", headers=[(b"Content-Type", b"text/xml")]))
    assert isinstance(answered, Fetched)
    assert (answered.body, answered.content_type) == (b"<rss/>", "text/xml")


def test_a_compressed_body_is_inflated(http: Getting) -> None:
    answered = told(http, answer(body=gzip.compress(b"<rss/>" * 50_000), headers=[(b"Content-Encoding", b"gzip")]))
    assert isinstance(answered, Fetched)
    assert answered.body == b"<rss/>" * 50_000


def test_a_bomb_is_cut_while_it_unfolds(http: Getting) -> None:
    bomb = answer(body=gzip.compress(b" " * 50_000_000), headers=[(b"Content-Encoding", b"gzip")])
    assert told(http, bomb) == Unreachable("127.0.0.1 cannot be read: the answer is larger than 10 MiB.")


def test_a_body_that_is_too_large_is_cut(http: Getting) -> None:
    answered = told(http, answer(body=b" " * (10 * 1024 * 1024 + 1)))
    assert answered == Unreachable("127.0.0.1 cannot be read: the answer is larger than 10 MiB.")


@pytest.mark.parametrize("encoding", [b"br", b"gzip, gzip", b"deflate"])
def test_an_encoding_that_was_not_asked_for_is_an_error_and_not_garbage(http: Getting, encoding: bytes) -> None:
    answered = told(http, answer(body=b"...", headers=[(b"Content-Encoding", encoding)]))
    assert isinstance(answered, Unreachable)
    assert "did not ask for" in answered.why


def test_a_compressed_body_that_is_cut_short_is_an_error(http: Getting) -> None:
    short = gzip.compress(b"<rss/>")[:-9]
    answered = told(http, answer(body=short, headers=[(b"Content-Encoding", b"gzip")]))
    assert answered == Unreachable("127.0.0.1 cannot be read: the compressed answer is cut short.")


def test_a_body_shorter_than_it_says_is_an_error(http: Getting) -> None:
    assert isinstance(told(http, answer(body=b"<rss>" * 9)[:-5]), Unreachable)


def test_not_modified_brings_its_own_validators(http: Getting) -> None:
    answered = told(http, answer(304, headers=[(b"ETag", b'"new"'), (b"Cache-Control", b"max-age=60")]))
    assert isinstance(answered, NotModified)
    assert (answered.validators.etag, answered.max_age) == (b'"new"', timedelta(minutes=1))


def test_gone_is_gone(http: Getting) -> None:
    assert told(http, answer(410)) == Gone()


@pytest.mark.parametrize(
    ("asked_for", "wait"),
    [
        (b"3600", timedelta(hours=1)),
        (b"Tue, 06 Mar 2018 15:05:09 GMT", timedelta(hours=1)),
        (b"-5", None),
        (b"soon", None),
        (b"Tue, 06 Mar 2018 13:05:09 GMT", None),
    ],
)
def test_it_waits_as_long_as_the_server_asks(http: Getting, asked_for: bytes, wait: timedelta | None) -> None:
    headers = [(b"Retry-After", asked_for), (b"Date", b"Tue, 06 Mar 2018 14:05:09 GMT")]
    answered = told(http, answer(429, headers=headers))
    assert isinstance(answered, Busy)
    assert answered.why == f"{answered.host} says that relay asks too often (429)."
    assert (answered.host.partition(":")[0], answered.retry_after) == ("127.0.0.1", wait)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_to_this_reader_is_told_apart_from_a_failure(http: Getting, status: int) -> None:
    answered = told(http, answer(status))
    assert isinstance(answered, Blocked)
    assert answered.why.endswith(f" refuses this reader ({status}).")


@pytest.mark.parametrize(
    "page",
    [
        answer(403, headers=[(b"CF-Mitigated", b"challenge")]),
        answer(503, b"<title>Just a moment...</title>"),
    ],
)
def test_a_bot_check_is_recognised(http: Getting, page: bytes) -> None:
    answered = told(http, page)
    assert isinstance(answered, Blocked)
    assert answered.is_bot_check


def test_a_server_error_is_said_in_a_sentence(http: Getting) -> None:
    answered = told(http, answer(503))
    assert isinstance(answered, Unreachable)
    assert answered.why.endswith(" answered 503 It is so.")
    assert answered.status == 503


def test_a_server_that_is_busy_says_until_when(http: Getting) -> None:
    answered = told(http, answer(503, headers=[(b"Retry-After", b"120")]))
    assert isinstance(answered, Busy)
    assert answered.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("headers", "age"),
    [
        ([(b"Cache-Control", b"public, max-age=43200"), (b"Age", b"3600")], timedelta(hours=11)),
        ([(b"Cache-Control", b"max-age=60"), (b"Expires", b"Wed, 07 Mar 2018 14:05:09 GMT")], timedelta(minutes=1)),
        (
            [(b"Date", b"Tue, 06 Mar 2018 14:05:09 GMT"), (b"Expires", b"Tue, 06 Mar 2018 15:05:09 GMT")],
            timedelta(hours=1),
        ),
        ([(b"Expires", b"0")], timedelta(0)),
        ([(b"Cache-Control", b"no-cache, max-age=600")], timedelta(0)),
        ([], None),
    ],
)
def test_it_learns_how_long_an_answer_stays_fresh(
    http: Getting, headers: list[tuple[bytes, bytes]], age: timedelta | None
) -> None:
    answered = told(http, answer(headers=headers))
    assert isinstance(answered, Fetched)
    assert answered.max_age == age
