"""Changing and deleting a post on Mastodon, with its picture and its warning, and servers that cannot."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import Gone, Outcome, Refused, Sent
from relay.networks.mastodon import network as mastodon
from relay.networks.wire.changed import NO_MORE
from tests.edges.conftest import FarEnd
from tests.edges.fediverse import PHOTO, PICTURE
from tests.fakes.mastodon import Mastodon

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
DRAFT = Draft(f"La fracture numérique\n{LINK}", "fr", LINK, image=PHOTO)
CORRECTED = replace(DRAFT, text=f"La fracture, corrigée\n{LINK}")


@pytest.fixture
def end(mastodon_45: FarEnd) -> FarEnd:
    options = {**mastodon_45.account.options, "attach": "picture", "visibility": "unlisted"}
    return replace(mastodon_45, account=replace(mastodon_45.account, options=options))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft, picture: bytes | None = PICTURE) -> Request:
    request = mastodon.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def edited(
    end: FarEnd, http: httpx.Client, draft: Draft = CORRECTED, picture: bytes | None = PICTURE, was: Draft = DRAFT
) -> Outcome:
    before, after = prepared(end, http, was), prepared(end, http, draft, picture)
    sent = mastodon.publish(http, end.account, before)
    assert isinstance(sent, Sent), sent
    edit = mastodon.abilities(end.account).edit
    assert edit is not None
    return edit(http, end.account, sent, before, after)


def test_the_words_change_and_the_visibility_stays(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    outcome = edited(end, http)
    [status] = mastodon_server.statuses
    assert outcome == Sent(status.id, f"https://social.example/@blog/{status.id}")
    assert (status.text, status.visibility, status.edited) == (CORRECTED.text, "unlisted", 1)


def test_the_same_picture_stays_and_gets_its_new_words(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    described = replace(CORRECTED, image=replace(PHOTO, alt="Une place, un soir de marché"))
    edited(end, http, described)
    [status], [first, *_] = mastodon_server.statuses, mastodon_server.shelf.media
    assert status.media == (first.id,)
    assert first.alt == "Une place, un soir de marché"


def test_a_picture_that_is_not_to_be_had_any_more_stays(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    edited(end, http, replace(CORRECTED, image=replace(PHOTO, alt="Autrement dite")), None)
    [status], [first] = mastodon_server.statuses, mastodon_server.shelf.media
    assert (status.media, first.alt) == ((first.id,), "Autrement dite")


def test_another_picture_takes_its_place(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    edited(end, http, CORRECTED, b"\xff\xd8\xff\xe0 another")
    [status], [_, second] = mastodon_server.statuses, mastodon_server.shelf.media
    assert (status.media, second.body) == ((second.id,), b"\xff\xd8\xff\xe0 another")


def test_a_picture_that_was_taken_out_is_gone(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    edited(end, http, replace(CORRECTED, image=None))
    assert mastodon_server.statuses[0].media == ()


@pytest.mark.parametrize(
    ("before", "after"), [("", "Images difficiles"), ("Attention", ""), ("Attention", "Âmes sensibles")]
)
def test_a_warning_comes_and_goes_with_an_edit(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, before: str, after: str
) -> None:
    edited(end, http, replace(CORRECTED, warning=after), was=replace(DRAFT, warning=before))
    assert mastodon_server.statuses[0].warning == after


def test_a_warning_that_an_edit_brings_is_no_title_on_friendica(
    friendica: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    edited(friendica, http, replace(CORRECTED, warning="Images difficiles"))
    [status] = mastodon_server.statuses
    assert (status.title, status.warning) == ("", "Images difficiles")


def test_an_edit_that_is_too_long_is_refused_and_changes_nothing(end: FarEnd, http: httpx.Client) -> None:
    outcome = edited(end, http, replace(CORRECTED, text="é" * 501))
    assert isinstance(outcome, Refused)
    assert end.published() == [DRAFT.text]


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_that_cannot_edit_says_so(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, status: int
) -> None:
    mastodon_server.dialect = replace(mastodon_server.dialect, edits=status)
    assert edited(end, http) == Refused(
        "This server cannot change a post: delete it and send it again, or leave it as it is."
    )


def test_a_post_that_is_not_there_cannot_be_edited_by_any(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http, DRAFT)
    edit = mastodon.abilities(end.account).edit
    assert edit is not None
    assert edit(http, end.account, Sent("1"), request, request) == NO_MORE


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_that_cannot_delete_is_not_believed_that_it_has(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, status: int
) -> None:
    mastodon_server.dialect = replace(mastodon_server.dialect, deletes=status)
    request = prepared(end, http, DRAFT)
    sent = mastodon.publish(http, end.account, request)
    delete = mastodon.abilities(end.account).delete
    assert delete is not None
    assert isinstance(sent, Sent)
    assert delete(http, end.account, sent, request) == Refused(
        "This server deletes no post for relay: delete it on its own page."
    )
    assert end.published() == [DRAFT.text]


def test_a_deleted_post_leaves_no_picture_behind(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    request = prepared(end, http, DRAFT)
    sent = mastodon.publish(http, end.account, request)
    delete = mastodon.abilities(end.account).delete
    assert delete is not None
    assert isinstance(sent, Sent)
    assert delete(http, end.account, sent, request) == Gone()
    assert mastodon_server.shelf.media == []


def test_an_edit_has_no_key_and_none_of_relay_s_notes(end: FarEnd, http: httpx.Client) -> None:
    edited(end, http)
    [call] = [call for call in end.wire.calls if call.method == "PUT"]
    assert "idempotency-key" not in call.headers
    assert json.loads(call.body).keys() == {
        "status",
        "language",
        "spoiler_text",
        "sensitive",
        "media_ids",
        "media_attributes",
    }
