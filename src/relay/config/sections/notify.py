"""``[notify.…]``: which editors hear of what, outside the page."""

from collections.abc import Collection
from dataclasses import dataclass

from relay.config.sections.timing import slot
from relay.config.table import Fault, Table
from relay.config.values import choice, duration, mailbox, one_of
from relay.core.route import Route
from relay.core.telling.listener import GAP, Kind, Listener

_KEYS = ("email", "accounts", "when", "digest", "gap", "for", "language")


@dataclass(frozen=True, slots=True)
class Around:
    """What listeners are checked against. ``written`` are the names of all accounts; ``has_mail``: there is [mail]."""

    written: Collection[str]
    working: Collection[str]
    routes: Collection[Route]
    has_mail: bool
    language: str


def listeners(section: Table, around: Around) -> tuple[Listener, ...]:
    """Everybody who is told something."""
    return tuple(_listener(name, table, around) for name, table in section.tables())


def _listener(name: str, table: Table, around: Around) -> Listener:
    table.only(*_KEYS)
    known = one_of(tuple(around.written), "R144")
    mails, rooms = table.some("email", mailbox), table.some("accounts", known)
    if "email" not in table.values and "accounts" not in table.values:
        table.report((), Fault("R143", {"name": name}), at_key=True)
    if mails and not around.has_mail:
        table.report(("email",), Fault("R141"), at_key=True)
    _warn_of_readers(table, rooms, around.routes)
    return Listener(
        id=name,
        mails=tuple(dict.fromkeys(mails)),
        rooms=tuple(one for one in dict.fromkeys(rooms) if one in around.working),
        kinds=frozenset(table.some("when", choice(*Kind), tuple(Kind))),
        digest=table.maybe("digest", slot),
        gap=table.one("gap", duration, GAP),
        scope=table.some("for", known),
        language=table.one("language", choice("fr", "en"), "fr" if around.language.startswith("fr") else "en"),
    )


def _warn_of_readers(table: Table, rooms: Collection[str], routes: Collection[Route]) -> None:
    """A room that readers see as well is none for what nobody has approved."""
    public = {account for route in routes for account in route.accounts}
    for place, room in enumerate(rooms):
        if room in public:
            at = ("accounts", place) if isinstance(table.values["accounts"], list) else ("accounts",)
            table.report(at, Fault("R142", {"id": room}))
