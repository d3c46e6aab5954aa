"""A message edited or deleted: a text stays a text, and a photo a photo.

A bot may do both with what it posted into a channel while it may post there, and in a group that it administers; what
other chats keep after 48 hours, Telegram refuses in its own words.
"""

import json
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.telegram.answers import UNFIT, call, is_token, of_api, words
from relay.networks.telegram.message import CAPTION, sent, utf16
from relay.networks.wire.answers import Answer, content
from relay.networks.wire.changed import NAMELESS, NO_MORE, of_one
from relay.networks.wire.masking import masked

_LONG = Refused(f"Beneath its picture Telegram takes {CAPTION} characters: shorten the text.")
_UNCHANGED = "message is not modified"


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """The same message with other words; that it has them already is a success."""
    if not is_token(account):
        return UNFIT
    if not posted.id.isdecimal():
        return NAMELESS
    change = _change(json.loads(before.body), json.loads(after.body))
    if isinstance(change, Refused):
        return change
    change["fields"]["message_id"] = int(posted.id)
    answer = call(http, account, change["method"], **sent(change))
    match content(answer):
        case {"ok": True}:
            return Sent(posted.id, posted.url)
    if _UNCHANGED in words(answer):
        return Sent(posted.id, posted.url)
    return NO_MORE if "message to edit not found" in words(answer) else masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Delete it for everybody."""
    if not is_token(account):
        return UNFIT
    if not posted.id.isdecimal():
        return NAMELESS
    where = {"chat_id": _chat(json.loads(request.body)), "message_id": int(posted.id)}
    answer = call(http, account, "deleteMessage", json=where)
    match content(answer):
        case {"ok": True}:
            return Gone()
    return Gone() if "message to delete not found" in words(answer) else masked(_of_changing(answer), account)


def _change(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | Refused:
    """The call that makes the one of the other."""
    told = after["fields"]
    text, entities = (told[name] if name in told else told[other] for name, other in _NAMES)
    where = {"chat_id": _chat(before)}
    if "photo" not in before:
        preview = after["fields"] if "photo" not in after else before["fields"]
        kept = {name: preview[name] for name in ("link_preview_options",) if name in preview}
        return {"method": "editMessageText", "fields": {**where, "text": text, "entities": entities, **kept}}
    if utf16(text) > CAPTION:
        return _LONG
    caption = {"caption": text, "caption_entities": entities}
    if after.get("photo", before["photo"]) == before["photo"]:
        return {"method": "editMessageCaption", "fields": where | caption}
    media = {"type": "photo", "media": "attach://photo", **caption}
    return {"method": "editMessageMedia", "fields": {**where, "media": media}, "photo": after["photo"]}


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """A bot without a right, or shut out of the chat where this message is: 401 and 404 alone are of its token."""
    is_of_secret = isinstance(answer, httpx.Response) and answer.status_code in {401, 404}
    return of_one(of_api(answer), is_of_secret=is_of_secret)


_NAMES = (("text", "caption"), ("entities", "caption_entities"))
"""How a text's fields are called in a message, and beneath a photo."""


def _chat(call: dict[str, Any]) -> str:
    """Where the message stands, whatever the account's ``chat`` is now."""
    return str(call["fields"]["chat_id"])
