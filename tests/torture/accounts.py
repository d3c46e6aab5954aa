"""The accounts of a run, at a server on loopback that is the far end of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from relay.core.account import Account, Secret
from relay.core.directory.handles import Directory
from relay.core.route import ApprovalRule, Route
from relay.networks.bluesky import network as bluesky
from relay.networks.discord import network as discord
from relay.networks.mastodon import network as mastodon
from relay.networks.sandbox import network as sandbox
from relay.pipeline.desk import Desk
from tests.core.things import SOURCE
from tests.fakes.discord import HOOK
from tests.fakes.mastodon import TOKEN
from tests.fakes.mastodon_dialects import GOTOSOCIAL, MASTODON_45, MASTODON_460, MASTODON_FIXED, PLEROMA, Dialect
from tests.fakes.pds import Member

DIALECTS: Mapping[str, Dialect] = {
    **dict.fromkeys(("keyed", "keyed2", "keyed3", "keyed4"), MASTODON_45),
    **dict.fromkeys(("repeated", "repeated2", "repeated3"), MASTODON_460),
    **dict.fromkeys(("locked", "locked2", "locked3"), MASTODON_FIXED),
    **dict.fromkeys(("stored", "stored2", "stored3"), PLEROMA),
    **dict.fromkeys(("unkeyed", "unkeyed2", "unkeyed3", "unkeyed4"), GOTOSOCIAL),
}
"""Servers of Mastodon's API: they know a repeat by its key, answer it with 500, or have no keys at all."""
PLACED = ("placed", "placed2", "placed3", "placed4")
"""Where a post stands under its key, as in a repository of Bluesky's."""
SILENT = "silent"
"""A webhook of Discord's: no key, and nothing can be read back."""
PDS = "pds"
"""Bluesky's own server, where the run has one: each of its members is an account of that name and a number."""
RULE = ApprovalRule(undo=timedelta(0))


def names(members: Sequence[Member] = ()) -> tuple[str, ...]:
    """All accounts."""
    return (*DIALECTS, *PLACED, SILENT, *(f"{PDS}{number}" for number in range(len(members))))


def desk(url: str, members: Sequence[Member] = ()) -> Desk:
    """The operator's wishes: everything goes everywhere, after one yes, at once."""
    accounts = {one.id: one for one in _accounts(url, members)}
    return Desk(
        sources={SOURCE.id: SOURCE},
        feeds=(),
        accounts=accounts,
        routes=(Route(0, (SOURCE.id,), tuple(accounts), approval=RULE),),
        directory=Directory({}),
        networks={"mastodon": mastodon, "sandbox": sandbox, "discord": discord, "bluesky": bluesky},
        public_url="https://blog.example",
    )


def _accounts(url: str, members: Sequence[Member]) -> Iterator[Account]:
    token = {"token": Secret(TOKEN)}
    yield from (Account(name, "mastodon", {"instance": f"{url}/{name}"}, token) for name in DIALECTS)
    yield from (Account(name, "sandbox", {"server": f"{url}/{name}", "imitates": "bluesky"}) for name in PLACED)
    yield Account(SILENT, "discord", {}, {"webhook": Secret(url + HOOK)})
    for number, member in enumerate(members):
        where = {"handle": member.handle, "service": f"{url}/{PDS}"}
        yield Account(f"{PDS}{number}", "bluesky", where, {"password": Secret(member.password)})
