"""Ask a source whether it has anything new: one conditional GET → one answer."""

import zlib

import httpx

from relay.core.document import Answer, Blocked, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.polling.pause import host_of
from relay.core.source import Validators
from relay.intake.wire import hints
from relay.intake.wire.address import WebAddress, web_address
from relay.intake.wire.exchange import Getting, Headers, Reply
from relay.intake.wire.failure import why
from relay.intake.wire.follow import Reached, conditions, get
from relay.intake.wire.guard import Forbidden

_CHALLENGES = (b"Just a moment...", b"cf-chl-", b"Attention Required! | Cloudflare", b"Checking your browser")


def fetch(way: Getting, source_url: str, source_id: str, validators: Validators) -> Answer:
    """What ``source_url`` answers; ``validators`` make the question conditional."""
    try:
        reached = get(way, source_url, _headers(way.agent, source_id), validators)
    except Forbidden as refusal:
        return Blocked(str(refusal), is_ours=True)
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:  # the last for a host that no name can have
        return Unreachable(why(error))
    return _answer(reached)


def question(agent: str, url: str, source_id: str, validators: Validators) -> tuple[WebAddress, Headers]:
    """What ``fetch`` asks first, for whoever makes the exchange otherwise; its errors are those of ``web_address``."""
    return web_address(url), [*_headers(agent, source_id), *conditions(validators)]


def plain(reply: Reply, url: str) -> NotModified | Fetched | None:
    """What the first ``reply`` says, if it is a usual one (304, 200) that leads nowhere else."""
    answer = _answer(Reached(reply, url)) if reply.status in {200, 304} else None
    return answer if isinstance(answer, NotModified | Fetched) else None


def user_agent(client: str, source_id: str) -> str:
    """The ``client``'s, with the feed as a number: words in it could look to a firewall like those of a crawler."""
    feed = f"feed-id {zlib.crc32(source_id.encode())}; 1 subscriber)"
    return f"{client.removesuffix(')')}; {feed}" if client.endswith(")") else f"{client} ({feed}"


def _headers(agent: str, source_id: str) -> Headers:
    return [(b"user-agent", user_agent(agent, source_id).encode("ascii"))]


def _answer(reached: Reached) -> Answer:
    reply = reached.reply
    match reply.status:
        case 200 | 226:
            return _fetched(reached)
        case 304:
            return NotModified(hints.validators(reply), hints.max_age(reply), reached.hops)
        case 410:
            return Gone()
        case _:
            return _refused(reached)


def _fetched(reached: Reached) -> Fetched:
    reply = reached.reply
    return Fetched(
        # Addresses in the document are relative to this one, and will be published: it holds no password.
        url=reply.url.public,
        body=reply.body,
        content_type=reply.text(b"content-type"),
        validators=hints.validators(reply),
        max_age=hints.max_age(reply),
        hops=reached.hops,
        hubs=hints.linked(reply, "hub"),
        topic=next(iter(hints.linked(reply, "self")), None),
        is_delta=reply.status == 226,
    )


def _refused(reached: Reached) -> Busy | Blocked | Unreachable:
    reply = reached.reply
    host, status, pause = host_of(reply.url.text), reply.status, hints.retry_after(reply)
    asked = host if not reached.hops or host_of(reached.asked) == host else ""
    if _is_bot_check(reply):
        return Blocked(f"{host} wants proof that a person is asking (a bot check).", is_bot_check=True)
    if status == 429:
        return Busy(f"{host} says that relay asks too often (429).", asked, pause)
    if status == 503 and pause:
        return Busy(f"{host} is busy (503).", asked, pause)
    if status in {401, 403}:
        return Blocked(f"{host} refuses this reader ({status}).")
    return Unreachable(f"{host} answered {status} {reply.reason}".rstrip() + ".", status)


def _is_bot_check(reply: Reply) -> bool:
    if reply.status not in {403, 503}:
        return False
    challenged = (reply.text(b"cf-mitigated") or "").lower() == "challenge"
    return challenged or any(words in reply.body[:10_000] for words in _CHALLENGES)
