"""WordPress: a post of its REST API (https://developer.wordpress.org/rest-api/reference/posts).

It has no key that would make a repeat harmless: a second post of the same slug gets the slug with "-2". But the slug is
ours and no other post's, so a post is found by it, and sent again only where nothing stands under it.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.showing import as_article
from relay.networks.wire.answers import Answer, address, content, harmless, unread, web_address
from relay.networks.wire.attached import File, form
from relay.networks.wire.masking import is_private, masked
from relay.networks.wordpress import text as wordpress_text
from relay.networks.wordpress.answers import call, code_of, of_any
from relay.networks.wordpress.changing import delete, edit
from relay.networks.wordpress.connecting import CONNECTING
from relay.networks.writing.slugs import slug

SETTINGS = Settings(
    required={"site": "the site's address, such as https://blog.example.org", "user": "the name to sign in with"},
    optional={"status": "publish (the default), pending, draft or private"},
    secret={"password": "an application password of that user, made on the page Users, Profile"},
    shows=as_article,
    mentions=False,
)

LONGEST = 100_000
"""Bytes: as HTML far below the megabyte that the servers before WordPress take (nginx's default)."""
TITLE = 300
"""Code points of a title; one of more than 65,535 bytes would not go into the database at all."""
_STATUSES = {"publish", "pending", "draft", "private"}


def limits(account: Account) -> Limits:
    """WordPress has none; this is what every server before it lets through."""
    return Limits(text=(("bytes", LONGEST),))


def directory_name(account: Account) -> str:
    """A page mentions nobody; a body stands under its name."""
    return "wordpress"


def abilities(account: Account) -> Abilities:
    """A page has no answers of ours, and stands at its address for as long as its site wants."""
    return Abilities(edit=edit, delete=delete, connect=CONNECTING)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The post with its slug; its picture goes ahead, under a slug of its own, and is uploaded once."""
    if not is_private(address(account.options["site"])):
        return AuthLost("The site's address must begin with https://: the password must not travel unsecured.")
    status = account.options.get("status", "publish")
    if status not in _STATUSES:
        return Refused(f"There is no status “{status}” on WordPress.")
    post: dict[str, Any] = {
        "title": _title(draft),
        "content": wordpress_text.content(draft.text),
        "excerpt": wordpress_text.escaped(draft.description),
        "slug": slug(draft, keys),
        "status": status,
    }
    if draft.image and picture:
        uploaded = _picture(http, account, post["slug"], draft.image, picture)
        if not isinstance(uploaded, int):
            return uploaded
        post["featured_media"] = uploaded
    return Request(post["slug"], json.dumps(post, ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Make the post."""
    headers = {"Content-Type": "application/json"}
    answer = call(http, account, "POST", "posts", headers=headers, content=request.body.encode())
    match content(answer):
        case {"id": int(number), "slug": str(), "link": str() | None as page}:
            return Sent(str(number), web_address(page))
        case _:
            return masked(of_any(answer), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Look under its slug, whatever its status."""
    answer = call(http, account, "GET", "posts", params={"slug": request.key, "status": "any", "context": "edit"})
    match content(answer):
        case [{"id": int(number), "slug": str(found), "link": str() | None as page}, *_] if found == request.key:
            return Sent(str(number), web_address(page))
        case []:
            return NotThere()
        case None:
            return masked(unread(of_any(answer)), account)
        case _:
            return CannotTell("The server's answer is not one of WordPress's.")


def _title(draft: Draft) -> str:
    """A title may have HTML; its quotes and dashes are set by WordPress, as in every title there."""
    words = " ".join((draft.title or draft.text).split())
    if len(words) > TITLE:
        words = f"{words[:TITLE].rsplit(' ', 1)[0]} …"
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _picture(
    http: httpx.Client, account: Account, name: str, image: Image, picture: bytes
) -> int | Retry | Refused | AuthLost:
    """The number of the picture in the library; one that is there from an earlier attempt is not uploaded again.

    Its slug is made of its bytes and its words, so that another picture, or other words, are another one there.
    """
    named = f"{name}-picture-{_digest(image, picture)}"
    known = content(call(http, account, "GET", "media", params={"slug": named}))
    match known:
        case [{"id": int(number)}, *_]:
            return number
    file = File(f"{named}.{image.type.rpartition('/')[2]}", image.type, picture)
    told = {"slug": named, "title": image.alt or named, "alt_text": image.alt}
    answer = call(http, account, "POST", "media", files=form("file", file), data=told)
    match content(answer):
        case {"id": int(number)}:
            return number
        case _:
            return masked(_of_upload(answer), account)


def _digest(image: Image, picture: bytes) -> str:
    return sha256(picture + image.alt.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _of_upload(answer: Answer) -> Retry | Refused | AuthLost:
    """A file that WordPress will never take is told by 500 (``rest_upload_unknown_error``)."""
    outcome = of_any(answer)
    is_final = isinstance(outcome, Unsure) and code_of(answer).startswith("rest_upload_")
    return Refused(outcome.why) if is_final else harmless(outcome)
