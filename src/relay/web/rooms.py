"""The rooms of the editors' pages: those that are used all day stand in the head, the others behind one word."""

from dataclasses import dataclass

from relay.core.people import MEMBERS, Editor, Role
from relay.core.review.oversight import MAY_STOP
from relay.core.signing.members import SEES

EVERYBODY = frozenset(MEMBERS)


@dataclass(frozen=True, slots=True)
class Room:
    """``name`` is that of its word, ``nav.…``; ``address`` is what every address within it begins with."""

    name: str
    address: str
    roles: frozenset[Role] = EVERYBODY


FIRST = (
    Room("review", "/review"),
    Room("schedule", "/schedule"),
    Room("feeds", "/feeds/"),
)
"""What editors work with all day: three at most, or a phone has no room for them."""
REST = (
    Room("sources", "/sources"),
    Room("handles", "/handles"),
    Room("accounts", "/accounts"),
    Room("members", "/members", SEES),
    Room("stop", "/stop", MAY_STOP),
    Room("notifications", "/notifications", frozenset({Role.ADMIN})),
    Room("tokens", "/tokens", frozenset({Role.ADMIN})),
)
"""What is looked at now and then."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms that are open to one editor, and the one of the rest that is being looked at."""

    first: tuple[Room, ...]
    rest: tuple[Room, ...]
    here: Room | None


def rooms(editor: Editor | None, path: str) -> Rooms:
    """What ``editor`` may enter, seen from ``path``; nothing for whoever is not signed in."""
    role = editor.role if editor else None
    first, rest = (tuple(room for room in all_ if role in room.roles) for all_ in (FIRST, REST))
    return Rooms(first, rest, next((room for room in rest if path.startswith(room.address)), None))
