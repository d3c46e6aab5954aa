"""Sources, accounts, feeds, the directory and questions, as programs read them; and a source asked now."""

from relay.core.question import Question
from relay.pipeline.accounts import seen as standing
from relay.pipeline.care import remedies, seen
from relay.pipeline.care.seen import Seen
from relay.storage import questions as asked
from relay.storage import subscribers
from relay.storage.subscribers import Readership
from relay.web import roster
from relay.web.api import records
from relay.web.api.operation import Answer, Call
from relay.web.api.problem import Problem
from relay.web.roster import Card

USUAL = 100
"""Bodies of the directory on a page, where nothing else is asked for."""


def sources(call: Call) -> Answer:
    """Every source with its health."""
    office = call.office
    with office.db.read() as tx:
        found = seen.every(tx, office.desk, office.clock())
    return Answer(records.Sources(tuple(map(_source, found))))


def source(call: Call) -> Answer:
    """One source with its health."""
    return Answer(_known(call))


def poll(call: Call) -> Answer:
    """Ask a source now, due or not, as the page does."""
    office, now = call.office, call.office.clock()
    id = _known(call).id
    polled = remedies.ask_now(office.db, office.reader, office.desk, id, now)
    if polled.new or polled.edited:
        office.brought()
    at = polled.state.polled_at
    return Answer(records.Polled(at is not None and at >= now, polled.new, polled.edited, _known(call)))


def accounts(call: Call) -> Answer:
    """The accounts that the token is for."""
    office = call.office
    with office.db.read() as tx:
        found = standing.every(tx, office.desk, office.clock())
    own = (one for one in found if call.program.editor.is_for(one.account.id))
    return Answer(records.Accounts(tuple(map(_account, own))))


def feeds(call: Call) -> Answer:
    """What relay publishes."""
    with call.office.db.read() as tx:
        readers = subscribers.readership(tx)
    items = (
        records.Feed(
            feed.id,
            feed.title,
            feed.link,
            feed.language,
            tuple(feed.formats),
            feed.sources,
            _count(readers.get(feed.id)),
        )
        for feed in call.office.desk.feeds
    )
    return Answer(records.Feeds(tuple(items)))


def handles(call: Call) -> Answer:
    """The directory, by name, or those in it that fit."""
    start, limit = call.query.get("after", 0), call.query.get("limit", USUAL)
    with call.office.db.read() as tx:
        found = roster.matching(roster.cards(tx, call.office.desk), call.query.get("q", ""))
    items = tuple(map(_handle, found[start : start + limit]))
    return Answer(records.Handles(items, start + limit if len(found) > start + limit else None))


def questions(call: Call) -> Answer:
    """What nobody has answered."""
    with call.office.db.read() as tx:
        found = asked.open_(tx)
    return Answer(records.Questions(tuple(map(_question, found))))


def _known(call: Call) -> records.Source:
    office, id = call.office, call.path["source"]
    if id not in office.desk.sources:
        raise Problem(404, "no_source", source=id)
    with office.db.read() as tx:
        return _source(seen.one(tx, office.desk, id, office.clock()))


def _source(one: Seen) -> records.Source:
    state = one.state
    return records.Source(
        id=one.source.id,
        name=one.source.name,
        url=one.url,
        answer=state.answer,
        reason=state.reason,
        failures=state.failures,
        trouble=str(one.trouble) if one.trouble else None,
        push=one.push,
        polled_at=state.polled_at,
        succeeded_at=state.succeeded_at,
        next_poll=state.due,
        questions=len(one.questions),
    )


def _account(one: standing.Seen) -> records.Account:
    return records.Account(
        one.account.id, one.account.network, one.whose, one.standing, one.why, one.waiting, one.until
    )


def _count(readers: Readership | None) -> int:
    return readers.subscribers if readers else 0


def _handle(card: Card) -> records.Handle:
    body = card.body
    return records.Handle(body.id, body.name, body.names, body.acronyms, body.handles)


def _question(one: Question) -> records.Question:
    return records.Question(one.id, one.source_id, one.kind, one.subject, one.entries, one.asked_at)
