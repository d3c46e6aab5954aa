"""Slack: an incoming webhook writes into its channel, or a bot into one that it has been invited to.

Neither has a key that would make a repeat harmless. But a bot can read its channel, where every message of ours
carries its key beside the text, unseen; a webhook cannot, and there a doubt stays one until an editor has looked.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import as_message
from relay.networks.slack import answers as slack_answers
from relay.networks.slack.text import escaped, is_same
from relay.networks.wire.answers import Answer, address, ask, content, web_address
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.tokens import UNFIT, is_token
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
PAGE, PAGES = 100, 5
"""How many messages of the channel are read back at once, and how often."""
_EVENT = "relay_post"


def limits(account: Account) -> Limits:
    """3000 code points: 4000 were measured, and each of & < > is written as four or five."""
    return Limits(text=(("code points", LONGEST),))


def directory_name(account: Account) -> str:
    """Slack mentions people by identifiers of their workspace; the directory has names."""
    return "slack"


def abilities(account: Account) -> Abilities:
    """Nothing yet: what was sent stays as it is."""
    return Abilities()


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The message, word for word; with a token, Slack is asked first whose it is, and where its workspace stands."""
    if unfit := _unfit(account):
        return unfit
    key, home = tid.mint(keys), None
    message = _message(draft) | _look(account, draft)
    if "token" in account.secrets:
        answer = _call(http, account, "POST", "auth.test")
        known = content(answer)
        if not isinstance(known, dict) or known.get("ok") is not True:
            outcome = masked(slack_answers.of_api(answer), account)
            return Retry(outcome.why) if isinstance(outcome, Unsure) else outcome
        home = known.get("url")
        mark = {"event_type": _EVENT, "event_payload": {"key": key}}
        message |= {"channel": account.options["channel"], "metadata": mark}
    return Request(key, json.dumps({"home": home, "message": message}, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it, once."""
    if unfit := _unfit(account):
        return unfit
    call = json.loads(request.body)
    if "token" not in account.secrets:
        answer = ask(http, "POST", account.secrets["webhook"].value, json=call["message"])
        is_taken = isinstance(answer, httpx.Response) and answer.is_success and answer.content.strip() == b"ok"
        return Sent(request.key) if is_taken else masked(slack_answers.of_webhook(answer), account)
    answer = _call(http, account, "POST", "chat.postMessage", json=call["message"])
    match content(answer):
        case {"ok": True, "channel": str(channel), "ts": str(moment)}:
            return Sent(moment, _page(call["home"], channel, moment))
        case _:
            return masked(slack_answers.of_api(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read the channel, as far as a bot may: by the key that the message carries, or else by its words."""
    if "token" not in account.secrets:
        return CannotTell("A Slack webhook cannot read its channel: look there whether the post has come.")
    if unfit := _unfit(account):
        return CannotTell(unfit.why)
    return masked(_looked_for(http, account, request, since), account)


def _looked_for(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """All that the channel has got since, newest first, a page at a time."""
    params = {"channel": account.options["channel"], "oldest": f"{since.timestamp():.6f}", "limit": str(PAGE)}
    params |= {"include_all_metadata": "true"}
    for _ in range(PAGES):
        answer = _call(http, account, "GET", "conversations.history", params=params)
        page = content(answer)
        if not isinstance(page, dict) or page.get("ok") is not True:
            return CannotTell(slack_answers.of_api(answer).why)
        if found := _among(page.get("messages"), account, request):
            return found
        if not (cursor := _next(page)):
            return NotThere()
        params["cursor"] = cursor
    return CannotTell(f"The channel has got more than {PAGE * PAGES} messages since: too many to read back.")


def _among(listed: object, account: Account, request: Request) -> Sent | CannotTell | None:
    """The post among the messages of a page."""
    if not isinstance(listed, list):
        return CannotTell("The server's answer is not one of Slack's.")
    call = json.loads(request.body)
    moments = (_moment(message, request.key, call["message"]["text"]) for message in listed)
    moment = next(filter(None, moments), None)
    return Sent(moment, _page(call["home"], account.options["channel"], moment)) if moment else None


def _unfit(account: Account) -> AuthLost | None:
    """What the account lacks, in a sentence for whoever set it up."""
    token, webhook = account.secrets.get("token"), account.secrets.get("webhook")
    if token is not None:
        if not is_token(token):
            return UNFIT
        return None if account.options.get("channel") else AuthLost("A token needs a channel: set `channel`.")
    if webhook is None:
        return AuthLost("Slack needs the address of a webhook, or a token and a channel: see `relay check`.")
    return None if is_private(webhook.value) else AuthLost("The webhook's address must begin with https://.")


def _call(http: httpx.Client, account: Account, method: str, name: str, **how: Any) -> Answer:
    """One method of the Web API; ``how`` is what ``httpx.Client.request`` takes."""
    where = f"{address(account.options.get('server', 'https://slack.com'))}/api/{name}"
    headers = {"Authorization": f"Bearer {account.secrets['token'].value}"}
    return ask(http, method, where, headers=headers, **how)


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


def _moment(message: object, key: str, text: str) -> str | None:
    """The time stamp, which is a message's identifier, where it is the one with this key; ``None`` for another."""
    match message:
        case {"ts": str(moment), "metadata": {"event_type": str(kind), "event_payload": {"key": str(found)}}}:
            return moment if (kind, found) == (_EVENT, key) else None
        case {"ts": str(moment), "text": str(read)} if is_same(read, text):
            return moment
    return None


def _next(page: dict[str, Any]) -> str:
    more = page.get("response_metadata")
    found = more.get("next_cursor") if isinstance(more, dict) else None
    return found if isinstance(found, str) else ""


def _page(home: object, channel: str, moment: str) -> str | None:
    """The message's address in its workspace, as Slack's "Copy link" has it."""
    return web_address(f"{home}archives/{channel}/p{moment.replace('.', '')}") if isinstance(home, str) else None
