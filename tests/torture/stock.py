"""The posts of a run: queued, approved and scheduled as people would have done it, each step in the audit."""

import re
from collections.abc import Sequence
from dataclasses import replace
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
from tests.torture.accounts import RULE
from tests.torture.program import Name, Post

CAMILLE = Editor("camille", Role.EDITOR)
_AT_ONCE = 500
_NUMBERED = re.compile(r"Dépêche (\d+)")
_DECOYS = 50
"""One post in so many is never approved, and must never be public."""


def posts(moments: Sequence[datetime], accounts: Sequence[str]) -> list[Post]:
    """One for each moment at which one is due, and those that nobody approves."""
    decoys = [None] * (len(moments) // _DECOYS)
    return [Post(number, accounts[number % len(accounts)], moment) for number, moment in enumerate([*moments, *decoys])]


def store(db: Database, wanted: Sequence[Post], chance: Random, now: datetime) -> None:
    """All of them, some hundreds to a transaction. An entry goes to every account, to each in words of its own."""
    left, entries, accounts = iter(wanted), dict[int, int](), len({post.account for post in wanted})
    while some := list(islice(left, _AT_ONCE)):
        with db.write() as tx:
            for post in some:
                said = now - timedelta(milliseconds=post.number)  # no two yeses are of one moment
                slug = post.number // accounts
                if slug not in entries:
                    entries[slug] = add_entry(tx, f"n{slug}")
                _store(tx, post, entries[slug], Keys(said, chance.getrandbits(64)), now)


def _store(tx: Connection, post: Post, entry: int, keys: Keys, now: datetime) -> None:
    link = f"https://blog.example/{post.number}.html"
    draft = Draft(f"Dépêche {post.number}\n\n{link}", "fr", link)
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


def name(crosspost: Crosspost) -> Name:
    """Account and number, by which the far ends know it too."""
    return crosspost.account, number(crosspost.draft.text)


def number(text: str) -> int:
    """The number of a post, as readers see it; -1 for what is none of ours."""
    found = _NUMBERED.search(text)
    return int(found.group(1)) if found else -1
