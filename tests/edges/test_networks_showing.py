"""What every network must show of a post that its words alone do not tell, in each dialect in which it differs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.language.length import fits
from relay.core.outcome import Gone, Refused, Retry, Sent
from relay.core.thread import keys_of
from tests.edges.conftest import FAR_ENDS, SNAC, FarEnd
from tests.edges.fediverse import PHOTO, PICTURE
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_rendering import as_json
from tests.fakes.micropub import Site
from tests.fakes.wordpress import WordPress
from tests.real.snac import Member, Snac

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/la-fracture-numerique"
DRAFT = Draft(f"La « fracture » selon @CGET_gouv, un mot de @anct@social.example #SMCL #Égalité {LINK}", "fr", LINK)

FEDIVERSE = ["mastodon_45", "mastodon_460", "mastodon_fixed", "gotosocial", "pleroma", "pixelfed", "friendica"]
FEDIVERSE += ["bare_api"]
CARDS = [end for end in FEDIVERSE if end != "pixelfed"]
"""On Pixelfed there is a picture with every post, and so no card with any."""
PLAIN = ["x_signed", "x_bearer", "linkedin_page", "linkedin_member", "facebook_page", "threads_user", "telegram_bot"]
"""Where a hashtag is one by its sign alone, which must leave as it is."""
NAMING = [SNAC, "x_signed", "x_bearer", "threads_user", "telegram_bot"]
"""Where a handle is one by its sign alone."""


@pytest.fixture
def showing(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Request:
    request = end.network.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Sent:
    request = prepared(end, http, draft, picture)
    sent = end.network.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


@pytest.mark.shows("picture")
@pytest.mark.parametrize("showing", FEDIVERSE, indirect=True)
def test_a_picture_has_its_alternative_text(showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    end = replace(showing, account=replace(showing.account, options={**showing.account.options, "attach": "picture"}))
    published(end, http, replace(DRAFT, image=PHOTO), PICTURE)
    [media], [status] = mastodon_server.shelf.media, mastodon_server.statuses
    assert (media.body, media.alt, status.media) == (PICTURE, PHOTO.alt, (media.id,))


@pytest.mark.shows("card")
@pytest.mark.parametrize("showing", CARDS, indirect=True)
def test_the_server_has_a_link_to_make_a_card_of_and_no_picture_in_its_way(
    showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    published(showing, http, replace(DRAFT, image=PHOTO), PICTURE)
    [status] = mastodon_server.statuses
    assert (status.media, f'href="{LINK}"' in as_json(status)["content"]) == ((), True)


@pytest.mark.shows("mention")
@pytest.mark.parametrize("showing", FEDIVERSE, indirect=True)
def test_whom_a_text_names_the_server_makes_a_mention_of(
    showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    published(showing, http)
    [status] = mastodon_server.statuses
    assert 'class="u-url mention">@<span>anct</span>' in as_json(status)["content"]


@pytest.mark.shows("tags")
@pytest.mark.parametrize("showing", FEDIVERSE, indirect=True)
def test_what_a_text_is_about_the_server_makes_tags_of(
    showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    published(showing, http)
    [status] = mastodon_server.statuses
    tags = [f'class="mention hashtag">#<span>{tag}</span>' for tag in ("SMCL", "Égalité")]
    assert [tag in as_json(status)["content"] for tag in tags] == [True, True]


@pytest.mark.shows("language")
@pytest.mark.parametrize("showing", FEDIVERSE, indirect=True)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_is_told(showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon, language: str) -> None:
    published(showing, http, replace(DRAFT, language=language))
    assert [status.language for status in mastodon_server.statuses] == [language]


@pytest.mark.shows("limit")
@pytest.mark.parametrize("showing", FEDIVERSE, indirect=True)
def test_it_waits_until_the_server_s_limit_begins_anew(
    showing: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(showing, http)
    mastodon_server.limited_for = timedelta(minutes=7)
    told = showing.network.publish(http, showing.account, request)
    assert isinstance(told, Retry)
    assert told.wait == timedelta(minutes=7)
    assert showing.published() == []


@pytest.mark.shows("tags", "card")
@pytest.mark.snac
def test_a_real_server_makes_links_of_tags_and_addresses(
    snac_real: FarEnd, http: httpx.Client, snac_server: Snac, snac_account: Member
) -> None:
    published(snac_real, http)
    [status] = snac_server.statuses(snac_account)
    assert "smcl" in [tag["name"].lower() for tag in status["tags"]]
    assert f'href="{LINK}"' in status["content"]


@pytest.mark.shows("edit", lacks=True)
@pytest.mark.parametrize("showing", ["pixelfed", "bare_api"], indirect=True)
def test_where_a_server_changes_no_post_that_is_said(showing: FarEnd, http: httpx.Client) -> None:
    edit = showing.network.abilities(showing.account).edit
    assert edit
    before, after = (prepared(showing, http, replace(DRAFT, text=text)) for text in (DRAFT.text, "Corrigé"))
    sent = showing.network.publish(http, showing.account, before)
    assert isinstance(sent, Sent)
    told = edit(http, showing.account, sent, before, after)
    assert told == Refused("This server cannot change a post: delete it and send it again, or leave it as it is.")
    assert showing.published() == [DRAFT.text]


@pytest.mark.shows("delete", lacks=True)
def test_where_a_server_deletes_no_post_that_is_said(bare_api: FarEnd, http: httpx.Client) -> None:
    delete = bare_api.network.abilities(bare_api.account).delete
    assert delete
    request = prepared(bare_api, http)
    sent = bare_api.network.publish(http, bare_api.account, request)
    assert isinstance(sent, Sent)
    told = delete(http, bare_api.account, sent, request)
    assert told == Refused("This server deletes no post for relay: delete it on its own page.")
    assert bare_api.published() == [DRAFT.text]


@pytest.mark.shows("delete")
def test_pixelfed_shows_a_deleted_post_no_more(pixelfed: FarEnd, http: httpx.Client) -> None:
    delete = pixelfed.network.abilities(pixelfed.account).delete
    assert delete
    request = prepared(pixelfed, http)
    sent = pixelfed.network.publish(http, pixelfed.account, request)
    assert isinstance(sent, Sent)
    assert [delete(http, pixelfed.account, sent, request) for _ in range(2)] == [Gone(), Gone()]
    assert pixelfed.published() == []


@pytest.mark.shows("thread")
def test_pixelfed_shows_the_next_post_of_a_thread_as_an_answer(
    pixelfed: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    first = published(pixelfed, http)
    request = pixelfed.network.prepare(
        http, pixelfed.account, replace(DRAFT, text="Suite"), keys_of(KEYS, 1), None, (first,)
    )
    assert isinstance(request, Request)
    assert isinstance(pixelfed.network.publish(http, pixelfed.account, request), Sent)
    assert [status.answers for status in mastodon_server.statuses] == [None, first.id]


@pytest.mark.shows("tags")
@pytest.mark.parametrize("showing", PLAIN, indirect=True)
def test_a_hashtag_leaves_with_its_sign(showing: FarEnd, http: httpx.Client) -> None:
    published(showing, http)
    [text] = showing.published()
    assert "#SMCL #Égalité" in text


@pytest.mark.shows("mention")
@pytest.mark.parametrize("showing", NAMING, indirect=True)
def test_a_handle_leaves_with_its_sign(showing: FarEnd, http: httpx.Client) -> None:
    published(showing, http)
    [text] = showing.published()
    assert "selon @CGET_gouv," in text


@pytest.mark.shows("card")
@pytest.mark.parametrize("showing", ["x_signed", "x_bearer"], indirect=True)
def test_a_card_is_made_of_the_link_where_no_picture_goes_with_it(showing: FarEnd, http: httpx.Client) -> None:
    published(showing, http, replace(DRAFT, image=PHOTO), PICTURE)
    assert [call.path for call in showing.wire.calls if "media" in call.path] == []
    assert showing.published()[0].endswith(LINK)


@pytest.mark.shows("limit")
def test_wordpress_is_given_the_time_that_it_asks_for(
    wordpress_site: FarEnd, http: httpx.Client, wordpress_server: WordPress
) -> None:
    request = prepared(wordpress_site, http)
    wordpress_server.says = (429, {"retry-after": "420"})
    told = wordpress_site.network.publish(http, wordpress_site.account, request)
    assert isinstance(told, Retry)
    assert told.wait == timedelta(minutes=7)


@pytest.mark.shows("limit")
def test_a_micropub_site_that_says_too_many_is_given_time(
    micropub_listing: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    request = prepared(micropub_listing, http)
    micropub_server.refuses = (429, "slow_down")
    told = micropub_listing.network.publish(http, micropub_listing.account, request)
    assert isinstance(told, Retry)
    assert told.wait >= timedelta(minutes=1)
    assert micropub_listing.published() == []


@pytest.mark.shows("length")
@pytest.mark.parametrize("showing", FAR_ENDS, indirect=True)
def test_what_is_one_too_long_does_not_fit_before_anybody_can_approve_it(showing: FarEnd) -> None:
    limits = showing.network.limits(showing.account)
    most = min(most // (2 if unit == "bytes" else 1) for unit, most in limits.text)
    assert (fits("é" * most, limits), fits("é" * (most + 1), limits)) == (True, False)
