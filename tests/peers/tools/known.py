"""Which tools there are."""

from argparse import ArgumentTypeError
from importlib import import_module

from tests.peers.adapter import Tool
from tests.peers.tools.feed2fedi import Feed2fedi
from tests.peers.tools.feed2toot import Feed2toot
from tests.peers.tools.feediverse import Feediverse
from tests.peers.tools.relay import Relay
from tests.peers.tools.rss2toot import Rss2toot
from tests.peers.tools.simple import Simple

TOOLS: tuple[Tool, ...] = (
    *(Relay(), Feed2toot(), Feediverse(), Feed2fedi(), Rss2toot()),
    *(Simple("after"), Simple("before")),
)
"""The last two are the example of the page on it, which needs nothing installed."""


def named(name: str) -> Tool:
    """One of them by its name, or a class of somebody's own as ``module:Class``; a sentence where there is none."""
    module, is_own, made = name.partition(":")
    if is_own:
        own: Tool = getattr(import_module(module), made)()
        return own
    found = next((one for one in TOOLS if one.name == name), None)
    if found is None:
        raise ArgumentTypeError(f"there is no {name!r}; there are: {', '.join(one.name for one in TOOLS)}")
    return found
