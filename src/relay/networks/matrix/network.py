"""Matrix (https://spec.matrix.org/latest/client-server-api/): one message in one room.

The transaction's identifier is made of the keys: a server that has it answers with the message it has (Synapse: for
a day). A message is found by that identifier too, which the server tells to whoever sent it, or else by its words.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Budget
from relay.networks.matrix.answers import call, of_any, of_preparing
from relay.networks.matrix.changing import delete, edit
from relay.networks.matrix.timeline import looked_for, page
from relay.networks.network import Settings
from relay.networks.showing import attached
from relay.networks.wire.answers import Answer, content, unread
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.tokens import UNFIT, is_token
from relay.networks.writing import tid
from relay.networks.writing.paragraphs import paragraphs

SETTINGS = Settings(
    required={
        "server": "the homeserver's address for programs, such as https://matrix.example.org",
        "room": "the room: !identifier:example.org, or an address of it such as #news:example.org",
    },
    optional={"attach": "card (the default): the text alone; picture: the post's own picture with the text beneath it"},
    secret={"token": "the access token of an account that is in the room"},
    shows=lambda account, draft: replace(attached(account, draft, "", form="message"), has_alt=False),
    mentions=False,
)

LONGEST = 25_000
"""Bytes: an event has 65,536 for everything, and JSON may write a sign as two."""
_FORMATTED = 60_000
"""Bytes of content up to which the text stands there as HTML too."""


def limits(account: Account) -> Limits:
    """What fits into an event whatever the text has."""
    return Limits(text=(("bytes", LONGEST),), threads=True)


def directory_name(account: Account) -> str:
    """Nobody is mentioned (``m.mentions`` is empty); a body stands under its name."""
    return "matrix"


def abilities(account: Account) -> Abilities:
    """All of it; 12 messages a minute is what Synapse allows as it comes out of the box."""
    return Abilities(edit=edit, delete=delete, threads=True, budgets=(Budget(12, timedelta(minutes=1)),))


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """Find the room, make sure that its members will be able to read, upload the picture, write the message down."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    if not is_private(account.options["server"]):
        return AuthLost("The server's address must begin with https://: the token must not travel unsecured.")
    room = _room(http, account)
    if not isinstance(room, str):
        return room
    message: dict[str, Any] = {"msgtype": "m.text", "body": draft.text, "m.mentions": {}} | _answered(after)
    if draft.image and picture and account.options.get("attach") == "picture":
        shown = _uploaded(http, account, draft.image, picture)
        if not isinstance(shown, dict):
            return shown
        message |= shown
    body = {"room": room, "message": _formatted(message, draft)}
    return Request(tid.mint(keys), json.dumps(body, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Send it under its transaction."""
    frozen = json.loads(request.body)
    where = f"v3/rooms/{quote(frozen['room'], safe='')}/send/m.room.message/{request.key}"
    answer = call(http, account, "PUT", where, json=frozen["message"])
    match content(answer):
        case {"event_id": str(name)}:
            return Sent(name, page(frozen["room"], name))
        case _:
            return masked(of_any(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Read the room back, newest first, as far as its events are of the time since."""
    match content(answer := call(http, account, "GET", "v3/account/whoami")):
        case {"user_id": str(me)}:
            return masked(looked_for(http, account, request, since, me), account)
        case _:
            return masked(unread(of_any(answer)), account)


def _answered(after: tuple[Sent, ...]) -> dict[str, Any]:
    """The thread of the first message; programs that know no threads show an answer to the last one."""
    if not after:
        return {}
    last = {"is_falling_back": True, "m.in_reply_to": {"event_id": after[-1].id}}
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": after[0].id, **last}}


def _room(http: httpx.Client, account: Account) -> str | Retry | Refused | AuthLost:
    """The room's identifier, if it is not encrypted: relay has no keys, and nobody could read its messages there."""
    room = account.options["room"].strip()
    if room.startswith("#"):
        answer = call(http, account, "GET", f"v3/directory/room/{quote(room, safe='')}")
        match content(answer):
            case {"room_id": str(found)}:
                room = found
            case _:
                return masked(_lost(answer), account)
    answer = call(http, account, "GET", f"v3/rooms/{quote(room, safe='')}/state/m.room.encryption")
    if content(answer) is not None:
        return AuthLost("The room is encrypted: relay writes only into rooms that are not.")
    is_open = isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.NOT_FOUND
    return room if is_open else masked(_lost(answer), account)


def _lost(answer: Answer) -> Retry | AuthLost:
    """A room that is not to be had is not to be had for any other post either."""
    outcome = of_preparing(answer)
    return AuthLost(outcome.why) if isinstance(outcome, Refused) else outcome


def _uploaded(
    http: httpx.Client, account: Account, image: Image, picture: bytes
) -> dict[str, Any] | Retry | Refused | AuthLost:
    """What makes the message a picture with its text as the caption (since version 1.10)."""
    name, headers = f"picture.{image.type.rpartition('/')[2]}", {"Content-Type": image.type}
    answer = call(http, account, "POST", "media/v3/upload", params={"filename": name}, headers=headers, content=picture)
    match content(answer):
        case {"content_uri": str(place)}:
            info = {"mimetype": image.type, "size": len(picture), "w": image.width, "h": image.height}
            return {"msgtype": "m.image", "filename": name, "url": place, "info": info}
        case _:
            return masked(of_preparing(answer), account)


def _formatted(message: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """The same words as HTML, with links; a text so long that both would not fit stands as text alone."""
    markup = "".join(f"<p>{one}</p>" for one in paragraphs(draft.text))
    both = message | {"format": "org.matrix.custom.html", "formatted_body": markup}
    return both if len(json.dumps(both, ensure_ascii=False).encode()) <= _FORMATTED else message
