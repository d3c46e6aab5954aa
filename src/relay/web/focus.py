"""One cross-post with all that is needed to judge it: its source, its preview, what is public, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from markupsafe import Markup
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft
from relay.core.directory.handles import Body
from relay.core.document import Picture
from relay.core.entry import Entry
from relay.core.excerpt.fitting import fitted
from relay.core.form import Form
from relay.core.people import Editor
from relay.core.scheduling.departure import Departure
from relay.pipeline import foreseeing
from relay.pipeline.correctable import why_no_edit
from relay.pipeline.desk import Desk
from relay.pipeline.queue import PUBLIC
from relay.pipeline.today import current
from relay.publish.fragment import body
from relay.storage import crossposts, entries, pictures
from relay.web import roster
from relay.web.actions import Action, available, obstacle
from relay.web.choosing import Choice, choices
from relay.web.elsewhere import housed
from relay.web.near import PICTURES, near
from relay.web.office import Office
from relay.web.previews import Preview, preview
from relay.web.published import Published, published
from relay.web.story import Story, story
from relay.web.terms import Terms, terms
from relay.web.when import Times, choice

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
    story: Story
    is_alone: bool = False
    """Whether editors may approve their own words."""
    look: str = ""
    may_write: bool = False
    nameless: tuple[Body, ...] = ()
    """Bodies that the post names and that have no handle on the network, ``look``, as far as words can still change."""

    pictures: tuple[Choice, ...] = ()
    """Those that can be sent with it, as far as this editor may choose."""
    planned: Departure | None = None
    """The same as ``leaves``, with why then."""
    when: Times | None = None
    """The form that chooses its time, where this editor may."""

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
    why_not = _obstacle(tx, office, editor, crosspost) if any(one.name == "approve" for one in may) else ""
    actions = tuple(one for one in may if one.name not in public.impossible | _spare(desk, crosspost, why_not))
    look, nameless = roster.nameless(entry.post, crosspost, today) if entry else ("", ())
    times = choice(tx, desk, editor, crosspost, now)
    planned = times.departure if times else foreseeing.departure(tx, desk, crosspost, now)
    may_write = any(action.writes for action in may)
    return Focus(
        crosspost=crosspost,
        entry=entry,
        credit=_credit(tx, desk, entry) if entry else "",
        source_html=_source(tx, entry, today) if entry else Markup(),
        siblings=tuple(crossposts.of_entry(tx, crosspost.entry_id)),
        words=words,
        preview=preview(crosspost.account, words, today),
        public=public,
        terms=terms(tx, desk, crosspost.account),
        actions=actions,
        obstacle=why_not,
        steps=len(desk.route(crosspost).approval.steps),
        is_alone=desk.route(crosspost).approval.self_approval,
        leaves=planned.moment if planned else None,
        planned=planned,
        when=times,
        story=story(tx, editor, crosspost, entry),
        look=look,
        may_write=may_write,
        nameless=nameless if actions and not public.is_public else (),
        pictures=choices(tx, crosspost) if may_write and not public.is_public else (),
    )


def _spare(desk: Desk, crosspost: Crosspost, why_not: str) -> frozenset[str]:
    """Where one yes more is enough, and can be given, nothing needs to be overridden."""
    missing = len(desk.route(crosspost).approval.steps) - len(crosspost.approvals)
    return frozenset({"override"}) if missing <= 1 and not why_not else frozenset()


def _obstacle(tx: Connection, office: Office, editor: Editor, crosspost: Crosspost) -> str:
    """Why this editor's yes would be refused, empty when it would not."""
    desk, now = office.desk, office.clock()
    too_late = why_no_edit(tx, desk, crosspost, crosspost.draft, now) if crosspost.state in PUBLIC else ""
    rule = desk.route(crosspost).approval
    return too_late or _too_long(crosspost, current(tx, desk)) or obstacle(crosspost, editor, rule, now)


def departure(tx: Connection, desk: Desk, crosspost: Crosspost, now: datetime) -> datetime | None:
    """When it leaves, or would if it were approved now; ``None`` when nothing is planned."""
    planned = foreseeing.departure(tx, desk, crosspost, now)
    return planned.moment if planned else None


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


def _source(tx: Connection, entry: Entry, desk: Desk) -> Markup:
    """The post as the blog shows it: sanitised on its way in, and its headings ranked under the page's own."""
    feed = next((feed for feed in desk.feeds if entry.source_id in feed.sources), None)
    form = feed.form if feed else Form()
    post = fitted(entry.post, form)
    shown = body(replace(post, picture=post.picture and _near(post.picture)), form, desk.directory, level=4)
    return housed(shown, _kept(tx, entry)) if "<img" in post.body_html else shown


def _kept(tx: Connection, entry: Entry) -> dict[str, str]:
    """Where a picture stands at its source → where relay shows what it keeps of it."""
    digests = {one.digest: one.picture.url for one in pictures.of(tx, entry.id) if one.digest}
    pages = (one for one in pictures.sizes(tx, digests.keys()) if one.need == "page")
    return {digests[one.digest]: f"{PICTURES}/{one.name}" for one in pages}


def _near(picture: Picture) -> Picture:
    return replace(picture, url=near(picture.url))
