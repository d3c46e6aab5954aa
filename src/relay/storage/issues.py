"""The letters of digests: written once, before they leave, and never changed."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from relay.core.crosspost import Crosspost, Request, State
from relay.core.issue import Issue, key_of
from relay.storage import crossposts, rows
from relay.storage.tables.review import issues


def add(tx: Connection, issue: Issue, at: datetime) -> None:
    """A letter that is about to leave."""
    letter = {"key": issue.request.key, "body": issue.request.body}
    tx.execute(insert(issues).values(account=issue.account, members=rows.dump(issue.members), made_at=at, **letter))


def get(tx: Connection, key: str) -> Issue | None:
    """The issue whose letter goes under this key."""
    row = tx.execute(select(issues).where(issues.c.key == key)).first()
    return Issue(row.account, rows.load(row.members, tuple[int, ...]), Request(row.key, row.body)) if row else None


def members(tx: Connection, issue: Issue) -> list[Crosspost]:
    """Its cross-posts as they stand now, in its order."""
    found = (crossposts.get(tx, id) for id in issue.members)
    return [one for one in found if one]


def shared(tx: Connection, crosspost: Crosspost) -> list[Crosspost]:
    """The others of the same letter, of which nobody knows either whether it has arrived."""
    issue = get(tx, key_of(crosspost)) if crosspost.state is State.UNCONFIRMED and key_of(crosspost) else None
    others = [one for one in members(tx, issue) if one.id != crosspost.id] if issue else []
    return [one for one in others if one.state is State.UNCONFIRMED and key_of(one) == key_of(crosspost)]
