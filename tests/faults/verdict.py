"""What relay says of each post, held against what is public."""

from collections.abc import Mapping
from dataclasses import dataclass

from relay.core.crosspost import Crosspost, State
from relay.storage import crossposts
from relay.storage.database import Database
from tests.faults.dying import Watched
from tests.faults.ends import End
from tests.faults.stock import Post


@dataclass(frozen=True, slots=True)
class Found:
    """One post: where it stands, how often it is public, whether a person was asked, and what is wrong with it."""

    case: str
    state: State
    copies: int
    is_asked: bool
    struck: bool
    wrong: str
    sends: int = 0
    """How many calls that publish its account's network has heard of."""


def judge(
    db: Database,
    posts: list[Post],
    ends: Mapping[str, End],
    asked: set[int],
    stale: Mapping[int, str],
    watched: Mapping[str, Watched],
) -> list[Found]:
    """One verdict for each post."""
    with db.read() as tx:
        rows = {one.id: one for one in crossposts.by_state(tx, tuple(State))}
    found = []
    for post in posts:
        one, end = rows[post.id], ends[post.end]
        copies = end.line.copies(post.mark)
        wrong = stale.get(post.id) or _wrong(one, copies)
        is_asked, struck = post.id in asked, bool(end.line.struck or watched[post.end].deaths)
        found.append(Found(post.end, one.state, copies, is_asked, struck, wrong, end.line.sends))
    return found


def _wrong(one: Crosspost, copies: int) -> str:
    """Exactly one copy of what is sent, and none of what a person has given up."""
    due = {State.SENT: 1, State.ABANDONED: 0}.get(one.state)
    if due is None:
        return f"it ends as {one.state}, {copies} times public: {one.note}"
    if copies > due:
        return "duplicated" if due else "public, and given up"
    return "" if copies == due else "lost: it is said to be sent, and is not there"
