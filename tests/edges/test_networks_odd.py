"""Servers that say odd things: no sentence has the account's secret, and nothing that is said is an exception."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from relay.core.crosspost import Request
from relay.core.outcome import Sent
from tests.edges.changing import CORRECTED, DRAFT, KEYS, SINCE, prepared, published
from tests.edges.far_end import FarEnd

ENDS = [
    *("mastodon_45", "gotosocial", "telegram_bot", "slack_bot", "slack_hook", "discord_hook", "matrix_room"),
    *("wordpress_site", "micropub_listing", "webhook_receiver", "linkedin_page", "x_bearer", "facebook_page"),
    "threads_user",
]


ODD: list[Any] = [
    *(None, 7, "x", [], {}, True, 1e400, [[]], [{}], [7], {"id": 7}, {"id": {}}, {"id": "x", "url": []}, {"ok": True}),
    {"ok": True, "result": {"message_id": "x", "chat": []}, "channel": 7, "ts": [], "messages": [7, {"ts": 7}]},
    {"ok": False, "error": ["x"], "error_code": [], "description": {}, "parameters": 7, "retry_after": "soon"},
    {"errcode": [], "retry_after_ms": 10**400, "event_id": 7, "room_id": [], "content": [], "chunk": [7, {}]},
    {"user_id": 7, "sender": "@a:b", "content": {"body": "x"}, "unsigned": {"m.relations": 7}, "chunk": [{}]},
    {"code": [], "message": {}, "errors": [7, {"message": 7, "type": []}], "type": [], "title": 7, "detail": {}},
    {"code": {"a": 1}, "errors": {"a": {"_errors": [7, {"message": {}}]}, "_errors": 7}, "retry_after": 10**400},
    {"data": [7, {"id": 7}, {"id": "7", "text": [], "entities": {"urls": [7, {"url": 7}]}}], "meta": []},
    {"data": {"id": "x", "deleted": "yes"}, "elements": [7, {"id": "x", "createdAt": -1}], "value": []},
    {"error": {"code": "190", "error_subcode": [], "message": []}, "success": "yes", "status": [], "paging": 7},
    {"items": [7, {"properties": []}, {"properties": {"content": [7]}}], "media-endpoint": []},
    [{"id": "x", "created_at": "never", "content": []}, {"id": 7, "slug": [], "link": 7}],
    {"version": 7, "configuration": [], "id": "x", "slug": "x", "status": [], "link": []},
    {"version": "1" * 9_999, "configuration": {"statuses": {"max_characters": -(10**400)}}},
]


def said_of(end: FarEnd, http: httpx.Client, sent: Sent, before: Request, after: Request) -> list[object]:
    """Everything that the account can be told."""
    able = end.network.abilities(end.account)
    told: list[object] = [end.network.prepare(http, end.account, DRAFT, KEYS)]
    told += [end.network.publish(http, end.account, before), end.network.find(http, end.account, before, SINCE)]
    told += [able.edit(http, end.account, sent, before, after)] if able.edit else []
    told += [able.delete(http, end.account, sent, before)] if able.delete else []
    return told + ([able.ask_limits(http, end.account)] if able.ask_limits else [])


@pytest.mark.parametrize("name", ENDS)
def test_nothing_that_is_said_is_an_exception(request: pytest.FixtureRequest, http: httpx.Client, name: str) -> None:
    end: FarEnd = request.getfixturevalue(name)
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    for status in (200, 201, 204, 400, 401, 404, 422, 429, 500):
        for odd in ODD:
            with httpx.Client(transport=httpx.MockTransport(saying(status, odd))) as server:
                said_of(end, server, sent, before, after)


def saying(status: int, odd: Any) -> Callable[[httpx.Request], httpx.Response]:
    body = json.dumps(odd).encode()
    headers = {"retry-after": "never", "x-ratelimit-reset": "9" * 40, "x-ratelimit-remaining": "9" * 40}
    return lambda _: httpx.Response(status, content=body, headers={**headers, "location": "http://["})


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422, 429, 500])
@pytest.mark.parametrize("name", ENDS)
def test_what_a_server_says_again_of_the_secret_is_covered(
    request: pytest.FixtureRequest, http: httpx.Client, name: str, status: int
) -> None:
    end: FarEnd = request.getfixturevalue(name)
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    secrets = [secret.value for secret in end.account.secrets.values()]
    words = " ".join(secrets)
    said = {"error": words, "message": words, "description": words, "detail": words, "error_description": words}

    def echo(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json={"error_code": status, **said}, headers={"retry-after": "1"})

    with httpx.Client(transport=httpx.MockTransport(echo)) as odd:
        told = said_of(end, odd, sent, before, after)
    assert [one for one in told for secret in secrets if secret in getattr(one, "why", "")] == []
