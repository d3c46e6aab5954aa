"""The service as a whole: how it does, who is asking, and the emergency stop."""

from importlib.metadata import version

from sqlalchemy import Connection

from relay.core.crosspost import State
from relay.pipeline import stopping
from relay.pipeline.accounts import seen as standing
from relay.pipeline.care import seen
from relay.storage import crossposts, questions, service, stops
from relay.web.api import records, wishes
from relay.web.api.budget import MOST
from relay.web.api.operation import Answer, Call
from relay.web.api.problem import Problem
from relay.web.api.writing import MEANS


def status(call: Call) -> Answer:
    """The service at a glance; of the queue and the accounts, what the token is for."""
    with call.office.db.read() as tx:
        return Answer(_status(tx, call))


def _status(tx: Connection, call: Call) -> records.Status:
    office, now = call.office, call.office.clock()
    counts, stop = crossposts.count_by_state(tx, call.program.accounts), stops.in_force(tx)
    accounts = standing.every(tx, office.desk, now)
    return records.Status(
        version=version("relay"),
        now=now,
        queue={state: counts.get(state, 0) for state in State},
        troubled=tuple(one.source.id for one in seen.every(tx, office.desk, now) if one.needs_a_person),
        held=tuple(
            one.account.id for one in accounts if one.standing != "fine" and call.program.editor.is_for(one.account.id)
        ),
        questions=questions.count(tx),
        loops=service.beats(tx),
        stop=records.Stop(stop.who, stop.at, stop.why) if stop else None,
    )


def halt(call: Call) -> Answer:
    """Nothing leaves any more, on any machine, until a person lifts it."""
    wish: wishes.ToStop = call.body
    if call.program.accounts:
        raise Problem(403, "stop_is_for_all")
    stop = stopping.stop(call.office.db, (call.program.editor, MEANS), wish.reason, call.office.clock())
    return Answer(records.Stop(stop.who, stop.at, stop.why), 201)


def token(call: Call) -> Answer:
    """The token that asks."""
    own = call.program
    return Answer(records.Token(own.name, tuple(sorted(own.scopes)), own.accounts, own.expires_at, MOST))
