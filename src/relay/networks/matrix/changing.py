"""A message edited (``m.replace``) or redacted, with all that it was before.

https://spec.matrix.org/latest/client-server-api/#event-replacements
"""

import json
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.matrix.answers import FORBIDDEN, call, is_unknown, of_any
from relay.networks.wire.answers import Answer, content, fields, harmless
from relay.networks.wire.changed import NAMELESS, NO_MORE, NOT_OURS, of_one
from relay.networks.wire.masking import masked

MOST = 60_000
"""Bytes of content: an event has 65,536 for everything."""
_FALLBACK = 500
"""Code points of a text that is shown by programs that know no edits, where the whole would not fit twice."""
_EDITS = 100
"""How many earlier versions of a message are redacted with it."""


def edit(http: httpx.Client, account: Account, posted: Sent, before: Request, after: Request) -> Outcome:
    """Look what stands there; if it is not ``after`` yet, replace it.

    The transaction is made of the last version too: a repeat is the same one, and a return to earlier words another.
    """
    if not posted.id.startswith("$"):
        return NAMELESS
    room, wanted = quote(json.loads(before.body)["room"], safe=""), _bare(json.loads(after.body)["message"])
    found = _ours(http, account, room, posted.id)
    if not isinstance(found, dict):
        return found
    version, words = _last(found)
    if _bare(words) == wanted:
        return Sent(posted.id, posted.url)
    where = f"v3/rooms/{room}/send/m.room.message/{after.key}-{_short(f'{version} {after.body}')}"
    answer = call(http, account, "PUT", where, json=_replacing(posted.id, wanted))
    match content(answer):
        case {"event_id": str()}:
            return Sent(posted.id, posted.url)
    return masked(_of_changing(answer), account)


def delete(http: httpx.Client, account: Account, posted: Sent, request: Request) -> Removal:
    """Redact it, and then its later versions, which still have the words."""
    if not posted.id.startswith("$"):
        return NAMELESS
    room = quote(json.loads(request.body)["room"], safe="")
    versions = _versions(http, account, room, posted.id)
    if not isinstance(versions, list):
        return masked(versions, account)
    for name in (posted.id, *versions):
        where = f"v3/rooms/{room}/redact/{quote(name, safe='')}/{request.key}-{_short(name)}"
        answer = call(http, account, "PUT", where, json={})
        found = content(answer)
        is_done = isinstance(found, dict) and "event_id" in found
        if not is_done and not is_unknown(answer):
            return masked(_of_changing(answer), account)
    return Gone()


def _ours(http: httpx.Client, account: Account, room: str, name: str) -> dict[str, Any] | Retry | Refused | AuthLost:
    """The message, if it is there and of this account: an edit of somebody else's is taken, and shown to nobody."""
    answer = call(http, account, "GET", f"v3/rooms/{room}/event/{quote(name, safe='')}")
    match content(answer):
        case {"content": {"body": str()}, "sender": str(sender)} as found:
            pass
        case {"content": {}}:
            return NO_MORE
        case _:
            return NO_MORE if is_unknown(answer) else masked(harmless(_of_changing(answer)), account)
    match content(answer := call(http, account, "GET", "v3/account/whoami")):
        case {"user_id": str(me)}:
            return found if me == sender else NOT_OURS
    return masked(harmless(of_any(answer)), account)


def _of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """Who may not redact may post all the same, and the message may be in a room that the account has left."""
    return of_one(of_any(answer), is_of_secret=fields(answer).get("errcode") != FORBIDDEN)


def _versions(http: httpx.Client, account: Account, room: str, name: str) -> list[str] | Retry | AuthLost:
    """The events that replace it; none where the server knows of none, or of no such question."""
    where = f"v1/rooms/{room}/relations/{quote(name, safe='')}/m.replace"
    match content(answer := call(http, account, "GET", where, params={"limit": str(_EDITS)})):
        case {"chunk": list(events)}:
            found = (event.get("event_id") for event in events if isinstance(event, dict))
            return [name for name in found if isinstance(name, str)]
    told = harmless(_of_changing(answer))
    return [] if isinstance(told, Refused) else told


def _last(event: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The name and the content of the last version, which the server tells with the first."""
    match event.get("unsigned"):
        case {"m.relations": {"m.replace": {"event_id": str(name), "content": {"m.new_content": dict(words)}}}}:
            return name, words
    return "", event["content"]


def _bare(message: dict[str, Any]) -> dict[str, Any]:
    """A content without what it answers: that is said once, and no edit changes it."""
    return {key: value for key, value in message.items() if key != "m.relates_to"}


def _replacing(name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """The edit, as short as it must be: the text twice, once, or once without its HTML."""
    plain = {key: value for key, value in wanted.items() if key not in {"format", "formatted_body"}}
    short = {"msgtype": "m.text", "body": f"* {wanted['body'][:_FALLBACK]}", "m.mentions": {}}
    relation = {"m.relates_to": {"rel_type": "m.replace", "event_id": name}}
    both = plain | {"body": f"* {wanted['body']}"}
    made = [{**shown, "m.new_content": new, **relation} for shown, new in ((both, wanted), (short, wanted))]
    fitting = (one for one in made if len(json.dumps(one, ensure_ascii=False).encode()) <= MOST)
    return next(fitting, {**short, "m.new_content": plain, **relation})


def _short(name: str) -> str:
    """What is the same for the same, in a transaction's name."""
    return sha256(name.encode()).hexdigest()[:16]
