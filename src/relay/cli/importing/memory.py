"""What was posted elsewhere, kept before its sources are: a daemon may ask for them the moment they are written."""

from collections.abc import Iterable

from sqlalchemy import Connection

from relay.cli.importing.plan import Plan, named
from relay.core.identity.posted import Mark, Posted, marks
from relay.storage import posted as stored


def keep(tx: Connection, posted: Iterable[Posted], plan: Plan) -> int:
    """Remember it all; how many names are new."""
    return sum(stored.keep(tx, source_id, some) for source_id, some in _by_source(posted, plan).items())


def waiting(tx: Connection, posted: Iterable[Posted], plan: Plan) -> tuple[int, ...]:
    """The cross-posts that wait here already of what has one of these guids and addresses."""
    found: set[int] = set()
    for source_id, some in _by_source(posted, plan).items():
        found.update(stored.waiting(tx, source_id, {mark.value for mark in some if mark.kind == "name"}))
    return tuple(sorted(found))


def _by_source(posted: Iterable[Posted], plan: Plan) -> dict[str, dict[Mark, None]]:
    found: dict[str, dict[Mark, None]] = {}
    everywhere = named(plan, ())
    for one in posted:
        for mark in sorted(marks(one), key=lambda mark: (mark.kind, mark.value)):
            for source_id in _places(one, mark, plan, everywhere):
                found.setdefault(source_id, {})[mark] = None
    return dict(sorted(found.items()))


def _places(posted: Posted, mark: Mark, plan: Plan, everywhere: tuple[str, ...]) -> tuple[str, ...]:
    """The sources under which a name is kept: an address of the web under none, for it is the same everywhere.

    A guid or a title of a feed that is no source is not kept; where no feed is known it is kept for all of the import.
    """
    if mark.is_anywhere:
        return (stored.ANYWHERE,)
    if posted.feed:
        id = plan.id(posted.feed)
        return (id,) if id else ()
    if mark.kind == "until":
        return everywhere
    return everywhere or (stored.ANYWHERE,)
