"""The accounts of a run, at a server on loopback that is the far end of all of them."""

from collections.abc import Mapping
from datetime import timedelta

from relay.core.account import Account, Secret
from relay.core.directory.handles import Directory
from relay.core.route import ApprovalRule, Route
from relay.networks.discord import network as discord
from relay.networks.mastodon import network as mastodon
from relay.networks.sandbox import network as sandbox
from relay.pipeline.desk import Desk
from tests.core.things import SOURCE
from tests.fakes.discord import HOOK
from tests.fakes.mastodon import TOKEN
from tests.fakes.mastodon_dialects import GOTOSOCIAL, MASTODON_45, MASTODON_460, MASTODON_FIXED, PLEROMA, Dialect

DIALECTS: Mapping[str, Dialect] = {
    "keyed": MASTODON_45,
    "keyed2": MASTODON_45,
    "repeated": MASTODON_460,
    "locked": MASTODON_FIXED,
    "stored": PLEROMA,
    "unkeyed": GOTOSOCIAL,
    "unkeyed2": GOTOSOCIAL,
}
"""Servers of Mastodon's API: they know a repeat by its key, answer it with 500, or have no keys at all."""
PLACED = ("placed", "placed2")
"""Where a post stands under its key, as in a repository of Bluesky's."""
SILENT = "silent"
"""A webhook of Discord's: no key, and nothing can be read back."""
ACCOUNTS = (*DIALECTS, *PLACED, SILENT)
RULE = ApprovalRule(undo=timedelta(0))


def desk(url: str) -> Desk:
    """The operator's wishes: everything goes everywhere, after one yes, at once."""
    accounts = {one.id: one for one in _accounts(url)}
    return Desk(
        sources={SOURCE.id: SOURCE},
        feeds=(),
        accounts=accounts,
        routes=(Route(0, (SOURCE.id,), tuple(accounts), approval=RULE),),
        directory=Directory({}),
        networks={"mastodon": mastodon, "sandbox": sandbox, "discord": discord},
        public_url="https://blog.example",
    )


def _accounts(url: str) -> list[Account]:
    token = {"token": Secret(TOKEN)}
    served = [Account(name, "mastodon", {"instance": f"{url}/{name}"}, token) for name in DIALECTS]
    placed = [Account(name, "sandbox", {"server": f"{url}/{name}", "imitates": "bluesky"}) for name in PLACED]
    return [*served, *placed, Account(SILENT, "discord", {}, {"webhook": Secret(url + HOOK)})]
