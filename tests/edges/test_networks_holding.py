"""One post that cannot be changed is no reason to hold all the others of its account."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from relay.core.outcome import AuthLost, Outcome, Refused, Removal, Sent
from relay.networks.wire.changed import NAMELESS
from tests.edges.changing import CORRECTED, DRAFT, deleted, edited, prepared, published
from tests.edges.far_end import FarEnd

Answer = tuple[int, dict[str, object]]

OLD_POSTS: list[tuple[str, Answer]] = [
    ("slack_bot", (200, {"ok": False, "error": "channel_not_found"})),
    ("slack_bot", (200, {"ok": False, "error": "is_archived"})),
    ("slack_bot", (200, {"ok": False, "error": "missing_scope"})),
    ("telegram_bot", (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})),
    ("telegram_bot", (400, {"ok": False, "error_code": 400, "description": "Bad Request: not enough rights"})),
    ("telegram_bot", (403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was kicked"})),
    ("discord_hook", (404, {"code": 10003, "message": "Unknown Channel"})),
    ("discord_hook", (404, {})),
    ("matrix_room", (403, {"errcode": "M_FORBIDDEN", "error": "You aren't a member of the room"})),
    ("linkedin_page", (403, {"message": "Not enough permissions to access: posts.DELETE"})),
    ("linkedin_member", (403, {"message": "Not enough permissions to access: posts.PARTIAL_UPDATE"})),
    ("x_bearer", (403, {"type": "https://api.x.com/2/problems/not-authorized-for-resource", "title": "No"})),
    ("micropub_listing", (401, {"error": "insufficient_scope"})),
    ("micropub_listing", (403, {"error": "forbidden"})),
    ("wordpress_site", (403, {"code": "rest_cannot_edit", "message": "Sorry"})),
    ("facebook_page", (403, {"error": {"code": 200, "message": "No right"}})),
    ("threads_user", (403, {"error": {"code": 10, "message": "No right"}})),
]
LOST: list[tuple[str, Answer]] = [
    ("slack_bot", (200, {"ok": False, "error": "token_revoked"})),
    ("telegram_bot", (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})),
    ("telegram_bot", (404, {"ok": False, "error_code": 404, "description": "Not Found"})),
    ("discord_hook", (404, {"code": 10015, "message": "Unknown Webhook"})),
    ("discord_hook", (401, {"code": 50027, "message": "Invalid Webhook Token"})),
    ("matrix_room", (403, {"errcode": "M_USER_DEACTIVATED", "error": "This account is deactivated"})),
    ("linkedin_page", (401, {"message": "The token has expired"})),
    ("x_bearer", (403, {"type": "https://api.x.com/2/problems/client-forbidden", "title": "No"})),
    ("micropub_listing", (401, {"error": "unauthorized"})),
    ("facebook_page", (400, {"error": {"code": 190, "message": "Expired"}})),
]


def saying(status: int, said: dict[str, object]) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, json=said)


@pytest.mark.parametrize(("name", "answer"), OLD_POSTS)
def test_what_is_said_of_one_post_does_not_hold_its_account(
    request: pytest.FixtureRequest, http: httpx.Client, name: str, answer: Answer
) -> None:
    end: FarEnd = request.getfixturevalue(name)
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    with httpx.Client(transport=httpx.MockTransport(saying(*answer))) as odd:
        told: list[Outcome | Removal] = [deleted(end, odd, sent, before)]
        told += [edited(end, odd, sent, before, after)] if end.network.abilities(end.account).edit else []
    assert [type(one) for one in told] == [Refused] * len(told)
    assert end.published() == [DRAFT.text]


@pytest.mark.parametrize(("name", "answer"), LOST)
def test_what_is_said_of_the_secret_does(
    request: pytest.FixtureRequest, http: httpx.Client, name: str, answer: Answer
) -> None:
    end: FarEnd = request.getfixturevalue(name)
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    with httpx.Client(transport=httpx.MockTransport(saying(*answer))) as odd:
        told: list[Outcome | Removal] = [deleted(end, odd, sent, before)]
        told += [edited(end, odd, sent, before, after)] if end.network.abilities(end.account).edit else []
    assert [type(one) for one in told] == [AuthLost] * len(told)


@pytest.mark.parametrize("name", ["x_bearer", "linkedin_page", "facebook_page"])
def test_a_post_whose_name_there_is_not_known_is_neither_changed_nor_called_gone(
    request: pytest.FixtureRequest, http: httpx.Client, name: str
) -> None:
    """Its name was in the answer that is missing; to the network, relay's own is none of a post."""
    end: FarEnd = request.getfixturevalue(name)
    end = replace(end, account=replace(end.account, options={**end.account.options, "premium": "yes"}))
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    published(end, http, before)
    with httpx.Client(transport=httpx.MockTransport(saying(404, {"message": "Not Found"}))) as odd:
        assert deleted(end, odd, Sent(before.key), before) == NAMELESS
        assert edited(end, odd, Sent(before.key), before, after) == NAMELESS
