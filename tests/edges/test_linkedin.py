"""LinkedIn: text that must be escaped, a card that is all ours, and duplicates that it names itself."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.language.text import spans
from relay.core.outcome import AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.linkedin import media as linkedin_media
from relay.networks.linkedin import network as linkedin
from relay.networks.linkedin import reading
from relay.networks.linkedin.text import escaped, plain
from tests.edges.conftest import FarEnd
from tests.fakes.linkedin import LinkedIn, seen
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture_numerique"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La fracture (une étude) du @CGET #SMCL\n{LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(params=["linkedin_page", "linkedin_member"])
def end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(linkedin_media, "LOOK", 0.01)
    monkeypatch.setattr(linkedin_media, "UNSEEN", 0.01)
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Request:
    request = linkedin.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


@pytest.mark.parametrize(
    ("text", "commentary"),
    [
        ("a (b) [c] {d} <e> f|g h*i j_k l~m n\\o @p", r"a \(b\) \[c\] \{d\} \<e\> f\|g h\*i j\_k l\~m n\\o \@p"),
        ("#SMCL et n°#3", r"{hashtag|\#|SMCL} et n°\#3"),
        ("#a_b", r"\#a\_b"),
        ("https://a.example/b_c?d=e#f", "https://a.example/b_c?d=e#f"),
        ("(https://a.example/b_(c)~*|)", r"\(https://a.example/b_%28c%29%7E%2A%7C\)"),
    ],
)
def test_what_is_no_plain_text_to_linkedin_is_escaped(text: str, commentary: str) -> None:
    assert escaped(text) == commentary


@given(st.text(st.sampled_from("aé #@_~*()[]{}<>|\\\n«»0"), max_size=60))
def test_readers_see_every_sign_of_every_text(text: str) -> None:
    assert seen(escaped(text)) == plain(escaped(text)) == text


@given(st.from_regex(r"https://a\.example/[a-z_~*()\[\]{}|\\#?=]{0,30} suite \(ici\)", fullmatch=True))
def test_no_link_cuts_off_what_follows_it(text: str) -> None:
    assert seen(escaped(text)).endswith(" suite (ici)")
    assert "\\" not in escaped(spans(text)[0].text)


def test_it_posts_as_the_account_and_in_public(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    told = linkedin.publish(http, end.account, prepared(end, http))
    [post] = linkedin_server.posts
    assert told == Sent(post.urn, f"https://www.linkedin.com/feed/update/{post.urn}")
    assert (post.author, post.text) == (end.account.options["page"], DRAFT.text)
    sent = json.loads(end.wire.calls[-1].body)
    assert (sent["visibility"], sent["distribution"]["feedDistribution"]) == ("PUBLIC", "MAIN_FEED")


def test_a_duplicate_is_the_post_that_linkedin_names(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(linkedin.publish(http, end.account, request), Unsure)
    told = linkedin.publish(http, end.account, request)
    [post] = linkedin_server.posts
    assert told == Sent(post.urn, f"https://www.linkedin.com/feed/update/{post.urn}")


def test_a_duplicate_of_a_post_that_was_deleted_is_no_post(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    request = prepared(linkedin_page, http)
    linkedin.publish(http, linkedin_page.account, request)
    urn = linkedin_server.posts[0].urn
    linkedin_server.gone.add(urn)
    told = linkedin.publish(http, linkedin_page.account, request)
    assert isinstance(told, Refused)
    assert urn in told.why


@pytest.mark.parametrize(
    ("status", "code", "message", "outcome"),
    [
        (400, "INVALID_FIELD", "ShareCommentary text length is more than allowed", Refused),
        (401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", AuthLost),
        (403, "ACCESS_DENIED", "Not enough permissions to access: partnerApiPostsExternal.CREATE", AuthLost),
        (403, "ACCESS_DENIED", "resource is forbidden", Retry),
        (403, "ACCESS_DENIED", "Unable to obtain activity", Unsure),
        (422, "UNPROCESSABLE_ENTITY", "com.linkedin.content.article: URL is invalid", Refused),
        (429, "TOO_MANY_REQUESTS", "Resource level throttle limit", Retry),
        (500, "INTERNAL_ERROR", "Internal Server Error", Unsure),
    ],
)
@pytest.mark.shows("refusal")
def test_a_no_is_told_in_linkedin_s_words(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, status: int, code: str, message: str, outcome: type
) -> None:
    body: dict[str, Any] = {"status": status, "code": code, "message": message}
    linkedin_server.refuses = (status, body)
    told = linkedin.publish(http, end.account, prepared(end, http))
    assert (type(told), getattr(told, "why", "")) == (outcome, f"LinkedIn answered {status}: {message}")


@pytest.mark.shows("limit")
def test_a_day_s_limit_is_over_at_midnight_in_utc(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    message = "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."
    linkedin_server.refuses = (429, {"message": message})
    linkedin_server.now = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
    told = linkedin.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Retry)
    assert told.wait == timedelta(hours=2, minutes=30)


def test_a_version_that_linkedin_no_longer_has_needs_a_person(end: FarEnd, http: httpx.Client) -> None:
    told = linkedin.publish(http, wanting(end, version="202401").account, prepared(end, http))
    assert isinstance(told, AuthLost)
    assert "`version`" in told.why


def test_another_version_may_be_set(end: FarEnd, http: httpx.Client) -> None:
    newer = wanting(end, version="202610")
    assert isinstance(linkedin.publish(http, newer.account, prepared(newer, http)), Sent)


def test_a_post_is_looked_for_where_it_was_posted_whatever_the_account_says_now(
    linkedin_page: FarEnd, http: httpx.Client
) -> None:
    """On another Page it is not, and would be sent again to this one."""
    request = prepared(linkedin_page, http)
    sent = linkedin.publish(http, linkedin_page.account, request)
    options = {**linkedin_page.account.options, "page": "urn:li:organization:7"}
    moved = replace(linkedin_page.account, options=options)
    assert linkedin.find(http, moved, request, SINCE) == sent


def test_a_post_from_before_is_not_taken_for_it(linkedin_page: FarEnd, http: httpx.Client) -> None:
    request = prepared(linkedin_page, http)
    linkedin.publish(http, linkedin_page.account, request)
    assert linkedin.find(http, linkedin_page.account, request, SINCE + timedelta(minutes=3)) == NotThere()


def test_it_is_found_on_the_second_page(linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    request = prepared(linkedin_page, http)
    told = linkedin.publish(http, linkedin_page.account, request)
    _crowd(linkedin_server, reading.PAGE + 1)
    assert linkedin.find(http, linkedin_page.account, request, SINCE) == told


def test_too_many_posts_to_read_back_are_a_doubt(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    _crowd(linkedin_server, reading.PAGE * reading.PAGES)
    assert isinstance(linkedin.find(http, linkedin_page.account, prepared(linkedin_page, http), SINCE), CannotTell)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"elements": [1]}', b'{"elements": [{"id": "urn:li:share:1"}]}'])
def test_what_is_no_list_of_posts_tells_nothing(linkedin_page: FarEnd, http: httpx.Client, body: bytes) -> None:
    request = prepared(linkedin_page, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as odd:
        assert isinstance(linkedin.find(odd, linkedin_page.account, request, SINCE), CannotTell)


@pytest.mark.parametrize(
    "page", ["123", "urn:li:organization:abc", "urn:li:company:1", "https://www.linkedin.com/in/a"]
)
def test_an_author_that_linkedin_does_not_know_is_told_and_nothing_is_asked(
    end: FarEnd, http: httpx.Client, page: str
) -> None:
    account, request = wanting(end, page=page).account, prepared(end, http)
    end.wire.calls.clear()
    assert isinstance(linkedin.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert isinstance(linkedin.publish(http, account, request), AuthLost)
    assert isinstance(linkedin.find(http, account, request, SINCE), CannotTell)
    assert end.wire.calls == []


def _crowd(server: LinkedIn, size: int) -> None:
    for number in range(size):
        server.store(f"Autre {number}")
