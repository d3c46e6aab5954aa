"""Micropub (https://www.w3.org/TR/micropub/): a note on any site that speaks it.

The standard has no key that would make a repeat harmless. Some servers list their posts (``q=source``, an extension):
there a post is found by its slug or its words. Of the others only an editor can tell.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import UTC, datetime
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities
from relay.networks.micropub.answers import call, joined, location, of_any
from relay.networks.micropub.changing import delete, edit
from relay.networks.micropub.connecting import CONNECTING
from relay.networks.micropub.listing import looked_for
from relay.networks.network import Settings
from relay.networks.showing import as_note
from relay.networks.wire.answers import ask, content, harmless
from relay.networks.wire.attached import File, form
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.tokens import UNFIT, bearer, is_token
from relay.networks.writing.slugs import slug

SETTINGS = Settings(
    required={"endpoint": "the site's Micropub endpoint, such as https://blog.example.org/micropub"},
    optional={"me": "the site's own page, which names where its owner says yes; the front page when left out"},
    secret={"token": "an IndieAuth access token with the scopes create and media, and update and delete"},
    shows=as_note,
    mentions=False,
)

LONGEST = 100_000
"""Bytes: far below the megabyte that the servers before a site take (nginx's default)."""


def limits(account: Account) -> Limits:
    """The standard has none; this is what every server lets through."""
    return Limits(text=(("bytes", LONGEST),))


def directory_name(account: Account) -> str:
    """A page mentions nobody; a body stands under its name."""
    return "micropub"


def abilities(account: Account) -> Abilities:
    """What the site can do is known when it is asked; one that cannot says so."""
    return Abilities(edit=edit, delete=delete, connect=CONNECTING)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The note, with a moment and a slug of its own; its picture goes ahead, to the media endpoint."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    if not is_private(account.options["endpoint"]):
        return AuthLost("The endpoint must begin with https://: the token must not travel unsecured.")
    name = slug(draft, keys)
    published = keys.created_at.astimezone(UTC).isoformat(timespec="seconds")
    note: dict[str, Any] = {"content": [draft.text], "mp-slug": [name], "published": [published]}
    if draft.image and picture:
        shown = _shown(http, account, draft.image, picture)
        if not isinstance(shown, str):
            return shown
        note["photo"] = [{"value": shown, "alt": draft.image.alt}]
    return Request(name, json.dumps({"type": ["h-entry"], "properties": note}, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Create it. 201 and 202 mean that the server has it, and ``Location`` is where it will stand."""
    headers = {"Content-Type": "application/json"}
    answer = call(http, account, "POST", headers=headers, content=request.body.encode())
    if isinstance(answer, httpx.Response) and answer.status_code in {httpx.codes.CREATED, httpx.codes.ACCEPTED}:
        page = location(account, answer)
        return Sent(page or request.key, page)
    return masked(of_any(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Among what the server lists of its posts, newest first, if it does."""
    wanted = json.loads(request.body)["properties"]
    return masked(looked_for(http, account, wanted, since), account)


def _shown(http: httpx.Client, account: Account, image: Image, picture: bytes) -> str | Retry | Refused | AuthLost:
    """Where the picture stands: at the site's media endpoint, or at the blog where the site has none."""
    answer = call(http, account, "GET", params={"q": "config"})
    match content(answer):
        case {"media-endpoint": str(told)} if (where := joined(account, told)) and is_private(where):
            return _uploaded(http, account, where, image, picture)
        case dict():
            return image.url
        case _:
            return masked(harmless(of_any(answer)), account)


def _uploaded(
    http: httpx.Client, account: Account, where: str, image: Image, picture: bytes
) -> str | Retry | Refused | AuthLost:
    file = File(f"picture.{image.type.rpartition('/')[2]}", image.type, picture)
    answer = ask(http, "POST", where, headers=bearer(account.secrets["token"]), files=form("file", file))
    place = location(account, answer) if isinstance(answer, httpx.Response) and answer.is_success else None
    return place or masked(harmless(of_any(answer)), account)
