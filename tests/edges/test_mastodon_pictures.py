"""A picture on Mastodon: uploaded ahead, with its words, and never shown twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Refused, Retry, Sent, Unsure
from relay.networks.mastodon import media as mastodon_media
from relay.networks.mastodon import network as mastodon
from tests.edges.conftest import FarEnd
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_dialects import MASTODON_460, PIXELFED
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La fracture numérique\n{LINK}", "fr", LINK, image=IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def end(mastodon_45: FarEnd, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(mastodon_media, "LOOK", 0.01)
    options = {**mastodon_45.account.options, "attach": "picture"}
    return replace(mastodon_45, account=replace(mastodon_45.account, options=options))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = mastodon.prepare(http, end.account, draft, KEYS, PICTURE)
    assert isinstance(request, Request), request
    return request


def test_the_picture_goes_ahead_with_its_alternative_text(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    outcome = mastodon.publish(http, end.account, prepared(end, http))

    assert isinstance(outcome, Sent)
    [media], [status] = mastodon_server.shelf.media, mastodon_server.statuses
    assert (media.body, media.type, media.alt) == (PICTURE, "image/jpeg", IMAGE.alt)
    assert status.media == (media.id,)


def test_an_account_that_wants_a_card_uploads_nothing(
    mastodon_45: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = mastodon.prepare(http, mastodon_45.account, DRAFT, KEYS, PICTURE)

    assert isinstance(request, Request)
    assert "media_ids" not in json.loads(request.body)
    assert mastodon_server.shelf.media == []


def test_a_picture_that_is_not_to_be_had_holds_up_no_post(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = mastodon.prepare(http, end.account, DRAFT, KEYS, None)

    assert isinstance(request, Request)
    assert isinstance(mastodon.publish(http, end.account, request), Sent)
    assert mastodon_server.statuses[0].media == ()


def test_it_waits_until_the_server_has_made_its_sizes(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.shelf.looks = 3

    assert isinstance(mastodon.publish(http, end.account, prepared(end, http)), Sent)


def test_a_server_that_is_never_ready_is_asked_again_later(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mastodon_media, "READY", 0.05)
    mastodon_server.shelf.looks = 10_000

    assert isinstance(mastodon.prepare(http, end.account, DRAFT, KEYS, PICTURE), Retry)


def test_a_picture_that_the_server_refuses_is_told(end: FarEnd, http: httpx.Client) -> None:
    pdf = replace(DRAFT, image=replace(IMAGE, type="application/pdf"))

    assert mastodon.prepare(http, end.account, pdf, KEYS, PICTURE) == Refused(
        "127.0.0.1 answered 422: Validation failed: File content type is invalid"
    )


def test_alternative_text_is_no_longer_than_every_version_takes(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    prepared(end, http, replace(DRAFT, image=replace(IMAGE, alt="é" * 2_000)))

    assert mastodon_server.shelf.media[0].alt == "é" * 1_500


def test_a_server_that_takes_more_of_it_gets_more(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    mastodon_server.dialect = MASTODON_460
    prepared(end, http, replace(DRAFT, image=replace(IMAGE, alt="é" * 2_000)))

    assert mastodon_server.shelf.media[0].alt == "é" * 2_000


def test_one_that_takes_less_gets_whole_words(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    mastodon_server.dialect = PIXELFED
    prepared(end, http, replace(DRAFT, image=replace(IMAGE, alt="étal, " * 400)))

    assert mastodon_server.shelf.media[0].alt == "étal, " * 165 + "étal…"


def test_an_upload_whose_answer_is_lost_does_no_harm(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    end.wire.publishes = "media"
    end.wire.faults.append(Fault.DROP_AFTER)

    assert isinstance(mastodon.prepare(http, end.account, DRAFT, KEYS, PICTURE), Retry)
    assert mastodon_server.statuses == []


def test_a_repeat_with_the_same_picture_is_refused_for_ever_and_found(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(mastodon.publish(http, end.account, request), Unsure)

    mastodon.publish(http, end.account, request)

    assert len(mastodon_server.statuses) == 1
    assert isinstance(mastodon.find(http, end.account, request, datetime(2026, 11, 24, 7, tzinfo=UTC)), Sent)


def test_a_picture_that_is_not_ready_when_its_post_comes_is_waited_for(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    mastodon_server.shelf.media[0].looks = 3

    outcome = mastodon.publish(http, end.account, request)

    assert isinstance(outcome, Retry)
    assert "not finished" in outcome.why
    mastodon_server.shelf.media[0].looks = 0
    assert isinstance(mastodon.publish(http, end.account, request), Sent)


def test_a_picture_that_this_very_post_has_already_is_no_refusal(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    sent = mastodon.publish(http, end.account, request)
    mastodon_server.now += timedelta(hours=2)

    assert mastodon.publish(http, end.account, request) == sent
    assert len(mastodon_server.statuses) == 1


def test_a_picture_that_waited_too_long_for_its_post_is_a_refusal_that_says_what_to_do(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    mastodon_server.shelf.sweep()

    outcome = mastodon.publish(http, end.account, request)

    assert isinstance(outcome, Refused)
    assert outcome.why.endswith("approve it again.")


def test_another_refusal_of_a_post_with_a_picture_keeps_the_server_s_words(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    mastodon_server.refuses = (422, "Validation échouée : texte trop long")

    assert mastodon.publish(http, end.account, request) == Refused(
        "127.0.0.1 answered 422: Validation échouée : texte trop long"
    )


def test_what_relay_notes_of_a_picture_never_leaves(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    mastodon.publish(http, end.account, request)

    [body] = [call.body for call in end.wire.calls if (call.method, call.path) == ("POST", "/api/v1/statuses")]
    assert "picture" in json.loads(request.body)
    assert json.loads(body).keys() == {"status", "language", "visibility", "media_ids"}
