"""The AT Protocol as far as posting needs it: finding the server of an account, and signing in there."""

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.bluesky.syntax import is_handle
from relay.networks.wire.answers import Answer, address, ask, content, fields, of_preparing, of_publishing, why
from relay.networks.wire.masking import masked

RESOLVER = "https://public.api.bsky.app"
"""Who is asked for the identity behind a handle while the account's own server is not known."""

_HERE = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)")

PLC = "https://plc.directory"
"""The directory of ``did:plc`` identities."""

_STALE = {"ExpiredToken", "InvalidToken"}


@dataclass(frozen=True, slots=True)
class Session:
    """Signed in: the server's address, the account's identity, and the token that opens it for two hours."""

    service: str
    did: str
    token: str = field(repr=False)


@dataclass(slots=True)
class _Seat:
    """The one session of one account, and whose turn it is to open it."""

    lock: Lock = field(default_factory=Lock)
    session: Session | None = None


# Signing in is limited to 30 times in 5 minutes and 300 a day, so a session is kept for as long as the server takes it,
# and then simply opened anew: 12 a day at most, without the rotating second token of refreshSession.
# Sessions belong to the client that opened them and vanish with it. Whoever opens one holds the lock of that account's
# seat alone, so that many posts at once sign in once.
_seats: WeakKeyDictionary[httpx.Client, dict[tuple[str, ...], _Seat]] = WeakKeyDictionary()
_seats_lock = Lock()


def handle(account: Account) -> str:
    """The account's handle without "@"."""
    return account.options["handle"].removeprefix("@")


def xrpc(http: httpx.Client, method: str, service: str, name: str, **how: Any) -> Answer:
    """One call of the protocol; ``how`` is what ``httpx.Client.request`` takes."""
    return ask(http, method, f"{service}/xrpc/{name}", **how)


def resolve(http: httpx.Client, service: str, name: str) -> Answer:
    """Ask who is behind a handle; a success has the field ``did``."""
    return xrpc(http, "GET", service, "com.atproto.identity.resolveHandle", params={"handle": name})


def service_of(http: httpx.Client, account: Account) -> str | Retry | AuthLost:
    """The server that holds the account: the one in its settings, or else what its identity's document says."""
    if given := account.options.get("service"):
        return address(given)
    known = resolve(http, RESOLVER, handle(account))
    match content(known):
        case {"did": str(did)}:
            document = ask(http, "GET", f"{PLC}/{did}")
        case _:
            return _not_in(known)
    identity = content(document)
    if identity is None:
        return _not_in(document)
    return _server(identity) or AuthLost(f"The identity of {handle(account)} names no server.")


def session(http: httpx.Client, account: Account, stale: Session | None = None) -> Session | Retry | AuthLost:
    """The session that this client has for the account, opened if there is none or only the ``stale`` one."""
    if not is_handle(handle(account)):
        return AuthLost(f"“{handle(account)}” is no handle: write `handle` in full, such as blog.bsky.social.")
    seat = _seat(http, account)
    with seat.lock:
        if seat.session is None or seat.session == stale:
            opened = _opened(http, account)
            if not isinstance(opened, Session):
                return opened
            seat.session = opened
        return seat.session


def signed(
    http: httpx.Client, account: Account, name: str, body: bytes, kind: str = "application/json"
) -> Answer | Retry | AuthLost:
    """One call in the account's name; ``kind`` is its media type. A session that has run out is opened anew, once."""
    first = session(http, account)
    if not isinstance(first, Session):
        return first
    answer = _posted(http, first, name, body, kind)
    if not _is_stale(answer):
        return answer
    second = session(http, account, stale=first)
    return _posted(http, second, name, body, kind) if isinstance(second, Session) else second


def of_writing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What a call in the account's name was told, where it is not the success that was hoped for."""
    return AuthLost(why(answer)) if _is_stale(answer) else of_publishing(answer)


def _posted(http: httpx.Client, signed_in: Session, name: str, body: bytes, kind: str) -> Answer:
    headers = {"Authorization": f"Bearer {signed_in.token}", "Content-Type": kind}
    return xrpc(http, "POST", signed_in.service, name, headers=headers, content=body)


def _is_stale(answer: Answer) -> bool:
    return str(fields(answer).get("error")) in _STALE


def _server(identity: Any) -> str | None:
    """The personal data server that the document of an identity names (https://atproto.com/specs/did), over TLS."""
    services = identity.get("service") if isinstance(identity, dict) else None
    for service in services if isinstance(services, list) else ():
        match service:
            case {"type": "AtprotoPersonalDataServer", "serviceEndpoint": str(url)} if _is_private(url):
                return address(url)
    return None


def _is_private(url: str) -> bool:
    """Whether a password sent there can be read by nobody on the way."""
    return url.startswith("https://") or _HERE.match(url) is not None


def _seat(http: httpx.Client, account: Account) -> _Seat:
    password = account.secrets["password"].value
    key = (handle(account), account.options.get("service", ""), password)
    with _seats_lock:
        return _seats.setdefault(http, {}).setdefault(key, _Seat())


def _opened(http: httpx.Client, account: Account) -> Session | Retry | AuthLost:
    service = service_of(http, account)
    if not isinstance(service, str):
        return service
    who = {"identifier": handle(account), "password": account.secrets["password"].value}
    answer = xrpc(http, "POST", service, "com.atproto.server.createSession", json=who)
    match content(answer):
        case {"did": str(did), "accessJwt": str(token)}:
            return Session(service, did, token)
        case _:
            return masked(_not_in(answer), account)


def _not_in(answer: Answer) -> Retry | AuthLost:
    """A handle or server that is not known needs a person as much as a wrong password does."""
    outcome = of_preparing(answer)
    return AuthLost(outcome.why) if isinstance(outcome, Refused) else outcome
