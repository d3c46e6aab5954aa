"""A message edited or deleted by the webhook that posted it (https://docs.discord.com/developers/resources/webhook)."""

import json
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.discord.answers import UNFIT, hook, in_thread, is_hook_lost, is_unknown, of_api, who_asks
from relay.networks.wire.answers import Answer, allowance, ask, content
from relay.networks.wire.attached import form, thawed
from relay.networks.wire.changed import NAMELESS, NO_MORE, NOT_OURS, of_one
from relay.networks.wire.masking import masked


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """The same message as ``after`` has it; its picture is sent again only where it is another."""
    place = hook(account)
    if place is None:
        return UNFIT
    if not posted.id.isdecimal():
        return NAMELESS
    was = json.loads(before.body)
    params, how = _where(account, posted, was), _changed(was, json.loads(after.body))
    answer = ask(http, "PATCH", f"{place}/messages/{posted.id}", params=params, headers=who_asks(http), **how)
    match content(answer):
        case {"id": str(number)} if number == posted.id:
            return Sent(posted.id, posted.url, allowance(answer))
    if is_unknown(answer):
        return NO_MORE if _is_its_own(place, was) else NOT_OURS
    return masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Delete it: 204, and no word."""
    place = hook(account)
    if place is None:
        return UNFIT
    if not posted.id.isdecimal():
        return NAMELESS
    was = json.loads(request.body)
    params = _where(account, posted, was)
    answer = ask(http, "DELETE", f"{place}/messages/{posted.id}", params=params, headers=who_asks(http))
    if isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.NO_CONTENT:
        return Gone()
    if is_unknown(answer):
        return Gone() if _is_its_own(place, was) else NOT_OURS
    return masked(_of_changing(answer), account)


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """Without a word on the webhook, it is the thread of this message that is not there, or not to be written into."""
    return of_one(of_api(answer), is_of_secret=is_hook_lost(answer))


def _where(account: Account, posted: Sent, was: dict[str, Any]) -> dict[str, str]:
    """The thread where the message is, whatever the account's ``thread`` is now: its page names it."""
    channel = posted.url.split("/")[-2] if posted.url else None
    if channel is None or "channel" not in was:
        return in_thread(account)
    return {} if channel == was["channel"] else {"thread_id": channel}


def _is_its_own(place: str, was: dict[str, Any]) -> bool:
    """Whether this webhook posted it: to another one the message is unknown though it is there."""
    return str(was.get("webhook")) in place.split("/")


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """All that shall stand there, for what is not named stays as it was; files that are not named go."""
    message: dict[str, Any] = {"content": "", "embeds": [], "flags": 0, **after["message"]}
    message.pop("username", None)
    told = message.pop("attachments", [])
    if (after.get("file"), told) == (before.get("file"), before["message"].get("attachments", [])):
        return {"json": message}
    message["attachments"] = told
    if "file" not in after:
        return {"json": message}
    data = {"payload_json": json.dumps(message, ensure_ascii=False)}
    return {"data": data, "files": form("files[0]", thawed(after["file"]))}
