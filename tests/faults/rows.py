"""A network, with the far end that stands for it here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal, cast

from relay.core.account import Secret
from relay.networks.network import Network
from tests.fakes.wire import Call

Given = tuple[dict[str, str], dict[str, str]]
"""The settings of an account, and its secrets."""


@dataclass(frozen=True, slots=True)
class Row:
    """One network, or one dialect of it. ``publishes`` and ``lists`` are found in the paths of its calls."""

    name: str
    network: Network
    server: Callable[[], Any]
    given: Callable[[str], Given]
    publishes: str
    lists: str = "(?!)"
    texts: Callable[[Any], list[str]] = field(default=lambda server: cast("list[str]", server.texts()))
    speaks: Literal["http", "smtp", "nostr"] = "http"
    tells: bool = True
    """Whether relay can find out by itself what became of a post."""
    keeps_time: bool = True
    """Whether the server's clock is that of the run."""
    posts: int = 1
    """How many leave at least."""
    asks: bool = False
    """Whether something is asked before a post is sent."""

    def is_publishing(self, method: str, path: str) -> bool:
        """Whether a call is one that makes something public."""
        return method != "GET" and re.search(self.publishes, path) is not None

    def is_listing(self, call: Call) -> bool:
        """Whether a call asks what is public."""
        return call.method == "GET" and re.search(self.lists, call.path) is not None

    def account(self, url: str) -> tuple[dict[str, str], dict[str, Secret]]:
        """The settings of an account whose far end is at ``url``."""
        options, secrets = self.given(url)
        return options, {name: Secret(value) for name, value in secrets.items()}


def pictured(network: Network) -> Network:
    """Every post has a picture."""
    from tests.edges.fediverse import _with_picture  # noqa: PLC0415  # with it come all fixtures of the fediverse

    return overlaid(network, prepare=_with_picture)


def overlaid(network: Network, **other: Any) -> Network:
    """The network with some of its functions changed."""
    names = {name: getattr(network, name) for name in dir(network) if not name.startswith("_")}
    return cast("Network", SimpleNamespace(**names | other))
