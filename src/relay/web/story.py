"""What happened to a cross-post until now, as one editor needs it: the history, and what is new to them in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.entry import Entry
from relay.core.people import Editor
from relay.core.review.remark import MAY_REMARK
from relay.storage import earlier, journal, remarks, revisions
from relay.storage.journal import Line
from relay.web.edits import Edits, edits
from relay.web.timeline import Moment, Since, since_yes, timeline


@dataclass(frozen=True, slots=True)
class Story:
    """``since`` is what is new to this editor since their last yes, ``edits`` what the source changed since anybody's.

    ``may_remark``: whether this editor may say something too.
    """

    moments: tuple[Moment, ...]
    since: Since | None
    edits: Edits | None
    may_remark: bool


def story(tx: Connection, editor: Editor, crosspost: Crosspost, entry: Entry | None) -> Story:
    """All that is known of a cross-post's past."""
    lines, words = journal.lines(tx, crosspost.id), revisions.of(tx, crosspost)
    return Story(
        moments=timeline(lines, remarks.of(tx, crosspost.id), words),
        since=since_yes(lines, editor.name, words, crosspost.revision),
        edits=_edits(tx, entry, lines) if entry else None,
        may_remark=editor.role in MAY_REMARK and editor.is_for(crosspost.account),
    )


def _edits(tx: Connection, entry: Entry, lines: Sequence[Line]) -> Edits | None:
    """What the source changed since the last yes, or since the cross-post is there."""
    said = [line.at for line in lines if line.what == "approved"] or [line.at for line in lines[:1]]
    found = edits(entry, earlier.of(tx, entry.id), said[-1] if said else None)
    return None if found is None or found.is_empty else found
