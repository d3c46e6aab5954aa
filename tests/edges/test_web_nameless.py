"""Who has no handle is said of networks that mention somebody; on the others nobody is missing."""

from dataclasses import replace

import pytest

from relay.core.account import Account
from relay.core.crosspost import Crosspost, State
from relay.core.directory.handles import Body, Directory
from relay.core.route import ApprovalRule
from relay.pipeline.desk import Desk
from relay.web.roster import nameless
from relay.wiring import NETWORKS
from tests.edges import newsroom
from tests.feeds import editions

INSEE = Body("insee", "Insee", {})
POST = replace(editions.post(2), headline="L’Insee publie un atlas", id="atlas", slug="atlas")
MENTIONING = {"bluesky", "linkedin", "mastodon", "nostr", "telegram", "threads", "x"}
ACCOUNT = "a"


def desk(network: str, imitates: str = "") -> Desk:
    """A newsroom with one account, whose directory has no handle for anybody."""
    known = newsroom.desk(ApprovalRule(), "https://anct.exemple.fr/rss.xml")
    account = Account(ACCOUNT, network, {"imitates": imitates})
    return replace(known, accounts={ACCOUNT: account}, directory=Directory({"insee": INSEE}), networks=NETWORKS)


def missing(desk: Desk) -> tuple[str, ...]:
    crosspost = Crosspost(1, 1, ACCOUNT, 0, State.WAITING, 1, desk.draft(POST, desk.routes[0], ACCOUNT))
    return tuple(body.id for body in nameless(POST, crosspost, desk)[1])


@pytest.mark.parametrize("network", sorted(MENTIONING))
def test_who_cannot_be_mentioned_is_named(network: str) -> None:
    assert missing(desk(network)) == ("insee",)


@pytest.mark.parametrize("imitates", ["mastodon", "bluesky"])
def test_a_sandbox_mentions_as_what_it_imitates_does(imitates: str) -> None:
    assert missing(desk("sandbox", imitates)) == ("insee",)


@pytest.mark.parametrize("network", sorted({*NETWORKS} - MENTIONING - {"sandbox"}))
def test_nobody_is_missing_where_nobody_is_mentioned(network: str) -> None:
    assert missing(desk(network)) == ()
