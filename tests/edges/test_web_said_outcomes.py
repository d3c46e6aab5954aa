"""What a network refuses, and why nothing can be asked of it, has its French around the network's own words."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Keys
from tests.edges.far_end import FarEnd
from tests.edges.test_web_said_networks import DRAFT, NOW, french, prepared
from tests.fakes.linkedin import LinkedIn
from tests.fakes.matrix import Homeserver


def wanting(end: FarEnd, options: dict[str, str], secrets: dict[str, str] | None = None) -> Account:
    """The account with other settings; with ``secrets``, it has these and no others."""
    hidden = end.account.secrets if secrets is None else {name: Secret(value) for name, value in secrets.items()}
    return replace(end.account, options={**end.account.options, **options}, secrets=hidden)


def odd(status: int, body: object) -> httpx.Client:
    """A network that says the same to everything."""
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, json=body)))


@pytest.mark.parametrize(
    ("end", "options", "secrets", "word"),
    [
        ("mail", {"server": "smtp://exemple.fr"}, None, "`server` doit être"),
        ("mail", {"security": "ssl"}, None, "`security` doit être"),
        ("mail", {"user": ""}, None, "vont ensemble"),
        ("mail", {"server": "smtp.exemple.fr"}, None, "en clair"),
        ("mail", {"to": "a@exemple.fr, b@exemple.fr"}, None, "une seule adresse"),
        ("mail", {"unsubscribe": "http://liste.exemple.fr/"}, None, "https://"),
        ("micropub_silent", {"endpoint": "http://blog.example/"}, None, "https://"),
        ("wordpress_site", {"site": "http://blog.example"}, None, "https://"),
        ("wordpress_site", {"status": "future"}, None, "« future »"),
        ("matrix_room", {"server": "http://matrix.example"}, None, "https://"),
        ("linkedin_page", {"page": "123"}, None, "urn:li:organization:123"),
        ("facebook_page", {"page": "ville"}, None, "numéro"),
        ("x_bearer", {"link": "drop"}, None, "« drop »"),
        ("x_bearer", {}, {}, "quatre secrets"),
    ],
)
def test_a_setting_that_cannot_be_is_said_in_french(
    request: pytest.FixtureRequest,
    http: httpx.Client,
    end: str,
    options: dict[str, str],
    secrets: dict[str, str] | None,
    word: str,
) -> None:
    found: FarEnd = request.getfixturevalue(end)
    assert word in french(found.network.prepare(http, wanting(found, options, secrets), DRAFT, Keys(NOW, 1)))


@pytest.mark.parametrize(
    ("end", "status", "body", "word"),
    [
        ("linkedin_page", 426, {"message": "No such version."}, "AAAAMM"),
        ("linkedin_page", 403, {"message": "Not enough permissions"}, "LinkedIn a répondu 403 : Not enough"),
        ("facebook_page", 400, {"error": {"code": 190, "message": "Expired"}}, "Facebook a répondu 190 : Expired"),
        ("x_bearer", 402, {"detail": "No credits."}, "X a répondu 402 : No credits."),
        ("wordpress_site", 404, {}, "Permaliens"),
        ("matrix_room", 403, {"errcode": "M_FORBIDDEN", "error": "No"}, "127.0.0.1 a répondu 403 : No"),
        ("micropub_listing", 400, {"error": "invalid_request"}, "127.0.0.1 a répondu 400 : invalid_request"),
        ("slack_bot", 200, {"ok": False, "error": "is_archived"}, "Slack a répondu : is_archived"),
        (
            "telegram_bot",
            400,
            {"error_code": 400, "description": "upgraded to a supergroup", "parameters": {"migrate_to_chat_id": -7}},
            "son numéro est désormais -7",
        ),
        ("threads_user", 200, {"status": "ERROR", "error_message": "FAILED"}, "(FAILED) : approuvez-le"),
        ("threads_user", 200, {"status": "EXPIRED"}, "approuvez-le de nouveau"),
        ("threads_user", 200, {"status": "IN_PROGRESS"}, "en train"),
    ],
)
def test_a_no_is_said_in_french_around_the_networks_own_words(
    request: pytest.FixtureRequest, http: httpx.Client, end: str, status: int, body: dict[str, Any], word: str
) -> None:
    found: FarEnd = request.getfixturevalue(end)
    frozen = prepared(found, http)
    with odd(status, body) as client:
        assert word in french(found.network.publish(client, found.account, frozen))


def test_a_site_that_has_moved_is_said_in_french(wordpress_site: FarEnd, http: httpx.Client) -> None:
    frozen, moved = prepared(wordpress_site, http), {"location": "https://ailleurs.example/"}
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(301, headers=moved))) as client:
        assert "déménagé" in french(wordpress_site.network.publish(client, wordpress_site.account, frozen))


def test_an_encrypted_room_is_said_in_french(matrix_room: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    homeserver.is_encrypted = True
    assert "chiffré" in french(matrix_room.network.prepare(http, matrix_room.account, DRAFT, Keys(NOW, 1)))


def test_a_post_that_linkedin_has_deleted_is_said_in_french(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    frozen = prepared(linkedin_page, http)
    linkedin_page.network.publish(http, linkedin_page.account, frozen)
    linkedin_server.gone.add(linkedin_server.posts[0].urn)
    assert "deux jours" in french(linkedin_page.network.publish(http, linkedin_page.account, frozen))


@pytest.mark.parametrize(
    ("end", "body", "word"),
    [
        ("linkedin_page", {"elements": [1]}, "LinkedIn"),
        ("wordpress_site", {}, "WordPress"),
        ("x_signed", {"data": [1]}, "X"),
        ("micropub_listing", {"items": [1]}, "Micropub"),
    ],
)
def test_an_answer_that_tells_nothing_is_said_in_french(
    request: pytest.FixtureRequest, http: httpx.Client, end: str, body: object, word: str
) -> None:
    found: FarEnd = request.getfixturevalue(end)
    frozen = prepared(found, http)
    with odd(200, body) as client:
        assert word in french(found.network.find(client, found.account, frozen, NOW))


@pytest.mark.parametrize(
    ("end", "status", "no", "word"),
    [
        ("facebook_page", 400, {"error": {"code": 506, "message": "Duplicate status message"}}, "double du dernier"),
        ("x_signed", 403, {"detail": "You are not allowed to create a Tweet with duplicate content."}, "déjà eu"),
    ],
)
def test_a_duplicate_that_cannot_be_looked_up_is_said_in_french_to_its_end(
    request: pytest.FixtureRequest, http: httpx.Client, end: str, status: int, no: dict[str, Any], word: str
) -> None:
    found: FarEnd = request.getfixturevalue(end)
    frozen = prepared(found, http)

    def answer(asked: httpx.Request) -> httpx.Response:
        if asked.method == "GET":
            raise httpx.ConnectError("no way there")
        return httpx.Response(status, json=no)

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        told = french(found.network.publish(client, found.account, frozen))
    assert word in told
    assert told.endswith(" : le serveur est injoignable.")
    assert "this" not in told
    assert "takes" not in told
