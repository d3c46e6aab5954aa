"""Whether a handle is somebody's: WebFinger for Mastodon and its kin, the AT Protocol's two ways for Bluesky."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import httpx

from relay.core.document import Blocked, Unreachable
from relay.intake.wire.page import Page, get_page

Result = Literal["verified", "not found", "could not ask"]

RESOLVER = "https://public.api.bsky.app"
"""Who knows every handle of Bluesky, where no server of one's own is configured."""

_ACCOUNT = re.compile(r"@?(?P<name>[\w.-]+)@(?P<host>[\w.-]+(?::\d+)?)")
_DOMAIN = re.compile(r"@?(?P<host>[\w-]+(?:\.[\w-]+)*(?::\d+)?)")
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]")
_HERE = re.compile(r"(?:localhost|127\.0\.0\.1)(?::\d+)?")
_JRD = b"application/jrd+json, application/json"
_GONE = frozenset({400, 404, 410})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of asking, and the sentence that says it."""

    result: Result
    why: str


def ask(http: httpx.Client, network: str, handle: str, resolvers: Sequence[str] = ()) -> Verdict:
    """Who is behind ``handle`` on ``network``, asked today; ``resolvers`` are servers of Bluesky's to ask."""
    match network:
        case "mastodon":
            return _webfinger(http, handle)
        case "bluesky":
            return _did(http, handle, resolvers or (RESOLVER,))
        case _:
            return Verdict("could not ask", f"{network} tells nobody without an account who {handle} is.")


def _webfinger(http: httpx.Client, handle: str) -> Verdict:
    """RFC 7033: the host of ``@name@host`` describes the account, or says that there is none."""
    match = _ACCOUNT.fullmatch(handle)
    if match is None:
        return Verdict("not found", f"{handle} names no server: write @name@server.")
    account = f"{match['name']}@{match['host']}"
    address = f"{_origin(match['host'])}/.well-known/webfinger?resource={quote(f'acct:{account}', safe=':@')}"
    answer = get_page(http, address, _JRD)
    if not isinstance(answer, Page):
        return _refused(answer, f"{match['host']} knows nobody of the name {account}.")
    subject = _fields(answer).get("subject")
    if isinstance(subject, str) and subject.lower() == f"acct:{account}".lower():
        return Verdict("verified", f"{match['host']} knows {account} (WebFinger).")
    if isinstance(subject, str):
        return Verdict("not found", f"{match['host']} says that {account} is {subject.removeprefix('acct:')}.")
    return Verdict("could not ask", f"{match['host']} does not answer as WebFinger has it.")


def _did(http: httpx.Client, handle: str, resolvers: Sequence[str]) -> Verdict:
    """https://atproto.com/specs/handle: the domain itself says who it is, or a server that looked it up does."""
    match = _DOMAIN.fullmatch(handle)
    if match is None:
        return Verdict("not found", f"{handle} is no handle of Bluesky: those are domains.")
    host = match["host"]
    said = get_page(http, f"{_origin(host)}/.well-known/atproto-did", b"text/plain")
    did = said.body.decode("ascii", "replace").strip() if isinstance(said, Page) else ""
    if _DID.fullmatch(did):
        return Verdict("verified", f"{host} is {did}, by its own word.")
    verdicts = [_resolved(http, host, resolver) for resolver in resolvers]
    ranked = sorted(verdicts, key=lambda verdict: ("verified", "not found", "could not ask").index(verdict.result))
    return ranked[0]


def _resolved(http: httpx.Client, host: str, resolver: str) -> Verdict:
    address = f"{resolver.rstrip('/')}/xrpc/com.atproto.identity.resolveHandle?handle={quote(host, safe='')}"
    answer = get_page(http, address, b"application/json")
    if not isinstance(answer, Page):
        return _refused(answer, f"Neither {host} nor {resolver} knows who {host} is.")
    did = _fields(answer).get("did")
    if isinstance(did, str) and _DID.fullmatch(did):
        return Verdict("verified", f"{host} is {did}, says {resolver}.")
    return Verdict("could not ask", f"{resolver} does not answer as a server of Bluesky's does.")


def _refused(answer: Unreachable | Blocked, absent: str) -> Verdict:
    is_absent = isinstance(answer, Unreachable) and answer.status in _GONE
    return Verdict("not found", absent) if is_absent else Verdict("could not ask", answer.why)


def _fields(page: Page) -> dict[str, Any]:
    try:
        read = json.loads(page.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _origin(host: str) -> str:
    """Over TLS, but to this very machine, where the guard lets nobody whom the operator does not allow."""
    return f"{'http' if _HERE.fullmatch(host) else 'https'}://{host}"
