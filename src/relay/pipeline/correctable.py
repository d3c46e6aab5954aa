"""Whether what is public can be changed or taken back where it stands; the answer is a sentence for the editor."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core import thread
from relay.core.crosspost import Crosspost, Draft
from relay.pipeline.accounts import connected
from relay.pipeline.desk import Desk
from relay.storage import journal


def why_no_edit(tx: Connection, desk: Desk, crosspost: Crosspost, draft: Draft, now: datetime) -> str:
    """Why ``draft`` cannot take the place of what is public; empty when it can."""
    if crosspost.account not in desk.accounts:
        return f"The account {crosspost.account} is no longer in the configuration."
    able = connected.current(tx, desk).abilities(crosspost.account)
    posts = thread.drafts(draft, threads=able.threads)
    if able.edit is None:
        return f"A post for {crosspost.account} cannot be changed once it is public."
    if not _is_known(crosspost):
        return "Relay does not know what this post is called there: change it by hand, where it stands."
    if len(posts) != len(crosspost.parts):
        return f"A public thread keeps its number of posts: {len(crosspost.parts)}, and not {len(posts)}."
    if _is_over(tx, crosspost, able.edit_within, now):
        return f"A post for {crosspost.account} can be changed only for {_spoken(able.edit_within)}."
    return ""


def why_no_removal(tx: Connection, desk: Desk, crosspost: Crosspost, now: datetime) -> str:
    """Why relay cannot take back what is public; empty when it can."""
    by_hand = "delete it by hand, where it stands, then say that it is gone."
    if crosspost.account not in desk.accounts:
        return f"The account {crosspost.account} is no longer in the configuration: {by_hand}"
    able = connected.current(tx, desk).abilities(crosspost.account)
    if able.delete is None or not _is_known(crosspost):
        return f"Relay cannot take this post back from {crosspost.account}: {by_hand}"
    if _is_over(tx, crosspost, able.delete_within, now):
        return f"A post for {crosspost.account} can be taken back only for {_spoken(able.delete_within)}: {by_hand}"
    return ""


def _is_known(crosspost: Crosspost) -> bool:
    """Whether relay can name all that is public of it: what was sent last may have been found by a person alone."""
    last = crosspost.request
    return bool(crosspost.parts) and (last is None or any(part.request == last for part in crosspost.parts))


def _is_over(tx: Connection, crosspost: Crosspost, within: timedelta | None, now: datetime) -> bool:
    sent = journal.sent_at(tx, crosspost) if within else None
    return within is not None and sent is not None and now - sent >= within


def _spoken(within: timedelta | None) -> str:
    hours = (within or timedelta()) // timedelta(hours=1)
    return "an hour" if hours == 1 else f"{hours} hours"
