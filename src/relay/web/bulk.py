"""Many cross-posts judged at once, after a look at each: whoever has not seen one says nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, NEEDS_REASON, Event
from relay.pipeline import review
from relay.storage import crossposts
from relay.web import amounts
from relay.web.auth import signed_in
from relay.web.chosen import ACTS, MOST, Said, back, numbers, read
from relay.web.done import Done, done
from relay.web.focus import Focus, focus
from relay.web.office import Office
from relay.web.pages import language, page
from relay.web.review import MEANS
from relay.web.roster import label


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one: ``done`` says it as its own page would, ``refused`` is the sentence why not."""

    id: int
    title: str
    account: str
    language: str = ""
    done: Done | None = None
    refused: str = ""


def look(request: Request) -> Response:
    """Each of the chosen with all of its words, one below the other."""
    editor = signed_in(request)
    ids = numbers(request.query_params.getlist("id"))
    said = Said("", (), ids[:MOST], ids[MOST:], back(request.query_params.get("back", "")))
    return _sheet(request, editor, said)


def judge(request: Request) -> Response:
    """Say one thing of all that was seen; each is moved, or not, by its own rules."""
    office: Office = request.app.state.office
    editor, said = signed_in(request), read(request)
    if not said.seen:
        return _sheet(request, editor, said, 409, "bulk.unseen")
    if said.event in NEEDS_REASON and not said.why.strip():
        return _sheet(request, editor, said, 409, "bulk.no_reason")
    refused = {id: _refusal(office, editor, said, id, revision) for id, revision in said.seen}
    office.nudge()
    found = _results(office, editor, said, refused)
    is_done = any(one.done for one in found)
    status = 200 if is_done else 409 if editor.role in ALLOWED[said.event] else 403
    open_ = [one for one in found if one.done and one.done.seconds]
    values = {"results": found, "form": said, "undone": open_, "most": MOST}
    return page(request, "judged.html.j2", status, **values)


def _refusal(office: Office, editor: Editor, said: Said, id: int, revision: int) -> str:
    """Why it was not done, empty when it was: each in a transaction of its own, as on its own page."""
    try:
        if said.event is Event.APPROVE:
            review.approve(office.db, office.desk, id, (editor, MEANS), revision, office.mint())
        else:
            _check(office, id, revision)
            act = review.Act(said.event, said.why)
            review.move(office.db, office.desk, id, (editor, MEANS), act, office.clock())
    except Refusal as refusal:
        return str(refusal)
    return ""


def _check(office: Office, id: int, revision: int) -> None:
    with office.db.read() as tx:
        now = crossposts.get(tx, id)
    if now and now.revision != revision:
        raise Refusal(f"The text has changed since (revision {now.revision}): read it again.")


def _results(office: Office, editor: Editor, said: Said, refused: dict[int, str]) -> list[Result]:
    found = []
    with office.db.read() as tx:
        for id, why in refused.items():
            one = crossposts.get(tx, id)
            told = None if why or one is None else done(tx, office, editor, {"done": str(id), "did": said.act})
            if one and not why and told is None:
                told = Done(f"did.{said.act}", one, None, 0, 0)
            names = (one.draft.title or one.draft.text.split("\n")[0], one.account) if one else ("", "")
            found.append(Result(id, *names, one.draft.language if one else "", told, why))
    return found


def _sheet(request: Request, editor: Editor, said: Said, status: int = 200, wrong: str = "") -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        chosen = crossposts.by_ids(tx, said.shown)
        items = [focus(tx, office, editor, one) for one in chosen]
    ticked = {id for id, revision in said.seen if any((id, revision) == _as_seen(item) for item in items)}
    values = {"items": items, "form": said, "ticked": ticked, "wrong": wrong, "acts": _acts(items), "label": label}
    values |= {"price": lambda dollars: amounts.price(dollars, language(request)), "may_describe": False}
    return page(request, "bulk.html.j2", status, **values)


def _as_seen(item: Focus) -> tuple[int, int]:
    return item.crosspost.id, item.crosspost.revision


def _acts(items: Sequence[Focus]) -> list[str]:
    """What can be done with at least one of them."""
    return [name for name in ACTS if any(_offers(item, name) for item in items)]


def _offers(item: Focus, name: str) -> bool:
    return name in item.offers and not (name == "approve" and item.obstacle)
