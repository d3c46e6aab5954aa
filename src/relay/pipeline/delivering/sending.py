"""Steps 12 and 13: the request is made and frozen, then sent, then settled: a row before each, so never twice."""

import logging
from dataclasses import replace
from datetime import timedelta

from relay.core import thread
from relay.core.ailment import ailment_of
from relay.core.crosspost import Crosspost, Draft, Request, State
from relay.core.outcome import AuthLost, Outcome, Refused, Retry, Unsure
from relay.core.review import settling, workflow
from relay.pipeline.delivering.claiming import claim, is_taken
from relay.pipeline.delivering.shift import Shift
from relay.storage import probing

log = logging.getLogger("relay")

UNWRITTEN = "relay's own disk or its limit of open files was in the way: nothing has left."
SOON = timedelta(seconds=5)
OURS = Retry(UNWRITTEN, SOON)
"""No fault of the network's: however long it lasts, the next attempt is soon after it."""


def send(shift: Shift, due: Crosspost) -> Crosspost | None:
    """One post, or as much of a thread as leaves now; where it stands then, ``None`` if somebody else has it."""
    before, done = due, _post(shift, due)
    while done and done.state is State.SCHEDULED and len(done.parts) > len(before.parts):
        before, done = done, _post(shift, done)
    return done


def _post(shift: Shift, due: Crosspost) -> Crosspost | None:
    claimed = claim(shift, due)
    if claimed is None or not is_taken(claimed):
        return claimed
    posts = shift.desk.posts(claimed)
    prepared = request_of(shift, claimed, posts)
    if not isinstance(prepared, Request):
        return _settle(shift, claimed, prepared, len(posts))
    frozen = _frozen(shift, claimed, prepared, len(posts))
    if frozen is None:
        return None
    return _settle(shift, frozen, published(shift, frozen, prepared), len(posts))


def _frozen(shift: Shift, claimed: Crosspost, prepared: Request, posts: int) -> Crosspost | None:
    """Where it cannot be written down nothing has left, which is owed: no lease has to run out for it."""
    try:
        return shift.kept(claimed, workflow.freeze(claimed, prepared))
    except Exception:
        shift.hand.owe(claimed, lambda: _settle(shift, claimed, OURS, posts))
        raise


def request_of(shift: Shift, claimed: Crosspost, posts: tuple[Draft, ...]) -> Request | Retry | Refused | AuthLost:
    """The frozen request of an earlier attempt, or a new one: nothing the public sees has happened yet."""
    if claimed.request is not None:
        return claimed.request
    number = len(claimed.parts)
    if claimed.keys is None or number >= len(posts):
        return Refused("It has no keys to be sent under, or no words left to send: approve it again.")
    network, account = shift.at(claimed)
    draft, keys = posts[number], thread.keys_of(claimed.keys, number)
    after = tuple(part.sent for part in claimed.parts)
    try:
        return network.prepare(shift.http, account, draft, keys, shift.picture(draft), after)
    except Exception as error:
        if ailment_of(error) is not None:
            return OURS
        said = {"crosspost": claimed.id, "account": claimed.account}
        log.exception("cross-post %(crosspost)d could not be prepared for %(account)s", said)
        return Refused(f"It could not be prepared ({type(error).__name__}: {error}).")


def published(shift: Shift, frozen: Crosspost, request: Request) -> Outcome:
    """What the network says of what was frozen. Nothing is asked late, when another may have it, nor at the end."""
    if shift.hand.is_over or frozen.lease_until is None or shift.clock() >= frozen.lease_until:
        return Retry("Its worker was held up: nothing has left.")
    network, account = shift.at(frozen)
    try:
        return _ours(network.publish(shift.http, account, request))
    except Exception as error:  # noqa: BLE001  # whatever went wrong, the request may have left: it must be looked for
        return Unsure(f"{type(error).__name__}: {error}")


def _ours(outcome: Outcome) -> Outcome:
    """Where nothing left because no connection could be opened here, the network is not waited for."""
    if isinstance(outcome, Retry) and not outcome.is_limit and not probing.is_open():
        return OURS
    return outcome


def _settle(shift: Shift, sending: Crosspost, said: Outcome, posts: int) -> Crosspost | None:
    """Store the outcome, if this attempt is still the one that counts."""
    outcome = shift.renewed(shift.desk.accounts[sending.account], said)
    now = shift.clock()
    new = settling.settle(sending, outcome, now, posts)
    return shift.settle(sending, replace(new, not_before=now + SOON) if outcome == OURS else new, outcome)
