"""What is public gets its new words, or is taken back. Both may be repeated: a crash between two calls does no harm."""

import logging
from dataclasses import replace

from relay.core import thread
from relay.core.ailment import ailment_of
from relay.core.crosspost import Crosspost, Draft, Keys, Part, Request, State
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.core.review import corrections
from relay.networks.abilities import Delete, Edit
from relay.pipeline.delivering.claiming import claim, is_taken
from relay.pipeline.delivering.sending import OURS
from relay.pipeline.delivering.shift import Shift
from relay.storage import journal

log = logging.getLogger("relay")

BY_HAND = Refused("relay cannot do this there: do it by hand, where the post stands.")

WITHOUT_PICTURE = Refused("Its picture is not kept any more, and would be lost by a change: make it by hand.")


def correct(shift: Shift, due: Crosspost) -> Crosspost | None:
    """One change, or one withdrawal; where it stands then, ``None`` if somebody else has it."""
    claimed = claim(shift, due)
    if claimed is None or not is_taken(claimed):
        return claimed
    return _update(shift, claimed) if claimed.state is State.UPDATING else _withdraw(shift, claimed)


def _update(shift: Shift, claimed: Crosspost) -> Crosspost | None:
    done = _edited(shift, claimed)
    if done is None:
        return None
    row, said = done
    outcome = shift.renewed(shift.desk.accounts[row.account], said)
    new = corrections.settle_update(row, outcome, shift.clock())
    return shift.settle(row, new, outcome, "Updated" if isinstance(outcome, Sent) else "")


def _edited(shift: Shift, row: Crosspost) -> tuple[Crosspost, Outcome] | None:
    """Post by post, until one of them cannot be changed; ``None`` where this attempt counts no more."""
    network, account = shift.at(row)
    edit, posts = network.abilities(account).edit, shift.desk.posts(row)
    if edit is None or row.keys is None or len(posts) != len(row.parts):
        return row, BY_HAND
    public = _public(shift, row)
    for number, draft in enumerate(posts):
        if draft in public[number : number + 1]:
            continue
        request = _prepared(shift, row, draft, thread.keys_of(row.keys, number), number)
        if not isinstance(request, Request):
            return row, request
        if public and request == row.parts[number].request:
            continue
        kept = shift.kept(row, row)
        if kept is None:
            return None
        outcome = _asked(shift, kept, edit, number, request)
        if not isinstance(outcome, Sent):
            return kept, outcome
        after = shift.kept(kept, corrections.changed(kept, number, Part(request, replace(outcome, allowance=None))))
        if after is None:
            return None
        row = after
    return row, row.parts[0].sent


def _public(shift: Shift, row: Crosspost) -> tuple[Draft, ...]:
    """The posts as they are public, none of which is changed into itself; empty where that is in doubt."""
    with shift.db.read() as tx:
        is_in_doubt = journal.is_in_doubt(tx, row)
    return () if is_in_doubt or row.live is None else shift.desk.posts(replace(row, draft=row.live))


def _prepared(
    shift: Shift, row: Crosspost, draft: Draft, keys: Keys, number: int
) -> Request | Retry | Refused | AuthLost | Unsure:
    network, account = shift.at(row)
    picture = shift.picture(draft)
    if picture is None and network.SETTINGS.shows(account, draft).picture:
        return WITHOUT_PICTURE
    after = tuple(part.sent for part in row.parts[:number])
    try:
        return network.prepare(shift.http, account, draft, keys, picture, after)
    except Exception as error:
        if ailment_of(error) is not None:
            return OURS
        said = {"crosspost": row.id, "account": row.account}
        log.exception("cross-post %(crosspost)d could not be prepared for %(account)s", said)
        return Unsure(f"{type(error).__name__}: {error}")


def _asked(shift: Shift, row: Crosspost, edit: Edit, number: int, request: Request) -> Outcome:
    _, account = shift.at(row)
    before = row.parts[number]
    try:
        return edit(shift.http, account, before.sent, before.request, request)
    except Exception as error:
        said = {"crosspost": row.id, "account": row.account}
        log.exception("cross-post %(crosspost)d could not be changed at %(account)s", said)
        return Unsure(f"{type(error).__name__}: {error}")


def _withdraw(shift: Shift, claimed: Crosspost) -> Crosspost | None:
    done = _removed(shift, claimed)
    if done is None:
        return None
    row, said = done
    removal = shift.renewed(shift.desk.accounts[row.account], said)
    return shift.settle(row, corrections.settle_withdrawal(row, removal, shift.clock()), removal)


def _removed(shift: Shift, row: Crosspost) -> tuple[Crosspost, Removal] | None:
    """The last post first, so that no answer stands without what it answers; ``None`` as for changes."""
    network, account = shift.at(row)
    delete = network.abilities(account).delete
    if delete is None or not row.parts:
        return row, BY_HAND
    while row.parts:
        kept = shift.kept(row, row)
        if kept is None:
            return None
        removal = _removed_part(shift, kept, delete)
        if not isinstance(removal, Gone):
            return kept, removal
        shorter = shift.kept(kept, corrections.removed(kept))
        if shorter is None:
            return None
        row = shorter
    return row, Gone()


def _removed_part(shift: Shift, row: Crosspost, delete: Delete) -> Removal:
    _, account = shift.at(row)
    part = row.parts[-1]
    try:
        return delete(shift.http, account, part.sent, part.request)
    except Exception as error:
        said = {"crosspost": row.id, "account": row.account}
        log.exception("cross-post %(crosspost)d could not be taken back at %(account)s", said)
        return Unsure(f"{type(error).__name__}: {error}")
