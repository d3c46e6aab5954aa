"""What members say to each other of a cross-post: kept as said, told in its history, struck out by who said it."""

from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.review.remark import checked
from relay.storage import crossposts, journal, remarks
from relay.storage.database import Database
from relay.storage.journal import Actor


def remark(db: Database, id: int, actor: tuple[Editor, str], text: str, now: datetime) -> Crosspost:
    """Say something of a cross-post: it stays where it stands, and so does every yes."""
    editor, means = actor
    with db.write() as tx:
        crosspost = _get(tx, id)
        kept = checked(crosspost, editor, text)
        number = remarks.add(tx, id, editor.name, kept, now)
        journal.write(tx, Actor(editor.name, means), crosspost, crosspost, f"comment {number}: {kept}", now)
    return crosspost


def strike(db: Database, id: int, actor: tuple[Editor, str], number: int, now: datetime) -> None:
    """Strike out a remark of one's own: it stays readable, and is taken back."""
    editor, means = actor
    with db.write() as tx:
        crosspost = _get(tx, id)
        if not remarks.strike(tx, id, number, editor.name, now):
            raise Refusal("Only who wrote a comment can strike it out, and only once.")
        journal.write(tx, Actor(editor.name, means), crosspost, crosspost, f"comment {number} struck out", now)


def _get(tx: Connection, id: int) -> Crosspost:
    found = crossposts.get(tx, id)
    if found is None:
        raise Refusal(f"There is no cross-post {id}; `relay queue list` shows those there are.")
    return found
