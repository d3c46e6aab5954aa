"""A blog with one account on Mastodon, whose server grants access, lets it end and renews it; all on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

import httpx

from relay.core.account import Account
from relay.core.crosspost import State
from relay.core.grant import Grant
from relay.core.route import Route
from relay.networks.mastodon import network as mastodon
from relay.pipeline.accounts import visiting, watching
from relay.pipeline.accounts.connecting import Asker
from relay.pipeline.accounts.visiting import Leaving
from relay.pipeline.deliver import Delivered, deliver
from relay.pipeline.desk import Desk
from relay.pipeline.tidy import tidy
from relay.storage import accounts, grants
from relay.storage.database import Database
from relay.storage.grants import Kept
from relay.storage.keys import Keyplace
from relay.storage.schema import migrate
from tests.fakes.granting import granting
from tests.fakes.mastodon import Mastodon
from tests.fakes.oauth import Authority
from tests.fakes.wire import Wire
from tests.pipeline.world import NOON, World
from tests.pipeline.world import desk as usual_desk

BACK = "http://127.0.0.1:8080/accounts/callback"
CAMILLE = Asker("camille", "the session of camille")


@dataclass
class Town:
    """The world, with its account's server. ``pass_`` moves both clocks."""

    world: World
    http: httpx.Client
    wire: Wire
    server: Mastodon
    authority: Authority
    states: int = 0

    @property
    def db(self) -> Database:
        return self.world.db

    @property
    def desk(self) -> Desk:
        return self.world.desk

    def now(self) -> datetime:
        return self.world.now

    def pass_(self, **span: float) -> None:
        self.world.pass_(**span)
        self.authority.now = self.world.now

    def leave(self, asker: Asker = CAMILLE) -> tuple[str, dict[str, str]]:
        """Somebody leaves for the server and says yes there: the state, and the parameters of the way back."""
        self.states += 1
        leaving = Leaving("toots", BACK, f"state-{self.states}")
        url = visiting.begin(self.db, self.http, self.desk, leaving, asker, self.now())
        return leaving.state, self.authority.allow(url)

    def connect(self) -> Grant:
        _, answered = self.leave()
        return visiting.finish(self.db, self.http, self.desk, answered, CAMILLE, self.now())

    def watch(self) -> None:
        watching.watch(self.db, self.http, self.desk, self.now)

    def deliver(self) -> list[Delivered]:
        tidy(self.db, self.http, self.desk, self.now())
        return deliver(self.db, self.http, self.desk, self.now)

    def approve_all(self) -> None:
        for crosspost in self.world.in_state(State.WAITING):
            self.world.approve(crosspost)
        self.pass_(minutes=2)

    def kept(self) -> Kept:
        with self.db.read() as tx:
            found = grants.get(tx, "toots")
        assert found
        return found

    def is_held(self) -> bool:
        with self.db.read() as tx:
            return "toots" in accounts.holds(tx)

    def asked_for_tokens(self) -> int:
        """How often the server was asked for tokens that are not an app's own."""
        kinds = (dict(parse_qsl(call.body.decode())).get("grant_type") for call in self.wire.calls)
        return sum(kind == "refresh_token" for kind in kinds)

    def revoke(self) -> None:
        """The account's person takes relay's access back at the server."""
        self.authority.access.clear()
        self.authority.refreshing.clear()

    def told(self) -> list[str]:
        return [status.text for status in self.server.statuses]


@contextmanager
def town_at(db: Database, folder: Path) -> Iterator[Town]:
    """``db`` is migrated; the key stands in ``folder``."""
    migrate(db)
    server, authority = Mastodon(), Authority(now=NOON)
    with granting(authority, server) as wire, httpx.Client(trust_env=False, timeout=10) as http:
        yield Town(World(db, folder / "feeds", _desk(wire.url, folder)), http, wire, server, authority)


def _desk(url: str, folder: Path) -> Desk:
    usual = usual_desk()
    return replace(
        usual,
        accounts={"toots": Account("toots", "mastodon", {"instance": url})},
        routes=(Route(0, ("cget",), ("toots",), approval=usual.routes[0].approval),),
        networks={**usual.networks, "mastodon": mastodon},
        keyplace=Keyplace(file=folder / "relay.key"),
    )
