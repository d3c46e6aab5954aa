"""What lies on an editor's desk: the queue, and one cross-post with all that is needed to judge it."""

from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.directory.handles import Body
from relay.core.document import Picture
from relay.core.entry import Entry
from relay.core.excerpt.fitting import fitted
from relay.core.form import Form
from relay.core.people import Editor
from relay.core.review.calendar import next_moment
from relay.pipeline import directory
from relay.pipeline.desk import Desk
from relay.publish.fragment import body
from relay.storage import crossposts, entries, journal
from relay.storage.journal import Line
from relay.web import queue, roster
from relay.web.actions import Action, available, obstacle
from relay.web.near import near
from relay.web.office import Office
from relay.web.previews import Preview, preview
from relay.web.queue import Queue, Tab


@dataclass(frozen=True, slots=True)
class Focus:
    """The cross-post being judged. ``text`` is what stands in the box, saved or not; ``leaves`` is when it would."""

    crosspost: Crosspost
    entry: Entry | None
    credit: str
    source_html: Markup
    siblings: tuple[Crosspost, ...]
    text: str
    preview: Preview
    actions: tuple[Action, ...]
    obstacle: str
    steps: int
    leaves: datetime | None
    history: tuple[Line, ...]
    look: str = ""
    nameless: tuple[Body, ...] = ()
    """Bodies that the post names and that have no handle on the network, ``look``, as far as words can still change."""

    @property
    def offers(self) -> frozenset[str]:
        """The names of the actions."""
        return frozenset(action.name for action in self.actions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page; ``previous`` and ``next`` are cross-posts of the neighbouring entries."""

    counts: dict[str, int]
    queue: Queue
    focus: Focus | None
    previous: int | None
    next: int | None


def load(tx: Connection, office: Office, editor: Editor, tab: Tab, after: int | None) -> Sheet:
    """A page of a tab, its first cross-post in focus."""
    found = queue.load(tx, tab, after)
    first = found.lines[0].crossposts[0] if found.lines else None
    return _sheet(tx, found, focus(tx, office, editor, first, None) if first else None)


def load_at(tx: Connection, tab: Tab, at: Focus) -> Sheet:
    """The page of a tab on which a cross-post stands; the first page when it is in none."""
    found = queue.load(tx, tab, None)
    if at.crosspost.state in tab.states and not _is_in(found, at):
        before = at.crosspost.entry_id + (1 if tab.is_past else -1)
        found = queue.load(tx, tab, before)
    return _sheet(tx, found, at)


def focus(tx: Connection, office: Office, editor: Editor, crosspost: Crosspost, text: str | None) -> Focus:
    """A cross-post with its source, its preview and what may be done; ``text`` is an editor's that is not saved."""
    desk, now = office.desk, office.clock()
    entry = entries.get(tx, crosspost.entry_id)
    rule = desk.route(crosspost).approval
    words = crosspost.draft.text if text is None else text
    actions = available(crosspost, editor)
    judges = any(action.name == "approve" for action in actions)
    today = directory.current(tx, desk)
    look, nameless = roster.nameless(entry.post, crosspost, today) if entry else ("", ())
    return Focus(
        crosspost=crosspost,
        entry=entry,
        credit=_credit(tx, desk, entry) if entry else "",
        source_html=_source(entry, today) if entry else Markup(),
        siblings=tuple(crossposts.of_entry(tx, crosspost.entry_id)),
        text=words,
        preview=preview(crosspost, words, desk),
        actions=actions,
        obstacle=(_too_long(crosspost, desk) or obstacle(crosspost, editor, rule, now)) if judges else "",
        steps=len(rule.steps),
        leaves=departure(desk, crosspost, now),
        history=tuple(journal.lines(tx, crosspost.id)),
        look=look,
        nameless=nameless if actions else (),
    )


def departure(desk: Desk, crosspost: Crosspost, now: datetime) -> datetime | None:
    """When it leaves, or would if it were approved now; ``None`` when nothing is planned."""
    route = desk.route(crosspost)
    match crosspost.state:
        case State.SCHEDULED:
            return crosspost.not_before
        case State.APPROVED:
            return next_moment(route.schedule, crosspost.not_before or now)
        case State.WAITING:
            return next_moment(route.schedule, now + route.approval.undo)
        case _:
            return None


def _too_long(crosspost: Crosspost, desk: Desk) -> str:
    """The sentence with which an approval would be refused."""
    over = [count for count in preview(crosspost, crosspost.draft.text, desk).counts if not count.fits]
    return "".join(
        f"The text is too long for {crosspost.account}: {count.used} of {count.max} {count.unit}." for count in over[:1]
    )


def _sheet(tx: Connection, found: Queue, at: Focus | None) -> Sheet:
    ids = [line.entry_id for line in found.lines]
    firsts = [line.crossposts[0].id for line in found.lines]
    here = ids.index(at.crosspost.entry_id) if at and _is_in(found, at) else -1
    return Sheet(
        counts=queue.counts(tx),
        queue=found,
        focus=at,
        previous=firsts[here - 1] if here > 0 else None,
        next=firsts[here + 1] if here + 1 < len(firsts) else None,
    )


def _is_in(found: Queue, at: Focus) -> bool:
    return any(line.entry_id == at.crosspost.entry_id for line in found.lines)


def _credit(tx: Connection, desk: Desk, entry: Entry) -> str:
    """Every source that shows the entry; first the one whose words it has."""
    ids = entries.sources(tx, (entry.id,))[entry.id]
    return ", ".join(desk.sources[id].name if id in desk.sources else id for id in ids)


def _source(entry: Entry, desk: Desk) -> Markup:
    """The post as the blog shows it: sanitised on its way in, and its headings ranked under the page's own."""
    feed = next((feed for feed in desk.feeds if entry.source_id in feed.sources), None)
    form = feed.form if feed else Form()
    post = fitted(entry.post, form)
    return body(replace(post, picture=post.picture and _near(post.picture)), form, desk.directory, level=4)


def _near(picture: Picture) -> Picture:
    return replace(picture, url=near(picture.url))
