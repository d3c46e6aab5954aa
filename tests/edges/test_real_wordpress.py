"""The real WordPress: what the one of the tests only says of it."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, NotThere, Refused, Sent
from relay.networks.wordpress import network as wordpress
from tests.edges.far_end import FarEnd
from tests.fakes.drawings import drawn, saved
from tests.real.wordpress import WordPress

pytestmark = pytest.mark.wordpress

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
DRAFT = Draft(f"R&D <b>\n\n#SMCL {LINK}", "fr", LINK, "R&D, <b> et « fracture »", "Une étude <b>.")
IMAGE = Image("https://blog.example/a.png", "image/png", 64, 48, "Une place, le <b> jour du « marché »")
PICTURE = saved(drawn(64, 48), "PNG")


@pytest.fixture
def end(wordpress_debian: FarEnd) -> FarEnd:
    return wordpress_debian


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Request:
    request = wordpress.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def sent(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    outcome = wordpress.publish(http, end.account, request)
    assert isinstance(outcome, Sent), outcome
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        "« L’été », dit-il… -- et --- puis ... 3x4",
        "Wordpress 8O :) ;-) :smile: (c) 1/2",
        "\"Elle\" l'a dit, '80 \"et\" 'non'",
        "[gallery] [caption]x[/caption] [[deux]]",
        "<b>gras</b> &amp; <!--more--> <script>alert(1)</script> <?php echo 1 ?>",
        "https://youtu.be/dQw4w9WgXcQ",
        "# Un\n* deux\n- trois\n1. quatre\n> cinq",
        "{{ a }} \\n \\\\ %s %1$s $1 \\0",
        "Café ☕👩‍👩‍👧 \u200fעברית\u200f 日本語",
    ],
)
def test_readers_see_the_text_sign_by_sign(end: FarEnd, http: httpx.Client, text: str) -> None:
    sent(end, http, prepared(end, http, replace(DRAFT, text=text)))
    assert end.published() == [text]


def test_title_and_excerpt_show_what_they_say(end: FarEnd, http: httpx.Client, wordpress_real: WordPress) -> None:
    sent(end, http, prepared(end, http))
    [post] = wordpress_real.posts()
    assert html.unescape(post["title"]["rendered"]) == DRAFT.title
    assert html.unescape(re.sub(r"<[^>]*>", "", post["excerpt"]["rendered"])).strip() == DRAFT.description


def test_it_stands_in_the_feed_of_the_site_under_its_address(
    end: FarEnd, http: httpx.Client, wordpress_real: WordPress
) -> None:
    posted = sent(end, http, prepared(end, http))
    assert posted.url
    assert posted.url in http.get(f"{wordpress_real.url}/?feed=atom").text
    assert http.get(posted.url).status_code == httpx.codes.OK


@pytest.mark.shows("picture")
def test_a_picture_is_in_the_library_once_with_its_words(
    end: FarEnd, http: httpx.Client, wordpress_real: WordPress
) -> None:
    draft = replace(DRAFT, image=IMAGE)
    requests = [prepared(end, http, draft, PICTURE) for _ in range(2)]
    assert requests[0] == requests[1]
    sent(end, http, requests[0])
    [post], [media] = wordpress_real.posts(), wordpress_real.call("GET", "media", params={"context": "edit"})
    assert post["featured_media"] == media["id"]
    assert media["alt_text"] == "Une place, le jour du « marché »"
    assert http.get(media["source_url"]).content == PICTURE


@pytest.mark.shows("edit", "delete")
def test_a_post_is_edited_and_put_into_the_trash(end: FarEnd, http: httpx.Client, wordpress_real: WordPress) -> None:
    can = wordpress.abilities(end.account)
    assert can.edit
    assert can.delete
    first = prepared(end, http, replace(DRAFT, image=IMAGE), PICTURE)
    second = prepared(end, http, replace(DRAFT, text="Deux", title="Second"))
    posted = sent(end, http, first)
    assert can.edit(http, end.account, posted, first, second) == posted
    [post] = wordpress_real.posts()
    assert (post["title"]["rendered"], end.published(), post["featured_media"]) == ("Second", ["Deux"], 0)
    assert can.delete(http, end.account, posted, second) == Gone()
    assert can.delete(http, end.account, posted, second) == Gone()
    assert end.published() == []
    assert isinstance(can.edit(http, end.account, posted, second, first), Refused)
    assert end.published() == []
    assert wordpress.find(http, end.account, second, KEYS.created_at) == NotThere()


def test_what_was_deleted_for_good_is_gone(end: FarEnd, http: httpx.Client, wordpress_real: WordPress) -> None:
    can = wordpress.abilities(end.account)
    assert can.edit
    assert can.delete
    request = prepared(end, http)
    posted = sent(end, http, request)
    wordpress_real.clear()
    assert can.delete(http, end.account, posted, request) == Gone()
    assert isinstance(can.edit(http, end.account, posted, request, request), Refused)


@pytest.mark.shows("refusal")
def test_who_may_only_read_needs_a_person(end: FarEnd, http: httpx.Client, wordpress_real: WordPress) -> None:
    [me] = wordpress_real.call("GET", "users", params={"search": end.account.options["user"]})
    wordpress_real.call("POST", f"users/{me['id']}", json={"roles": ["subscriber"]})
    assert isinstance(wordpress.publish(http, end.account, prepared(end, http)), AuthLost)


def test_a_long_text_without_a_title_begins_with_one(
    end: FarEnd, http: httpx.Client, wordpress_real: WordPress
) -> None:
    text = " ".join(["Une phrase."] * 8000)
    sent(end, http, prepared(end, http, replace(DRAFT, text=text, title="")))
    [post] = wordpress_real.posts()
    assert html.unescape(post["title"]["rendered"]).startswith("Une phrase. Une phrase.")
    assert len(post["title"]["rendered"]) < 400
    assert end.published() == [text]
