"""Posting to Mastodon: what goes under which key, and what each dialect means by its answers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import CannotTell, Outcome, Refused, Retry, Sent, Unsure
from relay.networks.mastodon.api import call, is_unknown, status_of
from relay.networks.mastodon.finding import find
from relay.networks.wire.answers import Answer, allowance, content, fields, of_publishing, web_address, why
from relay.networks.wire.waits import wait_asked

SENDING = httpx.Timeout(60)
"""A server looks up everyone who is mentioned before it answers, and others may be slow to answer it."""

NOTES = {"picture"}
"""What a frozen request says to relay alone."""

_KEYS = 9
"""How many keys in turn a server may answer with an old error."""
_MOMENT = "%Y%m%dT%H%M%S"
_SKEW = timedelta(minutes=2)
_GONE = Refused(
    "The server has the picture no more, for it keeps one a day without its post: "
    "resubmit the post as it is and approve it again."
)


def key(created_at: datetime, nonce: int) -> str:
    """What a request goes under: unguessable, for Pleroma does not keep the keys of two people apart."""
    return f"{created_at.astimezone(UTC):{_MOMENT}}-{nonce:016x}"


def post(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Post it under its key."""
    answer = _asked(http, account, request)
    match content(answer):
        case {"id": str(name)} as status:
            return _checked(http, account, Sent(name, web_address(status.get("url")), allowance(answer)))
        case _:
            return _not_taken(http, account, request, answer)


def without_notes(body: str) -> dict[str, Any]:
    """What of a frozen request is the server's."""
    return {name: value for name, value in json.loads(body).items() if name not in NOTES}


def _asked(http: httpx.Client, account: Account, request: Request) -> Answer:
    """Pleroma answers a key with its first answer for six hours, errors too: those say nothing of this call.

    Relay repeats only what was not sent, or what it has proved absent, so another key makes no second post.
    """
    answer = _under(http, account, request, request.key)
    for number in range(1, _KEYS):
        if not _is_old_error(answer):
            break
        answer = _under(http, account, request, f"{request.key}-{number}")
    return answer


def _under(http: httpx.Client, account: Account, request: Request, name: str) -> Answer:
    headers = {"Idempotency-Key": name, "Content-Type": "application/json"}
    body = json.dumps(without_notes(request.body), ensure_ascii=False, sort_keys=True).encode()
    return call(http, account, "POST", "v1/statuses", headers=headers, content=body, timeout=SENDING)


def _is_old_error(answer: Answer) -> bool:
    is_old = isinstance(answer, httpx.Response) and answer.headers.get("idempotent-replayed") == "true"
    return is_old and (status_of(answer) or 0) >= httpx.codes.BAD_REQUEST


def _checked(http: httpx.Client, account: Account, sent: Sent) -> Sent | Unsure:
    """A server that takes a post for spam answers as if it were there (Mastodon's Antispam::SilentlyDrop)."""
    if not is_unknown(call(http, account, "GET", f"v1/statuses/{sent.id}")):
        return sent
    return Unsure("The server took the post and does not show it: it may take it for spam.")


def _not_taken(http: httpx.Client, account: Account, request: Request, answer: Answer) -> Outcome:
    """By the status and not by the words, where that is possible: Mastodon speaks the account's language."""
    asked, status, words = json.loads(request.body), status_of(answer), why(answer)
    if status == httpx.codes.BAD_REQUEST and "duplicate idempotency key" in words.lower():
        return _looked_for(http, account, request, Unsure(words))
    if status == httpx.codes.UNPROCESSABLE_ENTITY and asked.get("media_ids"):
        return _by_picture(http, account, request, answer)
    if status == httpx.codes.NOT_FOUND and "in_reply_to_id" in asked:
        return Refused("The post that this one answers is not on the server any more.")
    if isinstance(answer, httpx.Response) and _is_turned_away(answer):
        return Retry(words, wait_asked(answer), is_limit=True)
    return of_publishing(answer)


def _is_turned_away(answer: httpx.Response) -> bool:
    """GoToSocial had no room for the call. A 503 of anybody's else, such as a proxy's, may hide a post."""
    is_busy = answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and "retry-after" in answer.headers
    return is_busy and "overloaded" in str(fields(answer).get("error"))


def _by_picture(http: httpx.Client, account: Account, request: Request, answer: Answer) -> Outcome:
    """A refusal of a post with a picture: it may not be ready yet, or it may be in this very post already."""
    [media, *_] = json.loads(request.body)["media_ids"]
    found = call(http, account, "GET", f"v1/media/{media}")
    if status_of(found) == httpx.codes.PARTIAL_CONTENT:
        return Retry(why(answer))
    return _looked_for(http, account, request, _GONE) if is_unknown(found) else of_publishing(answer)


def _looked_for(http: httpx.Client, account: Account, request: Request, absent: Outcome) -> Outcome:
    """What an answer means that says "this is here already": the post itself, or ``absent`` where it is not."""
    try:
        approved = datetime.strptime(request.key[:15], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return Unsure("The server says that the post is there already.")
    found = find(http, account, request, approved - _SKEW)
    if isinstance(found, CannotTell):
        return Unsure(found.why)
    return found if isinstance(found, Sent) else absent
