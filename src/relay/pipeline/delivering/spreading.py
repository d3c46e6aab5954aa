"""After a standstill nothing leaves in a burst: what is late, and has no slots to wait for, is spread out."""

from collections.abc import Sequence

from relay.core.crosspost import Crosspost, State
from relay.core.review.workflow import defer
from relay.core.scheduling.pacing import spread
from relay.pipeline.delivering.claiming import bounds
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.delivering.together import leaves_together
from relay.storage import crossposts

LATE = "It is late: what waited leaves one after the other."


def spread_out(shift: Shift, due: Sequence[Crosspost]) -> list[Crosspost]:
    """The posts of one account that are due now: of those that are late one, the others some minutes apart."""
    account_id, now = due[0].account, shift.clock()
    free = [one for one in due if _is_free(shift, one)]
    if account_id not in shift.desk.accounts or not free:
        return list(due)
    with shift.db.read() as tx:
        fast = bounds(tx, shift.desk, account_id)
    moments = spread([(one.not_before or now, one.id) for one in free], fast, now)
    later = {one.id: defer(one, moments[one.id], LATE) for one in free if one.id in moments}
    if len(later) < 2:
        return list(due)
    with shift.db.write() as tx:
        stored = {one.id for one in free if one.id in later and crossposts.replace(tx, one, later[one.id])}
    moved = [later[one.id] if one.id in stored else one for one in due]
    return sorted(
        (one for one in moved if (one.not_before or now) <= now), key=lambda one: (one.not_before or now, one.id)
    )


def _is_free(shift: Shift, one: Crosspost) -> bool:
    """A slot spreads by itself; a digest leaves as one; a thread that is begun is finished."""
    is_whole = one.state is State.SCHEDULED and not one.parts and not leaves_together(shift.desk, one)
    return is_whole and not shift.desk.schedule(one).slots
