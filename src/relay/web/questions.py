"""What relay asks editors about its sources: one card a question, two buttons."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.entry import Entry
from relay.core.people import Editor, Role, may_approve
from relay.core.question import Question
from relay.core.review.moving import Refusal
from relay.pipeline.care.answer import Said, answer
from relay.storage import entries, questions
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import page, see

MEANS = "page"
SHOWN = 20
"""Titles on a card; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question with the name of its source and the first of its entries; ``names`` are those of their sources."""

    question: Question
    source: str
    entries: tuple[Entry, ...]
    names: Mapping[str, str]

    @property
    def beyond(self) -> int:
        """How many entries are not shown."""
        return max(len(self.question.entries) - SHOWN, 0)


def listing(request: Request) -> Response:
    """Every open question, the oldest first."""
    return _page(request, signed_in(request))


def judge(request: Request) -> Response:
    """An answer: do it and go on, or say why not, on the same page."""
    office: Office = request.app.state.office
    editor = signed_in(request)
    id, word = number(request.path_params["id"]), request.path_params["word"]
    if id is None or word not in {"yes", "no"}:
        raise HTTPException(404)
    try:
        answer(office.db, office.desk, id, Said(editor, MEANS, word == "yes"), office.clock())
    except Refusal as refusal:
        return _page(request, editor, 409 if _may(editor) else 403, str(refusal))
    return see("/questions")


def _page(request: Request, editor: Editor, status: int = 200, refused: str = "") -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        cards = [_card(tx, office, question) for question in questions.open_(tx)]
    return page(request, "questions.html.j2", status, cards=cards, refused=refused, may=_may(editor))


def _card(tx: Connection, office: Office, question: Question) -> Card:
    """Two entries that tell the same stand together, the first above."""
    names = {id: source.name for id, source in office.desk.sources.items()}
    found = entries.by_ids(tx, question.entries)
    ordered = sorted(found.values(), key=lambda entry: (entry.merged_into or entry.id, entry.id))
    shown = tuple(ordered[:SHOWN])
    names |= {entry.source_id: entry.source_id for entry in shown if entry.source_id not in names}
    return Card(question, names.get(question.source_id, question.source_id), shown, names)


def _may(editor: Editor) -> bool:
    return may_approve(editor.role, Role.EDITOR)
