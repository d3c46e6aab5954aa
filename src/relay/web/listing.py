"""The queue as a list: one line a cross-post, with what tells them apart, to be looked over and chosen from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.core.language.length import measure
from relay.core.people import Editor
from relay.pipeline.desk import Desk
from relay.pipeline.foreseeing import departures
from relay.pipeline.today import current
from relay.storage import crossposts, entries, finding
from relay.storage.finding import Place
from relay.web import amounts, moments, queue, search
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import language, page
from relay.web.search import ALL, Asked
from relay.web.twins import Twin, twins

LINES = 50
"""Cross-posts on one page."""
FEW = 60
"""Sources whose names are offered while one is typed: of more they are only looked for."""
TABS = {**queue.BY_NAME, ALL.name: ALL}
_DATED = "It is dated "


@dataclass(frozen=True, slots=True)
class Line:
    """One cross-post. ``sources`` are names, first the one whose words it has; ``over`` counts what is too many.

    ``marks`` are words of the table: what of it an editor should know before reading.
    """

    crosspost: Crosspost
    entry: Entry | None
    tab: str
    sources: tuple[str, ...]
    leaves: datetime | None
    age: timedelta
    marks: tuple[str, ...]
    over: int = 0
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list; ``before`` and ``after`` are where the pages beside it begin."""

    asked: Asked
    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    before: int | None = None
    after: int | None = None


def show(request: Request) -> Response:
    """The list, as its address asks for it."""
    office: Office = request.app.state.office
    editor, tongue = signed_in(request), language(request)
    with office.db.read() as tx:
        found = load(tx, office, editor, request.query_params)
    names = sorted(source.name for source in office.desk.sources.values())
    values: dict[str, Any] = {
        "listing": found,
        "looked_for": found.asked,
        "tabs": (*queue.TABS, ALL),
        "MINE": search.MINE,
    }
    values |= {"accounts": search.offered(office.desk, (found.asked.account,)), "names": names[: FEW + 1]}
    values |= {"span": lambda of: amounts.span(of, tongue), "FEW": FEW, "zone": moments.place(office.zone)}
    values |= {"brief": lambda moment: moments.brief(moment, office.clock(), office.zone, tongue)}
    return page(request, "list.html.j2", **values)


def load(tx: Connection, office: Office, editor: Editor, query: Mapping[str, str]) -> Listing:
    """The page that ``query`` asks for."""
    asked, place = search.asked(query, tabs=TABS), _place(query)
    wanted = search.wanted(asked, office.desk, editor)
    ids = finding.page(tx, wanted, asked.sorting, LINES + 1, place)
    is_back = place is not None and place.is_back
    shown = ids[-LINES:] if is_back else ids[:LINES]
    is_more = len(ids) > LINES
    has_before, has_after = (is_more, True) if is_back else (place is not None, is_more)
    counts = queue.counts(tx)
    return Listing(
        asked=asked,
        lines=_lines(tx, office, crossposts.by_ids(tx, shown)),
        counts={**counts, ALL.name: sum(counts.values())},
        before=shown[0] if shown and has_before else None,
        after=shown[-1] if shown and has_after else None,
    )


def _place(query: Mapping[str, str]) -> Place | None:
    after, before = number(query.get("after", "")), number(query.get("before", ""))
    if before is not None:
        return Place(before, is_back=True)
    return Place(after) if after is not None else None


def _lines(tx: Connection, office: Office, found: Sequence[Crosspost]) -> tuple[Line, ...]:
    ids = {one.entry_id for one in found}
    known, shown_by, same = entries.by_ids(tx, ids), entries.sources(tx, ids), twins(tx, found)
    desk, now = current(tx, office.desk), office.clock()
    leaves = _leaves(tx, desk, found, now)
    return tuple(
        Line(
            crosspost=one,
            entry=known.get(one.entry_id),
            tab=queue.tab_of(one.state).name,
            sources=tuple(_name(desk, id) for id in shown_by.get(one.entry_id, ())),
            leaves=leaves.get(one.id),
            age=now - one.created_at if one.created_at else timedelta(),
            marks=tuple(_marks(one, len(shown_by.get(one.entry_id, ())), _over(one, desk))),
            over=_over(one, desk),
            twins=same.get(one.id, ()),
        )
        for one in found
    )


def _leaves(tx: Connection, desk: Desk, found: Sequence[Crosspost], now: datetime) -> dict[int, datetime | None]:
    """Of what waits only a chosen time: when it would leave if it were approved now is the same for all of it."""
    waiting = {one.id: one.wanted_at for one in found if one.state is State.WAITING}
    planned = departures(tx, desk, [one for one in found if one.id not in waiting], now)
    return {**waiting, **{id: departure.moment for id, departure in planned.items()}}


def _name(desk: Desk, source_id: str) -> str:
    return desk.sources[source_id].name if source_id in desk.sources else source_id


def _marks(one: Crosspost, sources: int, over: int) -> list[str]:
    said = {
        "changed": one.note.startswith(queue.CHANGED),
        "dated": one.note.startswith(_DATED),
        "sources": sources > 1,
        "long": over > 0,
    }
    return [name for name, is_so in said.items() if is_so]


def _over(one: Crosspost, desk: Desk) -> int:
    """By how much its words are too long for its account; 0 where they fit."""
    if one.account not in desk.accounts:
        return 0
    counts = measure(one.draft.text, desk.limits(one.account), one.draft.warning)
    return max((count.used - count.max for count in counts if not count.fits), default=0)
