"""Asking a network over HTTP, and what its answer means for a post. What leaves a doubt is ``Unsure``."""

import json
import re
from dataclasses import dataclass
from typing import Any

import httpx

from relay.core.outcome import Allowance, AuthLost, CannotTell, Refused, Retry, Unsure
from relay.networks.wire.waits import left, wait_asked

_WORDS = 300
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x20]{1,2000}")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NOTHING_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.InvalidURL,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The exchange broke off; ``sent`` says whether any byte of the request may have left."""

    why: str
    sent: bool


Answer = httpx.Response | NoAnswer


def address(setting: str) -> str:
    """The address of a server as people write it in a setting ("mastodon.social") → its origin."""
    return (setting if "://" in setting else f"https://{setting}").rstrip("/")


def ask(http: httpx.Client, method: str, url: str, **how: Any) -> Answer:
    """One exchange; ``how`` is what ``httpx.Client.request`` takes."""
    try:
        return http.request(method, url, **how)
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
        where = _origin(url)
        if _is_unwritable(error):
            return NoAnswer(
                f"{where}: nothing was sent, because the account's secret has a character too many.", sent=False
            )
        sent = not isinstance(error, _NOTHING_LEFT)
        what = "the answer was lost" if sent else "it could not be reached"
        return NoAnswer(f"{where}: {what} ({error!r}).", sent)


def _origin(url: str) -> str:
    """Where an address leads: what follows the host may be a secret (Telegram, webhooks)."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].rpartition('@')[2]}"


def _is_unwritable(error: Exception) -> bool:
    """Whether a header could not be written. What these errors say is the header itself, and so the secret in it."""
    is_illegal = isinstance(error, httpx.LocalProtocolError) and str(error).startswith("Illegal header")
    return is_illegal or isinstance(error, UnicodeEncodeError)


def web_address(found: object) -> str | None:
    """An address that a page may link to: http or https, nothing that HTML would have to escape; else ``None``."""
    return found if isinstance(found, str) and _WEB_ADDRESS.fullmatch(found) else None


def content(answer: Answer) -> Any:
    """The JSON of a success, ``None`` for anything else."""
    return _json(answer) if isinstance(answer, httpx.Response) and answer.is_success else None


def fields(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer of any status, empty where there is none."""
    found = _json(answer) if isinstance(answer, httpx.Response) else None
    return found if isinstance(found, dict) else {}


def why(answer: Answer) -> str:
    """An answer in a sentence for the editor, in the network's own words where it gives any."""
    if isinstance(answer, NoAnswer):
        return answer.why
    said = fields(answer)
    words = said.get("message") or said.get("error_description") or said.get("error") or answer.reason_phrase
    return f"{answer.url.host} answered {answer.status_code}: {str(words)[:_WORDS]}"


def of_publishing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What an answer to the call that publishes means, where it is not the success that was hoped for."""
    if isinstance(answer, NoAnswer):
        return Unsure(answer.why) if answer.sent else Retry(answer.why)
    match answer.status_code:
        case 401:
            return AuthLost(why(answer))
        case 429:
            return Retry(why(answer), wait_asked(answer), is_limit=True)
        case 408:
            return Unsure(why(answer))
        case status if 300 <= status < 500:
            return Refused(why(answer))
        case _:
            return Unsure(why(answer))


def of_preparing(answer: Answer) -> Retry | Refused | AuthLost:
    """The same for a call that shows nothing to the public."""
    return harmless(of_publishing(answer))


def harmless(outcome: Retry | Refused | AuthLost | Unsure) -> Retry | Refused | AuthLost:
    """An outcome of what the public does not see: there a doubt does no harm."""
    return Retry(outcome.why) if isinstance(outcome, Unsure) else outcome


def unread(outcome: Retry | Refused | AuthLost | Unsure) -> CannotTell:
    """The same for a call that looks for a post."""
    return CannotTell(outcome.why, outcome.wait if isinstance(outcome, Retry) and outcome.is_limit else None)


def allowance(answer: Answer) -> Allowance | None:
    """What an answer's headers say is left to the account; ``None`` where they say nothing."""
    return left(answer.headers) if isinstance(answer, httpx.Response) else None


def _json(response: httpx.Response) -> Any:
    try:
        return writable(json.loads(response.content))
    except (ValueError, RecursionError):
        return None


def writable(found: Any) -> Any:
    """JSON without signs that no post of relay's has: some rows take no NUL, none half of a pair, a terminal obeys."""
    match found:
        case str():
            return _UNWRITABLE.sub("", found)
        case list():
            return [writable(one) for one in found]
        case dict():
            return {writable(name): writable(one) for name, one in found.items()}
        case _:
            return found
