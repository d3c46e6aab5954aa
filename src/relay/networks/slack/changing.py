"""A message edited or deleted by the bot that posted it (``chat.update``, ``chat.delete``)."""

import json
import re

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Gone, Outcome, Removal, Sent
from relay.networks.slack.answers import call, of_changing, unfit
from relay.networks.wire.answers import content, fields
from relay.networks.wire.changed import NAMELESS, NO_MORE
from relay.networks.wire.masking import masked

_MOMENT = re.compile(r"\d+\.\d+")
_UNKNOWN = "message_not_found"


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """The same message as ``after`` has it: what an update does not name, Slack would keep."""
    if lacking := unfit(account):
        return lacking
    if not _MOMENT.fullmatch(posted.id):
        return NAMELESS
    message = json.loads(after.body)["message"]
    message.pop("thread_ts", None)
    message |= {"channel": _channel(before), "ts": posted.id, "parse": "none"}
    answer = call(http, account, "POST", "chat.update", json={"attachments": [], **message})
    match content(answer):
        case {"ok": True}:
            return Sent(posted.id, posted.url)
    return NO_MORE if fields(answer).get("error") == _UNKNOWN else masked(of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Delete it."""
    if lacking := unfit(account):
        return lacking
    if not _MOMENT.fullmatch(posted.id):
        return NAMELESS
    answer = call(http, account, "POST", "chat.delete", json={"channel": _channel(request), "ts": posted.id})
    match content(answer):
        case {"ok": True}:
            return Gone()
    return Gone() if fields(answer).get("error") == _UNKNOWN else masked(of_changing(answer), account)


def _channel(request: Request) -> str:
    """Where the message stands, whatever the account's ``channel`` is now."""
    return str(json.loads(request.body)["message"]["channel"])
