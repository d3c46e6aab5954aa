"""A newsroom with an account on every network, and a post with its picture on the way to each of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from relay.core.account import Account
from relay.core.document import Picture
from relay.core.pictures.rendition import Rendition
from relay.storage import pictures
from relay.wiring import NETWORKS
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.fakes.drawings import photograph, saved
from tests.feeds import editions

DIGEST = "0123456789abcdef" * 2
ALT = "Une place un soir d’été"
OWN = Picture(f"{editions.LINK}pictures/{DIGEST}.jpg", ALT, "image/jpeg", 3, 1200, 800, "© Anne Martin")
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "bluesky": {"handle": "blog.exemple.fr"},
    "email": {"server": "smtp.exemple.fr", "from": "veille@exemple.fr", "to": "liste@exemple.fr", "name": "La veille"},
    "mastodon": {"instance": "https://social.exemple.fr"},
    "matrix": {"server": "https://matrix.exemple.fr", "room": "#ville:exemple.fr"},
    "micropub": {"endpoint": "https://carnet.exemple.fr/micropub"},
    "sandbox": {"server": "http://127.0.0.1:8090", "imitates": "bluesky"},
    "telegram": {"chat": "@villeencommun"},
    "webhook": {"endpoint": "https://intranet.exemple.fr/news"},
    "wordpress": {"site": "https://www.exemple.fr", "user": "relay"},
}
"""What the accounts have in the configuration, where it is seen."""


@contextmanager
def open_showroom(
    folder: Path, picture: Picture | None = OWN, **options: str
) -> Iterator[tuple[Newsroom, dict[str, int]]]:
    """The newsroom, and the number of each network's cross-post; ``options`` are in every account."""
    with open_newsroom(folder) as room:
        desk = room.office.desk
        accounts = {name: Account(name, name, {**OPTIONS.get(name, {}), **options}) for name in NETWORKS}
        for key, value in {
            "networks": NETWORKS,
            "accounts": accounts,
            "routes": (replace(desk.routes[0], accounts=tuple(accounts)),),
        }.items():
            object.__setattr__(desk, key, value)
        body = saved(photograph(1200, 800))
        with room.office.db.write() as tx:
            pictures.put(tx, (Rendition(DIGEST, "page", "image/jpeg", 1200, 800, len(body), body),), NOON)
        room.publish_entry(editions.post(0, id="shown", slug="shown", hashtags=("Ville",), picture=picture))
        yield room, {name: 11 + number for number, name in enumerate(accounts)}
