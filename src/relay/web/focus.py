"""One cross-post with all that is needed to judge it: its source, its preview, what is public, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from markupsafe import Markup
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, State
from relay.core.directory.handles import Body
from relay.core.document import Picture
from relay.core.entry import Entry
from relay.core.excerpt.fitting import fitted
from relay.core.form import Form
from relay.core.people import Editor
from relay.core.review.calendar import next_moment
from relay.pipeline.correctable import why_no_edit
from relay.pipeline.desk import Desk
from relay.pipeline.queue import PUBLIC
from relay.pipeline.today import current
from relay.publish.fragment import body
from relay.storage import crossposts, entries, journal
from relay.storage.journal import Line
from relay.web import roster
from relay.web.actions import Action, available, obstacle
from relay.web.near import near
from relay.web.office import Office
from relay.web.previews import Preview, preview
from relay.web.published import Published, published
from relay.web.terms import Terms, terms

NOTHING: Mapping[str, str] = MappingProxyType({})
"""Nothing has been typed that is not saved."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The cross-post being judged. ``words`` stand in the boxes, saved or not; ``leaves`` is when it would."""

    crosspost: Crosspost
    entry: Entry | None
    credit: str
    source_html: Markup
    siblings: tuple[Crosspost, ...]
    words: Draft
    preview: Preview
    public: Published
    terms: Terms
    actions: tuple[Action, ...]
    obstacle: str
    steps: int
    leaves: datetime | None
    history: tuple[Line, ...]
    look: str = ""
    may_write: bool = False
    nameless: tuple[Body, ...] = ()
    """Bodies that the post names and that have no handle on the network, ``look``, as far as words can still change."""

    @property
    def offers(self) -> frozenset[str]:
        """The names of the actions."""
        return frozenset(action.name for action in self.actions)

    @property
    def withheld(self) -> str:
        """Why relay does not offer what this editor may do elsewhere."""
        return self.public.no_removal or (self.public.no_edit if self.may_write else "")


def focus(
    tx: Connection, office: Office, editor: Editor, crosspost: Crosspost, typed: Mapping[str, str] = NOTHING
) -> Focus:
    """A cross-post with its source, its preview and what may be done; ``typed`` is an editor's that is not saved."""
    desk, now = office.desk, office.clock()
    entry, today = entries.get(tx, crosspost.entry_id), current(tx, desk)
    draft = crosspost.draft
    words = replace(draft, text=typed.get("text", draft.text), warning=typed.get("warning", draft.warning))
    public = published(tx, desk, crosspost, words, now)
    may = available(crosspost, editor)
    actions = tuple(action for action in may if action.name not in public.impossible)
    look, nameless = roster.nameless(entry.post, crosspost, today) if entry else ("", ())
    return Focus(
        crosspost=crosspost,
        entry=entry,
        credit=_credit(tx, desk, entry) if entry else "",
        source_html=_source(entry, today) if entry else Markup(),
        siblings=tuple(crossposts.of_entry(tx, crosspost.entry_id)),
        words=words,
        preview=preview(crosspost.account, words, today),
        public=public,
        terms=terms(tx, desk, crosspost.account),
        actions=actions,
        obstacle=_obstacle(tx, office, editor, crosspost) if any(one.name == "approve" for one in actions) else "",
        steps=len(desk.route(crosspost).approval.steps),
        leaves=departure(desk, crosspost, now),
        history=tuple(journal.lines(tx, crosspost.id)),
        look=look,
        may_write=any(action.writes for action in may),
        nameless=nameless if actions and not public.is_public else (),
    )


def _obstacle(tx: Connection, office: Office, editor: Editor, crosspost: Crosspost) -> str:
    """Why this editor's yes would be refused, empty when it would not."""
    desk, now = office.desk, office.clock()
    too_late = why_no_edit(tx, desk, crosspost, crosspost.draft, now) if crosspost.state in PUBLIC else ""
    rule = desk.route(crosspost).approval
    return too_late or _too_long(crosspost, current(tx, desk)) or obstacle(crosspost, editor, rule, now)


def departure(desk: Desk, crosspost: Crosspost, now: datetime) -> datetime | None:
    """When it leaves, or would if it were approved now; ``None`` when nothing is planned."""
    route = desk.route(crosspost)
    match crosspost.state:
        case State.SCHEDULED | State.UPDATING:
            return crosspost.not_before
        case State.APPROVED:
            return next_moment(desk.schedule(crosspost), crosspost.not_before or now)
        case State.WAITING:
            return next_moment(desk.schedule(crosspost), now + route.approval.undo)
        case State.EDIT_PROPOSED:
            return now + route.approval.undo
        case _:
            return None


def _too_long(crosspost: Crosspost, desk: Desk) -> str:
    """The sentence with which an approval would be refused."""
    posts = preview(crosspost.account, crosspost.draft, desk).posts
    over = [count for post in posts for count in post.counts if not count.fits]
    return "".join(
        f"The text is too long for {crosspost.account}: {count.used} of {count.max} {count.unit}." for count in over[:1]
    )


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
