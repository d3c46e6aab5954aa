"""Programs for the tests of the API: each with a token of its own, over real HTTP."""

from datetime import datetime
from itertools import count

import httpx

from relay.core.programs.token import Scope
from relay.pipeline.programs import tokens
from relay.pipeline.programs.tokens import Wish
from relay.storage.journal import Actor
from tests.edges.newsroom import Newsroom

ROOT = "/api/v1"
ADMIN = Actor("dora", "page")
_NUMBERS = count(1)


def token(
    room: Newsroom,
    *scopes: Scope,
    accounts: tuple[str, ...] = (),
    until: datetime | None = None,
    name: str = "",
) -> str:
    number = next(_NUMBERS)
    wish = Wish(name or f"program-{number}", scopes or tuple(Scope), accounts, until)
    return tokens.add(room.office.db, room.office.desk, wish, ADMIN, (number.to_bytes(32), room.clock()))


def bearing(room: Newsroom, token: str, **headers: str) -> httpx.Client:
    """What sends this token with every request."""
    own = {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): text for name, text in headers.items()}}
    client = httpx.Client(base_url=f"{room.url}{ROOT}", headers=own, trust_env=False, timeout=10)
    room.browsers.append(client)
    return client


def program(room: Newsroom, *scopes: Scope, accounts: tuple[str, ...] = (), name: str = "") -> httpx.Client:
    """A program with a token for these scopes, all where none is named."""
    return bearing(room, token(room, *scopes, accounts=accounts, name=name))


def refused(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a problem, which is said as RFC 9457 has it."""
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (told["type"], told["status"], bool(told["detail"])) == ("about:blank", answer.status_code, True)
    return answer.status_code, told["code"]
