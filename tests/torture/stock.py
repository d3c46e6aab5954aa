"""The posts of a run: queued, approved and scheduled as people would have done it, each step in the audit."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.people import Editor, Role
from relay.core.review import workflow
from relay.storage import crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor
from tests.edges.rows import add_entry
from tests.torture.accounts import ACCOUNTS, RULE

CAMILLE = Editor("camille", Role.EDITOR)
_AT_ONCE = 500
_NUMBERED = re.compile(r"Dépêche (\d+)")
_DECOYS = 50
"""One post in so many is never approved, and must never be public."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post by its number; without a ``moment`` nobody approves it."""

    number: int
    account: str
    moment: datetime | None


def posts(moments: list[datetime]) -> list[Post]:
    """One for each moment at which one is due, and those that nobody approves."""
    numbered = [Post(number, ACCOUNTS[number % len(ACCOUNTS)], moment) for number, moment in enumerate(moments)]
    some = range(len(moments), len(moments) + len(moments) // _DECOYS)
    return numbered + [Post(number, ACCOUNTS[number % len(ACCOUNTS)], None) for number in some]


def store(db: Database, wanted: list[Post], chance: Random, now: datetime) -> None:
    """All of them, some hundreds to a transaction."""
    left = iter(wanted)
    while some := list(islice(left, _AT_ONCE)):
        with db.write() as tx:
            for post in some:
                said = now - timedelta(milliseconds=post.number)  # no two yeses are of one moment
                _store(tx, post, Keys(said, chance.getrandbits(64)), now)


def _store(tx: Connection, post: Post, keys: Keys, now: datetime) -> None:
    link = f"https://blog.example/{post.number}.html"
    draft = Draft(f"Dépêche {post.number}\n\n{link}", "fr", link)
    entry = add_entry(tx, f"n{post.number}")
    waiting = Crosspost(0, entry, post.account, 0, State.WAITING, 1, draft, created_at=now, changed_at=now)
    steps = [waiting, *_approved(waiting, post.moment, keys, now)]
    id = crossposts.queue(tx, steps[-1])
    before = None
    for step in (replace(one, id=id) for one in steps):
        journal.write(tx, Actor(CAMILLE.name, "page"), before, step, str(step.state), now)
        before = step


def _approved(waiting: Crosspost, moment: datetime | None, keys: Keys, now: datetime) -> list[Crosspost]:
    if moment is None:
        return []
    approved = workflow.approve(waiting, CAMILLE, RULE, 1, keys, now)
    return [approved, workflow.schedule(approved, moment, now)]


def name(crosspost: Crosspost) -> tuple[str, int]:
    """Account and number, by which the far ends know it too."""
    return crosspost.account, number(crosspost.draft.text)


def number(text: str) -> int:
    """The number of a post, as readers see it; -1 for what is none of ours."""
    found = _NUMBERED.search(text)
    return int(found.group(1)) if found else -1
