"""WordPress: a slug of our own makes a post findable; its filters change nothing that was approved."""

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Sent, Unsure
from relay.networks.wordpress import network as wordpress
from relay.networks.wordpress.text import content
from tests.edges.far_end import FarEnd
from tests.fakes.wire import Fault
from tests.fakes.wordpress import WordPress

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
LINK = "https://blog.example/2026/Fracture_numérique.html?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"L'été [gallery]\n\n#SMCL {LINK}", "fr", LINK, "R&D : <l'été>", "Une « étude » d'État.", IMAGE)


@pytest.fixture
def end(wordpress_site: FarEnd) -> FarEnd:
    return wordpress_site


def prepared(end: FarEnd, http: httpx.Client, picture: bytes | None = None) -> Request:
    request = wordpress.prepare(http, end.account, DRAFT, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def with_options(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def test_a_post_has_title_text_excerpt_and_a_slug_of_its_own(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    request = prepared(end, http)
    told = wordpress.publish(http, end.account, request)
    [post] = wordpress_server.posts
    assert told == Sent(str(post["id"]), f"https://blog.example/{request.key}/")
    assert post["slug"] == request.key
    assert re.fullmatch(r"fracture-num-rique-[2-7a-z]{13}", request.key)
    assert (post["title"], post["status"], post["featured_media"]) == ("R&amp;D : &lt;l'été&gt;", "publish", 0)
    assert html.unescape(post["excerpt"]) == DRAFT.description
    assert wordpress_server.texts() == [DRAFT.text]


def test_the_text_is_made_of_blocks_and_its_link_is_no_embed() -> None:
    address = "https://blog.example/?a=1&b=2"
    assert content(f"Un\ndeux\n\n{address}") == (
        "<!-- wp:paragraph -->\n<p>Un<br>\ndeux</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n"
        '<p><a href="https://blog.example/?a=1&amp;b=2">https&#58;//blog.example/?a=1&#38;b=2</a></p>\n'
        "<!-- /wp:paragraph -->"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[gallery ids='1,2']",
        "<!-- wp:html --><script>alert(1)</script>",
        "\"droit\" 'droit' ``droit''",
        "un -- deux --- trois - quatre",
        "etc...",
        "1920x1080",
        ":) ;-) :mrgreen: 8) 8O",
        "R&D &amp; &#8217;",
        "Wordpress (tm)",
    ],
)
def test_nothing_is_left_that_the_filters_of_wordpress_would_change(text: str) -> None:
    """Each pattern stands in wptexturize, do_shortcode, convert_smilies, do_blocks or capital_P_dangit."""
    written = content(text).removeprefix("<!-- wp:paragraph -->\n<p>").removesuffix("</p>\n<!-- /wp:paragraph -->")
    changed = r"['\"`<>\[]|--|\s-\s|\.\.\.|\dx\d|Wordpress|\(tm\)|(?<!\S)[:;8][-):a-zO]|&(?!#\d+;)"
    assert html.unescape(written) == text
    assert re.search(changed, written) is None


@pytest.mark.shows("picture")
def test_a_picture_is_uploaded_with_its_words_before_the_post_that_shows_it(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    request = prepared(end, http, b"a picture")
    [media] = wordpress_server.media
    assert (media["body"], media["alt_text"]) == (b"a picture", IMAGE.alt)
    wordpress.publish(http, end.account, request)
    [post] = wordpress_server.posts
    assert (post["featured_media"], post["slug"]) == (media["id"], request.key)


def test_preparing_again_uploads_no_second_picture(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    assert prepared(end, http, b"a picture") == prepared(end, http, b"a picture")
    assert len(wordpress_server.media) == 1


def test_a_picture_that_the_library_does_not_take_is_said(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    wordpress_server.says = (500, {})
    assert isinstance(wordpress.prepare(http, end.account, DRAFT, KEYS, b"a picture"), Retry)


def test_a_file_that_it_will_never_take_is_refused_though_it_says_500(end: FarEnd, http: httpx.Client) -> None:
    no = httpx.Response(500, json={"code": "rest_upload_unknown_error", "message": "Sorry, not this file type."})
    with httpx.Client(transport=httpx.MockTransport(lambda _: no)) as other:
        told = wordpress.prepare(other, end.account, DRAFT, KEYS, b"a picture")
    assert told == Refused("127.0.0.1 answered 500: Sorry, not this file type.")


def test_a_repeat_would_be_a_second_post_so_it_is_found_first(
    end: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(wordpress.publish(http, end.account, request), Unsure)
    assert isinstance(wordpress.find(http, end.account, request, KEYS.created_at), Sent)
    wordpress.publish(http, end.account, request)
    assert [post["slug"] for post in wordpress_server.posts] == [request.key, f"{request.key}-2"]


def test_a_draft_is_found_too(end: FarEnd, http: httpx.Client) -> None:
    drafting = with_options(end, status="draft")
    request = prepared(drafting, http)
    told = wordpress.publish(http, drafting.account, request)
    assert wordpress.find(http, drafting.account, request, KEYS.created_at) == told


@pytest.mark.parametrize("found", [{}, [1], [{"id": 1, "slug": "another", "link": None}], "no"])
def test_what_is_no_list_of_posts_is_a_doubt(end: FarEnd, http: httpx.Client, found: object) -> None:
    request = prepared(end, http)
    answer = httpx.Response(200, content=json.dumps(found).encode())
    with httpx.Client(transport=httpx.MockTransport(lambda _: answer)) as odd:
        assert isinstance(wordpress.find(odd, end.account, request, KEYS.created_at), CannotTell)


def test_who_may_not_publish_needs_a_person(end: FarEnd, http: httpx.Client, wordpress_server: WordPress) -> None:
    wordpress_server.may_publish = False
    told = wordpress.publish(http, end.account, prepared(end, http))
    assert isinstance(told, AuthLost)
    assert "not allowed to publish posts" in told.why


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "word"),
    [
        (301, {"location": "https://www.blog.example/"}, AuthLost, "correct `site`"),
        (404, {}, AuthLost, "Permalinks"),
        (403, {}, Refused, "403"),
        (413, {}, Refused, "413"),
        (429, {"retry-after": "7"}, Retry, "429"),
        (503, {}, Unsure, "503"),
    ],
)
@pytest.mark.shows("refusal")
def test_what_stands_before_wordpress_is_understood_too(
    end: FarEnd,
    http: httpx.Client,
    wordpress_server: WordPress,
    status: int,
    headers: dict[str, str],
    outcome: type,
    word: str,
) -> None:
    wordpress_server.says = (status, headers)
    told = wordpress.publish(http, end.account, prepared(end, http))
    assert isinstance(told, outcome)
    assert word in getattr(told, "why", "")


@pytest.mark.parametrize(
    ("options", "outcome"), [({"site": "http://blog.example"}, AuthLost), ({"status": "future"}, Refused)]
)
def test_settings_that_cannot_be_are_said_and_nothing_is_asked(
    end: FarEnd, http: httpx.Client, options: dict[str, str], outcome: type
) -> None:
    told = wordpress.prepare(http, with_options(end, **options).account, DRAFT, KEYS)
    assert (type(told), end.wire.calls) == (outcome, [])
