"""The queue and its cross-posts, as programs read them."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.core.language.stems import fold
from relay.storage import crossposts, entries, finding, journal
from relay.storage.finding import Order, Place, Wanted, Word
from relay.web.api import drawing, shapes
from relay.web.api.operation import Answer, Call
from relay.web.api.problem import Problem
from relay.web.done import number
from relay.web.focus import focus

NOBODY = "\0"
"""No account has this name: what a token is not for is not there."""
USUAL = 40
"""Cross-posts on a page, where nothing else is asked for."""


def queue(call: Call) -> Answer:
    """A page of cross-posts, the oldest entry first."""
    limit, after = call.query.get("limit", USUAL), call.query.get("after")
    with call.office.db.read() as tx:
        place = Place(after) if after is not None else None
        ids = finding.page(tx, _wanted(call), Order.OLD, limit + 1, place)
        found = [one for id in ids[:limit] if (one := crossposts.get(tx, id))]
        items = _listed(tx, found)
    return Answer(shapes.Page(items, ids[limit - 1] if len(ids) > limit else None))


def counts(call: Call) -> Answer:
    """How many cross-posts stand in each state."""
    with call.office.db.read() as tx:
        found = crossposts.count_by_state(tx, call.program.accounts)
    return Answer({state: found.get(state, 0) for state in State})


def one(call: Call) -> Answer:
    """A cross-post, whole."""
    with call.office.db.read() as tx:
        crosspost = visible(tx, call)
        return whole(tx, call, crosspost)


def whole(tx: Connection, call: Call, crosspost: Crosspost) -> Answer:
    """All of it, under an entity tag that changes with it."""
    at = focus(tx, call.office, call.program.editor, crosspost)
    sources = entries.sources(tx, (crosspost.entry_id,)).get(crosspost.entry_id, ())
    return Answer(
        drawing.whole(at, sources, journal.lines(tx, crosspost.id), call.office.desk), headers={"ETag": etag(crosspost)}
    )


def visible(tx: Connection, call: Call) -> Crosspost:
    """The cross-post that the address names; 404 where there is none, or none for this token."""
    id = number(call.path["id"])
    found = crossposts.get(tx, id) if id is not None else None
    if found is None or not call.program.editor.is_for(found.account):
        raise Problem(404, "no_crosspost", id=call.path["id"])
    return found


def etag(crosspost: Crosspost) -> str:
    """A name for the cross-post as its row is (RFC 9110 §8.8.3)."""
    return f'"{sha256(msgspec.json.encode(crosspost)).hexdigest()[:20]}"'


def _wanted(call: Call) -> Wanted:
    words, states = fold(call.query.get("q", "")).split(), call.query.get("state", tuple(State))
    source = call.query.get("source")
    return Wanted(
        states=states,
        accounts=_accounts(call),
        sources=(source,) if source else None,
        words=tuple(Word(word, _called(call, word)) for word in words),
    )


def _accounts(call: Call) -> tuple[str, ...]:
    own, asked = call.program.accounts, call.query.get("account")
    if asked is None:
        return own
    return (asked,) if not own or asked in own else (NOBODY,)


def _called(call: Call, word: str) -> tuple[str, ...]:
    """The sources whose name has the word."""
    return tuple(id for id, source in call.office.desk.sources.items() if word in fold(source.name))


def _listed(tx: Connection, found: Sequence[Crosspost]) -> tuple[shapes.Listed, ...]:
    ids = {one.entry_id for one in found}
    known, sources = entries.by_ids(tx, ids), entries.sources(tx, ids)
    return tuple(_line(one, known, sources.get(one.entry_id, ())) for one in found)


def _line(one: Crosspost, known: Mapping[int, Entry], sources: Sequence[str]) -> shapes.Listed:
    entry = known.get(one.entry_id)
    return shapes.Listed(
        id=one.id,
        entry=one.entry_id,
        account=one.account,
        state=one.state,
        revision=one.revision,
        title=entry.post.headline if entry else None,
        sources=tuple(sources),
        text=one.draft.text,
        language=one.draft.language,
        link=one.draft.link,
        note=one.note,
        not_before=one.not_before,
        created_at=one.created_at,
        changed_at=one.changed_at,
        url=one.remote_url,
    )
