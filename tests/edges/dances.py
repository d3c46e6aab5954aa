"""A network whose accounts are connected in a browser, its far end, and the person who is sent there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.network import Network
from tests.fakes.oauth import Authority
from tests.fakes.wire import Call, Reply, Wire

REDIRECT, STATE = "http://127.0.0.1:8377/accounts/callback", "a-state-of-one-visit"


@dataclass(slots=True)
class Dance:
    """An account and every secret that has been about; ``account`` has those of the app alone."""

    network: Network
    account: Account
    wire: Wire
    authority: Authority
    seen: set[str] = field(default_factory=set)

    def connecting(self) -> Connecting:
        found = self.network.abilities(self.account).connect
        assert found
        return found

    def begin(self, http: httpx.Client, redirect: str = REDIRECT) -> Visit:
        """The visit, whose address is one of the network's."""
        visit = self.connecting().begin(http, self.account, redirect, STATE)
        assert isinstance(visit, Visit), visit
        assert visit.url.startswith(self.wire.url + "/")
        return visit

    def finish(
        self, http: httpx.Client, visit: Visit, answered: Mapping[str, str], redirect: str = REDIRECT
    ) -> Grant | Failed:
        told = self.connecting().finish(http, self.account, visit, redirect, answered)
        self.check(told, {*answered.values(), *(secret.value for secret in visit.kept.values())})
        return told

    def connect(self, http: httpx.Client) -> Grant:
        """The whole dance."""
        visit = self.begin(http)
        told = self.finish(http, visit, self.authority.allow(visit.url))
        assert isinstance(told, Grant), told
        return told

    def refresh(self, http: httpx.Client, grant: Grant) -> Grant | Failed:
        refresh = self.connecting().refresh
        assert refresh
        told = refresh(http, self.account, grant)
        self.check(told, {grant.refresh.value} if grant.refresh else set())
        return told

    def check(self, told: Grant | Failed, secrets: set[str]) -> None:
        """No secret that was ever about shows in what is said, nor in how a value is shown."""
        self.seen |= {one for one in secrets if len(one) > 11 and one != STATE and not one.startswith("http")}
        self.seen |= {secret.value for secret in self.account.secrets.values()} | {*self.authority.access}
        said = repr(told) if isinstance(told, Grant) else f"{told!r} {told.why}"
        assert not [one for one in self.seen if one in said]


def connected(account: Account, grant: Grant) -> Account:
    """The account with what was granted, as whoever keeps the grant hands it to the network."""
    return Account(account.id, account.network, account.options, {**account.secrets, **grant.secrets}, account.pace)


def mounted(routes: Mapping[str, Callable[[Call], Reply]], other: Callable[[Call], Reply]) -> Callable[[Call], Reply]:
    """A far end with more paths: the first part of ``routes`` that a call's path begins with answers it."""

    def answer(call: Call) -> Reply:
        own = next((route for path, route in routes.items() if call.path.partition("?")[0] == path), other)
        return own(call)

    return answer


def app(**secrets: str) -> dict[str, Secret]:
    return {name: Secret(value) for name, value in secrets.items()}
