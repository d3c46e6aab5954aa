"""Handing one mail to a server (RFC 5321): until its last dot has left nothing has happened, after it all may have."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPResponseException,
)
from time import monotonic
from typing import Literal

from relay.core.account import Secret
from relay.core.outcome import AuthLost, Refused, Retry, Sent, Unsure

Security = Literal["starttls", "tls", "none"]

DEADLINE = 90.0
"""Seconds for all of it: less than the lease of a delivery."""
LATER = timedelta(minutes=5)
"""How long a server that says "not now" is left alone: the usual time of grey lists."""
_Step = Callable[[], tuple[int, bytes]]
_WORDS = 300
_NO_METHOD = "No suitable authentication method"
"""How smtplib says that it knows none of the server's ways to sign in."""
_TOO_BIG = 552


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, how the line is secured, and who signs in there, if anybody."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: Secret | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with its envelope; ``mime`` is the whole of it, in ASCII."""

    name: str
    sender: str
    recipient: str
    mime: str


def hand_over(server: Server, letter: Letter) -> Sent | Retry | Refused | AuthLost | Unsure:
    """Once through the door, or not: what the server says to the last dot decides."""
    end = monotonic() + DEADLINE
    try:
        smtp = _signed_in(server, letter, end)
    except (OSError, UnicodeError) as error:
        return _not_opened(server, error)
    try:
        return _handed(server, smtp, letter, end)
    finally:
        with suppress(OSError):
            smtp.quit()
        smtp.close()


def _signed_in(server: Server, letter: Letter, end: float) -> SMTP:
    smtp = _connected(server, letter, end)
    steps: list[Callable[[], object]] = [smtp.ehlo]
    if server.security == "starttls":
        steps += [lambda: smtp.starttls(context=ssl.create_default_context()), smtp.ehlo]
    if server.password is not None:
        password = server.password.value
        steps.append(lambda: smtp.login(server.user, password))
    try:
        for step in steps:
            _in_time(smtp, end)
            step()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _connected(server: Server, letter: Letter, end: float) -> SMTP:
    """The name that it greets with is the sender's domain: this machine's own may say more than it should."""
    name, left = letter.sender.rpartition("@")[2], end - monotonic()
    if server.security == "tls":
        return SMTP_SSL(server.host, server.port, name, timeout=left, context=ssl.create_default_context())
    return SMTP(server.host, server.port, name, timeout=left)


def _in_time(smtp: SMTP, end: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(max(end - monotonic(), 0.1))


def _not_opened(server: Server, error: OSError | UnicodeError) -> Retry | AuthLost:
    match error:
        case UnicodeError():
            return AuthLost(f"{server.host}: user and password must be plain letters (ASCII) for this server.")
        case SMTPAuthenticationError() if error.smtp_code >= 500:
            return AuthLost(_said(server, error.smtp_code, error.smtp_error))
        case SMTPException() if isinstance(error, SMTPNotSupportedError) or _NO_METHOD in str(error):
            what = "STARTTLS" if "STARTTLS" in str(error) else "a sign-in that is known here"
            return AuthLost(f"{server.host} does not offer {what}: look at `security`, `user` and the port.")
        case SMTPResponseException():
            return Retry(_said(server, error.smtp_code, error.smtp_error), LATER)
        case ssl.SSLError():
            return Retry(f"{server.host}: the line could not be secured ({error.reason or error}).", LATER)
        case _:
            return Retry(f"{server.host}: it could not be reached ({error!r}).")


def _handed(server: Server, smtp: SMTP, letter: Letter, end: float) -> Sent | Retry | Refused | AuthLost | Unsure:
    try:
        steps: tuple[_Step, ...] = (
            lambda: smtp.mail(letter.sender, _size(smtp, letter)),
            lambda: smtp.rcpt(letter.recipient),
        )
        for step in steps:
            _in_time(smtp, end)
            code, said = step()
            if code not in {250, 251}:
                return _of_envelope(code, _said(server, code, said))
    except OSError as error:
        return Retry(f"{server.host}: the line broke before the mail was sent ({error!r}).")
    _in_time(smtp, end)
    return _handed_in(server, smtp, letter)


def _size(smtp: SMTP, letter: Letter) -> list[str]:
    return [f"size={len(letter.mime)}"] if smtp.has_extn("size") else []


def _of_envelope(code: int, why: str) -> Retry | Refused | AuthLost:
    """Who writes and who gets it are the account's, so a no to them would be one to every post."""
    if code == _TOO_BIG:
        return Refused(why)
    return AuthLost(why) if code >= 500 else Retry(why, LATER)


def _handed_in(server: Server, smtp: SMTP, letter: Letter) -> Sent | Retry | Refused | Unsure:
    try:
        code, said = smtp.data(letter.mime.encode("ascii"))
    except SMTPDataError as error:
        return _of_data(error.smtp_code, _said(server, error.smtp_code, error.smtp_error))
    except (OSError, SMTPException) as error:
        return Unsure(f"{server.host}: the answer was lost ({error!r}).")
    return Sent(letter.name) if code == 250 else _of_data(code, _said(server, code, said))


def _of_data(code: int, why: str) -> Retry | Refused | Unsure:
    """4yz and 5yz mean that the server did not take it (RFC 5321, 4.2.1); anything else is no answer."""
    if 400 <= code < 500:
        return Retry(why, LATER)
    return Refused(why) if 500 <= code < 600 else Unsure(why)


def _said(server: Server, code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    told = " ".join(text.split())[:_WORDS]
    return f"{server.host} answered {code}: {told}" if code > 0 else f"{server.host}: the answer is not one of SMTP's."
