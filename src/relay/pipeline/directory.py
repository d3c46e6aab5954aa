"""Who is who as of now: what editors name lies over the directory of the configuration."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.directory.handles import Body, Verified
from relay.core.directory.overlay import blank, identifier, lay, with_handle
from relay.core.people import Editor, Role, may_approve
from relay.core.review.moving import Refusal
from relay.pipeline.desk import Desk
from relay.storage import bodies
from relay.storage.database import Database

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Setting:
    """The handle that a body shall have on a network, ``NONE`` for none; ``check`` is how an editor made sure."""

    body_id: str
    network: str
    handle: str
    check: Verified | None = None


def may_name(role: Role) -> bool:
    """Whoever may give a yes to words may say whose name stands in them."""
    return may_approve(role, Role.EDITOR)


def check(editor: Editor) -> None:
    """A refusal for whoever may not."""
    if editor.disabled or not may_name(editor.role):
        raise Refusal(f"{editor.name} ({editor.role}) may not change the directory.")


def name(db: Database, desk: Desk, body: Body, editor: Editor, now: datetime) -> Body:
    """Put a body into the directory, or, where it has an ``id``, give it these names; its handles stay then."""
    check(editor)
    with db.write() as tx:
        named = bodies.every(tx)
        old = named.get(body.id)
        if body.id and (old is None or body.id in desk.directory.bodies):
            raise Refusal(f"The names of {body.id} are not those of an editor: they are in the configuration.")
        new = replace(body, id=body.id or identifier(body.name, {*desk.directory.bodies, *named}))
        new = replace(new, handles=old.body.handles, verified=old.body.verified) if old else new
        bodies.put(tx, new, editor.name, now)
    log.info("%s named %s (%s) in the directory", editor.name, new.name, new.id)
    return new


def set_handle(db: Database, desk: Desk, setting: Setting, editor: Editor, now: datetime) -> Body:
    """Give a body a handle on a network, or none; the body as the directory has it then."""
    check(editor)
    known = desk.directory.bodies.get(setting.body_id)
    with db.write() as tx:
        old = _named(tx, setting.body_id, known)
        new = with_handle(old, known, setting.network, setting.handle, setting.check)
        if known and new == blank(known):
            bodies.remove(tx, new.id)
        elif new != old:
            bodies.put(tx, new, editor.name, now)
    log.info("%s set %s on %s: %s", editor.name, setting.body_id, setting.network, setting.handle or "none")
    return lay(new, known)


def forget(db: Database, body_id: str, editor: Editor) -> None:
    """Take back all that editors have said of a body; one that only they know leaves the directory."""
    check(editor)
    with db.write() as tx:
        if not bodies.remove(tx, body_id):
            raise Refusal(_nobody(body_id))
    log.info("%s took back what editors had said of %s in the directory", editor.name, body_id)


def _named(tx: Connection, body_id: str, known: Body | None) -> Body:
    """What editors say of a body, nothing at first; a refusal where nobody knows it."""
    named = bodies.every(tx).get(body_id)
    if named:
        return named.body
    if known is None:
        raise Refusal(_nobody(body_id))
    return blank(known)


def _nobody(body_id: str) -> str:
    return f"There is no {body_id} in the directory: `relay handles list` shows who there is."
