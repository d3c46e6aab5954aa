"""A server that says again what it was told: no sentence has the account's secret."""

import httpx
import pytest

from tests.edges.changing import CORRECTED, DRAFT, KEYS, SINCE, prepared, published
from tests.edges.far_end import FarEnd

ENDS = [
    *("mastodon_45", "pixelfed", "telegram_bot", "slack_bot", "slack_hook", "discord_hook", "matrix_room"),
    *("wordpress_site", "micropub_listing", "webhook_receiver", "linkedin_page", "x_bearer", "facebook_page"),
    "threads_user",
]


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

    able = end.network.abilities(end.account)
    with httpx.Client(transport=httpx.MockTransport(echo)) as odd:
        told: list[object] = [end.network.prepare(odd, end.account, DRAFT, KEYS)]
        told += [end.network.publish(odd, end.account, before), end.network.find(odd, end.account, before, SINCE)]
        told += [able.edit(odd, end.account, sent, before, after)] if able.edit else []
        told += [able.delete(odd, end.account, sent, before)] if able.delete else []
        told += [able.ask_limits(odd, end.account)] if able.ask_limits else []
    assert [one for one in told for secret in secrets if secret in getattr(one, "why", "")] == []
