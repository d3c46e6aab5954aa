"""A network under test, and what stands at its other end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from relay.core.account import Account, Secret
from relay.networks.network import Network
from tests.fakes.wire import Wire, closed_port


@dataclass(frozen=True, slots=True)
class FarEnd:
    """A network, an account there, the wire to it, and the texts that its public sees.

    ``server`` and ``secret`` name the settings of the account that hold the server's address and the secret, if any;
    one may be the other. ``wrong`` is a secret that the network does not know.
    """

    network: Network
    account: Account
    wire: Wire
    published: Callable[[], list[str]]
    server: str
    secret: str = ""
    wrong: str = "not the one"

    def elsewhere(self) -> Account:
        """The account on a server that cannot be reached."""
        if address := self.account.secrets.get(self.server):
            moved = closed_port() + urlsplit(address.value).path
            return replace(self.account, secrets={**self.account.secrets, self.server: Secret(moved)})
        port = closed_port() if "://" in self.account.options[self.server] else closed_port().removeprefix("http://")
        return replace(self.account, options={**self.account.options, self.server: port})

    def locked_out(self) -> Account:
        """The account with a secret that the network does not know."""
        return replace(self.account, secrets={**self.account.secrets, self.secret: Secret(self.wrong)})
