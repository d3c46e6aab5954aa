"""Ask a source whether it has anything new: one conditional GET → one answer."""

import zlib

import httpx

from relay.core.document import Answer, Blocked, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.polling.pause import host_of
from relay.core.source import Validators
from relay.intake.wire import hints
from relay.intake.wire.failure import why
from relay.intake.wire.follow import Headers, Reached, get
from relay.intake.wire.guard import Forbidden

_CHALLENGES = (b"Just a moment...", b"cf-chl-", b"Attention Required! | Cloudflare", b"Checking your browser")


def fetch(http: httpx.Client, source_url: str, source_id: str, validators: Validators) -> Answer:
    """What ``source_url`` answers; ``validators`` make the question conditional."""
    try:
        reached = get(http, source_url, _headers(http, source_id), validators)
    except Forbidden as refusal:
        return Blocked(str(refusal), is_ours=True)
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:  # the last for a host that no name can have
        return Unreachable(why(error))
    return _answer(reached)


def user_agent(http: httpx.Client, source_id: str) -> str:
    """The client's, with the feed as a number: words in it could look to a firewall like those of a crawler."""
    client, feed = http.headers["user-agent"], f"feed-id {zlib.crc32(source_id.encode())}; 1 subscriber)"
    return f"{client.removesuffix(')')}; {feed}" if client.endswith(")") else f"{client} ({feed}"


def _headers(http: httpx.Client, source_id: str) -> Headers:
    return [(b"user-agent", user_agent(http, source_id).encode("ascii"))]


def _answer(reached: Reached) -> Answer:
    response = reached.response
    match response.status_code:
        case 200 | 226:
            return _fetched(reached)
        case 304:
            return NotModified(hints.validators(response), hints.max_age(response), reached.hops)
        case 410:
            return Gone()
        case _:
            return _refused(reached)


def _fetched(reached: Reached) -> Fetched:
    response = reached.response
    return Fetched(
        # Addresses in the document are relative to this one, and will be published: it holds no password.
        url=str(response.url.copy_with(userinfo=b"")),
        body=response.content,
        content_type=response.headers.get("content-type"),
        validators=hints.validators(response),
        max_age=hints.max_age(response),
        hops=reached.hops,
        hubs=hints.linked(response, "hub"),
        topic=next(iter(hints.linked(response, "self")), None),
        is_delta=response.status_code == 226,
    )


def _refused(reached: Reached) -> Busy | Blocked | Unreachable:
    response = reached.response
    host, status, pause = host_of(str(response.url)), response.status_code, hints.retry_after(response)
    asked = host if not reached.hops or host_of(reached.asked) == host else ""
    if _is_bot_check(response):
        return Blocked(f"{host} wants proof that a person is asking (a bot check).", is_bot_check=True)
    if status == 429:
        return Busy(f"{host} says that relay asks too often (429).", asked, pause)
    if status == 503 and pause:
        return Busy(f"{host} is busy (503).", asked, pause)
    if status in {401, 403}:
        return Blocked(f"{host} refuses this reader ({status}).")
    return Unreachable(f"{host} answered {status} {response.reason_phrase}".rstrip() + ".", status)


def _is_bot_check(response: httpx.Response) -> bool:
    if response.status_code not in {403, 503}:
        return False
    challenged = response.headers.get("cf-mitigated", "").lower() == "challenge"
    return challenged or any(words in response.content[:10_000] for words in _CHALLENGES)
