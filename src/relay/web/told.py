"""The page behind a link in a letter: what is asked, one button, and nothing done before it is pressed.

Programs that look at mail follow links; they only ever GET. Nobody is signed in by a link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.review.transitions import NEEDS_REASON
from relay.core.telling.link import Errand, Word, digest_of
from relay.pipeline import review
from relay.pipeline.telling.linking import EVENTS, Closed, opened
from relay.pipeline.today import current
from relay.storage import crossposts, entries, keys, messages, revisions
from relay.storage.sealing import Keyring
from relay.web.auth import editor_of
from relay.web.differing import Change, changes
from relay.web.focus import departure
from relay.web.near import PICTURES
from relay.web.office import Office
from relay.web.pages import page
from relay.web.picture import rendition
from relay.web.previews import Drawing, Preview, preview
from relay.web.review import read_form
from relay.web.roster import label

MEANS = "link"
_STATUS = {"forged": 403, "gone": 404, "expired": 410, "used": 410, "person": 403, "other": 403}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks: whose word it is, on what, as it would be drawn, and when it would leave."""

    errand: Errand
    editor: Editor
    crosspost: Crosspost
    title: str
    look: Preview
    leaves: datetime | None
    steps: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The words are not those of the letter any more; ``text`` is empty where something else has changed."""

    crosspost: Crosspost
    text: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody has judged it meanwhile."""

    crosspost: Crosspost


def show(request: Request) -> Response:
    """What is asked. Looking changes nothing, however often."""
    found = _asked(request)
    return _ask(request, found) if isinstance(found, Asked) else _other(request, found)


def act(request: Request) -> Response:
    """The one button: done as the person whose link it is, by the rules that hold on every page."""
    office: Office = request.app.state.office
    found = _asked(request)
    if not isinstance(found, Asked):
        return _other(request, found)
    form = read_form(request)
    with office.db.write() as tx:
        is_first = messages.use_link(tx, found.errand.id, office.clock(), found.errand.until)
    if not is_first:
        return _other(request, Closed("used"))
    try:
        done = _do(office, found, form)
    except Refusal as refusal:
        with office.db.write() as tx:
            messages.give_back(tx, found.errand.id)
        return _ask(request, found, str(refusal), form.get("reason", "")[: review.LONGEST])
    office.nudge()
    return _done(request, office, found, done)


def picture(request: Request) -> Response:
    """The picture of what is asked, and no other."""
    found, name = _asked(request), request.path_params["name"]
    if isinstance(found, Closed):
        raise HTTPException(_STATUS[found.why])
    if not isinstance(found, Asked) or f"{PICTURES}/{name}" not in {one.image for one in found.look.posts}:
        raise HTTPException(404)
    return _quiet(rendition(request.app.state.office, name))


def _do(office: Office, asked: Asked, form: Mapping[str, str]) -> Crosspost:
    actor, id = (asked.editor, MEANS), asked.crosspost.id
    if asked.errand.word is Word.APPROVE:
        return review.approve(office.db, office.desk, id, actor, asked.crosspost.revision, office.mint())
    said = review.Act(EVENTS[asked.errand.word], form.get("reason", ""))
    return review.move(office.db, office.desk, id, actor, said, office.clock())


def _asked(request: Request) -> Asked | Changed | Judged | Closed:
    """Everything about a link is asked anew, at each request."""
    office: Office = request.app.state.office
    ring, signed_in = keys.opening(office.desk.keyplace), editor_of(request)
    if not isinstance(ring, Keyring):
        return Closed("forged")
    with office.db.read() as tx:
        found = opened(tx, ring, request.path_params["token"], office.clock())
        if isinstance(found, Closed):
            return found
        if signed_in and signed_in.name != found[1].name:
            return Closed("other")
        return _of(tx, office, *found)


def _of(tx: Connection, office: Office, errand: Errand, editor: Editor) -> Asked | Changed | Judged | Closed:
    crosspost = crossposts.get(tx, errand.crosspost_id)
    if crosspost is None:
        return Closed("gone")
    if crosspost.state is not State.WAITING:
        return Judged(crosspost)
    if digest_of(crosspost) != errand.words:
        before = revisions.of(tx, crosspost).get(errand.revision)
        is_other = before is not None and before.text != crosspost.draft.text
        return Changed(crosspost, changes(before.text, crosspost.draft.text) if before and is_other else ())
    entry = entries.get(tx, crosspost.entry_id)
    look = preview(crosspost.account, crosspost.draft, current(tx, office.desk))
    return Asked(
        errand=errand,
        editor=editor,
        crosspost=crosspost,
        title=entry.post.headline if entry else "",
        look=look,
        leaves=departure(tx, office.desk, crosspost, office.clock()),
        steps=len(office.desk.route(crosspost).approval.steps),
    )


def _beneath(link: str, drawing: Drawing) -> Drawing:
    """With the picture beneath the link: where editors see it a session is wanted."""
    return replace(drawing, image=f"{link}{drawing.image}" if drawing.image.startswith(PICTURES) else "")


def _ask(request: Request, asked: Asked, refused: str = "", reason: str = "") -> Response:
    needs = EVENTS[asked.errand.word] in NEEDS_REASON
    look = replace(asked.look, posts=tuple(_beneath(request.url.path, one) for one in asked.look.posts))
    values = {"asked": asked, "crosspost": asked.crosspost, "look": look, "label": label, "may_describe": False}
    said = {"refused": refused, "reason": reason, "needs_reason": needs, "word": str(asked.errand.word)}
    return _quiet(page(request, "told.html.j2", 409 if refused else 200, **values, **said))


def _done(request: Request, office: Office, asked: Asked, done: Crosspost) -> Response:
    """Told from the row as it is now."""
    is_step = asked.errand.word is Word.APPROVE and done.state is State.WAITING
    with office.db.read() as tx:
        leaves = departure(tx, office.desk, done, office.clock()) if done.state is State.APPROVED else None
    undo = int(office.desk.route(done).approval.undo.total_seconds()) if done.state is State.APPROVED else 0
    word = "step" if is_step else str(asked.errand.word)
    return _quiet(page(request, "told_done.html.j2", done=done, word=word, leaves=leaves, undo=undo))


def _other(request: Request, found: Changed | Judged | Closed) -> Response:
    match found:
        case Changed(crosspost, text):
            return _quiet(page(request, "told_changed.html.j2", 409, crosspost=crosspost, text=text))
        case Judged(crosspost):
            return _quiet(page(request, "told_closed.html.j2", 409, crosspost=crosspost, why=""))
        case Closed(why):
            return _quiet(page(request, "told_closed.html.j2", _STATUS[why], crosspost=None, why=why))


def _quiet(response: Response) -> Response:
    """No search engine keeps it, and no other site hears of it; that no cache does, holds for every page."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
