"""What a no means while an account is connected: said to the person who comes back, or to relay that asks for a token.

The words are RFC 6749's (§4.1.2.1, §5.2), and those of networks that have others.
"""

from collections.abc import Mapping

import httpx

from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.connecting import Failed
from relay.networks.wire.answers import Answer, NoAnswer, fields
from relay.networks.wire.waits import wait_asked

_SAID_NO = {"access_denied", "user_cancelled_login", "user_cancelled_authorize"}
"""The last two are LinkedIn's."""
_LATER = {"server_error", "temporarily_unavailable"}
_SPENT = {"invalid_grant"}
_STRANGERS = {"invalid_client", "unauthorized_client"}
_WORDS = 300


def of_way_back(answered: Mapping[str, str], who: str) -> Failed | None:
    """Why a person came back without a code; ``None`` where nothing speaks against one."""
    error = answered.get("error", "")
    if error in _SAID_NO:
        return Refused(f"You said no at {who}: nothing was connected.")
    if error in _LATER:
        return Retry(f"{who} could not answer just now: connect the account once more.")
    words = plain(answered.get("error_description") or answered.get("error_message") or error)
    return Refused(f"{who} did not connect the account: {words}") if error or words else None


def of_tokens(answer: Answer, who: str) -> Failed:
    """What the token endpoint said instead of a token."""
    if isinstance(answer, NoAnswer):
        return Retry(answer.why)
    said = fields(answer)
    error, status = str(said.get("error", "")), answer.status_code
    words = said.get("error_description") or said.get("error_message") or error or answer.reason_phrase
    told = f"{who} answered {status}: {plain(words)}"
    if status in {408, 429} or answer.is_server_error:
        is_limit = status == httpx.codes.TOO_MANY_REQUESTS
        return Retry(told, wait_asked(answer), is_limit=True) if is_limit else Retry(told)
    if error in _SPENT:
        return AuthLost(f"{told} What {who} was shown has been used already, or is too old: connect it again.")
    if error in _STRANGERS or status == httpx.codes.UNAUTHORIZED:
        return AuthLost(f"{told} {who} does not know this app: look at its client_id and client_secret.")
    if answer.is_success:
        return Retry(f"{who} answered something that is no token: try again in a while.")
    return Refused(told)


def plain(words: object) -> str:
    """A server's words as a sentence may quote them: what can be seen of them, 300 characters at most."""
    seen = "".join(sign if sign.isprintable() else " " for sign in str(words)[: _WORDS * 2])
    quoted = " ".join(seen.split())[:_WORDS]
    return quoted if not quoted or quoted[-1] in ".!?" else f"{quoted}."
