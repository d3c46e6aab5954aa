"""An editor who approves what comes, and somebody who looks at the queue; both by the one address that Caddy has."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from relay.core.people import Editor, Role
from relay.core.programs.token import Program, Scope, minted
from relay.storage import people, sessions, tokens
from relay.storage.database import Database
from relay.wiring import clock

CAMILLE = Editor("camille", Role.EDITOR)
AT_ONCE = 5
"""Posts that are approved by one form; a page of the queue takes 20."""
EVERY = 0.25
"""Seconds between two looks at the queue."""


@dataclass(slots=True)
class Desk:
    """``wanted``: yeses in a second. ``acked``: identifiers whose yes was answered with 200, and when.

    ``seconds`` are those that pages took, ``refused`` answers that were none: while a web process dies there are some.
    """

    public: str
    token: str
    session: str
    wanted: float
    acked: dict[int, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Both, until the end of the block."""
        threads = [threading.Thread(target=one, daemon=True) for one in (self._approve, self._look)]
        for one in threads:
            one.start()
        try:
            yield
        finally:
            self._is_over.set()
            for one in threads:
                one.join(65)

    def _approve(self) -> None:
        began = time.monotonic()
        with self._browser() as browser:
            while not self._is_over.wait(0.1):
                most = min(int((time.monotonic() - began) * self.wanted) - len(self.acked), AT_ONCE)
                if most > 0 and self._some(browser, most) == 0:
                    time.sleep(0.5)

    def _some(self, browser: httpx.Client, most: int) -> int:
        """How many have their yes now."""
        try:
            asked = {"state": "waiting", "limit": str(most)}
            answer = browser.get("/api/v1/queue", params=asked, headers={"Authorization": f"Bearer {self.token}"})
            found = answer.raise_for_status().json()["items"]
            if not found:
                return 0
            seen = [f"{one['id']}:{one['revision']}" for one in found]
            ids = [str(one["id"]) for one in found]
            said = browser.post("/queue/judge", data={"act": "approve", "back": "", "seen": seen, "id": ids})
            said.raise_for_status()
        except httpx.HTTPError as error:
            self.refused.append(f"{type(error).__name__}: {error}")
            time.sleep(0.5)
            return 0
        moment = time.monotonic()
        self.acked.update((one["id"], moment) for one in found)
        return len(found)

    def _look(self) -> None:
        with self._browser() as browser:
            while not self._is_over.wait(EVERY):
                began = time.monotonic()
                try:
                    browser.get("/queue").raise_for_status()
                except httpx.HTTPError as error:
                    self.refused.append(f"{type(error).__name__}: {error}")
                self.seconds.append(time.monotonic() - began)

    def _browser(self) -> httpx.Client:
        headers = {"Origin": self.public, "Cookie": f"relay={self.session}"}
        return httpx.Client(base_url=self.public, headers=headers, trust_env=False, timeout=60)


def hired(db: Database, public: str, wanted: float) -> Desk:
    """An editor with a session, and a token that reads."""
    now, session, token = clock(), secrets.token_urlsafe(32), minted(secrets.token_bytes(32))
    with db.write() as tx:
        people.add(tx, CAMILLE.name, CAMILLE.role, now)
        sessions.add(tx, session, CAMILLE.name, now)
        tokens.add(tx, Program(0, "trial", frozenset({Scope.READ}), (), CAMILLE.name, now), token)
    return Desk(public, token, session, wanted)
