"""Mastodon, and servers that speak its API.

The ``Idempotency-Key`` protects a post for an hour, and not everywhere: versions 4.6.0 to 4.6.5 answer 500 to a
repeated key although the post is there, others have no keys at all. So no error of the server ever means "not
posted": it is read back.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.mastodon import finding, sending
from relay.networks.mastodon.changing import delete, edit
from relay.networks.mastodon.connecting import CONNECTING
from relay.networks.mastodon.instance import ask_limits, usual
from relay.networks.mastodon.media import attached
from relay.networks.network import Settings
from relay.networks.showing import bare, with_first_link
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token

SETTINGS = Settings(
    required={"instance": "the server's address, such as https://mastodon.social"},
    optional={
        "visibility": "public (the default), unlisted, private or direct",
        "attach": "card (the default): the server draws one of the link; picture: the post's own, and no card",
        "quotes": "who may quote the posts: public, followers or nobody (Mastodon 4.5); the account's own by default",
    },
    secret={"token": "an access token with write:statuses, write:media, read:statuses and read:accounts"},
    shows=lambda account, draft: replace(with_first_link(account, draft), link=bare(LINK), has_short_names=True),
)

LINK = 30
"""Characters of a link that readers see."""
BUDGET = Budget(300, timedelta(hours=3))
"""What Mastodon lets an account post."""

_VISIBILITIES = {"public", "unlisted", "private", "direct"}
_QUOTES = {"", "public", "followers", "nobody"}


def limits(account: Account) -> Limits:
    """What every Mastodon takes unless its people changed it: 500 graphemes, any link counting 23."""
    return usual()


def directory_name(account: Account) -> str:
    """Handles are written with their server ("@cget@social.example"), so they hold on every server."""
    return "mastodon"


def abilities(account: Account) -> Abilities:
    """What Mastodon can; a server of its API that cannot says so when it is asked."""
    return Abilities(
        edit=edit, delete=delete, threads=True, warns=True, ask_limits=ask_limits, budgets=(BUDGET,), connect=CONNECTING
    )


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post as it will be sent; its picture goes ahead, so that a repeat is a repeat of the same picture.

    A server refuses a picture that another post has already (since 4.3): such a post cannot be there twice.
    """
    if not is_token(account.secrets["token"]):
        return UNFIT
    if told := _wrong(account):
        return told
    shown = attached(http, account, draft, picture)
    if not isinstance(shown, dict):
        return masked(shown, account)
    answered = {"in_reply_to_id": after[-1].id} if after else {}
    status = _options(account) | {"status": draft.text, "language": draft.language} | _warning(draft) | answered | shown
    return Request(sending.key(keys.created_at, keys.nonce), json.dumps(status, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it under its key; that it is there is looked at, for an answer alone is no proof."""
    return masked(sending.post(http, account, request), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read what the account has posted since, in the words in which it was posted."""
    return masked(finding.find(http, account, request, since), account)


def _wrong(account: Account) -> Refused | None:
    """What the account's settings say that Mastodon does not know."""
    visibility, quotes = account.options.get("visibility", "public"), account.options.get("quotes", "")
    if visibility not in _VISIBILITIES:
        return Refused(f"There is no visibility “{visibility}” on Mastodon.")
    if quotes not in _QUOTES:
        return Refused(f"On Mastodon “quotes” is public, followers or nobody, and not “{quotes}”.")
    return None


def _options(account: Account) -> dict[str, str]:
    quotes = account.options.get("quotes", "")
    visibility = {"visibility": account.options.get("visibility", "public")}
    return visibility | ({"quote_approval_policy": quotes} if quotes else {})


def _warning(draft: Draft) -> dict[str, Any]:
    """Pixelfed shows no warning without ``sensitive``; Friendica makes a title of it unless it is given another."""
    if not draft.warning:
        return {}
    return {"spoiler_text": draft.warning, "sensitive": True, "friendica": {"title": ""}}
