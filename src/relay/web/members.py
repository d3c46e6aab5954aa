"""Who the members are, for those who work with them; adding and changing them, for an admin."""

from typing import Any

import anyio.from_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import MEMBERS, Editor, Role
from relay.core.review.moving import Refusal
from relay.core.signing.members import SEES
from relay.pipeline import members
from relay.storage import people
from relay.storage.journal import Actor
from relay.web.auth import MEANS, signed_in
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import Form

MOST_FIELDS = 1000
WORDS = {
    "add": "added",
    "change": "changed",
    "disable": "disabled",
    "enable": "enabled",
    "link": "",
    "end": "ended",
}
"""What can be done, and what is said of it then: the word stands in the address of its form."""


def listing(request: Request) -> Response:
    """Every member, by name."""
    return _listing(request, _seeing(request))


def change(request: Request) -> Response:
    """One form: do it, or say why not, on the same page."""
    editor, word = _seeing(request), request.path_params["word"]
    if word not in WORDS:
        raise HTTPException(404)
    if editor.role is not Role.ADMIN:
        return _listing(request, editor, 403, refused=f"{editor.name} ({editor.role}) may not change members.")
    form = anyio.from_thread.run(_read, request)
    chosen = tuple(name.removeprefix("for-") for name in form if name.startswith("for-"))
    name = form.get("name", "").strip()
    try:
        made = _do(request, editor, word, _wish(form, chosen))
    except Refusal as refusal:
        return _listing(request, editor, 409, refused=str(refusal), about="" if word == "add" else name, typed=form)
    if made:
        return _listing(request, editor, about=name, made=made)
    return see("/members", member=name, did=WORDS[word])


async def _read(request: Request) -> Form:
    """The fields of a form; each account has its own."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def _do(request: Request, editor: Editor, word: str, wish: Editor) -> str:
    """Do it; the address that was made, where it is one."""
    office: Office = request.app.state.office
    desk = members.Office(office.db, office.desk.accounts, Actor(editor.name, MEANS), office.clock())
    match word:
        case "add":
            members.add(desk, wish)
        case "change":
            members.change(desk, wish)
        case "disable":
            members.disable(desk, wish.name)
        case "enable":
            members.enable(desk, wish.name)
        case "end":
            members.end(desk, wish.name)
        case _:
            return office.public_url + members.link(desk, wish.name, office.token())
    return ""


def _wish(form: Form, accounts: tuple[str, ...]) -> Editor:
    role = form.get("role", str(Role.EDITOR))
    if role not in MEMBERS:
        raise Refusal(f"There is no role {role!r}.")
    return Editor(form.get("name", "").strip(), Role(role), accounts=accounts, email=form.get("email", ""))


def _seeing(request: Request) -> Editor:
    editor = signed_in(request)
    if editor.role not in SEES:
        raise HTTPException(403)
    return editor


def _listing(request: Request, editor: Editor, status: int = 200, **said: Any) -> Response:
    """``said`` is what was refused of whom, or the address that was made for whom."""
    office: Office = request.app.state.office
    with office.db.read() as tx:
        everybody = people.members(tx, office.clock())
    query = request.query_params if status == 200 else {}
    values: dict[str, Any] = {
        "everybody": everybody,
        "may": editor.role is Role.ADMIN,
        "roles": MEMBERS,
        "accounts": list(office.desk.accounts),
        "about": query.get("member", ""),
        "did": query.get("did", ""),
        "refused": "",
        "made": "",
        "typed": {},
    }
    values |= said
    if values["about"] not in {one.editor.name for one in everybody}:
        values["about"] = ""  # said at the top of the page
    return page(request, "members.html.j2", status, **values)
