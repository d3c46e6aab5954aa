"""Slack: an incoming webhook writes into its channel, or a bot into one that it has been invited to.

Neither has a key that would make a repeat harmless. But a bot can read its channel, where every message of ours
carries its key beside the text, unseen; a webhook cannot, and there a doubt stays one until an editor has looked.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.network import Settings
from relay.networks.showing import as_message
from relay.networks.slack.answers import call, of_api, of_webhook, page_of, unfit
from relay.networks.slack.changing import delete, edit
from relay.networks.slack.reading import EVENT, looked_for
from relay.networks.slack.text import escaped
from relay.networks.wire.answers import ask, content, harmless
from relay.networks.wire.masking import masked
from relay.networks.writing import tid

SETTINGS = Settings(
    optional={
        "channel": "with a token: the channel's identifier, such as C024BE91L (View channel details, at the bottom)",
        "attach": "card (the default): Slack draws one of the link; picture: the post's own, from its address",
        "server": "where the Web API is; https://slack.com when left out",
    },
    optional_secret={
        "webhook": "the address of an incoming webhook (https://hooks.slack.com/services/…)",
        "token": "instead: a bot's token (xoxb-…) with chat:write and channels:history, or groups:history",
    },
    shows=as_message,
    mentions=False,
)

LONGEST, LONGEST_ALT = 3000, 2000
_BUDGETS = (Budget(1, timedelta(seconds=1)),)


def limits(account: Account) -> Limits:
    """3000 code points: 4000 were measured, and each of & < > is written as four or five."""
    return Limits(text=(("code points", LONGEST),), threads="token" in account.secrets)


def directory_name(account: Account) -> str:
    """Slack mentions people by identifiers of their workspace; the directory has names."""
    return "slack"


def abilities(account: Account) -> Abilities:
    """A webhook posts, and no more; a bot changes what it posted, and answers it."""
    if "token" not in account.secrets:
        return Abilities(budgets=_BUDGETS)
    return Abilities(edit=edit, delete=delete, threads=True, budgets=_BUDGETS)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The message, word for word; with a token, Slack is asked first whose it is, and where its workspace stands."""
    if lacking := unfit(account):
        return lacking
    key, home = tid.mint(keys), None
    message = _message(draft) | _look(account, draft)
    if "token" in account.secrets:
        answer = call(http, account, "POST", "auth.test")
        known = content(answer)
        if not isinstance(known, dict) or known.get("ok") is not True:
            return masked(harmless(of_api(answer)), account)
        home = known.get("url")
        mark = {"event_type": EVENT, "event_payload": {"key": key}}
        answered = {"thread_ts": after[0].id} if after else {}
        message |= {"channel": account.options["channel"], "metadata": mark} | answered
    return Request(key, json.dumps({"home": home, "message": message}, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once."""
    if lacking := unfit(account):
        return lacking
    frozen = json.loads(request.body)
    if "token" not in account.secrets:
        answer = ask(http, "POST", account.secrets["webhook"].value, json=frozen["message"])
        is_taken = isinstance(answer, httpx.Response) and answer.is_success and answer.content.strip() == b"ok"
        return Sent(request.key) if is_taken else masked(of_webhook(answer), account)
    answer = call(http, account, "POST", "chat.postMessage", json=frozen["message"])
    match content(answer):
        case {"ok": True, "channel": str(channel), "ts": str(moment)}:
            return Sent(moment, page_of(frozen, channel, moment))
        case _:
            return masked(of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read the channel, as far as a bot may: by the key that the message carries, or else by its words."""
    if "token" not in account.secrets:
        return CannotTell("A Slack webhook cannot read its channel: look there whether the post has come.")
    if lacking := unfit(account):
        return CannotTell(lacking.why)
    return masked(looked_for(http, account, request, since), account)


def _message(draft: Draft) -> dict[str, Any]:
    """Text that stays as it is: no markup, and no names made into links."""
    return {"text": escaped(draft.text), "mrkdwn": False, "link_names": False}


def _look(account: Account, draft: Draft) -> dict[str, Any]:
    """Slack's card of the link, or the picture, which Slack fetches from its address, and no card."""
    shown = draft.image if account.options.get("attach") == "picture" else None
    if shown is None:
        return {"unfurl_links": True, "unfurl_media": True}
    block = {"type": "image", "image_url": shown.url, "alt_text": _alt(shown, draft)}
    return {"unfurl_links": False, "unfurl_media": False, "attachments": [{"blocks": [block]}]}


def _alt(image: Image, draft: Draft) -> str:
    """Slack takes no picture without words."""
    return (image.alt or draft.title or draft.link or "–")[:LONGEST_ALT]
