"""Who is told of what outside the page, for an admin: how each reader was last reached, and a test."""

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor, Role
from relay.core.telling.listener import Listener
from relay.core.telling.message import Message, Stage
from relay.pipeline.telling import trying
from relay.pipeline.telling.trying import Tried
from relay.storage import messages
from relay.web.auth import signed_in
from relay.web.moments import weekday
from relay.web.office import Office
from relay.web.pages import language, page, see

LOOKED_AT = 60
"""The last messages of a listener in which each of its readers is looked for."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A mailbox or a room, and the last message to it."""

    name: str
    is_room: bool
    last: Message | None

    @property
    def is_in_trouble(self) -> bool:
        """Whether it did not arrive, or may not have."""
        is_late = self.last is not None and self.last.stage is Stage.DUE and bool(self.last.note)
        return is_late or (self.last is not None and self.last.stage in {Stage.FAILED, Stage.DOUBT})


@dataclass(frozen=True, slots=True)
class Line:
    """One ``[notify.…]``; ``hours`` are those of its digest, empty for at once."""

    listener: Listener
    readers: tuple[Reached, ...]
    hours: str


def listing(request: Request) -> Response:
    """Every listener."""
    _admin(request)
    return _page(request)


def test(request: Request) -> Response:
    """A test message, at once, and what came of it."""
    office: Office = request.app.state.office
    _admin(request)
    wishes = office.wishes
    listener = wishes.listener(request.path_params["name"]) if wishes else None
    if wishes is None or listener is None:
        return see("/notifications")
    tried = trying.try_out(office.db, office.posting, office.desk, wishes, listener)
    return _page(request, tried, listener.id)


def _page(request: Request, tried: tuple[Tried, ...] = (), name: str = "") -> Response:
    office: Office = request.app.state.office
    wishes = office.wishes
    with office.db.read() as tx:
        lines = [_line(tx, one, language(request)) for one in wishes.listeners] if wishes else []
    has_mail = wishes is not None and wishes.mail is not None
    return page(request, "notifications.html.j2", lines=lines, has_mail=has_mail, tried=tried, tested=name)


def _line(tx: Connection, listener: Listener, tongue: str) -> Line:
    found: dict[tuple[bool, str], Message] = {}
    for message in messages.newest(tx, listener.id, LOOKED_AT):
        found.setdefault((message.reader.is_room, message.reader.name), message)
    boxes = [(False, name) for name in listener.mails] + [(True, name) for name in listener.rooms]
    readers = tuple(Reached(name, is_room, found.get((is_room, name))) for is_room, name in boxes)
    return Line(listener, readers, _hours(listener, tongue))


def _hours(listener: Listener, tongue: str) -> str:
    if listener.digest is None:
        return ""
    days = (
        ""
        if len(listener.digest.days) == 7
        else ", ".join(weekday(day, tongue) for day in sorted(listener.digest.days))
    )
    return f"{days} {listener.digest.at:%H:%M}".strip()


def _admin(request: Request) -> Editor:
    editor = signed_in(request)
    if editor.role is not Role.ADMIN:
        raise HTTPException(403)
    return editor
