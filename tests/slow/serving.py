"""A newsroom served by the service's own protocol, with limits that a test can wait for; and servers that lack them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_server
from threading import Thread
from time import perf_counter
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from relay.core.people import Editor, Role
from relay.core.signing.ways import SignIn
from relay.pipeline import members
from relay.storage.journal import Actor
from relay.web.app import create
from relay.web.crowd import Limits
from relay.web.server import spoken
from tests.edges.newsroom import Newsroom, open_newsroom

SHORT = Limits(head=0.6, body=0.9, taking=0.9)
NAME, PASSWORD = "camille", "cheval agrafe pile"
BIG = 24 * 1024 * 1024
"""Bytes: more than the sockets of both ends take between them."""
PLAIN: dict[str, Any] = {"http": HttpToolsProtocol}
"""uvicorn as it comes: it waits for ever."""

Change = Callable[[Starlette], Any]


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens, and the server."""

    port: int
    server: uvicorn.Server

    def connected(self) -> int:
        """How many connections it has."""
        return len(self.server.server_state.connections)

    def login(self, patience: float = 5.0) -> float:
        """Seconds that signing in takes; ``AssertionError`` where it fails."""
        began = perf_counter()
        form = {"name": NAME, "password": PASSWORD}
        site = {"Sec-Fetch-Site": "same-origin"}
        url = f"http://127.0.0.1:{self.port}/sign-in/password"
        try:
            answer = httpx.post(url, data=form, headers=site, trust_env=False, timeout=patience)
        except httpx.HTTPError as error:
            raise AssertionError(f"no sign-in: {type(error).__name__}") from error
        assert answer.headers.get("location") == "/review", answer.status_code
        return perf_counter() - began


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    """One with passwords, a member who has one, and a document that is large."""
    with open_newsroom(folder, sign_in=SignIn(passwords=True)) as room:
        office = members.Office(room.office.db, room.office.desk.accounts, Actor("test", "test"), room.clock())
        members.add(office, Editor(NAME, Role.EDITOR, email="camille@blog.example"))
        members.set_password(office, NAME, PASSWORD)
        (room.office.feeds / "blog").mkdir(parents=True)
        (room.office.feeds / "blog" / "atom.xml").write_bytes(b"<feed/>".ljust(BIG))
        yield room


@contextmanager
def serving(
    room: Newsroom,
    limits: Limits = SHORT,
    proxies: tuple[str, ...] = (),
    change: Change = lambda app: app,
    **config: Any,
) -> Iterator[Served]:
    """The room's pages; ``config`` takes the place of what ``spoken`` says, ``change`` plants something in the app."""
    app = create(room.office)
    how = spoken(change(app), 1, proxies, limits, app.state.hatch)
    for name, value in {"lifespan": "off", **config}.items():
        setattr(how, name, value)
    server, listening = uvicorn.Server(how), create_server(("127.0.0.1", 0), backlog=1024)
    listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    thread = Thread(target=server.run, args=[[listening]], daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield Served(listening.getsockname()[1], server)
    server.should_exit = server.force_exit = True
    thread.join(10)
