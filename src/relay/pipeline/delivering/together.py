"""The posts of a digest leave together: as one letter, with one outcome for all of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Request, State
from relay.core.issue import alike, key_of
from relay.core.review import settling
from relay.pipeline.delivering.gathering import take
from relay.pipeline.delivering.sending import published
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.desk import Desk
from relay.storage import crossposts


def batches(desk: Desk, due: Sequence[Crosspost]) -> list[tuple[Crosspost, ...]]:
    """What leaves together: the posts of each letter that is frozen already, those of a new one; all others alone."""
    found: dict[object, list[Crosspost]] = {}
    for one in due:
        found.setdefault(key_of(one) if leaves_together(desk, one) else one.id, []).append(one)
    return [tuple(some) for some in found.values()]


def leaves_together(desk: Desk, due: Crosspost) -> bool:
    """Whether it is in an issue, or is to be: what was frozen alone leaves alone."""
    if due.state is not State.SCHEDULED or due.request or due.account not in desk.accounts:
        return due.state is State.SCHEDULED and bool(key_of(due))
    return desk.abilities(due.account).digest is not None


def send(shift: Shift, due: Sequence[Crosspost]) -> tuple[Crosspost, ...]:
    """One issue; where its posts stand then. Empty where none of them may leave now, or another worker has them."""
    taken = take(shift, due)
    if taken is None:
        return ()
    said = published(shift, taken.rows[0], taken.letter) if isinstance(taken.letter, Request) else taken.letter
    outcome = shift.renewed(shift.desk.accounts[due[0].account], said)
    now = shift.clock()
    after = alike([settling.settle(one, outcome, now) for one in taken.rows])
    return shift.surely(taken.rows, lambda: _settle(shift, taken.rows, after, outcome))


def _settle(shift: Shift, old: Sequence[Crosspost], new: Sequence[Crosspost], outcome: object) -> tuple[Crosspost, ...]:
    """All of them or none: where one is not this worker's any more, all are in doubt, and stay so together."""
    with shift.db.write() as tx:
        if not all(_is_ours(tx, one) for one in old):
            return ()
        settled = [shift.settled(tx, before, after, outcome) for before, after in zip(old, new, strict=True)]
        return tuple(one for one in settled if one)


def _is_ours(tx: Connection, row: Crosspost) -> bool:
    now = crossposts.get(tx, row.id)
    return now is not None and (now.state, now.attempt, now.lease_until) == (row.state, row.attempt, row.lease_until)
