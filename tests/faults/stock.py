"""The posts of a run: queued, and approved by an editor, as on the page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection

from relay.core.account import Account
from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.directory.handles import Directory
from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule, Route
from relay.networks.network import Network
from relay.pipeline import review
from relay.pipeline.desk import Desk
from relay.storage import crossposts
from relay.storage.database import Database
from tests.core.things import SOURCE
from tests.edges.rows import add_entry
from tests.faults.ends import End

CAMILLE = Editor("camille", Role.EDITOR)
RULE = ApprovalRule(undo=timedelta(0))


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the queue, and the words by which it is known among what is public."""

    id: int
    end: str
    mark: str


def desk(ends: list[End], networks: dict[str, Network]) -> Desk:
    """Every account has a network of its own, and everything leaves after one yes."""
    accounts = {}
    for end in ends:
        options, secrets = end.line.row.account(end.door.url)
        accounts[end.name] = Account(end.name, end.name, options, secrets)
    return Desk(
        sources={SOURCE.id: SOURCE},
        feeds=(),
        accounts=accounts,
        routes=(Route(0, (SOURCE.id,), tuple(accounts), approval=RULE),),
        directory=Directory({}),
        networks=networks,
        public_url="https://blog.example",
    )


def stored(db: Database, ends: list[End], now: datetime) -> list[Post]:
    """All of them wait for a yes."""
    posts: list[Post] = []
    with db.write() as tx:
        entries = [add_entry(tx, f"n{number}") for number in range(2)]
        for end in ends:
            for number in range(max(end.line.plan.posts, end.line.row.posts)):
                posts.append(_queued(tx, end, entries[number], len(posts), now))
    return posts


def approve(db: Database, wishes: Desk, posts: list[Post], chance: Random, now: datetime) -> None:
    """An editor's yes to each of them, no two at the same moment."""
    for number, post in enumerate(posts):
        keys = Keys(now - timedelta(milliseconds=len(posts) - number), chance.getrandbits(64))
        review.approve(db, wishes, post.id, (CAMILLE, "page"), 1, keys)


def _queued(tx: Connection, end: End, entry: int, number: int, now: datetime) -> Post:
    link = f"https://blog.example/{number}.html"
    mark = f"Dépêche n° {number} :"
    text = f"{mark} l’accès aux droits « recule » dans les communes #SMCL\n\n{link}"
    draft = Draft(text, "fr", link, f"Une étude, {number}", "Ce qu’il faut en retenir.")
    waiting = Crosspost(0, entry, end.name, 0, State.WAITING, 1, draft, created_at=now, changed_at=now)
    return Post(crossposts.queue(tx, waiting), end.name, mark)
