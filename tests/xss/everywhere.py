"""Every network's preview of drafts in which each field is a payload, as editors see them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image
from relay.core.route import ApprovalRule
from relay.networks.network import Network
from relay.pipeline.desk import Desk
from relay.storage import crossposts
from relay.web.chosen import MOST
from relay.wiring import NETWORKS
from tests.edges import newsroom
from tests.edges.newsroom import Newsroom
from tests.feeds import editions

_IMAGE = f"{editions.LINK.rstrip('/')}/pictures/{'0' * 32}.jpg"


def accounts() -> dict[str, Account]:
    """One of each network, with a card; and one with its picture, where posts can have one instead."""
    plain = {name: _account(name, network) for name, network in NETWORKS.items()}
    with_picture = [name for name, network in NETWORKS.items() if "attach" in network.SETTINGS.optional]
    pictured = {f"{name}-picture": _pictured(plain[name]) for name in with_picture}
    imitating = replace(plain["sandbox"], id="sandbox-bluesky", options={"server": "x", "imitates": "bluesky"})
    return plain | pictured | {"sandbox-bluesky": imitating}


def desk(rule: ApprovalRule, source: str) -> Desk:
    """The newsroom's own, whose route leads to every network."""
    own, every = newsroom.desk(rule, source), accounts()
    found = {"masto": own.accounts["masto"], **every}
    return replace(own, accounts=found, routes=(replace(own.routes[0], accounts=tuple(every)),), networks=NETWORKS)


def serve(room: Newsroom, payloads: Sequence[str]) -> list[int]:
    """A cross-post for each payload on each account; their numbers."""
    numbers: list[int] = []
    for place, payload in enumerate(payloads):
        post = replace(editions.post(0), id=f"hostile-{place}", slug=f"hostile-{place}")
        entry = room.publish_entry(post)
        with room.office.db.read() as tx:
            own = [one.id for one in crossposts.of_entry(tx, entry)]
        room.change(*own, draft=draft(payload, is_thread=place % 2 == 0))
        numbers += own
    return numbers


def draft(payload: str, *, is_thread: bool) -> Draft:
    """Every word of it is the payload; it leaves as two posts where it is to, and its network has threads."""
    said = payload.replace("\0", "")
    image = Image(_IMAGE, "image/jpeg", 800, 600, said)
    text = f"{said}\n---\n{said}" if is_thread else said
    return Draft(text, "fr", said, said, said, image, said)


def looks(numbers: Sequence[int]) -> list[str]:
    """The pages on which they are looked at, one below the other."""
    some = (numbers[start : start + MOST] for start in range(0, len(numbers), MOST))
    return [f"/queue/look?{'&'.join(f'id={one}' for one in few)}" for few in some]


def _account(name: str, network: Network) -> Account:
    required: Mapping[str, str] = dict.fromkeys(network.SETTINGS.required, "x") | {"imitates": "mastodon"}
    options = {key: value for key, value in required.items() if key in network.SETTINGS.required}
    return Account(name, name, options, {key: Secret("x") for key in network.SETTINGS.secret})


def _pictured(account: Account) -> Account:
    return replace(account, id=f"{account.id}-picture", options={**account.options, "attach": "picture"})
