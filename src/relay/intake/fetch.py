"""Ask a source whether it has anything new: one conditional GET → one answer."""

import zlib

import httpx

from relay.core.document import Answer, Blocked, Fetched, Gone, NotModified, Unreachable
from relay.core.source import Validators
from relay.intake import hints
from relay.intake.failure import why
from relay.intake.follow import Headers, get
from relay.intake.guard import Forbidden


def fetch(http: httpx.Client, source_url: str, source_id: str, validators: Validators) -> Answer:
    """What ``source_url`` answers; ``validators`` go back byte for byte as they came (RFC 9110 §13.1)."""
    try:
        response = get(http, source_url, _headers(http, source_id, validators))
    except Forbidden as refusal:
        return Blocked(str(refusal))
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:  # the last for a host that no name can have
        return Unreachable(why(error))
    return _answer(response)


def _headers(http: httpx.Client, source_id: str, validators: Validators) -> Headers:
    headers = [(b"user-agent", _user_agent(http.headers["user-agent"], source_id).encode("ascii"))]
    if validators.etag:
        headers.append((b"if-none-match", validators.etag))
    if validators.last_modified:
        headers.append((b"if-modified-since", validators.last_modified))
    return headers


def _user_agent(client: str, source_id: str) -> str:
    """The client's, with the feed as a number: words in it could look to a firewall like those of a crawler."""
    feed = f"feed-id {zlib.crc32(source_id.encode())}; 1 subscriber)"
    return f"{client.removesuffix(')')}; {feed}" if client.endswith(")") else f"{client} ({feed}"


def _answer(response: httpx.Response) -> Answer:
    match response.status_code:
        case 200:
            content_type = response.headers.get("content-type")
            known, age = hints.validators(response), hints.max_age(response)
            # Addresses in the document are relative to this one, and will be published: it holds no password.
            return Fetched(str(response.url.copy_with(userinfo=b"")), response.content, content_type, known, age)
        case 304:
            return NotModified(hints.validators(response), hints.max_age(response))
        case 410:
            return Gone()
        case _:
            return _refused(response)


def _refused(response: httpx.Response) -> Blocked | Unreachable:
    host, status, wait = response.url.host, response.status_code, hints.retry_after(response)
    if _is_bot_check(response):
        return Blocked(f"{host} wants proof that a person is asking (a bot check).", wait)
    match status:
        case 429:
            return Blocked(f"{host} says that relay asks too often (429).", wait)
        case 401 | 403:
            return Blocked(f"{host} refuses this reader ({status}).", wait)
        case _:
            return Unreachable(f"{host} answered {status} {response.reason_phrase}".rstrip() + ".", wait)


def _is_bot_check(response: httpx.Response) -> bool:
    if response.status_code not in {403, 503}:
        return False
    challenged = response.headers.get("cf-mitigated", "").lower() == "challenge"
    return challenged or b"Just a moment..." in response.content[:10_000]
