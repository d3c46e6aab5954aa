"""What a program may do to a cross-post: give other words, put it before the editors again, describe its picture."""

from relay.core.crosspost import Crosspost
from relay.core.language.length import measure
from relay.core.review.transitions import Event
from relay.core.thread import parts
from relay.pipeline import pictures, planning, review
from relay.pipeline.review import Act, Words
from relay.pipeline.today import current
from relay.web.actions import ACTIONS
from relay.web.api import drawing, shapes, wishes
from relay.web.api.operation import Answer, Call
from relay.web.api.problem import Problem
from relay.web.api.reading import etag, visible, whole

MEANS = "API"
PERSONS = tuple(action.name for action in ACTIONS if action.event not in {Event.EDIT, Event.CORRECT, Event.RESUBMIT})
"""What only people do."""


def edit(call: Call) -> Answer:
    """Other words, for exactly the revision that the program has read."""
    words: wishes.Edit = call.body
    id, revision = _revision(call, words.revision)
    office, editor = call.office, call.program.editor
    new = Words(revision, words.text, words.warning)
    return _after(call, review.edit(office.db, office.desk, id, (editor, MEANS), new, office.clock()))


def resubmit(call: Call) -> Answer:
    """Before the editors again."""
    wish: wishes.Resubmit = call.body
    id, _ = _revision(call, wish.revision)
    office, act = call.office, Act(Event.RESUBMIT, wish.reason)
    return _after(call, review.move(office.db, office.desk, id, (call.program.editor, MEANS), act, office.clock()))


def plan(call: Call) -> Answer:
    """When it shall leave: that is a change as one of its words is."""
    wish: wishes.When = call.body
    id, revision = _revision(call, wish.revision)
    office, when = call.office, planning.When(revision, wish.at or "")
    return _after(call, planning.plan(office.db, office.desk, id, (call.program.editor, MEANS), when, office.clock()))


def describe(call: Call) -> Answer:
    """The alternative text of the entry's picture: it is in the feeds at once, and in what waits for an editor."""
    wish: wishes.Alt = call.body
    office = call.office
    with office.db.read() as tx:
        crosspost = visible(tx, call)
    pictures.describe(office.db, crosspost.entry_id, wish.alt, (call.program.editor, MEANS), office.clock())
    office.brought()
    with office.db.read() as tx:
        return whole(tx, call, visible(tx, call))


def never(call: Call) -> Answer:
    """What only people do, whatever the token opens."""
    if call.path["action"] not in PERSONS:
        raise Problem(404, "no_action", action=call.path["action"], known=", ".join(PERSONS))
    raise Problem(403, "never_approves", action=call.path["action"])


def count(call: Call) -> Answer:
    """How long a text is at an account, post by post."""
    wish: wishes.ToCount = call.body
    review.check_amount(wish.text)
    review.check_amount(wish.warning)
    with call.office.db.read() as tx:
        desk = current(tx, call.office.desk)
    if wish.account not in desk.accounts or not call.program.editor.is_for(wish.account):
        raise Problem(404, "no_account", account=wish.account)
    limits = desk.limits(wish.account)
    text, warning = wish.text.replace("\r\n", "\n").strip(), " ".join(wish.warning.split())
    posts = [measure(post, limits, warning) for post in (parts(text) if limits.threads else (text,))]
    found = tuple(
        shapes.Counted(place, drawing.counts(counts), all(one.fits for one in counts))
        for place, counts in enumerate(posts, 1)
    )
    return Answer(shapes.Counting(found, all(post.fits for post in found)))


def _after(call: Call, crosspost: Crosspost) -> Answer:
    with call.office.db.read() as tx:
        return whole(tx, call, crosspost)


def _revision(call: Call, said: int | None) -> tuple[int, int]:
    """The cross-post, and the revision that the program has read: by ``If-Match`` (RFC 9110 §13.1.1) or in the body."""
    with call.office.db.read() as tx:
        found = visible(tx, call)
    tag = call.headers.get("if-match")
    if tag is not None and tag.strip() != etag(found):
        raise Problem(412, "stale", revision=found.revision)
    if said is not None and said != found.revision:
        raise Problem(409, "stale", revision=found.revision)
    if tag is None and said is None:
        raise Problem(428, "which_revision")
    return found.id, found.revision
